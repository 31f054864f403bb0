package pysocket_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pyparity/pyparity/harness/subject"
)

// values are arguments of every type and of the sizes at which C types end.
var values = []string{
	"None", "True", "False", "0", "1", "-1", "65535", "65536", "2147483647", "2147483648", "-2147483648", "-2147483649",
	"4294967295", "4294967296", "9223372036854775807", "9223372036854775808", "-9223372036854775809",
	"18446744073709551615", "18446744073709551616", "1.5", "-1.0", "9223372036.854776", "float('nan')", "float('inf')", "float('-inf')", "1e300",
	"''", "'x'", "'127.0.0.1'", "'::1'", "'a\\0b'", "'é'", "b''", "b'x'", "b'1234'", "b'\\xff'", "bytearray(b'1234')",
	"bytearray(0)", "memoryview(b'1234')", "memoryview(b'12345678')[::2]", "memoryview(bytearray(4))", "()", "(1,)", "('127.0.0.1', 0)", "[]", "[1, 2]", "{}", "{'a': 1}",
	"socket.AF_INET", "socket.MSG_PEEK", "socket.SOCK_STREAM", "len", "int", "socket", "socket.htons", "socket.socket", "object", "s",
}

// few are the values for functions of several arguments, whose combinations are
// many.
var few = []string{
	"None", "True", "0", "-1", "2147483648", "9223372036854775808", "1.5", "''", "'x'", "'1.2.3.4'", "b'x'", "bytearray(4)",
	"memoryview(b'1234')", "(1, 2)", "socket.AF_INET",
}

// calls are calls of f with every number of arguments from 0 to one too many,
// and with a keyword.
func calls(f string, arity int) []string {
	list := []string{f + "()", f + "(x=1)", f + "(1, x=1)"}
	for n := 1; n <= arity+1; n++ {
		list = append(list, fmt.Sprintf("%s(%s)", f, strings.Join(slices.Repeat([]string{"1"}, n), ", ")))
	}
	return list
}

// each are calls of f with each combination of the arguments.
func each(f string, choices ...[]string) []string {
	list := []string{f + "("}
	for i, choice := range choices {
		var longer []string
		for _, head := range list {
			if i > 0 {
				head += ", "
			}
			for _, v := range choice {
				longer = append(longer, head+v)
			}
		}
		list = longer
	}
	for i := range list {
		list[i] += ")"
	}
	return list
}

// functions are calls of the module's functions.
func functions() []string {
	var list []string
	for _, f := range []string{"htons", "ntohs", "htonl", "ntohl", "inet_aton", "inet_ntoa", "setdefaulttimeout"} {
		list = append(list, calls("socket."+f, 1)...)
		list = append(list, each("socket."+f, values)...)
		list = append(list, "socket.getdefaulttimeout()", "socket.setdefaulttimeout(None)")
	}
	list = append(list, calls("socket.getdefaulttimeout", 0)...)
	for _, f := range []string{"inet_pton", "inet_ntop"} {
		list = append(list, calls("socket."+f, 2)...)
		list = append(list, each("socket."+f, values, []string{"'1.2.3.4'", "b'1234'", "'x'"})...)
		list = append(list, each("socket."+f, []string{"2", "10", "1", "socket.AF_INET6"}, values)...)
	}
	// A number that is a descriptor of the other side must not be closed.
	notDescriptors := slices.DeleteFunc(slices.Clone(values), func(v string) bool {
		return slices.Contains([]string{"True", "False", "0", "1", "1.5", "4294967296", "18446744073709551616", "socket.AF_INET",
			"socket.SOCK_STREAM", "socket.MSG_PEEK"}, v)
	})
	for _, f := range []string{"close", "dup"} {
		list = append(list, "socket."+f+"()", "socket."+f+"(1, 2)", "socket."+f+"(fd=1)")
		list = append(list, each("socket."+f, notDescriptors)...)
	}
	list = append(list, calls("socket.fromfd", 4)[:2]...)
	list = append(list, "socket.fromfd(1, 2, 3, 4, 5)", "socket.fromfd(fd=-1)", "socket.fromfd(-1, 2, 1, proto=0, x=1)")
	list = append(list, each("socket.fromfd", notDescriptors, []string{"2"}, []string{"1"})...)
	list = append(list, calls("socket.socketpair", 3)...)
	list = append(list, each("socket.socketpair", few, []string{"1", "'x'", "99"}, []string{"0", "None"})...)
	return list
}

// constructors are calls of the classes.
func constructors() []string {
	var list []string
	for _, f := range []string{"socket.socket", "socket.SocketType"} {
		list = append(list, calls(f, 4)[:4]...)
		list = append(list, f+"(1, 2, 3, 4, 5)", f+"(fam=1)", f+"(2, family=2)", f+"(family=2, famly=2)", f+"(typ=1)")
		list = append(list, each(f, values)...)
		list = append(list, each(f, []string{"2"}, values)...)
		list = append(list, each(f, []string{"2"}, []string{"1"}, values)...)
		list = append(list, each(f, []string{"-1", "2", "99"}, []string{"-1", "1", "2", "3", "99", "1|2048|524288"}, []string{"-1", "0", "6", "17", "99"})...)
		for _, v := range values {
			if !slices.Contains([]string{"True", "False", "0", "1", "1.5", "4294967296", "18446744073709551616", "None", "socket.AF_INET",
				"socket.SOCK_STREAM", "socket.MSG_PEEK"}, v) {
				list = append(list, f+"(fileno="+v+")", f+"(2, 1, 0, "+v+")")
			}
		}
	}
	return list
}

// settings are calls of the methods of the socket s that make and set things.
func settings(s string) []string {
	list := []string{s + ".fileno(1)", s + ".fileno(x=1)"}
	for _, m := range []string{"getsockname", "getpeername", "gettimeout", "getblocking", "get_inheritable", "dup", "__enter__"} {
		list = append(list, calls(s+"."+m, 0)...)
	}
	for _, m := range []string{"bind", "connect", "connect_ex", "shutdown", "settimeout", "setblocking", "set_inheritable", "listen"} {
		list = append(list, calls(s+"."+m, 1)...)
		list = append(list, each(s+"."+m, values)...)
		list = append(list, s+".gettimeout()", s+".getblocking()", s+".settimeout(None)")
	}
	list = append(list, calls(s+".getsockopt", 3)...)
	list = append(list, each(s+".getsockopt", values, []string{"3"})...)
	list = append(list, each(s+".getsockopt", []string{"1"}, few)...)
	list = append(list, each(s+".getsockopt", []string{"1"}, []string{"3"}, values)...)
	list = append(list, s+".setsockopt()", s+".setsockopt(1)", s+".setsockopt(1, 2)", s+".setsockopt(1, 2, 1, 1, 1)", s+".setsockopt(1, 2, 1, x=1)")
	list = append(list, each(s+".setsockopt", few, []string{"2"}, few)...)
	list = append(list, each(s+".setsockopt", []string{"1"}, []string{"2"}, values)...)
	list = append(list, each(s+".setsockopt", []string{"1"}, []string{"2"}, few, few)...)
	return list
}

// transfers are calls of the methods of the socket s that send and receive.
func transfers(s string) []string {
	var list []string
	for _, m := range []string{"recv", "recvfrom", "send", "sendall"} {
		list = append(list, calls(s+"."+m, 2)...)
		for _, v := range values {
			// That much memory is not asked for.
			if v != "2147483647" && v != "2147483648" && v != "4294967295" && v != "4294967296" {
				list = append(list, s+"."+m+"("+v+")", s+"."+m+"(b'x', "+v+")", s+"."+m+"(4, "+v+")")
			}
		}
	}
	for _, m := range []string{"recv_into", "recvfrom_into"} {
		list = append(list, calls(s+"."+m, 3)...)
		list = append(list, each(s+"."+m, values)...)
		list = append(list, each(s+"."+m, []string{"bytearray(4)"}, values)...)
		list = append(list, each(s+"."+m, []string{"bytearray(4)"}, []string{"4"}, values)...)
		for _, k := range []string{"buffer=1", "nbyte=1", "nbytes='x'", "flags='x'", "flag=1", "x=1", "nbytes=1, flags=1, x=1"} {
			list = append(list, s+"."+m+"("+k+")", s+"."+m+"(bytearray(4), "+k+")")
		}
	}
	list = append(list, calls(s+".sendto", 3)...)
	list = append(list, each(s+".sendto", few, few)...)
	return append(list, each(s+".sendto", []string{"b'x'"}, few, few)...)
}

// attributes are uses of names, of the module, of the class and of a socket.
func attributes() []string {
	list := []string{
		"socket.nosuch", "socket.__name__", "socket.has_ipv6", "socket.timeout", "socket.error", "socket.gaierror", "socket.herror",
		"socket.SocketType", "socket.socket", "socket.socket.__name__", "socket.socket.__qualname__", "socket.socket.__module__",
		"socket.socket.nosuch", "type(s)", "type(socket)", "type(socket.htons)", "type(socket.create_connection)",
		"type(s.recv)", "type(s.close)", "type(socket.socket.recv)", "type(socket.socket.close)", "type(socket.socket.family)",
		"repr(s.recv)", "repr(socket.htons)", "repr(socket.create_connection)", "repr(socket.socket)", "repr(socket.SocketType)",
		"repr(socket.socket.recv)", "repr(socket.socket.close)", "repr(socket.socket.timeout)", "repr(socket.socket.proto)",
		"repr(socket.socket.family)", "repr(s)", "str(s)", "bool(s)", "len(s)", "s + 1", "s[0]", "s()", "-s", "s < s", "s == s", "s != s", "s == 1",
		"s.family", "s.type", "s.proto", "s.timeout", "s._closed", "s._io_refs", "s.foo", "s.ioctl", "s.foo()", "s.family()", "s.__class__",
		"s.__slots__", "s.recv.__name__", "s.recv.__qualname__", "s.recv.__self__ == s", "s.close.__self__ == s", "s.close.__qualname__",
		"socket.htons.__module__", "socket.create_connection.__module__", "socket.socket.close.__module__", "socket.socket.recv.__objclass__",
		"hasattr(s, 'foo')", "hasattr(s, 'recv')", "getattr(s, 'foo')", "getattr(s, 'foo', 5)", "r", "repr(r)", "r.foo", "r.accept", "r.family",
		"r.type", "r.timeout", "hasattr(r, 'accept')", "type(r)", "r.close()", "repr(r)", "r.fileno()", "r.detach()", "f = socket.socket(99, 1, 0, s.fileno())",
		"f.getsockname()", "f.bind(1)", "f.connect(1)", "f.accept()", "f.recvfrom(1)", "f.sendto(b'x', 1)", "f.family", "f.detach() > 2", "r.gettimeout()",
		"socket.socket.recv()", "socket.socket.recv(1)", "socket.socket.recv(s)", "socket.socket.recv(s, -1)", "socket.socket.recv_into()",
		"socket.socket.recv_into(s)", "socket.socket.bind()", "socket.socket.bind(s)", "socket.socket.bind(1, 2)", "socket.socket.fileno(1)",
		"socket.socket.close()", "socket.socket.dup(1)", "socket.socket.dup()", "socket.socket.accept(None)", "socket.socket.__enter__(1)",
		"socket.socket.get_inheritable('x')", "socket.socket.set_inheritable(1)", "socket.SocketType.fileno(1)",
	}
	for _, name := range []string{"foo", "family", "type", "proto", "timeout", "recv", "close", "accept", "fileno"} {
		list = append(list, "s."+name+" = 1", "r."+name+" = 1")
	}
	return list
}

// addresses are address arguments of sockets of the families.
func addresses() []string {
	hosts := []string{"''", "'127.0.0.1'", "'127.1'", "'0x7f.1'", "'localhost'", "'<broadcast>'", "'255.255.255.255'", "'::1'", "'256.1.1.1'",
		"'a..b'", "'é..b'", "'é' * 70", "'a\\0'", "b'127.0.0.1'", "bytearray(b'127.0.0.1')", "b'\\xff'", "b'a\\0'", "memoryview(b'x')", "None", "1"}
	ports := []string{"0", "-1", "65535", "65536", "2147483648", "9223372036854775808", "1.5", "'x'", "None", "True", "socket.AF_INET"}
	var list []string
	for _, host := range hosts {
		list = append(list, "("+host+", 0)", "("+host+", 'x')", "("+host+", 65536)")
	}
	for _, port := range ports {
		list = append(list, "('127.0.0.1', "+port+")", "('::1', "+port+")")
	}
	for _, v := range ports {
		list = append(list, "('::1', 0, "+v+")", "('::1', 0, 0, "+v+")", "('::1', 0, 1048576, "+v+")")
	}
	return append(list, "'x'", "None", "1", "()", "('127.0.0.1',)", "('127.0.0.1', 0, 0)", "('::1', 0, 0, 0, 0)", "['127.0.0.1', 0]", "b'x'")
}

func addressCalls() []string {
	list := each("s.bind", addresses())
	list = append(list, each("s.connect", addresses())...)
	list = append(list, each("s.connect_ex", addresses())...)
	list = append(list, each("d.sendto", []string{"b'x'"}, addresses())...)
	// Which names an IPv6 socket finds is the machine's matter.
	numeric := slices.DeleteFunc(addresses(), func(a string) bool { return strings.Contains(a, "'localhost'") || strings.Contains(a, "'256.") })
	list = append(list, each("s6.bind", numeric)...)
	list = append(list, each("s6.connect", numeric)...)
	paths := []string{"''", "b''", "'/nonexistent/x'", "b'/nonexistent/x'", "bytearray(b'/nonexistent/x')", "memoryview(b'/nonexistent/x')",
		"'x' * 107", "'x' * 108", "b'x' * 200", "'\\0' + 'x' * 108", "'/a\\0b'", "1", "None", "('x',)", "1.5", "'/nonexistent/é'"}
	for _, m := range []string{"u.connect", "u.connect_ex"} {
		list = append(list, each(m, paths)...)
	}
	list = append(list, each("u.bind", []string{"'/nonexistent/x'", "'x' * 108", "b'x' * 200", "'\\0' + 'x' * 108", "1", "None", "('x',)"})...)
	list = append(list, each("u.sendto", []string{"b'x'"}, paths)...)
	return list
}

// connections are calls of create_connection that reach nobody.
func connections() []string {
	list := calls("socket.create_connection", 3)[:3]
	list = append(list, "socket.create_connection(1, 2, 3, 4)", "socket.create_connection(1, 2, 3, 4, all_errors=1)",
		"socket.create_connection(1, address=1)", "socket.create_connection(1, timout=1)", "socket.create_connection(address=1, all_error=1)",
		"socket.create_connection('ab')", "socket.create_connection('abc')", "socket.create_connection([1, 2, 3])", "socket.create_connection({1: 1})",
		"socket.create_connection(('127.0.0.1', 1), all_errors=True)", "socket.create_connection(('127.0.0.1', 1), all_errors=0)",
		"socket.create_connection(('127.0.0.1', 1), 0)", "socket.create_connection(('127.0.0.1', 1), source_address=('127.0.0.1', 0))",
		"socket.create_connection(('127.0.0.1', 1), source_address=('1.2.3.4', 0))", "socket.create_connection(('127.0.0.1', 1), 'x', ('x',))")
	list = append(list, each("socket.create_connection", values)...)
	for _, v := range values {
		list = append(list, "socket.create_connection(('127.0.0.1', 1), "+v+")", "socket.create_connection(('127.0.0.1', 1), None, "+v+")",
			"socket.create_connection(('127.0.0.1', "+v+"))")
	}
	for _, v := range values {
		// Bytes that no name has are looked for in any case.
		if v != "b'\\xff'" {
			list = append(list, "socket.create_connection(("+v+", 'nosuch'))")
		}
	}
	for _, host := range []string{"'a..b'", "b'a..b'", "'é..b'", "'b.\u200d.c'", "'\ue000'", "'b.a\u2028'", "'\u05d0a'", "'\u05d01'", "'1\u05d0'", "'xn--é'", "'\u3002'", "'a\uff0eé..'", "'x' * 64", "'x' * 64 + '.b'", "'.'", "'é' * 70", "'b.' + 'é' * 70", "'127.0.0.1\\0x'", "b'127.0.0.1\\0x'"} {
		list = append(list, "socket.create_connection(("+host+", 1), 1)")
	}
	return list
}

// enums are uses of the enums' members.
func enums() []string {
	list := []string{"socket.AddressFamily", "repr(socket.MsgFlag)", "socket.AddressFamily.NOSUCH", "socket.AddressFamily['AF_INET']",
		"socket.AddressFamily['NOSUCH']", "socket.AF_INET + 1", "socket.AF_INET == 2", "socket.MSG_PEEK | socket.MSG_OOB", "socket.MSG_PEEK | 1",
		"socket.MSG_PEEK & 1", "socket.MSG_PEEK ^ 3", "~socket.MSG_PEEK", "repr(socket.MSG_PEEK | 8388608)", "socket.AF_INET.name", "socket.AF_INET.value",
		"socket.AF_INET in [2]", "[socket.AF_INET] == [2]", "'%d' % socket.AF_INET", "'%s' % socket.AF_INET", "str(socket.AF_INET)", "int(socket.AF_INET)",
		"socket.AF_INET < socket.AF_INET6", "max(socket.AF_INET, 1)", "-socket.AF_INET", "bool(socket.AF_UNSPEC)"}
	for _, class := range []string{"AddressFamily", "SocketKind", "MsgFlag", "AddressInfo"} {
		for _, call := range each("socket."+class, []string{"0", "1", "2", "3", "5", "7", "999", "-1", "8388608", "2147483648", "'x'", "None", "2.0", "socket.AF_INET"}) {
			list = append(list, call, "repr("+call+")")
		}
	}
	return list
}

// TestSweep compares every function and method with CPython, mostly over bad
// arguments.
func TestSweep(t *testing.T) {
	const at = 250 // steps of one behaviour
	sockets := []string{"s = socket.socket()", "r = socket.SocketType()", "d = socket.socket(2, 2)", "u = socket.socket(1)",
		"s6 = socket.socket(10)", "d.setblocking(False)", "p, q = socket.socketpair()", "p.setblocking(False)", "q.setblocking(False)"}
	lists := map[string][]string{
		"functions": functions(), "constructors": constructors(), "settings": settings("s"), "datagram settings": settings("d"),
		"transfers": transfers("s"), "datagram transfers": transfers("d"),
		"attributes": attributes(), "addresses": addressCalls(), "connections": connections(), "enums": enums(), "messages": messages(),
		"files": files(), "lookup arguments": lookupArguments(), "lookups": lookups(), "services": services(), "reverse lookups": reverseLookups(),
	}
	eachPython(t, func(t *testing.T, want, got subject.Worker) {
		t.Parallel() // most of the time is the container's
		compared, differ := 0, 0
		for name, list := range lists {
			for steps := range slices.Chunk(list, at) {
				c, d := compare(t, want, got, append(slices.Clone(sockets), steps...))
				compared, differ = compared+c, differ+d
				if d > 0 {
					t.Logf("%s: %d of %d differ", name, d, c)
				}
			}
		}
		t.Logf("%d of %d steps differ", differ, compared)
	})
}

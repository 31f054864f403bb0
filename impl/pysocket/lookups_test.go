package pysocket_test

import (
	"fmt"
	"strings"
)

// lookupArguments are calls of the functions for names and services, mostly with
// bad arguments. None of them changes the machine's name: the containers may not.
func lookupArguments() []string {
	var list []string
	for _, f := range []string{"gethostbyname", "gethostbyname_ex", "gethostbyaddr", "getprotobyname", "if_nametoindex", "if_indextoname", "sethostname"} {
		list = append(list, calls("socket."+f, 1)...)
		list = append(list, each("socket."+f, values)...)
	}
	for _, f := range []string{"gethostname", "if_nameindex", "has_dualstack_ipv6", "getfqdn"} {
		list = append(list, calls("socket."+f, 0)...)
	}
	list = append(list, each("socket.getfqdn", values)...)
	list = append(list, "socket.getfqdn(name='localhost')", "socket.getfqdn(nam='x')", "socket.getfqdn(' localhost\\n')", "socket.getfqdn('::')",
		"socket.getfqdn(b' 127.0.0.1 ')", "socket.getfqdn(b'0.0.0.0')", "socket.getfqdn('0.0.0.0')", "socket.getfqdn('\\u3000')")
	for _, f := range []string{"getservbyname", "getservbyport"} {
		list = append(list, calls("socket."+f, 2)...)
		list = append(list, each("socket."+f, values)...)
		list = append(list, each("socket."+f, []string{"80", "'http'"}, values)...)
	}
	list = append(list, calls("socket.getnameinfo", 2)...)
	list = append(list, each("socket.getnameinfo", values, []string{"0"})...)
	list = append(list, each("socket.getnameinfo", []string{"('127.0.0.1', 80)"}, values)...)
	for _, v := range values {
		list = append(list, each("socket.getnameinfo", []string{"(" + v + ", 80)", "('127.0.0.1', " + v + ")", "('::1', 80, " + v + ")",
			"('::1', 80, 0, " + v + ")"}, []string{"3"})...)
	}
	list = append(list, "socket.getnameinfo(('127.0.0.1', 80, 0), 3)", "socket.getnameinfo(('127.0.0.1', 80, 0, 0), 3)", "socket.getnameinfo(('::1', 80), 3)",
		"socket.getnameinfo(('::1', 80, 0, 0, 0), 3)", "socket.getnameinfo((), 3)", "socket.getnameinfo(('127.0.0.1',), 3)",
		"socket.getnameinfo(('::1', 80, 1048575, 1), 3)", "socket.getnameinfo(('::1', 80, 1048576, 1), 3)", "socket.getnameinfo(('*', 80), 3)")
	list = append(list, calls("socket.getaddrinfo", 6)...)
	list = append(list, each("socket.getaddrinfo", values, []string{"80", "'nosuch'"})...)
	list = append(list, each("socket.getaddrinfo", []string{"'127.0.0.1'", "None"}, values)...)
	for n := range 4 {
		before := strings.Repeat("0, ", n)
		for _, v := range values {
			list = append(list, "socket.getaddrinfo('127.0.0.1', 80, "+before+v+")")
		}
	}
	return append(list, "socket.getaddrinfo(host='::1', port=80, type=1)", "socket.getaddrinfo('::1', 80, typ=1)", "socket.getaddrinfo(port=1)",
		"socket.getaddrinfo('::1', 80, family=0, family_=1)", "type(socket.getaddrinfo)", "repr(socket.getaddrinfo)", "type(socket.getnameinfo)",
		"repr(socket.gethostbyaddr)", "socket.getfqdn.__module__", "socket.if_nameindex.__module__")
}

// hosts are names of the fixture's hosts file and zones, and texts that are
// addresses or nearly so.
var hosts = []string{
	"localhost", "LOCALHOST", "ip6-localhost", "hosts-one", "hosts-uno", "hosts-one.pyparity.test", "HOSTS-ONE", "hosts-two", "hosts-dual", "hosts-six",
	"hosts-first.pyparity.test", "hosts-second.pyparity.test", "hosts-mixed", "hosts-mixed.pyparity.test", "both", "both.pyparity.test", "here",
	"one", "one.pyparity.test", "one.pyparity.test.", "one.", "six", "dual", "several", "several6", "loop4", "loop6", "loopboth", "fallback",
	"alias", "alias2", "alias3", "alias6", "aliasmany", "dangling", "circle", "outside", "noaddress", "child.parent", "parent", "any.wild", "a.b.wild", "wild",
	"under_score", "a23456789-123456789-123456789-123456789-123456789-123456789-123", "1digit", "Mixed-Case", "mixed-case", "pyparity.test", "pyparity.test.",
	"bücher", "BÜCHER", "xn--bcher-kva", "faß", "xn--fa-hia", "παράδειγμα", "crowd", "truncated", "missing", "missing.invalid", "missing.invalid.",
	"servfail", "refused", "formerr", "notimp", "ns", "-dash", "dash-", "a b", "a..b", ".", "..", ".one", "one..", "", " ", " one", "one ", "*", "a*b",
	"127.0.0.1", "127.1", "127.0.0.1.", "0x7f.1", "0x7f000001", "017700000001", "2130706433", "4294967296", "1.2.3", "1.2.3.4.5", "1.2.3.256", "256.1", "1.2.3.4 ", "08.1",
	"0", "255.255.255.255", "<broadcast>", "0.0.0.0", "224.0.0.1", "::", "::1", "::1.2.3.4", "::ffff:127.0.0.1", "::ffff:192.0.2.20", "2001:db8::20", "2001:DB8::20", "fe80::1",
	"fe80::1%lo", "fe80::1%1", "fe80::1%99", "fe80::1%nosuch", "fe80::1%", "::1%1", "::1%lo", "2001:db8::1%1", "ff02::1%lo", "ff01::1%lo", "ff02::1", "1:2", ":", ":::", "[::1]", "::1 ",
	"127.0.0.1%lo", "one%lo",
}

// reversible are addresses that have names, or fail to.
var reversible = []string{
	"127.0.0.1", "127.0.1.1", "127.0.0.2", "::1", "192.0.2.10", "192.0.2.11", "192.0.2.12", "192.0.2.13", "2001:db8::13", "192.0.2.15", "192.0.2.16", "192.0.2.20", "192.0.2.61",
	"192.0.2.62", "192.0.2.63", "192.0.2.64", "192.0.2.65", "192.0.2.66", "192.0.2.99", "2001:db8::20", "2001:db8::61", "2001:db8::99", "198.51.100.1", "0.0.0.0", "::",
	"::ffff:192.0.2.20", "::ffff:192.0.2.10", "::192.0.2.20", "fe80::1", "ff02::1", "255.255.255.255",
}

func quoted(texts []string) []string {
	list := make([]string, len(texts))
	for i, text := range texts {
		list[i] = "'" + text + "'"
	}
	return list
}

// lookups ask for every host in every way.
func lookups() []string {
	var list []string
	for _, f := range []string{"gethostbyname", "gethostbyname_ex", "gethostbyaddr", "getfqdn"} {
		list = append(list, each("socket."+f, quoted(hosts))...)
	}
	list = append(list, each("socket.getaddrinfo", quoted(hosts), []string{"80, 0, 1", "'http', 2", "None, 10, 2", "0, 0, 1, 0, 2", "0, 2, 1, 0, 2",
		"0, 10, 1, 0, 2", "0, 10, 1, 0, 8", "0, 10, 1, 0, 24", "0, 0, 1, 0, 32", "0, 0, 1, 0, 4", "0, 2, 1, 0, 1024", "0, 0, 1, 0, 64+2", "0, 0, 1, 0, 16"})...)
	for _, host := range hosts {
		if !strings.ContainsFunc(host, func(c rune) bool { return c > 0x7f }) {
			list = append(list, each("socket.gethostbyname", []string{"b'" + host + "'"})...)
			list = append(list, each("socket.getaddrinfo", []string{"b'" + host + "'"}, []string{"80, 0, 1"})...)
		}
	}
	for _, host := range []string{"b'b\\xc3\\xbccher'", "b'\\xff'", "bytearray(b'one')", "b'\\xc3\\xa9' * 70"} {
		for _, f := range []string{"gethostbyname", "gethostbyname_ex", "gethostbyaddr", "getfqdn"} {
			list = append(list, "socket."+f+"("+host+")")
		}
		list = append(list, each("socket.getaddrinfo", []string{host}, []string{"80", "'nosuch'", "80, 2", "80, 10", "80, 0, 0, 0, 64", "80, 0, 0, 0, 2"})...)
	}
	return list
}

// services ask for services, protocols and the types of sockets that go with
// them.
func services() []string {
	names := []string{"'http'", "'HTTP'", "'www'", "'domain'", "'ssh'", "'tftp'", "'nosuch'", "''", "' http'", "'80'"}
	protocols := []string{"'tcp'", "'udp'", "'TCP'", "'sctp'", "''", "'nosuch'"}
	list := each("socket.getservbyname", names)
	list = append(list, each("socket.getservbyname", names, protocols)...)
	ports := []string{"80", "53", "22", "69", "1", "0", "65535", "65536", "-1", "443"}
	list = append(list, each("socket.getservbyport", ports)...)
	list = append(list, each("socket.getservbyport", ports, protocols)...)
	list = append(list, each("socket.getprotobyname", []string{"'tcp'", "'TCP'", "'tCp'", "'udp'", "'icmp'", "'ipv6-icmp'", "'ip'", "'nosuch'", "''", "'6'", "'sctp'"})...)
	arguments := []string{"None", "''", "'http'", "b'http'", "'domain'", "'tftp'", "'nosuch'", "80", "'80'", "b'80'", "'080'", "'0x50'", "' 80'", "'+80'", "'80 '", "'-1'", "-1", "65536",
		"70000", "'70000'", "4294967376", "99999999999999999999999", "-99999999999999999999999", "'http\\0x'", "'*'", "'é'", "True", "socket.AF_INET", "1.5", "b'\\xff'"}
	list = append(list, each("socket.getaddrinfo", []string{"'127.0.0.1'", "None"}, arguments)...)
	list = append(list, each("socket.getaddrinfo", []string{"'127.0.0.1'"}, arguments, []string{"0, 1", "0, 2", "0, 3", "0, 5", "0, 0, 6", "0, 0, 17", "0, 0, 132", "0, 0, 0, 1024", "0, 2, 6"})...)
	for kind := range 8 {
		for _, proto := range []int{0, 1, 6, 17, 33, 132, 136, 255, -1} {
			list = append(list, fmt.Sprintf("socket.getaddrinfo('127.0.0.1', None, 0, %d, %d)", kind, proto), fmt.Sprintf("socket.getaddrinfo('127.0.0.1', 80, 0, %d, %d)", kind, proto))
		}
	}
	for _, family := range []int{-1, 0, 1, 2, 10, 16, 17, 99} {
		for _, flags := range []int{0, 1, 2, 3, 4, 8, 0x20, 0x400, 0x800, -1} {
			list = append(list, fmt.Sprintf("socket.getaddrinfo(None, 80, %d, 1, 0, %d)", family, flags), fmt.Sprintf("socket.getaddrinfo('::1', 80, %d, 1, 0, %d)", family, flags))
		}
	}
	return list
}

// reverseLookups ask for the names of addresses.
func reverseLookups() []string {
	list := each("socket.gethostbyaddr", quoted(reversible))
	list = append(list, each("socket.getfqdn", quoted(reversible))...)
	for _, addr := range reversible {
		for _, flags := range []int{0, 1, 2, 3, 4, 8, 9, 12, 16, 32, 64, 128, 256, 512, -1} {
			list = append(list, fmt.Sprintf("socket.getnameinfo(('%s', 53), %d)", addr, flags))
		}
		if strings.Contains(addr, ":") {
			list = append(list, each("socket.getnameinfo", []string{"('" + addr + "', 80, 0, 1)", "('" + addr + "', 80, 5, 99)", "('" + addr + "', 80, 5)", "('" + addr + "%lo', 80, 0, 0)",
				"('" + addr + "%lo', 80)"}, []string{"0", "1", "3"})...)
		}
	}
	for _, port := range []string{"69", "80", "22", "514", "512", "65535", "65536", "-1", "0", "100000"} {
		list = append(list, each("socket.getnameinfo", []string{"('127.0.0.1', " + port + ")"}, []string{"0", "16", "2", "18"})...)
	}
	list = append(list, each("socket.getnameinfo", quotedPairs(hosts), []string{"3"})...)
	list = append(list, each("socket.getaddrinfo", []string{"'garbage.pyparity.test.'"}, []string{"80, 0, 1", "80, 2, 1", "80, 10, 1"})...)
	return append(list, "socket.gethostbyaddr('garbage.pyparity.test.')", "socket.if_nametoindex('lo')", "socket.if_nametoindex(b'lo')", "socket.if_nametoindex('')", "socket.if_nametoindex('lo' + 'x' * 20)",
		"socket.if_indextoname(0)", "socket.if_indextoname(99)", "socket.if_indextoname(4294967297)", "socket.if_nametoindex('é')", "socket.getfqdn()", "socket.gethostname()")
}

func quotedPairs(texts []string) []string {
	list := quoted(texts)
	for i, text := range list {
		list[i] = "(" + text + ", 1)"
	}
	return list
}

package pysocket_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pyparity/pyparity/harness/subject"
)

// Values of the items of addresses.
var (
	wholeNumbers = []string{"0", "1", "-1", "65536", "2147483648", "4294967296", "9223372036854775808", "18446744073709551616", "1.5", "'x'", "None",
		"True", "socket.AF_INET"}
	linkNames = []string{"''", "'lo'", "b'lo'", "'nosuch0'", "'x' * 15", "'x' * 16", "'a\\0b'", "b'a\\0b'", "'é'", "b'\\xff'", "bytearray(b'lo')", "None", "1"}
	devices   = []string{"'01:23:45:67:89:AB'", "b'01:23:45:67:89:ab'", "'1:2:3:4:5:6'", "' 1: 2:+3:0x4:0X5:0'", "'1:2:3:4:5:100'", "'1:2:3:4:5:-1'",
		"'1:2:3:4:5:6 '", "'1:2:3:4:5'", "'1:2:3:4:5:6:7'", "'1:2:3:4:5:g'", "'1:2:3:4:5:0x'", "'1:2:0x:4:5:6'", "'1:2:3:4:5:0xg'", "'1 :2:3:4:5:6'",
		"'1:2:3:4:5:100000006'", "'1:2:3:4:5:10000000000000006'", "'1:2:3:4:5:-ffffffffffffffff'", "''", "'x\\0'", "b'1:2:3:4:5:6\\0x'", "'é'"}
)

// familySockets are socket objects of every family that has addresses of its own,
// each with address arguments that are made of the values: a # stands for one.
// Most of the families have no kernel where tests run, but an address is read
// before the kernel is asked: the descriptor is that of another socket.
var familySockets = []struct {
	name          string
	family, proto int
	values        []string
	shapes        []string
}{
	{"netlink", 16, 0, wholeNumbers, []string{"(#, 0)", "(0, #)"}},
	{"vsock", 40, 0, wholeNumbers, []string{"(#, 0)", "(0, #)"}},
	{"qipcrtr", 42, 0, wholeNumbers, []string{"(#, 0)", "(0, #)"}},
	{"rds", 21, 0, wholeNumbers, []string{"('127.0.0.1', #)", "(#, 1)"}},
	{"tipc", 30, 0, wholeNumbers, []string{"(#, 2, 3, 4)", "(1, #, 3, 4)", "(2, 1, 1, #)", "(3, 1, 1, 1, #)"}},
	{"packet", 17, 0, wholeNumbers, []string{"('lo', #)", "('lo', 0, #)", "('lo', 0, 0, #)", "('lo', 0, 0, 0, #)"}},
	{"packet", 17, 0, linkNames, []string{"(#, 0)", "('lo', 0, 0, 0, #)"}},
	{"packet", 17, 0, []string{"b'12345678'", "b'123456789'", "memoryview(b'1234')[::2]"}, []string{"('lo', 1, 0, 0, #)", "('lo', 65536, 0, 0, #)"}},
	{"alg", 38, 0, wholeNumbers, []string{"('hash', 'sha1', #)", "('hash', 'sha1', 0, #)"}},
	{"alg", 38, 0, linkNames, []string{"(#, 'sha1')", "('hash', #)"}},
	{"alg", 38, 0, []string{"'x' * 13", "'x' * 14", "'y' * 63", "'y' * 64"}, []string{"(#, 'sha1')", "('hash', #)"}},
	{"canraw", 29, 1, linkNames, []string{"(#,)", "(#, 0)"}},
	{"canbcm", 29, 2, linkNames, []string{"(#,)"}},
	{"canisotp", 29, 6, linkNames, []string{"(#, 0, 0)"}},
	{"canisotp", 29, 6, wholeNumbers, []string{"('lo', #, 0)", "('lo', 0, #)"}},
	{"canj1939", 29, 7, linkNames, []string{"(#, 0, 0, 0)"}},
	{"canj1939", 29, 7, wholeNumbers, []string{"('lo', #, 0, 0)", "('lo', 0, #, 0)", "('lo', 0, 0, #)"}},
	{"canother", 29, 3, linkNames, []string{"(#,)"}},
	{"l2cap", 31, 0, devices, []string{"#", "(#, 1)"}},
	{"l2cap", 31, 0, wholeNumbers, []string{"('1:2:3:4:5:6', #)", "('1:2:3:4:5:6', 1, #)", "('1:2:3:4:5:6', 1, 2, #)"}},
	{"hci", 31, 1, wholeNumbers, []string{"#", "(#,)", "(1, #)"}},
	{"sco", 31, 2, devices, []string{"#", "(#,)"}},
	{"rfcomm", 31, 3, devices, []string{"(#, 1)"}},
	{"rfcomm", 31, 3, wholeNumbers, []string{"('1:2:3:4:5:6', #)"}},
	{"btother", 31, 4, devices[:1], []string{"#"}},
	{"unknown", 99, 0, devices[:1], []string{"#"}},
}

// afalgCalls are calls of sendmsg_afalg.
func afalgCalls() []string {
	list := []string{"u.sendmsg_afalg()", "u.sendmsg_afalg(1, 2, 3)"}
	for _, args := range []string{"", "[b'x']", "[b'x'], 1", "[b'x'], 1, 2, 3, 4, 5", "op=1", "[b'x'], op=1", "op=1, iv=b'1234'", "op=1, iv=b''", "op=1, iv='x'",
		"op=1, iv=bytearray(3), assoclen=4", "op=1, assoclen=-1", "op=1, assoclen='x'", "op=1, assoclen=2147483648", "op=1, assoclen=True", "op=-1", "op=2147483648",
		"op=18446744073709551616", "op=1.5", "op=None", "op=True", "op='x'", "op=1, flags='x'", "op=1, flags=2147483648", "op=1, x=1", "1, op=1", "[1], op=1", "'x', op=1", "msg=[b'x'], op=1",
		"[b'x'], op=1, msg=1", "[b'x'], 1, op=1", "op=-1, assoclen=-1", "1, op=-1", "op=1, iv=memoryview(b'1234')[::2]", "op=socket.AF_INET"} {
		list = append(list, "alg.sendmsg_afalg("+args+")")
	}
	return list
}

// vsockOptions are options of a socket object of AF_VSOCK, which are of another
// size.
func vsockOptions() []string {
	list := []string{"vsock.getsockopt(1, 3)", "vsock.getsockopt(1, 3, 8)", "vsock.getsockopt(1, 3, -1)", "vsock.getsockopt(1, 99)",
		"vsock.setsockopt(1, 2, None, 4)", "vsock.setsockopt(1, 2, 1, 1)", "vsock.setsockopt(1, 2, None)", "vsock.setsockopt(1, 2)"}
	return append(list, each("vsock.setsockopt", []string{"1"}, []string{"2", "99"}, values)...)
}

// TestFamilies compares how the address arguments of all families are read, and
// what the methods say whose results have addresses.
func TestFamilies(t *testing.T) {
	const at = 250
	setup := []string{"s = socket.socket()", "u = socket.socket(1, 2)", "u.bind('\\0ab')"}
	steps := append(afalgCalls(), vsockOptions()...)
	made := map[string]bool{}
	for _, s := range familySockets {
		bind := s.name + ".bind"
		if !made[s.name] {
			made[s.name] = true
			setup = append(setup, fmt.Sprintf("%s = socket.socket(%d, 2, %d, os.dup(u.fileno()))", s.name, s.family, s.proto))
			steps = append(steps, each(bind, []string{"()", "None", "1", "1.5", "'x'", "b'x'", "[1, 2]", "('lo', 1)", "(1, 2, 3, 4, 5, 6)"})...)
			steps = append(steps, s.name+".connect(('lo', 65536, 1.5))", s.name+".connect_ex(1)", s.name+".sendto(b'x', 1)",
				s.name+".sendmsg([b'x'], [], 0, 1)", s.name+".getsockname()", s.name+".recvfrom(1, 64)", s.name+".recvmsg(1, 0, 64)",
				s.name+".getpeername()", "repr("+s.name+")")
		}
		for _, shape := range s.shapes {
			for _, v := range s.values {
				steps = append(steps, bind+"("+strings.Replace(shape, "#", v, 1)+")")
			}
		}
	}
	eachPython(t, func(t *testing.T, want, got subject.Worker) {
		t.Parallel()
		compared, differ := 0, 0
		for part := range slices.Chunk(steps, at) {
			c, d := compare(t, want, got, append(slices.Clone(setup), part...))
			compared, differ = compared+c, differ+d
		}
		t.Logf("%d of %d steps differ", differ, compared)
	})
}

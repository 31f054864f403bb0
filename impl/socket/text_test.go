//go:build linux

package socket_test

import (
	"testing"

	"github.com/pyparity/pyparity/impl/socket"
)

// A lone surrogate is text that no name has, a NUL is in no string of C, and bytes that are
// no text are looked up as they are, as CPython 3.13 does with bytes.
func TestTextsThatNoNameHas(t *testing.T) {
	const (
		lone    = "\xed\xb3\xbf" // U+DCFF
		idna    = `UnicodeEncodeError: 'idna' codec can't encode character '\udcff' in position 0: Invalid character '\udcff'`
		utf8    = `UnicodeEncodeError: 'utf-8' codec can't encode character '\udcff' in position 0: surrogates not allowed`
		null    = "ValueError: embedded null character"
		unknown = "socket.gaierror: [Errno -2] Name or service not known"
	)
	one, host, local, bytes := "1", lone, "127.0.0.1", "\xff"
	bind := func(addr socket.Addr) error { return tcpSocket(t).Bind(addr) }
	a, _ := pair(t)
	// Of a family that the machine need not have: it says itself what it is.
	said := func(family, proto int) *socket.Socket {
		s := must(socket.FromFileno(must(socket.Dup(a.Fileno())), family, socket.SOCK_RAW, proto))
		t.Cleanup(func() { check(t, s.Close()) })
		return s
	}
	packet, alg := said(socket.AF_PACKET, 0), said(socket.AF_ALG, 0)
	can, l2cap := said(socket.AF_CAN, socket.CAN_RAW), said(socket.AF_BLUETOOTH, socket.BTPROTO_L2CAP)
	nul := "\x00"
	for _, c := range []struct {
		what string
		err  error
		want string
	}{
		{"gethostbyname", second(socket.GetHostByName(lone)), idna},
		{"gethostbyname_ex", second(socket.GetHostByNameEx(lone)), idna},
		{"gethostbyaddr", second(socket.GetHostByAddr(lone)), idna},
		{"getfqdn", second(socket.GetFQDN(lone)), idna},
		{"getaddrinfo", second(socket.GetAddrInfo(&host, &one, socket.Hints{})), idna},
		{"getaddrinfo of a port", second(socket.GetAddrInfo(&local, &host, socket.Hints{})), utf8},
		{"getaddrinfo of bytes", second(socket.GetAddrInfo(&bytes, &one, socket.Hints{})), unknown},
		{"gethostbyname of bytes", second(socket.GetHostByName(bytes)), unknown},
		{"getnameinfo", third(socket.GetNameInfo(socket.Inet4{Host: lone}, 0)), utf8},
		{"getnameinfo of a NUL", third(socket.GetNameInfo(socket.Inet4{Host: "1\x00"}, 0)), null},
		{"bind", bind(socket.Inet4{Host: lone}), "TypeError: encoding of hostname failed"},
		{"getservbyname", second(socket.GetServByName(lone)), utf8},
		{"getservbyname's protocol", second(socket.GetServByName("http", lone)), utf8},
		{"getservbyport's protocol", second(socket.GetServByPort(80, lone)), utf8},
		{"getprotobyname", second(socket.GetProtoByName(lone)), utf8},
		{"inet_aton", second(socket.InetAton(lone)), utf8},
		{"inet_aton of a NUL", second(socket.InetAton("1\x00")), null},
		{"inet_pton", second(socket.InetPton(socket.AF_INET, lone)), utf8},
		{"inet_pton of a NUL", second(socket.InetPton(socket.AF_INET6, "::\x00")), null},
		{"if_nametoindex of a NUL", second(socket.IfNameToIndex("lo\x00")), "ValueError: embedded null byte"},
		{"AF_PACKET", packet.Bind(socket.Packet{Interface: lone}), utf8},
		{"AF_PACKET, a NUL", packet.Bind(socket.Packet{Interface: "lo\x00"}), null},
		{"AF_ALG", alg.Bind(socket.Alg{Type: "hash", Name: lone}), utf8},
		{"AF_ALG, a NUL", alg.Bind(socket.Alg{Type: "hash\x00"}), null},
		{"AF_CAN, a NUL", can.Bind(socket.CAN{Interface: "vcan0\x00"}), "ValueError: embedded null byte"},
		{"L2CAP", l2cap.Bind(socket.L2CAP{Addr: lone}), "OSError: bind(): wrong format"},
		{"L2CAP, a NUL", l2cap.Bind(socket.L2CAP{Addr: "00:00:00:00:00:00\x00"}), "OSError: bind(): wrong format"},
		{"an encoding", second(a.MakeText("r", socket.FileOptions{Encoding: lone})), utf8},
		{"an encoding with a NUL", second(a.MakeText("r", socket.FileOptions{Encoding: "utf-8\x00"})), null},
		{"errors", second(a.MakeText("r", socket.FileOptions{Errors: "strict\x00"})), null},
		{"newline", second(a.MakeText("r", socket.FileOptions{Newline: &nul})), null},
	} {
		if got := errText(c.err); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
	if n := a.OpenFiles(); n != 0 {
		t.Errorf("%d files are open", n)
	}
}

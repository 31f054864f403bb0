//go:build linux

package socket_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/impl/socket"
)

func TestAddressesThatCannotBe(t *testing.T) {
	for _, c := range []struct {
		family int
		addr   socket.Addr
		want   string
	}{
		{socket.AF_INET, socket.Inet4{Host: "127.0.0.1", Port: -1}, "OverflowError: bind(): port must be 0-65535."},
		{socket.AF_INET, socket.Inet4{Host: "127.0.0.1", Port: 65536}, "OverflowError: bind(): port must be 0-65535."},
		{socket.AF_INET6, socket.Inet6{Port: 65536}, "OverflowError: bind(): port must be 0-65535."},
		{socket.AF_INET6, socket.Inet6{Flowinfo: 1 << 20}, "OverflowError: bind(): flowinfo must be 0-1048575."},
		{socket.AF_INET, socket.Inet6{Host: "::1"}, "TypeError: AF_INET address must be a pair (host, port)"},
		{socket.AF_INET, socket.Unix{Path: "x"}, "TypeError: bind(): AF_INET address must be tuple, not str"},
		{socket.AF_INET6, socket.Unix{Path: "x"}, "TypeError: bind(): AF_INET6 address must be tuple, not str"},
		{socket.AF_INET, nil, "TypeError: bind(): AF_INET address must be tuple, not NoneType"},
		{socket.AF_UNIX, socket.Inet4{}, "TypeError: a bytes-like object is required, not 'tuple'"},
		{socket.AF_UNIX, socket.Inet6{}, "TypeError: a bytes-like object is required, not 'tuple'"},
		{socket.AF_INET, socket.Inet4{Host: "::1"}, "socket.gaierror: [Errno -9] Address family for hostname not supported"},
		{socket.AF_INET6, socket.Inet6{Host: "127.0.0.1"}, "socket.gaierror: [Errno -9] Address family for hostname not supported"},
		{socket.AF_INET6, socket.Inet6{Host: "<broadcast>"}, "OSError: address family mismatched"},
		{socket.AF_INET, socket.Inet4{Host: "a\x00b"}, "TypeError: host name must not contain null character"},
		{socket.AF_UNIX, socket.Unix{Path: strings.Repeat("x", 108)}, "OSError: AF_UNIX path too long"},
		{socket.AF_UNIX, socket.Unix{Path: "\x00" + strings.Repeat("x", 108)}, "OSError: AF_UNIX path too long"},
		{socket.AF_INET, socket.Inet4{Host: "192.0.2.1"}, "OSError: [Errno 99] Cannot assign requested address"},
	} {
		s := must(socket.New(c.family, socket.SOCK_STREAM, 0))
		if err := s.Bind(c.addr); errText(err) != c.want {
			t.Errorf("bind(%#v): %v, want %s", c.addr, err, c.want)
		}
		check(t, s.Close())
	}
}

// The callers' names are in the texts, and connect_ex raises what is wrong with
// an address.
func TestAddressErrorsNameTheirCaller(t *testing.T) {
	s := tcpSocket(t)
	addr := socket.Inet4{Port: 70000}
	for caller, err := range map[string]error{
		"connect":    s.Connect(addr),
		"connect_ex": second(s.ConnectEx(addr)),
		"sendto":     second(s.SendTo(nil, 0, addr)),
	} {
		if want := "OverflowError: " + caller + "(): port must be 0-65535."; errText(err) != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestBoundNames(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		name   string
		family int
		addr   socket.Addr
		want   func(got socket.Addr) bool
	}{
		{"any", socket.AF_INET, socket.Inet4{}, func(got socket.Addr) bool {
			a := got.(socket.Inet4)
			return a.Host == "0.0.0.0" && a.Port > 0
		}},
		{"numeric short form", socket.AF_INET, socket.Inet4{Host: "127.1"}, func(got socket.Addr) bool {
			return got.(socket.Inet4).Host == "127.0.0.1"
		}},
		{"IPv6", socket.AF_INET6, socket.Inet6{Host: "::1", Flowinfo: 5}, func(got socket.Addr) bool {
			a := got.(socket.Inet6)
			return a.Host == "::1" && a.Port > 0 && a.ScopeID == 0
		}},
		{"a pair on AF_INET6", socket.AF_INET6, socket.Inet4{Host: "::1"}, func(got socket.Addr) bool {
			return got.(socket.Inet6).Host == "::1"
		}},
		{"any IPv6", socket.AF_INET6, socket.Inet6{}, func(got socket.Addr) bool {
			return got.(socket.Inet6).Host == "::"
		}},
		{"path", socket.AF_UNIX, socket.Unix{Path: filepath.Join(dir, "a")}, func(got socket.Addr) bool {
			return got == socket.Unix{Path: filepath.Join(dir, "a")}
		}},
		{"abstract", socket.AF_UNIX, socket.Unix{Path: "\x00pyparity\x00\xff"}, func(got socket.Addr) bool {
			return got == socket.Unix{Path: "\x00pyparity\x00\xff"}
		}},
		{"abstract, chosen", socket.AF_UNIX, socket.Unix{}, func(got socket.Addr) bool {
			path := got.(socket.Unix).Path
			return len(path) == 6 && path[0] == 0
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := must(socket.New(c.family, socket.SOCK_STREAM, 0))
			defer func() { check(t, s.Close()) }()
			check(t, s.Bind(c.addr))
			if got := must(s.GetSockName()); !c.want(got) {
				t.Errorf("bound to %#v", got)
			}
		})
	}
}

func TestUnboundNames(t *testing.T) {
	for family, want := range map[int]socket.Addr{
		socket.AF_INET:  socket.Inet4{Host: "0.0.0.0"},
		socket.AF_INET6: socket.Inet6{Host: "::"},
		socket.AF_UNIX:  socket.Unix{},
	} {
		s := must(socket.New(family, socket.SOCK_STREAM, 0))
		if got := must(s.GetSockName()); got != want {
			t.Errorf("family %d: %#v, want %#v", family, got, want)
		}
		if _, err := s.GetPeerName(); errText(err) != "OSError: [Errno 107] Transport endpoint is not connected" {
			t.Errorf("family %d: %v", family, err)
		}
		check(t, s.Close())
	}
}

// Calls that return an address need a family that Python knows.
func TestFamilyWithoutAddresses(t *testing.T) {
	original := must(socket.New(socket.AF_INET, socket.SOCK_STREAM, 0))
	s := must(socket.FromFileno(original.Detach(), 250, socket.SOCK_STREAM, 0))
	defer func() { check(t, s.Close()) }()
	if err := s.Bind(socket.Inet4{}); errText(err) != "OSError: bind(): bad family" {
		t.Errorf("bind: %v", err)
	}
	for _, err := range []error{second(s.GetSockName()), third(s.Accept()), third(s.RecvFrom(1, 0))} {
		if errText(err) != "OSError: getsockaddrlen: bad family" {
			t.Errorf("got %v", err)
		}
	}
}

func TestHostNamesOutsideASCII(t *testing.T) {
	if got := must(socket.EncodeHost("bücher.example")); got != "xn--bcher-kva.example" {
		t.Errorf("got %q", got)
	}
	if got := must(socket.EncodeHost("a..b")); got != "a..b" {
		t.Errorf("an ASCII name became %q", got)
	}
	tooLong := "ü" + strings.Repeat("x", 70)
	if _, err := socket.EncodeHost(tooLong); !errors.Is(err, pyerr.UnicodeError) {
		t.Errorf("got %v", err)
	}
	s := tcpSocket(t)
	if err := s.Connect(socket.Inet4{Host: tooLong, Port: 1}); errText(err) != "TypeError: encoding of hostname failed" {
		t.Errorf("connect: %v", err)
	}
	if _, err := socket.CreateConnection("a..b", "1", socket.ConnectionOptions{}); !errors.Is(err, pyerr.UnicodeError) {
		t.Errorf("create_connection: %v", err)
	}
}

// What is wanted is what Python's print shows of the same address.
func TestAddressesPrintAsInPython(t *testing.T) {
	for want, addr := range map[string]socket.Addr{
		"('127.0.0.1', 80)":                   socket.Inet4{Host: "127.0.0.1", Port: 80},
		"('fe80::1', 80, 5, 2)":               socket.Inet6{Host: "fe80::1", Port: 80, Flowinfo: 5, ScopeID: 2},
		"/tmp/x":                              socket.Unix{Path: "/tmp/x"},
		`b'\x00name\xff'`:                     socket.Unix{Path: "\x00name\xff"},
		"(7, 1)":                              socket.Netlink{PID: 7, Groups: 1},
		`('lo', 2048, 0, 772, b'\x00\x01')`:   socket.Packet{Interface: "lo", Protocol: 2048, HardwareType: 772, Addr: []byte{0, 1}},
		"(2, 99)":                             socket.Vsock{CID: 2, Port: 99},
		"('hash', 'sha256', 0, 0)":            socket.Alg{Type: "hash", Name: "sha256"},
		"('can0',)":                           socket.CAN{Interface: "can0"},
		"('can0', 1, 2)":                      socket.CANISOTP{Interface: "can0", RxID: 1, TxID: 2},
		"('can0', 9223372036854775808, 5, 7)": socket.J1939{Interface: "can0", Name: 1 << 63, PGN: 5, Addr: 7},
		"(1, 2, 3, 3, 2)":                     socket.TIPC{Type: 1, V1: 2, V2: 3, V3: 3, Scope: 2},
		"(3, 4)":                              socket.Qipcrtr{Node: 3, Port: 4},
		"('01:23:45:67:89:AB', 1, 0, 2)":      socket.L2CAP{Addr: "01:23:45:67:89:AB", PSM: 1, AddrType: 2},
		"('01:23:45:67:89:AB', 1)":            socket.RFCOMM{Addr: "01:23:45:67:89:AB", Channel: 1},
		"(0, 1)":                              socket.HCI{Channel: 1},
		"01:23:45:67:89:AB":                   socket.SCO{Addr: "01:23:45:67:89:AB"},
		`(16, b"ab'")`:                        socket.Unknown{Family: 16, Data: []byte("ab'")},
	} {
		if got := fmt.Sprint(addr); got != want {
			t.Errorf("%T: %s, want %s", addr, got, want)
		}
	}
}

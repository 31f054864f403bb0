//go:build linux

package socket_test

import (
	"errors"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/impl/socket"
)

func TestGetAddrInfoOfNumbers(t *testing.T) {
	v6, port := "fe80::1%1", "80"
	got := must(socket.GetAddrInfo(&v6, &port, socket.Hints{Type: socket.SOCK_STREAM, Flags: socket.AI_CANONNAME}))
	want := []socket.AddrInfo{{Family: socket.AF_INET6, Type: socket.SOCK_STREAM, Proto: 6, CanonName: v6,
		Addr: socket.Inet6{Host: "fe80::1", Port: 80, ScopeID: 1}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	got = must(socket.GetAddrInfo(nil, &port, socket.Hints{Family: socket.AF_INET, Type: socket.SOCK_DGRAM, Flags: socket.AI_PASSIVE}))
	want = []socket.AddrInfo{{Family: socket.AF_INET, Type: socket.SOCK_DGRAM, Proto: 17, Addr: socket.Inet4{Host: "0.0.0.0", Port: 80}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestGetAddrInfoErrors(t *testing.T) {
	for host, want := range map[string]string{
		"127.0.0.1": "socket.gaierror: [Errno -9] Address family for hostname not supported",
		"a..b":      "UnicodeEncodeError: 'idna' codec can't encode character '\\x2e' in position 2: label empty",
		"x y":       "socket.gaierror: [Errno -2] Name or service not known",
	} {
		_, err := socket.GetAddrInfo(&host, nil, socket.Hints{Family: socket.AF_INET6, Flags: socket.AI_NUMERICHOST})
		if errText(err) != want {
			t.Errorf("%q: %v, want %s", host, err, want)
		}
	}
	// What has been encoded is not judged again.
	host := "a..b"
	_, err := socket.GetAddrInfo(&host, nil, socket.Hints{Flags: socket.AI_NUMERICHOST, Encoded: true})
	if !errors.Is(err, pyerr.Gaierror) {
		t.Errorf("encoded: %v", err)
	}
}

func TestGetNameInfoOfNumbers(t *testing.T) {
	const numeric = socket.NI_NUMERICHOST | socket.NI_NUMERICSERV
	for _, test := range []struct {
		addr socket.Addr
		want string // host and port, or the error
	}{
		{socket.Inet4{Host: "127.1", Port: 65616}, "127.0.0.1 80"},
		{socket.Inet4{Host: "::1", Port: 1}, "::1 1"},
		{socket.Inet6{Host: "2001:db8::1", ScopeID: 7}, "2001:db8::1%7 0"},
		{socket.Inet6{Host: "127.0.0.1"}, "OSError: IPv4 sockaddr must be 2 tuple"},
		{socket.Inet6{Host: "::1", Flowinfo: 1 << 20}, "OverflowError: getnameinfo(): flowinfo must be 0-1048575."},
		{socket.Inet6{Host: "::1", Port: 1 << 31, Flowinfo: 1 << 20}, "OverflowError: signed integer is greater than maximum"},
		{socket.Inet4{Host: "name"}, "socket.gaierror: [Errno -2] Name or service not known"},
		{socket.Unix{Path: "x"}, "TypeError: getnameinfo() argument 1 must be a tuple"},
		{&socket.Inet4{Host: "127.0.0.1", Port: 80}, "127.0.0.1 80"},
		{&socket.Inet6{Host: "::1", Port: 1}, "::1 1"},
		{(*socket.Inet4)(nil), "TypeError: getnameinfo() argument 1 must be a tuple"},
	} {
		host, service, err := socket.GetNameInfo(test.addr, numeric)
		got := host + " " + service
		if err != nil {
			got = errText(err)
		}
		if got != test.want {
			t.Errorf("%v: %s, want %s", test.addr, got, test.want)
		}
	}
}

func TestHostsOfNumbers(t *testing.T) {
	for host, want := range map[string]string{
		"0x7f.1": "127.0.0.1", "": "0.0.0.0", "<broadcast>": "255.255.255.255", "::ffff:192.0.2.1": "192.0.2.1",
	} {
		if got := must(socket.GetHostByName(host)); got != want {
			t.Errorf("%q: %s, want %s", host, got, want)
		}
	}
	if diff := cmp.Diff(socket.Host{Name: "127.1", Addrs: []string{"127.0.0.1"}}, must(socket.GetHostByNameEx("127.1"))); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if _, err := socket.GetHostByAddr(""); errText(err) != "OSError: wildcard resolved to multiple address" {
		t.Errorf("no host: %v", err)
	}
	for _, host := range []string{"é..b", "b." + strings.Repeat("é", 70)} {
		if _, err := socket.GetHostByAddr(host); !errors.Is(err, pyerr.UnicodeError) {
			t.Errorf("%q: %v", host, err)
		}
	}
}

// The codec sees names of ASCII too, unlike those that connect takes.
func TestHostsThatCannotBeEncoded(t *testing.T) {
	for host, want := range map[string]string{
		"a..b":       `UnicodeEncodeError: 'idna' codec can't encode character '\x2e' in position 2: label empty`,
		"\u3002":     `UnicodeEncodeError: 'idna' codec can't encode character '\u3002' in position 0: label empty`,
		longLabel:    "UnicodeEncodeError: 'idna' codec can't encode characters in position 0-63: label too long",
		"local\x00":  "TypeError: gethostbyaddr() argument 1 must be encoded string without null bytes, not str",
		"\xff.local": "socket.gaierror: [Errno -2] Name or service not known",
	} {
		if _, err := socket.GetHostByAddr(host); errText(err) != want {
			t.Errorf("%q: %v, want %s", host, err, want)
		}
	}
}

var longLabel = strings.Repeat("x", 64)

// A lookup that asks nobody fails with what the C library remembers, or with its
// own code.
func TestHErrno(t *testing.T) {
	for exact, want := range map[bool]string{
		false: "socket.herror: [Errno 0] Resolver Error 0 (no error)",
		true:  "socket.herror: [Errno 1] Unknown host",
	} {
		m := &socket.Module{ExactHErrno: exact}
		if _, err := m.GetHostByAddr("::"); errText(err) != want {
			t.Errorf("exact %v: %v, want %s", exact, err, want)
		}
	}
}

func TestQualified(t *testing.T) {
	for want, host := range map[string]socket.Host{
		"a.b": {Name: "a.b", Aliases: []string{"c.d"}}, "c.d": {Name: "a", Aliases: []string{"b", "c.d"}}, "a": {Name: "a", Aliases: []string{"b"}},
	} {
		if got := host.Qualified(); got != want {
			t.Errorf("%v: %s, want %s", host, got, want)
		}
	}
}

func TestServicesThatAreNot(t *testing.T) {
	_, err := socket.GetServByName("no-such-service", "tcp")
	if errText(err) != "OSError: service/proto not found" {
		t.Error(err)
	}
	if _, err = socket.GetServByPort(65535, "no-such-protocol"); errText(err) != "OSError: port/proto not found" {
		t.Error(err)
	}
	if _, err = socket.GetServByPort(80, "tcp", "udp"); errText(err) != "TypeError: getservbyport() takes at most 2 arguments (3 given)" {
		t.Error(err)
	}
	if _, err = socket.GetServByName("http", "tcp", "udp"); errText(err) != "TypeError: getservbyname() takes at most 2 arguments (3 given)" {
		t.Error(err)
	}
	if _, err = socket.GetServByPort(65536); !errors.Is(err, pyerr.OverflowError) {
		t.Error(err)
	}
	if _, err = socket.GetProtoByName("no-such-protocol"); errText(err) != "OSError: protocol not found" {
		t.Error(err)
	}
	const null = "ValueError: embedded null character"
	if _, err = socket.GetServByName("a\x00"); errText(err) != null {
		t.Error(err)
	}
	if _, err = socket.GetServByPort(80, "tcp\x00"); errText(err) != null {
		t.Error(err)
	}
	if _, err = socket.GetProtoByName("tcp\x00"); errText(err) != null {
		t.Error(err)
	}
}

func TestInterfaces(t *testing.T) {
	list := must(socket.IfNameIndex())
	if !slices.Contains(list, socket.Interface{Index: 1, Name: "lo"}) {
		t.Skipf("no loopback interface: %v", list)
	}
	if got := must(socket.IfNameToIndex("lo")); got != 1 {
		t.Errorf("index %d", got)
	}
	if got := must(socket.IfIndexToName(1)); got != "lo" {
		t.Errorf("name %q", got)
	}
	if _, err := socket.IfNameToIndex("no-such-link"); !errors.Is(err, syscall.ENODEV) {
		t.Error(err)
	}
	if _, err := socket.IfIndexToName(0); !errors.Is(err, syscall.ENXIO) {
		t.Error(err)
	}
}

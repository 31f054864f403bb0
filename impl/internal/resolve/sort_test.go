//go:build linux

package resolve

import (
	"net/netip"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// routed is a machine with the given addresses that reaches each destination from the given source.
type routed struct {
	isolated
	local  []localAddr
	routes map[string]string
	sits   map[uint32]bool
}

func (m routed) addrs() ([]localAddr, bool) { return m.local, m.local != nil }
func (m routed) tunnels() map[uint32]bool   { return m.sits }
func (m routed) prober() prober             { return m }

func (m routed) source(info AddrInfo) netip.Addr {
	source, ok := m.routes[info.Addr.Addr().String()]
	if !ok {
		return netip.Addr{}
	}
	return netip.MustParseAddr(source)
}

func at(addr string, prefixLen int, index uint32) localAddr {
	return localAddr{addr: netip.MustParseAddr(addr), prefixLen: prefixLen, index: index}
}

// TestSortRules gives each rule a case that only it decides.
func TestSortRules(t *testing.T) {
	deprecated, home := at("2001:db8:2::5", 64, 2), at("2001:db8:2::5", 64, 2)
	deprecated.deprecated, home.home = true, true
	six := at("2001:db8::5", 64, 2)
	for name, test := range map[string]struct {
		machine routed
		in      string
		want    string
	}{
		"1, unreachable last": {
			routed{local: []localAddr{six}, routes: map[string]string{"192.0.2.9": "192.0.2.5"}},
			"2001:db8::9 192.0.2.9", "192.0.2.9 2001:db8::9",
		},
		"2, matching scope": {
			routed{local: []localAddr{six}, routes: map[string]string{"2001:db8::9": "fe80::5", "2001:db8::8": "2001:db8::5"}},
			"2001:db8::9 2001:db8::8", "2001:db8::8 2001:db8::9",
		},
		"3, no deprecated source": {
			routed{local: []localAddr{six, deprecated}, routes: map[string]string{"2001:db8:2::9": "2001:db8:2::5", "2001:db8::9": "2001:db8::5"}},
			"2001:db8:2::9 2001:db8::9", "2001:db8::9 2001:db8:2::9",
		},
		"4, home address": {
			routed{local: []localAddr{six, home}, routes: map[string]string{"2001:db8:2::9": "2001:db8:2::5", "2001:db8::9": "2001:db8::5"}},
			"2001:db8::9 2001:db8:2::9", "2001:db8:2::9 2001:db8::9",
		},
		"5, matching label": {
			routed{local: []localAddr{six}, routes: map[string]string{"2001:db8::9": "fd00::5", "2001:db8::8": "2001:db8::5"}},
			"2001:db8::9 2001:db8::8", "2001:db8::8 2001:db8::9",
		},
		"6, higher precedence": {
			routed{local: []localAddr{six, at("192.0.2.5", 24, 2)}, routes: map[string]string{"2001:db8::9": "2001:db8::5", "192.0.2.9": "192.0.2.5"}},
			"192.0.2.9 2001:db8::9", "2001:db8::9 192.0.2.9",
		},
		"7, no tunnel": {
			routed{
				local:  []localAddr{six, at("2001:db8:3::5", 64, 3)},
				routes: map[string]string{"2001:db8:3::9": "2001:db8:3::5", "2001:db8::9": "2001:db8::5"},
				sits:   map[uint32]bool{3: true},
			},
			"2001:db8:3::9 2001:db8::9", "2001:db8::9 2001:db8:3::9",
		},
		"8, smaller scope": {
			routed{local: []localAddr{six}, routes: map[string]string{"ff0e::9": "fe80::5", "ff08::9": "fe80::5"}},
			"ff0e::9 ff08::9", "ff08::9 ff0e::9",
		},
		"9, longest prefix": {
			routed{local: []localAddr{six}, routes: map[string]string{"2001:db9::9": "2001:db8::5", "2001:db8::9": "2001:db8::5"}},
			"2001:db9::9 2001:db8::9", "2001:db8::9 2001:db9::9",
		},
		"9, not across subnets": {
			routed{local: []localAddr{six, at("10.0.0.5", 24, 2)}, routes: map[string]string{"99.0.0.1": "10.0.0.5", "10.0.1.1": "10.0.0.5", "10.0.0.7": "10.0.0.5"}},
			"99.0.0.1 10.0.1.1 10.0.0.7", "10.0.0.7 99.0.0.1 10.0.1.1",
		},
		"8, link-local is 2": {
			routed{local: []localAddr{six}, routes: map[string]string{"ff03::9": "2001:db8::5", "fe80::9": "2001:db8::5"}},
			"ff03::9 fe80::9", "fe80::9 ff03::9",
		},
		"8, site-local is 5": {
			routed{local: []localAddr{six, at("fd00::5", 64, 2)}, routes: map[string]string{"ff06::9": "fd00::5", "fec1::9": "2001:db8::5"}},
			"ff06::9 fec1::9", "fec1::9 ff06::9",
		},
		"8, global is 14": {
			routed{local: []localAddr{six, at("fe80::5", 64, 2)}, routes: map[string]string{"ff0f::9": "2001:db8::5", "2001:db8::9": "fe80::5"}},
			"ff0f::9 2001:db8::9", "2001:db8::9 ff0f::9",
		},
		"9, nothing outside the subnet": {
			routed{local: []localAddr{six, at("10.0.0.5", 1, 2)}, routes: map[string]string{"200.0.0.1": "10.0.0.5", "64.0.0.1": "10.0.0.5"}},
			"200.0.0.1 64.0.0.1", "64.0.0.1 200.0.0.1",
		},
		"9, no subnet": {
			routed{local: []localAddr{six, at("10.0.0.5", 0, 2)}, routes: map[string]string{"99.0.0.1": "10.0.0.5", "10.0.1.1": "10.0.0.5"}},
			"99.0.0.1 10.0.1.1", "99.0.0.1 10.0.1.1",
		},
		"9, all of 127/8 is loopback's": {
			routed{local: []localAddr{six, at("127.0.0.1", 8, 1)}, routes: map[string]string{"127.0.1.1": "127.0.0.3", "127.0.0.9": "127.0.0.3"}},
			"127.0.1.1 127.0.0.9", "127.0.0.9 127.0.1.1",
		},
		"10, otherwise as they come": {
			routed{local: []localAddr{six}}, "2001:db8::9 2001:db8::8", "2001:db8::9 2001:db8::8",
		},
	} {
		var hosts strings.Builder
		for addr := range strings.FieldsSeq(test.in) {
			hosts.WriteString(addr + " h.test\n")
		}
		r := newResolver(t, map[string]string{"hosts": hosts.String(), "host.conf": "multi on\n", "nsswitch.conf": "hosts: files\n"})
		r.machine = test.machine
		if got := strings.Join(lookUp(t, r, "h.test", Hints{}), " "); got != test.want {
			t.Errorf("rule %s: %s, want %s", name, got, test.want)
		}
	}
}

// TestSortKeepsTypesTogether pins that the types of an address stay in order, and that the canonical
// name goes with the first result after sorting.
func TestSortKeepsTypesTogether(t *testing.T) {
	r := newResolver(t, map[string]string{"hosts": "10.0.0.1 h.test\n::1 h.test\n", "host.conf": "multi on\n", "nsswitch.conf": "hosts: files\n"})
	host := "h.test"
	found, err := r.GetAddrInfo(t.Context(), &host, nil, Hints{Flags: AICanonName})
	if err != nil || len(found) != 6 {
		t.Fatalf("%v, %v", found, err)
	}
	for i, info := range found {
		want := AddrInfo{Type: []int{unix.SOCK_STREAM, unix.SOCK_DGRAM, unix.SOCK_RAW}[i%3], Proto: []int{unix.IPPROTO_TCP, unix.IPPROTO_UDP, 0}[i%3]}
		want.Family, want.Addr = unix.AF_INET6, netip.MustParseAddrPort("[::1]:0")
		if i >= 3 {
			want.Family, want.Addr = unix.AF_INET, netip.MustParseAddrPort("10.0.0.1:0")
		}
		if i == 0 {
			want.CanonName = "h.test"
		}
		if info != want {
			t.Errorf("result %d: %+v, want %+v", i, info, want)
		}
	}
}

func TestAddrConfig(t *testing.T) {
	four, six := at("192.0.2.5", 24, 2), at("2001:db8::5", 64, 2)
	loopback, _ := isolated{}.addrs()
	none := "getaddrinfo: Name or service not known (-2)"
	for name, test := range map[string]struct {
		local  []localAddr
		family int
		want   []string
	}{
		"both":            {append(loopback, four, six), unix.AF_UNSPEC, []string{"2001:db8::1", "192.0.2.1"}},
		"IPv4 only":       {append(loopback, four), unix.AF_UNSPEC, []string{"192.0.2.1"}},
		"IPv6 only":       {append(loopback, six), unix.AF_UNSPEC, []string{"2001:db8::1"}},
		"loopback only":   {loopback, unix.AF_UNSPEC, []string{"2001:db8::1", "192.0.2.1"}},
		"IPv4 wanted":     {append(loopback, six), unix.AF_INET, []string{none}},
		"IPv6 wanted":     {append(loopback, four), unix.AF_INET6, []string{none}},
		"kernel is quiet": {nil, unix.AF_INET, []string{"192.0.2.1"}},
	} {
		r := newResolver(t, map[string]string{"hosts": "192.0.2.1 h.test\n2001:db8::1 h.test\n", "host.conf": "multi on\n", "nsswitch.conf": "hosts: files\n"})
		r.machine = routed{local: test.local}
		got := lookUp(t, r, "h.test", Hints{Family: test.family, Flags: AIAddrConfig})
		wantList(t, name, got, test.want...)
	}
}

func TestReorder(t *testing.T) {
	r := newResolver(t, map[string]string{"hosts": "10.0.0.1 h.test\n10.1.0.1 h.test\n10.2.0.1 h.test\n", "host.conf": "multi on\nreorder on\n", "nsswitch.conf": "hosts: files\n"})
	r.machine = routed{local: []localAddr{at("10.2.0.9", 16, 2)}}
	host, err := r.HostByName(t.Context(), "h.test")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, addr := range host.Addrs {
		got = append(got, addr.String())
	}
	wantList(t, "the local one first", got, "10.2.0.1", "10.1.0.1", "10.0.0.1")
}

// TestKernel asks the machine that the test runs on what every machine should know of its loopback.
func TestKernel(t *testing.T) {
	probe := kernelNetwork{}.prober()
	defer probe.close()
	info := AddrInfo{Family: unix.AF_INET, Addr: netip.MustParseAddrPort("127.0.0.1:9")}
	for range 2 {
		if got := probe.source(info); got != netip.MustParseAddr("127.0.0.1") {
			t.Fatalf("source towards 127.0.0.1: %v", got)
		}
	}
	list, ok := kernelNetwork{}.addrs()
	if !ok {
		t.Skip("the kernel does not list addresses")
	}
	for _, local := range list {
		if local.addr == netip.MustParseAddr("127.0.0.1") && local.prefixLen == 8 {
			return
		}
	}
	t.Errorf("127.0.0.1/8 is not among %v", list)
}

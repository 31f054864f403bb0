//go:build linux

package resolve

import (
	"errors"
	"net/netip"
	"os"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/unix"
)

func TestFilesAreReadAgain(t *testing.T) {
	r := newResolver(t, map[string]string{"nsswitch.conf": "hosts: files\n", "hosts": "192.0.2.1 a.test\n"})
	wantList(t, "at first", lookUp(t, r, "a.test", Hints{}), "192.0.2.1")
	for i, line := range []string{"192.0.2.2 a.test\n", "192.0.2.3 a.test\n"} {
		if err := os.WriteFile(r.HostsPath, []byte(line), 0o600); err != nil {
			t.Fatal(err)
		}
		wantList(t, "changed", lookUp(t, r, "a.test", Hints{}), []string{"192.0.2.2", "192.0.2.3"}[i])
	}
	if err := os.Remove(r.HostsPath); err != nil {
		t.Fatal(err)
	}
	wantList(t, "removed", lookUp(t, r, "a.test", Hints{}), "getaddrinfo: Name or service not known (-2)")
	if err := os.Mkdir(r.HostsPath, 0o700); err != nil {
		t.Fatal(err)
	}
	wantList(t, "a directory", lookUp(t, r, "a.test", Hints{}), "getaddrinfo: System error (-11): is a directory")
}

// TestCachedFile pins that a file is parsed once while it does not change.
func TestCachedFile(t *testing.T) {
	path := newResolver(t, map[string]string{"hosts": "x"}).HostsPath
	long := time.Now().Add(-time.Hour)
	if err := os.Chtimes(path, long, long); err != nil {
		t.Fatal(err)
	}
	// Chtimes itself changed the file just now, and what changed just now is not trusted.
	time.Sleep(2 * settled)
	var file cachedFile[int]
	parsed := 0
	parse := func([]byte) int { parsed++; return parsed }
	for range 3 {
		if value, opened, err := file.load(path, parse); value != 1 || !opened || err != nil {
			t.Fatalf("load: %d, %v, %v", value, opened, err)
		}
	}
	if _, opened, err := file.load(path+"x", parse); opened || errnoOf(err) != syscall.ENOENT {
		t.Errorf("another file: opened %v, %v", opened, err)
	}
}

func TestResolvConf(t *testing.T) {
	usual := defaultResolvConf()
	server := func(text string) nameserver { return nameserver{addr: netip.MustParseAddrPort(text)} }
	for name, test := range map[string]struct {
		text string
		edit func(*resolvConf)
	}{
		"empty":              {"", func(*resolvConf) {}},
		"comments":           {"# nameserver 1.1.1.1\n;nameserver 1.1.1.1\n", func(*resolvConf) {}},
		"keyword indented":   {" nameserver 1.1.1.1\n", func(*resolvConf) {}},
		"keyword alone":      {"nameserver\nsearch\noptions", func(*resolvConf) {}},
		"short address":      {"nameserver 127.1 ignored", func(c *resolvConf) { c.nameservers = []nameserver{server("127.0.0.1:53")} }},
		"no address":         {"nameserver one\nnameserver ::x\n", func(*resolvConf) {}},
		"scoped server":      {"nameserver\tfe80::1%7\n", func(c *resolvConf) { c.nameservers = []nameserver{{netip.MustParseAddrPort("[fe80::1]:53"), 7}} }},
		"scope of nothing":   {"nameserver fe80::1%no-such-if\n", func(c *resolvConf) { c.nameservers = []nameserver{server("[fe80::1]:53")} }},
		"search":             {"search a \tb\n", func(c *resolvConf) { c.search, c.searchSet = []string{"a", "b"}, true }},
		"domain is one name": {"search a b\ndomain c d\n", func(c *resolvConf) { c.search, c.searchSet = []string{"c"}, true }},
		"empty search":       {"search a\nsearch \n", func(c *resolvConf) { c.search, c.searchSet = []string{"a"}, true }},
		"numbers": {"options ndots:3 timeout:2 attempts:4\n", func(c *resolvConf) {
			c.ndots, c.timeout, c.attempts = 3, 2*time.Second, 4
		}},
		"numbers too large": {"options ndots:99 timeout:99 attempts:99\n", func(c *resolvConf) {
			c.ndots, c.timeout, c.attempts = 15, 30*time.Second, 5
		}},
		"numbers that are none": {"options ndots:x timeout: attempts:-1\n", func(c *resolvConf) {
			c.ndots, c.timeout, c.attempts = 0, 0, -1
		}},
		"negative ndots":      {"options ndots:-1\n", func(c *resolvConf) { c.ndots = 15 }},
		"switches":            {"options rotate edns0 use-vc no-aaaa\n", func(c *resolvConf) { c.rotate, c.edns0, c.useVC, c.noAAAA = true, true, true, true }},
		"beginnings of words": {"options rotated single-request-reopening\n", func(c *resolvConf) { c.rotate, c.singleRequestReopen = true, true }},
		"switched off":        {"options rotate edns0 -rotate\n", func(c *resolvConf) { c.edns0 = true }},
		"options add up":      {"options rotate\noptions edns0\n", func(c *resolvConf) { c.rotate, c.edns0 = true, true }},
		"sortlist": {"sortlist 10.1.2.3 172.16.0.0/255.255.0.0 x 192.0.2.0&255.0.0.0; 1.2.3.4\n", func(c *resolvConf) {
			c.sortlist = []sortEntry{{0x0a010203, 0xff000000}, {0xac100000, 0xffff0000}, {0xc0000200, 0xff000000}}
		}},
		"mask that is none":     {"sortlist 192.168.0.0/y 172.16.0.0\n", func(c *resolvConf) { c.sortlist = []sortEntry{{0xc0a80000, 0xffffff00}, {0xac100000, 0xffff0000}} }},
		"last line is unending": {"nameserver 1.1.1.1", func(c *resolvConf) { c.nameservers = []nameserver{server("1.1.1.1:53")} }},
	} {
		want := usual
		test.edit(&want)
		compare := cmp.AllowUnexported(resolvConf{}, nameserver{}, sortEntry{})
		if diff := cmp.Diff(want, parseResolvConf(referenceGlibc, []byte(test.text)), compare, cmp.Comparer(func(a, b netip.AddrPort) bool { return a == b })); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", name, diff)
		}
	}
}

func TestServerTimeout(t *testing.T) {
	one := resolvConf{timeout: 5 * time.Second, nameservers: make([]nameserver, 1)}
	three := resolvConf{timeout: 5 * time.Second, nameservers: make([]nameserver, 3)}
	none := resolvConf{nameservers: make([]nameserver, 3)}
	for _, test := range []struct {
		conf  resolvConf
		index int
		want  time.Duration
	}{
		{one, 0, 5 * time.Second},
		{three, 0, 5 * time.Second},
		{three, 1, 3 * time.Second},
		{three, 2, 6 * time.Second},
		{none, 0, time.Second},
	} {
		if got := test.conf.serverTimeout(test.index); got != test.want {
			t.Errorf("server %d of %d: %v, want %v", test.index, len(test.conf.nameservers), got, test.want)
		}
	}
}

func TestDefaultServerAndDomain(t *testing.T) {
	r := newResolver(t, nil)
	conf := r.loadResolvConf()
	if len(conf.nameservers) != 1 || conf.nameservers[0].addr.String() != "127.0.0.1:53" || conf.search != nil {
		t.Errorf("without a file: servers %v, search %q", conf.nameservers, conf.search)
	}
	r.machine = namedMachine{isolated{}, "host.corp.test"}
	if got := r.loadResolvConf().search; len(got) != 1 || got[0] != "corp.test" {
		t.Errorf("the domain of the host name: %q", got)
	}
	r.LookupEnv = func(name string) (string, bool) { return "\tx y\nz", name == "LOCALDOMAIN" }
	wantList(t, "LOCALDOMAIN", r.loadResolvConf().search, "", "x", "y")
}

// TestShortName pins where NI_NOFQDN takes the local domain from, each source only if those before it
// know none.
func TestShortName(t *testing.T) {
	for name, test := range map[string]struct{ hosts, hostname string }{
		"localhost":          {"127.0.0.1 localhost.corp.test localhost\n", "host.other.test"},
		"host name":          {"127.0.0.1 localhost\n", "host.corp.test"},
		"host name's lookup": {"127.0.0.1 localhost\n192.0.2.2 host.corp.test host\n", "host"},
		"loopback's name":    {"127.0.0.1 lo.corp.test\n", "host"},
	} {
		r := newResolver(t, map[string]string{"hosts": test.hosts + "192.0.2.1 a.corp.test\n", "nsswitch.conf": "hosts: files\n"})
		r.machine = namedMachine{isolated{}, test.hostname}
		got, _, err := r.GetNameInfo(t.Context(), netip.MustParseAddrPort("192.0.2.1:80"), 0, NINoFQDN)
		if got != "a" || err != nil {
			t.Errorf("%s: %q, %v, want %q", name, got, err, "a")
		}
	}
}

// namedMachine has a host name of its own.
type namedMachine struct {
	isolated
	name string
}

func (m namedMachine) hostname() string { return m.name }

func TestHostConf(t *testing.T) {
	r := newResolver(t, map[string]string{"host.conf": "multi off\nreorder onward\ntrim .a, .b\ntrim .c:.d .e .f\n"})
	got := r.loadHostConf()
	if got.multi || !got.reorder {
		t.Errorf("multi %v, reorder %v", got.multi, got.reorder)
	}
	wantList(t, "trim", got.trim, ".a", ".b", ".c:.d", ".e")
	r.LookupEnv = func(name string) (string, bool) {
		value, set := map[string]string{
			"RESOLV_MULTI": "ON", "RESOLV_REORDER": "off", "RESOLV_OVERRIDE_TRIM_DOMAINS": ".x",
		}[name]
		return value, set
	}
	got = r.loadHostConf()
	if !got.multi || got.reorder {
		t.Errorf("by the environment: multi %v, reorder %v", got.multi, got.reorder)
	}
	wantList(t, "trim by the environment", got.trim, ".x")
}

func TestServicesByVersion(t *testing.T) {
	r := newResolver(t, map[string]string{"services": "oct 010/tcp\nslash 5//tcp\nlast 6/tcp\n"})
	tcp := "tcp"
	for glibc, want := range map[int]uint16{36: 8, 41: 8, 43: 10} {
		versioned := newResolver(t, nil)
		versioned.ServicesPath, versioned.Glibc = r.ServicesPath, glibc
		if got, ok := versioned.ServByName("oct", &tcp); !ok || got.Port != want {
			t.Errorf("2.%d: 010 is %d, %v, want %d", glibc, got.Port, ok, want)
		}
		if _, ok := versioned.ServByName("slash", &tcp); ok != (glibc != 43) {
			t.Errorf("2.%d: two slashes found: %v", glibc, ok)
		}
	}
}

func TestMappedReverseByVersion(t *testing.T) {
	mapped := netip.MustParseAddr("::ffff:192.0.2.1")
	for glibc, want := range map[int]bool{36: false, 41: true} {
		r := newResolver(t, map[string]string{"hosts": "192.0.2.1 a.test\n", "nsswitch.conf": "hosts: files\n"})
		r.Glibc = glibc
		host, err := r.HostByAddr(t.Context(), mapped)
		if found := err == nil; found != want {
			t.Errorf("2.%d: %v, %v, want it found: %v", glibc, host, err, want)
		}
	}
}

func TestScopeByInterfaceName(t *testing.T) {
	loopback, err := IfIndexToName(1)
	if err != nil {
		t.Skipf("no interface 1: %v", err)
	}
	if got, err := IfNameToIndex(loopback); got != 1 || err != nil {
		t.Errorf("index of %q: %d, %v", loopback, got, err)
	}
	if got, err := IfNameToIndex("no-such-interface-here"); !errors.Is(err, syscall.ENODEV) {
		t.Errorf("index of nothing: %d, %v", got, err)
	}
	list, err := IfNameIndex()
	if err != nil || !slices.Contains(list, Interface{Index: 1, Name: loopback}) {
		t.Errorf("interface 1 is not among %v, %v", list, err)
	}
	r := newResolver(t, nil)
	for text, want := range map[string]string{"fe80::1": "fe80::1%" + loopback, "2001:db8::1": "2001:db8::1%1", "192.0.2.1": "192.0.2.1"} {
		addr := netip.AddrPortFrom(netip.MustParseAddr(text), 80)
		host, service, err := r.GetNameInfo(t.Context(), addr, 1, NINumericHost|NINumericServ)
		if host != want || service != "80" || err != nil {
			t.Errorf("%s: %q, %q, %v, want %q", text, host, service, err, want)
		}
	}
	host := "fe80::1%" + loopback
	found, err := r.GetAddrInfo(t.Context(), &host, nil, Hints{Type: unix.SOCK_STREAM})
	if err != nil || len(found) != 1 || found[0].ScopeID != 1 {
		t.Errorf("%s: %v, %v", host, found, err)
	}
}

//go:build linux

package resolve

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/miekg/dns"
	"golang.org/x/sys/unix"
)

// dnsResolver asks the given servers only, one at 127.0.0.1:1 meaning that nothing listens there.
func dnsResolver(t *testing.T, options string, servers ...netip.AddrPort) *Resolver {
	t.Helper()
	resolver := newResolver(t, map[string]string{"nsswitch.conf": "hosts: dns\n", "resolv.conf": "search example.test\noptions " + options + "\n"})
	resolver.Nameservers = servers
	return resolver
}

func lookUp(t *testing.T, r *Resolver, host string, hints Hints) []string {
	t.Helper()
	hints.Type = unix.SOCK_STREAM
	found, err := r.GetAddrInfo(t.Context(), &host, nil, hints)
	if err != nil {
		return []string{err.Error()}
	}
	var list []string
	for _, info := range found {
		list = append(list, ntop(info.Addr.Addr()))
	}
	return list
}

func wantList(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: got %q, want %q", what, got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("%s: got %q, want %q", what, got, want)
		}
	}
}

const noServer = "getaddrinfo: Temporary failure in name resolution (-3)"

func TestServersInTurn(t *testing.T) {
	t.Parallel()
	closed := netip.MustParseAddrPort("127.0.0.1:1")
	zone := startZone(t)
	for _, options := range []string{"attempts:1", "attempts:1 rotate", "attempts:1 use-vc", "attempts:1 single-request", "attempts:1 edns0 trust-ad"} {
		r := dnsResolver(t, options, closed, zone)
		for range 3 {
			wantList(t, options, lookUp(t, r, "both", Hints{}), "2001:db8::3", "192.0.2.3")
		}
	}
	wantList(t, "no server", lookUp(t, dnsResolver(t, "attempts:1", closed), "both", Hints{}), noServer)
	wantList(t, "no stream", lookUp(t, dnsResolver(t, "use-vc", closed), "both", Hints{}), noServer)
	wantList(t, "no attempt", lookUp(t, dnsResolver(t, "attempts:0", zone), "both", Hints{}), noServer)
	wantList(t, "only three servers", lookUp(t, dnsResolver(t, "attempts:1", closed, closed, closed, zone), "both", Hints{}), noServer)
}

func TestTruncatedFallsBackToStream(t *testing.T) {
	t.Parallel()
	zone := startZone(t)
	r := dnsResolver(t, "attempts:1", zone)
	wantList(t, "both families", lookUp(t, r, "trunc", Hints{}), "2001:db8::13", "192.0.2.13")
	if got := lookUp(t, r, "many", Hints{Family: unix.AF_INET}); len(got) != 200 {
		t.Errorf("many: %d addresses, want 200", len(got))
	}
}

// TestSilence shows what a server costs that does not answer: its time, once or, if it answers one of
// two queries, once for each way of asking.
func TestSilence(t *testing.T) {
	t.Parallel()
	zone := startZone(t)
	for name, test := range map[string]struct {
		host string
		want string
		min  time.Duration
	}{
		"all":       {"drop.example.test", noServer, time.Second},
		"only AAAA": {"x-drop-aaaa-.example.test", "getaddrinfo: Name or service not known (-2)", 3 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := dnsResolver(t, "timeout:1 attempts:1", zone)
			start := time.Now()
			wantList(t, test.host, lookUp(t, r, test.host+".", Hints{}), test.want)
			if took := time.Since(start); took < test.min {
				t.Errorf("took %v, want at least %v", took, test.min)
			}
		})
	}
}

// TestLateAnswer is a server that answers the query for AAAA once, and only when the one for A has been
// repeated: the answer goes to the socket that asked first, and still counts.
func TestLateAnswer(t *testing.T) {
	t.Parallel()
	zone, err := listenZone("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := zone.packets
	defer func() { _, _ = server.Close(), zone.streams.Close() }()
	go func() {
		var late []byte
		var asker net.Addr
		asked := 0
		buffer := make([]byte, 512)
		for {
			n, from, err := server.ReadFrom(buffer)
			if err != nil {
				return
			}
			var query dns.Msg
			if query.Unpack(buffer[:n]) != nil {
				return
			}
			answers := zone.answer(buffer[:n], false)
			switch {
			case query.Question[0].Qtype == dns.TypeA:
				if asked++; asked == 2 {
					_, _ = server.WriteTo(late, asker)
				}
				_, _ = server.WriteTo(answers[0], from)
			case late == nil:
				late, asker = answers[0], from
			}
		}
	}()
	r := dnsResolver(t, "timeout:1 attempts:1", netip.MustParseAddrPort(server.LocalAddr().String()))
	wantList(t, "late", lookUp(t, r, "both.example.test.", Hints{}), "2001:db8::3", "192.0.2.3")
}

func TestContextEndsLookup(t *testing.T) {
	t.Parallel()
	silent, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = silent.Close() }()
	r := dnsResolver(t, "timeout:30 attempts:5", netip.MustParseAddrPort(silent.LocalAddr().String()))
	host := "a.example.test."
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go func() {
		buffer := make([]byte, 512)
		_, _, _ = silent.ReadFrom(buffer)
		cancel()
	}()
	calls := map[string]func(context.Context) error{
		"GetAddrInfo": func(ctx context.Context) error {
			_, err := r.GetAddrInfo(ctx, &host, nil, Hints{})
			return err
		},
		"HostByName": func(ctx context.Context) error {
			_, err := r.HostByName(ctx, host)
			return err
		},
		"GetNameInfo": func(ctx context.Context) error {
			_, _, err := r.GetNameInfo(ctx, netip.MustParseAddrPort("192.0.2.1:1"), 0, 0)
			return err
		},
	}
	if err := calls["GetAddrInfo"](ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled while waiting: %v, want %v", err, context.Canceled)
	}
	for name, call := range calls {
		if err := call(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("%s with a cancelled context: %v, want %v", name, err, context.Canceled)
		}
	}
}

// TestBrokenStreams pins that a server that hangs up is as good as none.
func TestBrokenStreams(t *testing.T) {
	t.Parallel()
	for name, reply := range map[string][]byte{
		"nothing":           nil,
		"half a length":     {0},
		"too short":         {0, 3, 1, 2, 3},
		"less than it says": {0, 100, 1, 2, 3},
	} {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			for {
				conn, err := listener.Accept()
				if err != nil {
					return
				}
				_, _ = conn.Read(make([]byte, 512))
				_, _ = conn.Write(reply)
				_ = conn.Close()
			}
		}()
		r := dnsResolver(t, "use-vc attempts:1", netip.MustParseAddrPort(listener.Addr().String()))
		wantList(t, name, lookUp(t, r, "a.example.test.", Hints{}), noServer)
		_ = listener.Close()
	}
}

func TestHostAliases(t *testing.T) {
	t.Parallel()
	zone := startZone(t)
	r := dnsResolver(t, "attempts:1", zone)
	path := filepath.Join(t.TempDir(), "aliases")
	text := "short both.example.test\ntwo short\nodd\nmore a.example.test\nempty \n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	r.LookupEnv = func(name string) (string, bool) { return path, name == "HOSTALIASES" }
	wantList(t, "alias", lookUp(t, r, "SHORT", Hints{}), "2001:db8::3", "192.0.2.3")
	wantList(t, "alias of an alias", lookUp(t, r, "two", Hints{}), "2001:db8::3", "192.0.2.3")
	wantList(t, "behind an odd line", lookUp(t, r, "more", Hints{}), "192.0.2.1", "192.0.2.2")
	wantList(t, "no alias", lookUp(t, r, "a", Hints{}), "192.0.2.1", "192.0.2.2")
}

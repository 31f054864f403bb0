//go:build linux

package resolve

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// isolated is a machine without a network, that on which the golden files were recorded: it reaches
// only the addresses of its loopback interface.
type isolated struct{}

func (isolated) addrs() ([]localAddr, bool) {
	return []localAddr{
		{addr: netip.MustParseAddr("127.0.0.1"), prefixLen: 8, index: 1},
		{addr: netip.MustParseAddr("::1"), prefixLen: 128, index: 1},
	}, true
}

func (isolated) tunnels() map[uint32]bool { return nil }
func (isolated) hostname() string         { return "testhost" }
func (isolated) prober() prober           { return isolated{} }
func (isolated) close()                   {}

func (isolated) source(info AddrInfo) netip.Addr {
	switch addr := info.Addr.Addr(); {
	case addr.Unmap().IsLoopback() && addr.Is4In6():
		return netip.MustParseAddr("::ffff:127.0.0.1")
	case addr.IsLoopback() && addr.Is4(), addr == netip.IPv4Unspecified():
		return netip.MustParseAddr("127.0.0.1")
	case addr.IsLoopback(), addr == netip.IPv6Unspecified():
		return netip.IPv6Loopback()
	}
	return netip.Addr{}
}

// goldenHeader is the first line of a golden file, see testdata/record.py.
type goldenHeader struct {
	Files map[string]string
	Env   map[string]string
	DNS   bool
}

// newResolver is a Resolver of a machine with the given files in /etc and no others.
func newResolver(t testing.TB, files map[string]string) *Resolver {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return &Resolver{
		HostsPath:      filepath.Join(dir, "hosts"),
		ResolvConfPath: filepath.Join(dir, "resolv.conf"),
		NSSwitchPath:   filepath.Join(dir, "nsswitch.conf"),
		ServicesPath:   filepath.Join(dir, "services"),
		ProtocolsPath:  filepath.Join(dir, "protocols"),
		HostConfPath:   filepath.Join(dir, "host.conf"),
		GaiConfPath:    filepath.Join(dir, "gai.conf"),
		LookupEnv:      func(string) (string, bool) { return "", false },
		machine:        isolated{},
	}
}

// TestGlibc replays what glibc 2.41 answered on the machine that isolated stands for.
func TestGlibc(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join("testdata", "*.jsonl"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".jsonl"), func(t *testing.T) { replay(t, path) })
	}
}

func replay(t *testing.T, path string) {
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	scanner := bufio.NewScanner(file)
	scanner.Buffer(nil, 1<<20)
	if !scanner.Scan() {
		t.Fatal("empty golden file")
	}
	var header goldenHeader
	if err := json.Unmarshal(scanner.Bytes(), &header); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"hosts", "resolv.conf", "nsswitch.conf", "host.conf", "gai.conf", "services", "protocols"} {
		if _, given := header.Files[name]; !given {
			header.Files[name] = ""
		}
	}
	resolver := newResolver(t, header.Files)
	resolver.LookupEnv = func(name string) (string, bool) {
		value, set := header.Env[name]
		return value, set
	}
	// Without the server its port is one at which nothing listens.
	resolver.Nameservers = []netip.AddrPort{netip.MustParseAddrPort("127.0.0.1:1")}
	if header.DNS {
		resolver.Nameservers[0] = startZone(t)
	}
	for scanner.Scan() {
		var pair [2]json.RawMessage
		var want any
		var call goldenCall
		if err := errors.Join(json.Unmarshal(scanner.Bytes(), &pair), json.Unmarshal(pair[0], &call.list), json.Unmarshal(pair[1], &want)); err != nil {
			t.Fatalf("%s: %v", scanner.Text(), err)
		}
		answer, err := json.Marshal(call.ask(t, resolver))
		if err != nil {
			t.Fatal(err)
		}
		var got any
		if err := json.Unmarshal(answer, &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: (-glibc +here)\n%s", pair[0], diff)
		}
	}
	if err := scanner.Err(); err != nil {
		t.Fatal(err)
	}
}

// goldenCall is a call of a golden file: a name and arguments.
type goldenCall struct{ list []any }

func (c goldenCall) number(i int) int { return int(c.list[i].(float64)) }

// text undoes the file's encoding of bytes, one character a byte.
func (c goldenCall) text(i int) string {
	var raw []byte
	for _, char := range c.list[i].(string) {
		raw = append(raw, byte(char))
	}
	return string(raw)
}

func (c goldenCall) optional(i int) *string {
	if c.list[i] == nil {
		return nil
	}
	text := c.text(i)
	return &text
}

// ask gives the answer in the form of the file.
func (c goldenCall) ask(t *testing.T, r *Resolver) any {
	ctx := t.Context()
	switch name := c.list[0]; name {
	case "getaddrinfo":
		hints := Hints{Family: c.number(3), Type: c.number(4), Proto: c.number(5), Flags: c.number(6)}
		found, err := r.GetAddrInfo(ctx, c.optional(1), c.optional(2), hints)
		if err != nil {
			return failed(t, err)
		}
		return tuples(found)
	case "getnameinfo":
		addr := netip.AddrPortFrom(netip.MustParseAddr(c.text(1)), uint16(c.number(2)))
		host, service, err := r.GetNameInfo(ctx, addr, uint32(c.number(3)), c.number(4))
		if err != nil {
			return failed(t, err)
		}
		return []any{host, service}
	case "gethostbyname":
		return hostent(t)(r.HostByName(ctx, c.text(1)))
	case "gethostbyaddr":
		return hostent(t)(r.HostByAddr(ctx, netip.MustParseAddr(c.text(1))))
	case "getservbyname":
		if found, ok := r.ServByName(c.text(1), c.optional(2)); ok {
			return found.Port
		}
	case "getservbyport":
		if found, ok := r.ServByPort(uint16(c.number(1)), c.optional(2)); ok {
			return found.Name
		}
	case "getprotobyname":
		if found, ok := r.ProtoByName(c.text(1)); ok {
			return found.Number
		}
	case "inet_aton":
		if packed, ok := InetAton(c.text(1)); ok {
			return hex.EncodeToString(packed[:])
		}
	case "inet_pton":
		if packed, err := InetPton(c.number(1), c.text(2)); err == nil {
			return hex.EncodeToString(packed)
		}
	case "inet_ntop":
		packed, err := hex.DecodeString(c.text(2))
		if err != nil {
			t.Fatal(err)
		}
		text, err := InetNtop(c.number(1), packed)
		if err != nil {
			t.Fatal(err)
		}
		return text
	default:
		t.Fatalf("unknown call %q", name)
	}
	return nil
}

func tuples(found []AddrInfo) any {
	var list []any
	for _, info := range found {
		addr := []any{ntop(info.Addr.Addr()), info.Addr.Port()}
		if info.Addr.Addr().Is6() {
			addr = append(addr, 0, info.ScopeID)
		}
		list = append(list, []any{info.Family, info.Type, info.Proto, info.CanonName, addr})
	}
	return list
}

func hostent(t *testing.T) func(Host, error) any {
	return func(host Host, err error) any {
		if err != nil {
			return failed(t, err)
		}
		addrs := []string{}
		for _, addr := range host.Addrs {
			addrs = append(addrs, ntop(addr))
		}
		return []any{host.Name, append([]string{}, host.Aliases...), addrs}
	}
}

// failed is an error as CPython would show it.
func failed(t *testing.T, err error) any {
	if e, ok := errors.AsType[*Error](err); ok {
		if e.Code == EAISystem {
			return []any{"OSError", int(e.Errno)}
		}
		return []any{"gaierror", e.Code, e.Text()}
	}
	if e, ok := errors.AsType[*HostError](err); ok {
		return []any{"herror", e.Thread, e.Text()}
	}
	t.Fatalf("unexpected error %v", err)
	return nil
}

//go:build linux

package resolve

import (
	"errors"
	"net/netip"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

func TestErrorTexts(t *testing.T) {
	for code, want := range map[int]string{
		0: "Success", EAIBadFlags: "Bad value for ai_flags", EAINoName: "Name or service not known",
		EAIAgain: "Temporary failure in name resolution", EAIFail: "Non-recoverable failure in name resolution",
		EAINoData: "No address associated with hostname", EAIFamily: "ai_family not supported",
		EAISockType: "ai_socktype not supported", EAIService: "Servname not supported for ai_socktype",
		EAIAddrFamily: "Address family for hostname not supported", EAIMemory: "Memory allocation failure",
		EAISystem: "System error", EAIOverflow: "Result too large for supplied buffer",
		EAIIDNEncode: "Parameter string not correctly encoded", -99: "Unknown error", 7: "Unknown error",
	} {
		if got := GAIText(code); got != want {
			t.Errorf("gai_strerror(%d): %q, want %q", code, got, want)
		}
	}
	for code, want := range map[int]string{
		-2: "Resolver internal error", NetDBInternal: "Resolver internal error", NetDBSuccess: "Resolver Error 0 (no error)",
		HostNotFound: "Unknown host", TryAgain: "Host name lookup failure", NoRecovery: "Unknown server error",
		NoData: "No address associated with name", 5: "Unknown resolver error",
	} {
		if got := HostText(code); got != want {
			t.Errorf("hstrerror(%d): %q, want %q", code, got, want)
		}
	}
}

func TestErrorsUnwrapToErrno(t *testing.T) {
	for _, err := range []error{
		&Error{Code: EAISystem, Errno: syscall.EMFILE},
		&HostError{Code: NetDBInternal, Errno: syscall.EMFILE},
	} {
		if !errors.Is(err, syscall.EMFILE) {
			t.Errorf("%v is not EMFILE", err)
		}
	}
	for _, err := range []error{&Error{Code: EAIAgain}, &HostError{Code: TryAgain, Errno: syscall.EAGAIN}} {
		if errors.Unwrap(err) != nil {
			t.Errorf("%v wraps %v", err, errors.Unwrap(err))
		}
	}
}

func TestPackedAddresses(t *testing.T) {
	if _, err := InetPton(unix.AF_UNIX, "127.0.0.1"); !errors.Is(err, syscall.EAFNOSUPPORT) {
		t.Errorf("pton of AF_UNIX: %v", err)
	}
	if _, err := InetPton(unix.AF_INET, "127.1"); !errors.Is(err, ErrBadAddress) {
		t.Errorf("pton of a short address: %v", err)
	}
	if _, err := InetNtop(unix.AF_UNIX, make([]byte, 4)); !errors.Is(err, syscall.EAFNOSUPPORT) {
		t.Errorf("ntop of AF_UNIX: %v", err)
	}
	for _, family := range []int{unix.AF_INET, unix.AF_INET6} {
		for _, length := range []int{0, 3, 5, 15, 17} {
			if _, err := InetNtop(family, make([]byte, length)); !errors.Is(err, ErrBadLength) {
				t.Errorf("ntop of %d bytes: %v", length, err)
			}
		}
	}
}

// TestNUL pins that a name ends where C sees its end.
func TestNUL(t *testing.T) {
	r := newResolver(t, map[string]string{"services": "http 80/tcp\n", "protocols": "tcp 6 TCP\n", "hosts": "192.0.2.1 h.test\n"})
	host, service := "127.0.0.1\x00x", "80\x00y"
	found, err := r.GetAddrInfo(t.Context(), &host, &service, Hints{Type: unix.SOCK_STREAM})
	if err != nil || len(found) != 1 || found[0].Addr != netip.MustParseAddrPort("127.0.0.1:80") {
		t.Errorf("getaddrinfo: %v, %v", found, err)
	}
	proto := "tcp\x00"
	if got, ok := r.ServByName("http\x00s", &proto); !ok || got.Port != 80 {
		t.Errorf("getservbyname: %v, %v", got, ok)
	}
	if got, ok := r.ProtoByName("TCP\x00"); !ok || got.Number != 6 {
		t.Errorf("getprotobyname: %v, %v", got, ok)
	}
	if got, err := r.HostByName(t.Context(), "h.test\x00"); err != nil || got.Name != "h.test" {
		t.Errorf("gethostbyname: %v, %v", got, err)
	}
	if got, ok := InetAton("1.2.3.4\x00x"); !ok || got != [4]byte{1, 2, 3, 4} {
		t.Errorf("inet_aton: %v, %v", got, ok)
	}
}

func TestNameInfoBufferSizes(t *testing.T) {
	for length, want := range map[int]int{31: 0, 32: EAIOverflow} {
		r := newResolver(t, map[string]string{"services": strings.Repeat("s", length) + " 80/tcp\n", "nsswitch.conf": "hosts: files\n"})
		_, _, err := r.GetNameInfo(t.Context(), netip.MustParseAddrPort("127.0.0.1:80"), 0, NINumericHost)
		e, failed := errors.AsType[*Error](err)
		if failed != (want != 0) || (failed && e.Code != want) {
			t.Errorf("a service of %d characters: %v, want code %d", length, err, want)
		}
	}
	_, _, err := new(Resolver).GetNameInfo(t.Context(), netip.MustParseAddrPort("127.0.0.1:80"), 0, 0x200)
	if e, ok := errors.AsType[*Error](err); !ok || e.Code != EAIBadFlags {
		t.Errorf("an unknown flag: %v", err)
	}
}

func TestHostNamesInDNS(t *testing.T) {
	for name, want := range map[string]bool{
		"": true, ".": true, "a": true, "a.": true, "a.b-c_d.9": true, "_x.a": true, "a.-b": true, `\097b`: true,
		"-a": false, "a..b": false, ".a": false, "a b": false, "a/b": false, "ü": false, `a\`: false, `\04`: false, `\999`: false,
		strings.Repeat("a", 63): true, strings.Repeat("a", 64): false,
		strings.Repeat("a.", 127): true, strings.Repeat("a.", 128): false,
	} {
		if got := isHostName(name); got != want {
			t.Errorf("%q: %v, want %v", name, got, want)
		}
	}
}

// TestDefault pins that the package's own function works on the machine as it is.
func TestDefault(t *testing.T) {
	host, service := "127.0.0.1", "80"
	found, err := GetAddrInfo(t.Context(), &host, &service, Hints{Type: unix.SOCK_DGRAM, Flags: AINumericHost | AINumericServ})
	want := AddrInfo{Family: unix.AF_INET, Type: unix.SOCK_DGRAM, Proto: unix.IPPROTO_UDP, Addr: netip.MustParseAddrPort("127.0.0.1:80")}
	if err != nil || len(found) != 1 || found[0] != want {
		t.Errorf("%+v, %v, want %+v", found, err, want)
	}
}

func BenchmarkNumeric(b *testing.B) {
	host, service := "127.0.0.1", "80"
	for b.Loop() {
		if _, err := GetAddrInfo(b.Context(), &host, &service, Hints{Type: unix.SOCK_STREAM}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkHosts(b *testing.B) {
	r := newResolver(b, map[string]string{"hosts": "127.0.0.1 localhost\n::1 localhost\n", "nsswitch.conf": "hosts: files\n"})
	host := "localhost"
	for b.Loop() {
		if _, err := r.GetAddrInfo(b.Context(), &host, nil, Hints{Family: unix.AF_INET}); err != nil {
			b.Fatal(err)
		}
	}
}

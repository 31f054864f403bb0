//go:build linux

package resolve

import (
	"errors"
	"net/netip"
	"testing"
)

// What getaddrinfo says of a name that the hosts file has, and of one that nothing has, where no server
// listens: seen in the C libraries of Debian bullseye, bookworm and trixie.
func TestSourcesOfEachGlibc(t *testing.T) {
	const found = 0
	type outcome struct{ known, unknown int }
	for _, test := range []struct {
		conf      string
		at31, now outcome
	}{
		{"hosts: files dns\n", outcome{found, EAIAgain}, outcome{found, EAIAgain}},
		{"passwd: files\n", outcome{found, EAINoName}, outcome{found, EAIAgain}},
		{"HOSTS: dns\n", outcome{found, EAINoName}, outcome{found, EAIAgain}},
		{"hosts: dns [!UNAVAIL=return] files\n", outcome{found, EAINoName}, outcome{found, EAINoName}},
		{"hosts: dns [!unavail=return tryagain=continue] files\n", outcome{found, EAINoName}, outcome{found, EAINoName}},
		{" hosts : files\n", outcome{found, EAINoName}, outcome{found, EAINoName}},
		{"hosts:files\n", outcome{found, EAINoName}, outcome{found, EAINoName}},
		{"hosts files\n", outcome{found, EAINoName}, outcome{found, EAINoName}},
		{"hosts: files # dns\n", outcome{found, EAINoName}, outcome{found, EAIAgain}},
		{"hosts: files#dns\n", outcome{found, EAINoName}, outcome{EAINoData, EAINoData}},
		{"hosts: files ] dns\n", outcome{found, EAIAgain}, outcome{found, EAIAgain}},
		{"hosts: files [] dns\n", outcome{found, EAINoName}, outcome{EAISystem, EAISystem}},
		{"hosts: files [notfound=return\n", outcome{found, EAINoName}, outcome{EAISystem, EAISystem}},
		{"hosts: files [foo=bar] dns\n", outcome{found, EAINoName}, outcome{EAISystem, EAISystem}},
		{"hosts: files dns [x=y]\n", outcome{found, EAINoName}, outcome{EAISystem, EAISystem}},
		{"hosts: files\npasswd: files [x]\n", outcome{found, EAINoName}, outcome{EAISystem, EAISystem}},
		{"hosts: nosuch\n", outcome{EAINoData, EAINoData}, outcome{EAINoData, EAINoData}},
		{"hosts: nosuch files\n", outcome{found, EAINoName}, outcome{found, EAINoName}},
		{"hosts: nosuch [UNAVAIL=return] files\n", outcome{EAINoData, EAINoData}, outcome{EAINoData, EAINoData}},
		{"hosts: files [success=continue] dns\n", outcome{EAIAgain, EAIAgain}, outcome{EAIAgain, EAIAgain}},
		{"hosts: files [notfound=continue] dns\n", outcome{found, EAIAgain}, outcome{found, EAIAgain}},
		{"hosts: files [ notfound = return ] dns\n", outcome{found, EAINoName}, outcome{found, EAINoName}},
		{"hosts: files[!SUCCESS=return]dns\n", outcome{found, EAINoName}, outcome{found, EAINoName}},
		{"hosts: files\nhosts: dns\n", outcome{EAIAgain, EAIAgain}, outcome{EAIAgain, EAIAgain}},
		{"hosts: files\nhosts: dns", outcome{EAIAgain, EAIAgain}, outcome{found, EAINoName}},
		{"hosts: dns", outcome{EAIAgain, EAIAgain}, outcome{found, EAIAgain}},
	} {
		for glibc, want := range map[int]outcome{31: test.at31, 36: test.now, 41: test.now} {
			r := newResolver(t, map[string]string{"nsswitch.conf": test.conf, "hosts": "192.0.2.1 known\n", "resolv.conf": "options timeout:1 attempts:1\n"})
			r.Nameservers, r.Glibc = []netip.AddrPort{netip.MustParseAddrPort("127.0.0.1:1")}, glibc
			for name, code := range map[string]int{"known": want.known, "unknown": want.unknown} {
				got := found
				_, err := r.GetAddrInfo(t.Context(), &name, nil, Hints{Family: 2})
				if failure, ok := errors.AsType[*Error](err); ok {
					got = failure.Code
				}
				if got != code {
					t.Errorf("glibc 2.%d, %q: %s is %d, want %d", glibc, test.conf, name, got, code)
				}
			}
		}
	}
}

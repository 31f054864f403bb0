//go:build linux

package resolve

import (
	"net/netip"
	"strings"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
	"golang.org/x/sys/unix"
)

// FuzzNumericHost checks that text and bytes of an address go back and forth, and that the strict form
// is what net/netip takes for an address too.
func FuzzNumericHost(f *testing.F) {
	for _, seed := range []string{"127.1", "0x7f.1 x", "010.1.2.3", "::1%lo", "fe80::1%1", "::ffff:1.2.3.4", "1:2:3:4:5:6:7::", "256", "1.2.3.4", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if packed, ok := InetAton(s); ok {
			text, err := InetNtop(unix.AF_INET, packed[:])
			if again, ok := InetAton(text); err != nil || !ok || again != packed {
				t.Errorf("inet_aton(%q) = %v, back from %q: %v", s, packed, text, again)
			}
		}
		if strings.ContainsAny(s, "%\x00") {
			return
		}
		addr, ok := ptonAny(s)
		if other, err := netip.ParseAddr(s); (err == nil) != ok || (ok && other != addr) {
			t.Errorf("%q: %v, %v here, %v, %v in net/netip", s, addr, ok, other, err)
		}
		if again, same := ptonAny(ntop(addr)); ok && (!same || again != addr) {
			t.Errorf("%q: %v, back from %q: %v", s, addr, ntop(addr), again)
		}
	})
}

func FuzzHosts(f *testing.F) {
	f.Add([]byte("127.0.0.1 localhost\n::1\tlocalhost ip6-localhost # c\n1.2.3.4\n x\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, entry := range parseHosts(data) {
			if !entry.addr.IsValid() {
				t.Errorf("%+v has no address", entry)
			}
			if !entry.answersTo(entry.name) {
				t.Errorf("%+v does not answer to its name", entry)
			}
			if strings.ContainsAny(entry.name+strings.Join(entry.aliases, ""), " \t\n#") {
				t.Errorf("%+v: names with separators in them", entry)
			}
		}
	})
}

func FuzzResolvConf(f *testing.F) {
	f.Add([]byte("nameserver 127.0.0.1\nsearch a b\noptions ndots:2 -rotate timeout:x\nsortlist 1.2.3.4/255.0.0.0 x;"))
	f.Fuzz(func(t *testing.T, data []byte) {
		conf := parseResolvConf(referenceGlibc, data)
		if conf.ndots < 0 || conf.ndots > maxNDots || conf.attempts > maxAttempts {
			t.Errorf("%q: ndots %d, attempts %d", data, conf.ndots, conf.attempts)
		}
		conf.nameservers = append(conf.nameservers, nameserver{})
		for i := range min(len(conf.nameservers), maxNameservers) {
			if wait := conf.serverTimeout(i); wait <= 0 {
				t.Errorf("%q: waits %v for server %d", data, wait, i)
			}
		}
	})
}

// FuzzConfigurations feeds the other parsers, which have to take whatever comes.
func FuzzConfigurations(f *testing.F) {
	f.Add([]byte("hosts: files [!NOTFOUND=return] dns\nservices: db [x"))
	f.Add([]byte("http 80/tcp www\nbad x\n"))
	f.Add([]byte("multi on\ntrim a,b;c\n"))
	f.Add([]byte("label ::/0 1\nscopev4 ::ffff:1.2.3.4/96 2\nprecedence ::1/129 3\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for name, list := range parseNSSwitch(referenceGlibc, data).databases {
			if !nssDatabases[name] {
				t.Errorf("a database named %q", name)
			}
			for _, entry := range list {
				if entry.module == "" {
					t.Errorf("a source without a name in %q", name)
				}
			}
		}
		for _, lax := range []bool{true, false} {
			parseServices(data, lax)
		}
		parseProtocols(data)
		if conf := parseHostConf(data); len(conf.trim) > maxTrimDomains {
			t.Errorf("%d domains to trim", len(conf.trim))
		}
		conf := parseGaiConf(data)
		for _, list := range [][]policy{conf.labels, conf.precedence, conf.scopes} {
			if list[len(list)-1].prefix.Bits() != 0 {
				t.Errorf("no catch-all in %v", list)
			}
		}
	})
}

func FuzzResponse(f *testing.F) {
	conf := defaultResolvConf()
	asked, ok := newQuery("a.example.test", dnsmessage.TypeA, &conf)
	if !ok {
		f.Fatal("no query")
	}
	f.Add(asked.packet)
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) < headerLen {
			return
		}
		message := response(data)
		message.useless()
		message.matches(&asked)
		for i, qtype := range []dnsmessage.Type{dnsmessage.TypeA, dnsmessage.TypeAAAA, dnsmessage.TypeA, dnsmessage.TypeAAAA} {
			if host, out := hostFrom(message, qtype, i < 2); (out.status == statusSuccess) != (len(host.Addrs) > 0) {
				t.Errorf("status %d with %d addresses", out.status, len(host.Addrs))
			}
		}
		for _, strict := range []bool{true, false} {
			if addrs, name, out := tuplesFrom(message, strict); (out.status == statusSuccess) != (len(addrs) > 0 && name != "") {
				t.Errorf("status %d with %d addresses for %q", out.status, len(addrs), name)
			}
		}
		if name, out := pointerFrom(message); (out.status == statusSuccess) != (name != "") {
			t.Errorf("status %d with name %q", out.status, name)
		}
	})
}

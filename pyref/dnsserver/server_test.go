package dnsserver_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/miekg/dns"

	"github.com/pyparity/pyparity/fixtures"
	"github.com/pyparity/pyparity/pyref/dnsserver"
)

// serve starts a server of the project's own zones and faults.
func serve(t *testing.T) string {
	t.Helper()
	dir, err := fs.Sub(fixtures.Environment(), "zones")
	if err != nil {
		t.Fatal(err)
	}
	zones, err := dnsserver.ReadZones(dir)
	if err != nil {
		t.Fatal(err)
	}
	file, err := fixtures.Environment().Open("faults")
	if err != nil {
		t.Fatal(err)
	}
	faults, err := dnsserver.ReadFaults(file)
	if err != nil {
		t.Fatal(err)
	}
	s := &dnsserver.Server{Zones: zones, Faults: faults}
	if err := s.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s.Address()
}

func ask(t *testing.T, network, address, name string, kind uint16) *dns.Msg {
	t.Helper()
	client := &dns.Client{Net: network, Timeout: time.Minute}
	reply, _, err := client.Exchange(new(dns.Msg).SetQuestion(name, kind), address)
	if err != nil {
		t.Fatalf("ask %s over %s: %v", name, network, err)
	}
	return reply
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	address := serve(t)
	tests := []struct {
		name string
		kind uint16
		code int
		want []string
	}{
		{"one.pyparity.test.", dns.TypeA, dns.RcodeSuccess, []string{"one.pyparity.test. A 192.0.2.20"}},
		{"ONE.PyParity.test.", dns.TypeA, dns.RcodeSuccess, []string{"ONE.PyParity.test. A 192.0.2.20"}},
		{"one.pyparity.test.", dns.TypeAAAA, dns.RcodeSuccess, nil},
		{"six.pyparity.test.", dns.TypeAAAA, dns.RcodeSuccess, []string{"six.pyparity.test. AAAA 2001:db8::20"}},
		{"several.pyparity.test.", dns.TypeA, dns.RcodeSuccess, []string{
			"several.pyparity.test. A 192.0.2.33", "several.pyparity.test. A 192.0.2.31", "several.pyparity.test. A 192.0.2.32"}},
		{"alias2.pyparity.test.", dns.TypeA, dns.RcodeSuccess, []string{
			"alias2.pyparity.test. CNAME alias.pyparity.test.", "alias.pyparity.test. CNAME one.pyparity.test.", "one.pyparity.test. A 192.0.2.20"}},
		{"alias.pyparity.test.", dns.TypeCNAME, dns.RcodeSuccess, []string{"alias.pyparity.test. CNAME one.pyparity.test."}},
		{"dangling.pyparity.test.", dns.TypeA, dns.RcodeNameError, []string{"dangling.pyparity.test. CNAME missing.pyparity.test."}},
		{"circle.pyparity.test.", dns.TypeA, dns.RcodeSuccess, []string{
			"circle.pyparity.test. CNAME circle2.pyparity.test.", "circle2.pyparity.test. CNAME circle.pyparity.test."}},
		{"missing.pyparity.test.", dns.TypeA, dns.RcodeNameError, nil},
		{"elsewhere.invalid.", dns.TypeA, dns.RcodeNameError, nil},
		{"noaddress.pyparity.test.", dns.TypeA, dns.RcodeSuccess, nil},
		{"parent.pyparity.test.", dns.TypeA, dns.RcodeSuccess, nil},
		{"any.wild.pyparity.test.", dns.TypeA, dns.RcodeSuccess, []string{"any.wild.pyparity.test. A 192.0.2.41"}},
		{"a.b.wild.pyparity.test.", dns.TypeA, dns.RcodeSuccess, []string{"a.b.wild.pyparity.test. A 192.0.2.41"}},
		{"wild.pyparity.test.", dns.TypeA, dns.RcodeSuccess, nil},
		{"20.2.0.192.in-addr.arpa.", dns.TypePTR, dns.RcodeSuccess, []string{"20.2.0.192.in-addr.arpa. PTR one.pyparity.test."}},
		{"servfail.pyparity.test.", dns.TypeA, dns.RcodeServerFailure, nil},
		{"SERVFAIL.pyparity.test.", dns.TypeAAAA, dns.RcodeServerFailure, nil},
		{"refused.pyparity.test.", dns.TypeA, dns.RcodeRefused, nil},
		{"formerr.pyparity.test.", dns.TypeA, dns.RcodeFormatError, nil},
		{"notimp.pyparity.test.", dns.TypeA, dns.RcodeNotImplemented, nil},
	}
	for _, test := range tests {
		for _, network := range []string{"udp", "tcp"} {
			reply := ask(t, network, address, test.name, test.kind)
			if reply.Rcode != test.code {
				t.Errorf("%s %s: %s, want %s", network, test.name, dns.RcodeToString[reply.Rcode], dns.RcodeToString[test.code])
			}
			var got []string
			for _, rr := range reply.Answer {
				words := strings.Fields(rr.String())
				got = append(got, strings.Join([]string{words[0], words[3], words[4]}, " "))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("%s %s (-want +got):\n%s", network, test.name, diff)
			}
		}
	}
}

func TestTruncation(t *testing.T) {
	t.Parallel()
	address := serve(t)
	tests := []struct {
		name  string
		whole int
	}{
		{"crowd.pyparity.test.", 60},
		{"truncated.pyparity.test.", 1},
	}
	for _, test := range tests {
		if reply := ask(t, "udp", address, test.name, dns.TypeA); !reply.Truncated || len(reply.Answer) >= test.whole {
			t.Errorf("%s over UDP: truncated %v with %d answers", test.name, reply.Truncated, len(reply.Answer))
		}
		if reply := ask(t, "tcp", address, test.name, dns.TypeA); reply.Truncated || len(reply.Answer) != test.whole {
			t.Errorf("%s over TCP: truncated %v with %d answers, want %d", test.name, reply.Truncated, len(reply.Answer), test.whole)
		}
	}
}

// A silent name must not keep the server from answering others.
func TestSilence(t *testing.T) {
	t.Parallel()
	address := serve(t)
	client := &dns.Client{Timeout: 50 * time.Millisecond}
	if reply, _, err := client.Exchange(new(dns.Msg).SetQuestion("silent.pyparity.test.", dns.TypeA), address); err == nil {
		t.Errorf("a silent name answered: %v", reply)
	}
	if reply := ask(t, "udp", address, "one.pyparity.test.", dns.TypeA); len(reply.Answer) != 1 {
		t.Errorf("after silence: %v", reply)
	}
}

func TestGarbageIsNoMessage(t *testing.T) {
	t.Parallel()
	client := &dns.Client{Timeout: time.Minute}
	reply, _, err := client.Exchange(new(dns.Msg).SetQuestion("garbage.pyparity.test.", dns.TypeA), serve(t))
	if err == nil {
		t.Errorf("understood garbage: %v", reply)
	}
}

func TestBadFilesAreRefused(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ text, want string }{
		"no SOA":       {"$ORIGIN a.\n@ 60 A 192.0.2.1\n", "SOA"},
		"empty":        {"; nothing\n", "empty"},
		"foreign":      {"$ORIGIN a.\n@ 60 SOA n. h. 1 1 1 1 1\nb. 60 A 192.0.2.1\n", "not in the zone"},
		"not a record": {"$ORIGIN a.\n@ 60 SOA n. h. 1 1 1 1 1\nx 60 A nowhere\n", "z.zone"},
	}
	for name, test := range tests {
		_, err := dnsserver.ReadZones(fstest.MapFS{"z.zone": {Data: []byte(test.text)}})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want one with %q", name, err, test.want)
		}
	}
	if _, err := dnsserver.ReadZones(fstest.MapFS{}); err == nil {
		t.Error("no zone files were taken for zones")
	}
	for _, text := range []string{"name servfail", "name. unknown", "name."} {
		if _, err := dnsserver.ReadFaults(strings.NewReader(text)); err == nil {
			t.Errorf("%q was taken for a fault", text)
		}
	}
}

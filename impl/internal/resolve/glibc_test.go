//go:build linux

package resolve

import (
	"context"
	"errors"
	"net/netip"
	"sync/atomic"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// An alias of a name that has addresses of the other family only.
func TestAliasWithoutAddress(t *testing.T) {
	zone := startZone(t)
	for glibc, want := range map[int]int{31: EAINoName, 36: EAINoData, 41: EAINoData} {
		r := newResolver(t, map[string]string{"nsswitch.conf": "hosts: dns\n"})
		r.Nameservers, r.Glibc = []netip.AddrPort{zone}, glibc
		name := "cname6.example.test"
		_, err := r.GetAddrInfo(t.Context(), &name, nil, Hints{Family: 2})
		var failure *Error
		if !errors.As(err, &failure) || failure.Code != want {
			t.Errorf("2.%d: %v, want code %d", glibc, err, want)
		}
	}
}

// What a lookup leaves in h_errno stays until the next failure.
func TestKeepHErrno(t *testing.T) {
	r := newResolver(t, map[string]string{"nsswitch.conf": "hosts: dns\n"})
	r.Nameservers = []netip.AddrPort{startZone(t)}
	var kept atomic.Int32
	ctx := KeepHErrno(context.Background(), &kept)
	for _, step := range []struct {
		name string
		want int32
	}{{"not a name", NetDBSuccess}, {"txt.example.test", NoData}, {"not a name", NoData}, {"missing.example.test", HostNotFound}} {
		if _, err := r.HostByName(ctx, step.name); err == nil {
			t.Errorf("%s: found", step.name)
		}
		if got := kept.Load(); got != step.want {
			t.Errorf("after %s: %d, want %d", step.name, got, step.want)
		}
	}
}

// A question that cannot be read is no other question.
func TestUnreadableQuestionMatches(t *testing.T) {
	conf := defaultResolvConf()
	q, ok := newQuery("a.test", dnsmessage.TypeA, &conf)
	if !ok {
		t.Fatal("no query")
	}
	head := func(questions byte) response {
		return response{byte(q.id >> 8), byte(q.id), 0x81, 0x80, 0, questions, 0, 1, 0, 0, 0, 0}
	}
	other, _ := newQuery("b.test", dnsmessage.TypeA, &conf)
	for name, test := range map[string]struct {
		m    response
		want bool
	}{
		"the question":      {append(head(1), q.packet[headerLen:]...), true},
		"another question":  {append(head(1), other.packet[headerLen:]...), false},
		"no question":       {head(0), false},
		"what is no name":   {append(head(1), 0xff, 0xff, 0xff), true},
		"two, and no names": {append(head(2), 0xff, 0xff, 0xff), false},
	} {
		if got := test.m.matches(&q); got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

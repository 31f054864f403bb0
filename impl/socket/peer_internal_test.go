package socket

import (
	"fmt"
	"testing"

	"github.com/pyparity/pyparity/impl/internal/sockaddr"
)

// Whom a socket answers is whom it is told to answer, whoever was the last one that
// it received from.
func TestPeers(t *testing.T) {
	s := &Socket{state: &state{module: &std, family: AF_INET6}}
	from := func(port uint16, flowinfo, scope uint32) Addr {
		t.Helper()
		var b nameBuffer
		addr, err := s.decodePeer(&b, copy(b.memory[:], sockaddr.Inet6([16]byte{15: 1}, port, flowinfo, scope)))
		if err != nil {
			t.Fatal(err)
		}
		return addr
	}
	for _, addr := range []Addr{from(1, 0, 0), from(2, 0, 0), from(2, 0, 7), from(2, 9, 7)} {
		for range 2 {
			want, err := s.encode(addr, "sendto")
			if err != nil {
				t.Fatal(err)
			}
			if got, err := s.encodePeer(addr, "sendto"); err != nil || string(got) != string(want) {
				t.Errorf("%v: %x, %v, want %x", addr, got, err, want)
			}
			if again := from(uint16(addr.(Inet6).Port), addr.(Inet6).Flowinfo, addr.(Inet6).ScopeID); again != addr {
				t.Errorf("%v is %v when it is received again", addr, again)
			}
		}
	}

	// The kernel tells more of the flow than one may ask for.
	traffic := from(3, maxFlowinfo+1, 0)
	if _, err := s.encodePeer(traffic, "sendto"); err == nil {
		t.Error("a flow with a traffic class is taken")
	}

	// What is no such address is nobody that the socket received from.
	from(1, 0, 0)
	for _, addr := range []Addr{Inet4{}, Unix{}, nil} {
		want, fault := s.encode(addr, "sendto")
		got, err := s.encodePeer(addr, "sendto")
		if string(got) != string(want) || fmt.Sprint(err) != fmt.Sprint(fault) {
			t.Errorf("%v: %x, %v, want %x, %v", addr, got, err, want, fault)
		}
	}
}

//go:build linux

package socket_test

import (
	"testing"
	"time"

	"github.com/pyparity/pyparity/impl/socket"
)

// The calls that a program makes for every byte allocate nothing, whether they
// have to wait or not.
func TestNoAllocations(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector's pools drop what they hold")
	}
	for name, timeout := range map[string]socket.Timeout{
		"None": socket.None, "timeout": socket.Timeout(time.Minute), "NonBlocking": socket.NonBlocking,
	} {
		t.Run(name, func(t *testing.T) {
			a, b := tcpPair(t)
			check(t, a.SetTimeout(timeout))
			check(t, b.SetTimeout(timeout))
			buf := make([]byte, 1)
			ready := make([]byte, 0, 1)
			for call, f := range map[string]func(){
				"Send and RecvInto":                   func() { must(a.Send(buf, 0)); must(b.RecvInto(buf, 0, 0)) },
				"SendAll and RecvInto":                func() { check(t, a.SendAll(buf, 0)); must(b.RecvInto(buf, 1, 0)) },
				"Send and RecvInto with MSG_DONTWAIT": func() { must(a.Send(buf, socket.MSG_DONTWAIT)); must(b.RecvInto(buf, 0, socket.MSG_DONTWAIT)) },
				"nothing":                             func() { must(a.RecvInto(ready, 0, 0)) },
			} {
				if n := testing.AllocsPerRun(200, f); n > 0 {
					t.Errorf("%s: %.0f allocations", call, n)
				}
			}
		})
	}
}

// Nor do those for a datagram that is answered, as long as the peer is the same.
func TestNoAllocationsForTheSamePeer(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector's pools drop what they hold")
	}
	for host, family := range map[string]int{"127.0.0.1": socket.AF_INET, "::1": socket.AF_INET6} {
		t.Run(host, func(t *testing.T) {
			server, client := boundUDP(t, family, host), boundUDP(t, family, host)
			addr := must(server.GetSockName())
			buf := make([]byte, 1)
			echo := func() {
				must(client.SendTo(buf, 0, addr))
				_, peer, err := server.RecvFromInto(buf, 0, 0)
				check(t, err)
				must(server.SendTo(buf, 0, peer))
				_, _, err = client.RecvFromInto(buf, 0, 0)
				check(t, err)
			}
			if n := testing.AllocsPerRun(200, echo); n > 0 {
				t.Errorf("%.0f allocations", n)
			}
		})
	}
}

// So does a receiver that is parked for every byte.
func TestNoAllocationsWhileWaiting(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector's pools drop what they hold")
	}
	for name, timeout := range map[string]socket.Timeout{"None": socket.None, "timeout": socket.Timeout(time.Minute)} {
		t.Run(name, func(t *testing.T) {
			client, server := tcpPair(t)
			check(t, client.SetTimeout(timeout))
			check(t, server.SetTimeout(timeout))
			ended := echoing(server)
			buf := make([]byte, 1)
			n := testing.AllocsPerRun(200, func() {
				must(client.Send(buf, 0))
				must(client.RecvInto(buf, 0, 0))
			})
			check(t, client.Shutdown(socket.SHUT_RDWR))
			<-ended
			if n > 0 {
				t.Errorf("%.0f allocations", n)
			}
		})
	}
}

// echoing sends back what a socket receives, until the peer ends.
func echoing(s *socket.Socket) (ended chan struct{}) {
	ended = make(chan struct{})
	go func() {
		defer close(ended)
		for buf := make([]byte, 1); ; {
			if n, err := s.RecvInto(buf, 0, 0); n == 0 || err != nil {
				return
			}
			if _, err := s.Send(buf, 0); err != nil {
				return
			}
		}
	}()
	return ended
}

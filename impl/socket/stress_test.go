//go:build linux

package socket_test

import (
	"sync"
	"testing"
	"time"

	"github.com/pyparity/pyparity/impl/socket"
)

// Both ends send and receive at the same time, in every mode, more than the
// buffers hold: no wake-up may be lost.
func TestFullDuplex(t *testing.T) {
	const connections, size = 20, 2 << 20
	for name, pair := range pairs {
		for mode, timeout := range map[string]socket.Timeout{"None": socket.None, "timeout": socket.Timeout(time.Minute)} {
			t.Run(name+"/"+mode, func(t *testing.T) {
				var wg sync.WaitGroup
				for range connections {
					a, b := pair(t)
					for _, s := range []*socket.Socket{a, b} {
						check(t, s.SetTimeout(timeout))
						wg.Go(func() {
							if err := s.SendAll(make([]byte, size), 0); err != nil {
								t.Error(err)
							}
							if err := s.Shutdown(socket.SHUT_WR); err != nil {
								t.Error(err)
							}
						})
						wg.Go(func() {
							if got := drain(s); got != size {
								t.Errorf("received %d of %d", got, size)
							}
						})
					}
				}
				soon(t, "all connections", wg.Wait)
			})
		}
	}
}

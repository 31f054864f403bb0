//go:build linux

package socket_test

import (
	"errors"
	"math/rand/v2"
	"net"
	"os"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/impl/socket"
)

// One socket is used by many goroutines at once, for everything that changes its
// mode and its end: the race detector sees no race, every call comes back, and
// each error is one that CPython could have given.
func TestOneSocketManyCallers(t *testing.T) {
	for name, pair := range pairs {
		for end, finish := range map[string]func(*socket.Socket) error{
			"close":    (*socket.Socket).Close,
			"shutdown": func(s *socket.Socket) error { return s.Shutdown(socket.SHUT_RDWR) },
			"detach":   func(s *socket.Socket) error { return socket.Close(s.Detach()) },
		} {
			t.Run(name+"/"+end, func(t *testing.T) {
				t.Parallel()
				for range 20 {
					a, b := pair(t)
					useTogether(t, a, b, finish)
				}
			})
		}
	}
}

func useTogether(t *testing.T, a, b *socket.Socket, finish func(*socket.Socket) error) {
	t.Helper()
	check(t, a.SetTimeout(socket.Timeout(5*time.Millisecond)))
	var wg sync.WaitGroup
	repeat := func(call func() error) {
		wg.Go(func() {
			for range 20 {
				if err := call(); err != nil && !expected(err) {
					t.Errorf("%v", err)
				}
			}
		})
	}
	buf := func() []byte { return make([]byte, 100) }
	repeat(func() error { _, err := a.Recv(10, 0); return err })
	repeat(func() error { _, err := a.RecvInto(buf(), 0, 0); return err })
	repeat(func() error { _, err := a.Send(buf(), socket.MSG_NOSIGNAL); return err })
	repeat(func() error { return a.SendAll(buf(), socket.MSG_NOSIGNAL) })
	repeat(func() error { _, err := b.Send(buf(), socket.MSG_DONTWAIT|socket.MSG_NOSIGNAL); return err })
	// None only for an instant: what waits without an end would wait for the peer.
	repeat(func() error {
		return errors.Join(a.SetTimeout(socket.NonBlocking), a.SetTimeout(socket.Timeout(rand.N(5*time.Millisecond)+time.Millisecond)))
	})
	repeat(func() error { a.GetTimeout(); a.GetBlocking(); a.Fileno(); a.Closed(); return nil })
	repeat(func() error { _, err := a.GetSockName(); return err })
	repeat(func() error { _, err := a.GetSockOpt(socket.SOL_SOCKET, socket.SO_ERROR); return err })
	wg.Go(func() {
		time.Sleep(rand.N(10 * time.Millisecond))
		if err := finish(a); err != nil && !expected(err) {
			t.Errorf("the end: %v", err)
		}
	})
	soon(t, "every call", wg.Wait)
}

// expected reports whether an error may come of using a socket while others do.
func expected(err error) bool {
	for _, target := range []error{
		pyerr.TimeoutError, pyerr.BlockingIOError, os.ErrDeadlineExceeded, net.ErrClosed, syscall.EBADF,
		syscall.EPIPE, syscall.ECONNRESET, syscall.ENOTCONN, syscall.EAGAIN,
	} {
		if errors.Is(err, target) {
			return true
		}
	}
	return false
}

// Each call has the deadline that the socket had when it began.
func TestEachCallHasItsOwnDeadline(t *testing.T) {
	a, _ := unixPair(t, socket.SOCK_STREAM)
	check(t, a.SetTimeout(socket.Timeout(time.Hour)))
	var long sync.WaitGroup
	long.Go(func() {
		if _, err := a.Recv(1, 0); err != nil {
			t.Errorf("the call with an hour: %v", err)
		}
	})
	time.Sleep(20 * time.Millisecond)
	check(t, a.SetTimeout(socket.Timeout(30*time.Millisecond)))
	if _, err := a.Recv(1, socket.MSG_PEEK); !errors.Is(err, pyerr.TimeoutError) {
		t.Errorf("the call with 30 ms: %v", err)
	}
	check(t, a.Shutdown(socket.SHUT_RD)) // which ends the other
	soon(t, "the call with an hour", long.Wait)
}

//go:build linux

package socket_test

import (
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/pyparity/pyparity/impl/socket"
)

// nonblocking is O_NONBLOCK of a descriptor.
func nonblocking(t testing.TB, fd int) bool {
	t.Helper()
	return must(unix.FcntlInt(uintptr(fd), unix.F_GETFL, 0))&unix.O_NONBLOCK != 0
}

// Whoever gets to know the descriptor sees O_NONBLOCK as the timeout has it, by
// whatever way a socket came to be and whatever was done to it before.
func TestDescriptorsAreSharedAsTheyShallBe(t *testing.T) {
	for name, create := range map[string]func() *socket.Socket{
		"New":    func() *socket.Socket { return tcpSocket(t) },
		"pair":   func() *socket.Socket { a, _ := unixPair(t, socket.SOCK_STREAM); return a },
		"accept": func() *socket.Socket { _, server := tcpPair(t); return server },
		"client": func() *socket.Socket { client, _ := tcpPair(t); return client },
	} {
		t.Run(name, func(t *testing.T) {
			s := create()
			if nonblocking(t, s.Fileno()) {
				t.Error("Fileno: O_NONBLOCK with None")
			}
			s = create()
			check(t, s.SetTimeout(socket.Timeout(time.Second)))
			if !nonblocking(t, s.Fileno()) {
				t.Error("Fileno: no O_NONBLOCK with a timeout")
			}
			check(t, s.SetTimeout(socket.None))
			if nonblocking(t, s.Fileno()) {
				t.Error("O_NONBLOCK with None again")
			}
			s = create()
			duplicate := must(s.Dup())
			if nonblocking(t, duplicate.Fileno()) || nonblocking(t, s.Fileno()) {
				t.Error("Dup: O_NONBLOCK with None")
			}
			check(t, duplicate.Close())
			s = create()
			fd := s.Detach()
			if nonblocking(t, fd) {
				t.Error("Detach: O_NONBLOCK with None")
			}
			check(t, unix.Close(fd))
		})
	}
}

// To share a descriptor while a call waits does not disturb the call.
func TestSharedWhileWaiting(t *testing.T) {
	listener, addr := listening(t)
	accepted := make(chan error, 1)
	go func() {
		s, _, err := listener.Accept()
		if err == nil {
			err = s.Close()
		}
		accepted <- err
	}()
	a, b := unixPair(t, socket.SOCK_DGRAM)
	received := make(chan string, 1)
	go func() { received <- recvText(a, 1, 0) }()
	time.Sleep(20 * time.Millisecond)
	if nonblocking(t, listener.Fileno()) || nonblocking(t, a.Fileno()) {
		t.Error("O_NONBLOCK with None")
	}
	client := tcpSocket(t)
	check(t, client.Connect(addr))
	must(b.Send([]byte("x"), 0))
	check(t, <-accepted)
	if got := <-received; got != "x" {
		t.Errorf("got %q", got)
	}
}

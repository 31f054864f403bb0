//go:build linux

package socket_test

import (
	"fmt"
	"testing"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"github.com/pyparity/pyparity/impl/socket"
)

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// listening is a socket that listens on a port of 127.0.0.1.
func listening(t testing.TB) (*socket.Socket, socket.Addr) {
	t.Helper()
	s := must(socket.New(socket.AF_INET, socket.SOCK_STREAM, 0))
	t.Cleanup(func() { check(t, s.Close()) })
	check(t, s.Bind(socket.Inet4{Host: "127.0.0.1"}))
	check(t, s.Listen(socket.DefaultBacklog))
	return s, must(s.GetSockName())
}

// tcpPair are the two ends of a TCP connection over loopback.
func tcpPair(t testing.TB) (client, server *socket.Socket) {
	t.Helper()
	listener, addr := listening(t)
	client = must(socket.New(socket.AF_INET, socket.SOCK_STREAM, 0))
	t.Cleanup(func() { check(t, client.Close()) })
	check(t, client.Connect(addr))
	server, _, err := listener.Accept()
	check(t, err)
	t.Cleanup(func() { check(t, server.Close()) })
	return client, server
}

// unixPair are the two ends of a connection of the kind.
func unixPair(t testing.TB, typ int) (a, b *socket.Socket) {
	t.Helper()
	a, b, err := socket.SocketPair(socket.AF_UNIX, typ, 0)
	check(t, err)
	t.Cleanup(func() { check(t, a.Close()); check(t, b.Close()) })
	return a, b
}

// tcpSocket is a TCP socket that is not connected.
func tcpSocket(t testing.TB) *socket.Socket {
	t.Helper()
	s := must(socket.New(socket.AF_INET, socket.SOCK_STREAM, 0))
	t.Cleanup(func() { check(t, s.Close()) })
	return s
}

// boundUDP is a socket for datagrams with a port of its own.
func boundUDP(t testing.TB, family int, host string) *socket.Socket {
	t.Helper()
	s := must(socket.New(family, socket.SOCK_DGRAM, 0))
	t.Cleanup(func() { check(t, s.Close()) })
	check(t, s.Bind(socket.Inet4{Host: host}))
	return s
}

// refusing is an address that nobody listens on.
func refusing(t testing.TB) socket.Addr {
	t.Helper()
	s := must(socket.New(socket.AF_INET, socket.SOCK_STREAM, 0))
	check(t, s.Bind(socket.Inet4{Host: "127.0.0.1"}))
	addr := must(s.GetSockName())
	check(t, s.Close())
	return addr
}

// setTimeval sets SO_RCVTIMEO or SO_SNDTIMEO.
func setTimeval(t testing.TB, s *socket.Socket, option int, d time.Duration) {
	t.Helper()
	tv := unix.NsecToTimeval(d.Nanoseconds())
	check(t, s.SetSockOptBytes(socket.SOL_SOCKET, option, (*[unsafe.Sizeof(tv)]byte)(unsafe.Pointer(&tv))[:]))
}

// soon fails the test unless f returns within a time that is long for anything
// but a hang.
func soon(t testing.TB, what string, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
	}()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatalf("%s: still waiting after 20 s", what)
	}
}

// text is a result as the tests compare it: the value, or the error's class and
// text.
func text[T any](value T, err error) string {
	if err != nil {
		return err.Error()
	}
	return fmt.Sprint(value)
}

// errText is the class and text of an error, or "ok".
func errText(err error) string {
	if err != nil {
		return err.Error()
	}
	return "ok"
}

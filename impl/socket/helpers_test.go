package socket_test

import (
	"testing"

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

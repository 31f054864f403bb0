//go:build linux

package socket_test

import (
	"errors"
	"syscall"
	"testing"
	"time"

	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/impl/socket"
)

// A second connect shows the state in which the first left the socket. The
// numbers are CPython 3.13's.
func TestConnectExRepeated(t *testing.T) {
	const (
		refused, aborted, inProgress, connected = 111, 103, 115, 106
	)
	_, listener := listening(t)
	for _, c := range []struct {
		name    string
		addr    socket.Addr
		timeout socket.Timeout
		want    [4]int
	}{
		{"refused, None", refusing(t), socket.None, [4]int{refused, refused, refused, refused}},
		{"refused, timeout", refusing(t), socket.Timeout(time.Second), [4]int{refused, aborted, refused, aborted}},
		{"refused, 0", refusing(t), socket.NonBlocking, [4]int{inProgress, refused, inProgress, refused}},
		{"accepted, None", listener, socket.None, [4]int{0, connected, connected, connected}},
		{"accepted, timeout", listener, socket.Timeout(time.Second), [4]int{0, 0, connected, connected}},
		{"accepted, 0", listener, socket.NonBlocking, [4]int{inProgress, 0, connected, connected}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := tcpSocket(t)
			check(t, s.SetTimeout(c.timeout))
			var got [4]int
			for i := range got {
				got[i] = must(s.ConnectEx(c.addr))
			}
			if got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
			if nonblock := isNonblock(t, s); nonblock != (c.timeout != socket.None) {
				t.Errorf("O_NONBLOCK is %v afterwards", nonblock)
			}
		})
	}
}

func TestConnectErrors(t *testing.T) {
	s := tcpSocket(t)
	err := s.Connect(refusing(t))
	if errText(err) != "ConnectionRefusedError: [Errno 111] Connection refused" ||
		!errors.Is(err, pyerr.ConnectionError) || !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("got %v", err)
	}
	check(t, s.SetBlocking(false))
	_, addr := listening(t)
	if err := s.Connect(addr); errText(err) != "BlockingIOError: [Errno 115] Operation now in progress" {
		t.Errorf("timeout 0: %v", err)
	}
	closed := tcpSocket(t)
	check(t, closed.Close())
	if err := closed.Connect(addr); errText(err) != "OSError: [Errno 9] Bad file descriptor" {
		t.Errorf("closed: %v", err)
	}
	if errno := must(closed.ConnectEx(addr)); errno != 9 {
		t.Errorf("closed: errno %d", errno)
	}
}

// stuck is an address whose listener's backlog is full, so that a connection
// stays in progress.
func stuck(t *testing.T) socket.Addr {
	t.Helper()
	listener := tcpSocket(t)
	check(t, listener.Bind(socket.Inet4{Host: "127.0.0.1"}))
	check(t, listener.Listen(0))
	addr := must(listener.GetSockName())
	check(t, tcpSocket(t).Connect(addr))
	return addr
}

func TestConnectThatTakesLong(t *testing.T) {
	addr := stuck(t)
	const wait = 60 * time.Millisecond

	s := tcpSocket(t)
	check(t, s.SetTimeout(socket.Timeout(wait)))
	start := time.Now()
	if err := s.Connect(addr); errText(err) != "TimeoutError: timed out" || time.Since(start) < wait {
		t.Errorf("timeout: %v after %v", err, time.Since(start))
	}
	s = tcpSocket(t)
	check(t, s.SetTimeout(socket.Timeout(wait)))
	if errno := must(s.ConnectEx(addr)); errno != 11 {
		t.Errorf("timeout: errno %d", errno)
	}

	s = tcpSocket(t)
	setTimeval(t, s, socket.SO_SNDTIMEO, wait)
	start = time.Now()
	if errno := must(s.ConnectEx(addr)); errno != 115 || time.Since(start) < wait {
		t.Errorf("SO_SNDTIMEO: errno %d after %v", errno, time.Since(start))
	}
	if isNonblock(t, s) {
		t.Error("O_NONBLOCK is left set")
	}
	if errno := must(s.ConnectEx(addr)); errno != 114 {
		t.Errorf("SO_SNDTIMEO, again: errno %d", errno)
	}
}

// shutdown takes the attempt to connect back.
func TestConnectEndsWithAShutdown(t *testing.T) {
	addr := stuck(t)
	for _, timeout := range []socket.Timeout{socket.None, socket.Timeout(20 * time.Second)} {
		s := tcpSocket(t)
		check(t, s.SetTimeout(timeout))
		go func() {
			time.Sleep(50 * time.Millisecond)
			_ = s.Shutdown(socket.SHUT_RDWR)
		}()
		soon(t, "connect", func() {
			if err := s.Connect(addr); !errors.Is(err, pyerr.ConnectionResetError) {
				t.Errorf("timeout %d: %v", timeout, err)
			}
		})
	}
}

// While connect waits without a timeout, the descriptor looks blocking to
// everyone, and the socket can be used.
func TestConnectWaitsWithoutTimeout(t *testing.T) {
	listener := tcpSocket(t)
	check(t, listener.Bind(socket.Inet4{Host: "127.0.0.1"}))
	check(t, listener.Listen(0))
	addr := must(listener.GetSockName())
	check(t, tcpSocket(t).Connect(addr))
	s := tcpSocket(t)
	done := make(chan error, 1)
	go func() { done <- s.Connect(addr) }()
	time.Sleep(50 * time.Millisecond)
	if isNonblock(t, s) {
		t.Error("O_NONBLOCK is set while connect waits")
	}
	select {
	case err := <-done:
		t.Fatalf("connect to a full listener returned %v", err)
	default:
	}
	_, _, err := listener.Accept()
	check(t, err)
	soon(t, "connect", func() { check(t, <-done) })
	if _, err := s.GetPeerName(); err != nil {
		t.Errorf("after connect: %v", err)
	}
}

func TestConnectToAFullUnixListener(t *testing.T) {
	listener := must(socket.New(socket.AF_UNIX, socket.SOCK_STREAM, 0))
	defer func() { check(t, listener.Close()) }()
	check(t, listener.Bind(socket.Unix{}))
	check(t, listener.Listen(0))
	addr := must(listener.GetSockName())
	unixSocket := func() *socket.Socket {
		s := must(socket.New(socket.AF_UNIX, socket.SOCK_STREAM, 0))
		t.Cleanup(func() { check(t, s.Close()) })
		return s
	}
	check(t, unixSocket().Connect(addr))
	const eagain = "BlockingIOError: [Errno 11] Resource temporarily unavailable"

	s := unixSocket()
	check(t, s.SetTimeout(socket.Timeout(time.Second)))
	if err := s.Connect(addr); errText(err) != eagain {
		t.Errorf("timeout: %v", err)
	}

	s = unixSocket()
	const wait = 60 * time.Millisecond
	setTimeval(t, s, socket.SO_SNDTIMEO, wait)
	start := time.Now()
	if err := s.Connect(addr); errText(err) != eagain || time.Since(start) < wait {
		t.Errorf("SO_SNDTIMEO: %v after %v", err, time.Since(start))
	}

	s = unixSocket()
	done := make(chan error, 1)
	go func() { done <- s.Connect(addr) }()
	time.Sleep(20 * time.Millisecond)
	conn, _, err := listener.Accept()
	check(t, err)
	check(t, conn.Close())
	soon(t, "connect", func() { check(t, <-done) })
}

func TestConnectDatagram(t *testing.T) {
	s := must(socket.New(socket.AF_INET, socket.SOCK_DGRAM, 0))
	defer func() { check(t, s.Close()) }()
	to := socket.Inet4{Host: "127.0.0.1", Port: 9}
	check(t, s.Connect(to))
	if peer := must(s.GetPeerName()); peer != to {
		t.Errorf("connected to %v", peer)
	}
}

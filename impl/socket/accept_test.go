//go:build linux

package socket_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/impl/socket"
)

func TestAccept(t *testing.T) {
	listener, addr := listening(t)
	client := tcpSocket(t)
	go func() {
		time.Sleep(20 * time.Millisecond)
		_ = client.Connect(addr)
	}()
	soon(t, "accept", func() {
		conn, peer, err := listener.Accept()
		check(t, err)
		defer func() { check(t, conn.Close()) }()
		if own := must(client.GetSockName()); own != peer || must(conn.GetPeerName()) != peer {
			t.Errorf("peer %v, client is %v", peer, own)
		}
		if conn.Family() != socket.AF_INET || conn.Type() != socket.SOCK_STREAM || conn.Proto() != 0 {
			t.Errorf("accepted: %d, %d, %d", conn.Family(), conn.Type(), conn.Proto())
		}
		if must(conn.GetInheritable()) {
			t.Error("accepted socket is inheritable")
		}
	})
}

func TestAcceptedTimeout(t *testing.T) {
	for _, c := range []struct {
		name                        string
		listener, byDefault, accept socket.Timeout
	}{
		{"None", socket.None, socket.None, socket.None},
		{"listener has one", socket.Timeout(time.Minute), socket.None, socket.None},
		{"listener is non-blocking", socket.NonBlocking, socket.None, socket.None},
		{"default", socket.None, socket.Timeout(time.Second), socket.Timeout(time.Second)},
		{"default non-blocking", socket.Timeout(time.Minute), socket.NonBlocking, socket.NonBlocking},
	} {
		t.Run(c.name, func(t *testing.T) {
			var m socket.Module
			listener := must(m.New(socket.AF_INET, socket.SOCK_STREAM, 0))
			defer func() { check(t, listener.Close()) }()
			check(t, listener.Bind(socket.Inet4{}))
			check(t, listener.Listen(1))
			addr := must(listener.GetSockName()).(socket.Inet4)
			check(t, tcpSocket(t).Connect(socket.Inet4{Host: "127.0.0.1", Port: addr.Port}))
			check(t, listener.SetTimeout(c.listener))
			check(t, m.SetDefaultTimeout(c.byDefault))
			conn, _, err := listener.Accept()
			check(t, err)
			defer func() { check(t, conn.Close()) }()
			if conn.GetTimeout() != c.accept || isNonblock(t, conn) != (c.accept != socket.None) {
				t.Errorf("timeout %d, O_NONBLOCK %v; want %d", conn.GetTimeout(), isNonblock(t, conn), c.accept)
			}
		})
	}
}

func TestAcceptErrors(t *testing.T) {
	const (
		wait   = 40 * time.Millisecond
		eagain = "BlockingIOError: [Errno 11] Resource temporarily unavailable"
		inval  = "OSError: [Errno 22] Invalid argument"
	)
	listener, _ := listening(t)
	unconnected := tcpSocket(t)
	connected, _ := tcpPair(t)
	datagram := must(socket.New(socket.AF_INET, socket.SOCK_DGRAM, 0))
	defer func() { check(t, datagram.Close()) }()
	for _, c := range []struct {
		name    string
		socket  *socket.Socket
		timeout socket.Timeout
		want    string
	}{
		{"nothing, 0", listener, socket.NonBlocking, eagain},
		{"nothing, timeout", listener, socket.Timeout(wait), "TimeoutError: timed out"},
		{"does not listen, None", unconnected, socket.None, inval},
		{"does not listen, 0", unconnected, socket.NonBlocking, inval},
		{"does not listen, timeout", unconnected, socket.Timeout(wait), inval},
		{"connection, None", connected, socket.None, inval},
		{"connection, timeout", connected, socket.Timeout(wait), "TimeoutError: timed out"},
		{"datagram, None", datagram, socket.None, "OSError: [Errno 95] Operation not supported"},
		{"datagram, timeout", datagram, socket.Timeout(wait), "TimeoutError: timed out"},
	} {
		check(t, c.socket.SetTimeout(c.timeout))
		soon(t, c.name, func() {
			if _, _, err := c.socket.Accept(); errText(err) != c.want {
				t.Errorf("%s: %v, want %s", c.name, err, c.want)
			}
		})
	}
	check(t, listener.SetTimeout(socket.None))
	setTimeval(t, listener, socket.SO_RCVTIMEO, wait)
	start := time.Now()
	if _, _, err := listener.Accept(); errText(err) != eagain || time.Since(start) < wait {
		t.Errorf("SO_RCVTIMEO: %v after %v", err, time.Since(start))
	}
}

// Many goroutines may accept on one socket, and each connection goes to one.
func TestAcceptByMany(t *testing.T) {
	const accepters, connections = 50, 200
	listener, addr := listening(t)
	var wg sync.WaitGroup
	accepted := make(chan *socket.Socket, connections)
	for range accepters {
		wg.Go(func() {
			for {
				conn, _, err := listener.Accept()
				if err != nil {
					if !errors.Is(err, pyerr.OSError) {
						t.Error(err)
					}
					return
				}
				accepted <- conn
			}
		})
	}
	time.Sleep(20 * time.Millisecond)
	before := threads(t)
	soon(t, "all connections", func() {
		for range connections {
			client := must(socket.New(socket.AF_INET, socket.SOCK_STREAM, 0))
			check(t, client.Connect(addr))
			check(t, (<-accepted).Close())
			check(t, client.Close())
		}
	})
	if after := threads(t); after > before+accepters/2 {
		t.Errorf("%d threads, %d before: accepters block", after, before)
	}
	check(t, listener.Shutdown(socket.SHUT_RDWR))
	soon(t, "the accepters to end", wg.Wait)
}

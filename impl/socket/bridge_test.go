//go:build linux

package socket_test

import (
	"crypto/tls"
	"errors"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/impl/socket"
)

func TestConnAndBack(t *testing.T) {
	client, server := tcpPair(t)
	check(t, client.SetTimeout(socket.Timeout(time.Minute)))
	c := must(client.Conn())
	if client.Fileno() != -1 {
		t.Error("the socket is still open")
	}
	must(c.Write([]byte("to net")))
	if got := recvText(server, 10, 0); got != "to net" {
		t.Errorf("got %q", got)
	}
	check(t, c.SetReadDeadline(time.Now().Add(time.Millisecond)))
	if _, err := c.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("deadline of the Conn: %v", err)
	}
	back := must(socket.FromConn(c))
	defer func() { check(t, back.Close()) }()
	if _, err := c.Write([]byte("x")); !errors.Is(err, net.ErrClosed) {
		t.Errorf("the Conn is not closed: %v", err)
	}
	if back.GetTimeout() != socket.None || nonblocking(t, back.Fileno()) {
		t.Errorf("timeout %d, O_NONBLOCK %v", back.GetTimeout(), nonblocking(t, back.Fileno()))
	}
	must(server.Send([]byte("from net"), 0))
	if got := recvText(back, 10, 0); got != "from net" {
		t.Errorf("got %q", got)
	}
}

func TestListenerAndBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "listener")
	s := must(socket.New(socket.AF_UNIX, socket.SOCK_STREAM, 0))
	check(t, s.Bind(socket.Unix{Path: path}))
	check(t, s.Listen(1))
	l := must(s.Listener())
	for range 2 { // as a Listener, then as a Socket again
		c := must(net.Dial("unix", path))
		if l != nil {
			check(t, must(l.Accept()).Close())
			s = must(socket.FromListener(l))
			l = nil
		} else {
			conn, _, err := s.Accept()
			check(t, err)
			check(t, conn.Close())
		}
		check(t, c.Close())
	}
	check(t, s.Close())
}

func TestPacketConnAndBack(t *testing.T) {
	s := must(socket.New(socket.AF_INET, socket.SOCK_DGRAM, 0))
	check(t, s.Bind(socket.Inet4{Host: "127.0.0.1"}))
	c := must(s.PacketConn())
	must(c.WriteTo([]byte("x"), c.LocalAddr()))
	s = must(socket.FromPacketConn(c))
	if got := recvText(s, 1, 0); got != "x" || s.Type() != socket.SOCK_DGRAM {
		t.Errorf("got %q on type %d", got, s.Type())
	}
	check(t, s.Close())
}

func TestFilesAreDuplicates(t *testing.T) {
	a, b := unixPair(t, socket.SOCK_STREAM)
	f := must(a.File())
	other := must(socket.FromFile(f))
	check(t, f.Close())
	must(other.Send([]byte("x"), 0))
	must(a.Send([]byte("y"), 0))
	if got := recvText(b, 2, socket.MSG_WAITALL); got != "xy" {
		t.Errorf("got %q", got)
	}
	check(t, other.Close())
	if a.Fileno() < 0 {
		t.Error("the socket was closed")
	}
}

func TestWhatCannotBeBridged(t *testing.T) {
	s := must(socket.New(socket.AF_NETLINK, socket.SOCK_RAW, 0))
	defer func() { check(t, s.Close()) }()
	if _, err := s.Conn(); !errors.Is(err, pyerr.OSError) {
		t.Errorf("a connection of AF_NETLINK: %v", err)
	}
	if s.Fileno() < 0 || nonblocking(t, s.Fileno()) {
		t.Error("the socket is not as it was")
	}
	file := must(os.Open(os.DevNull))
	defer func() { check(t, file.Close()) }()
	if _, err := socket.FromFile(file); !errors.Is(err, pyerr.OSError) {
		t.Errorf("a file that is no socket: %v", err)
	}
	closed := tcpSocket(t)
	check(t, closed.Close())
	if _, err := closed.Conn(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("a closed socket: %v", err)
	}
	ours, theirs := net.Pipe()
	defer func() { check(t, ours.Close()); check(t, theirs.Close()) }()
	for _, c := range []net.Conn{ours, tls.Client(ours, nil)} {
		if _, err := socket.FromConn(c); !errors.Is(err, pyerr.TypeError) {
			t.Errorf("%T: %v", c, err)
		}
	}
	gone := must(net.ListenPacket("udp", "127.0.0.1:0"))
	check(t, gone.Close())
	if _, err := socket.FromPacketConn(gone); !errors.Is(err, net.ErrClosed) {
		t.Errorf("a closed PacketConn: %v", err)
	}
}

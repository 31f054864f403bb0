package speed

import (
	"context"
	"errors"
	"io"
	"net"
	"net/netip"
	"os"

	"github.com/pyparity/pyparity/impl/socket"
)

type netLibrary struct{}

type netConn struct{ net.Conn }

func (c netConn) receive(buf []byte) (int, error) {
	n, err := c.Read(buf)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return n, err
}

func (c netConn) send(data []byte) error {
	_, err := c.Write(data)
	return err
}

func (c netConn) close() error { return c.Close() }

func (c netConn) shutdown() error { return c.Conn.(*net.UnixConn).CloseWrite() }

// netServer answers whom it received from last.
type netServer struct {
	*net.UDPConn
	peer netip.AddrPort
}

func (c *netServer) receive(buf []byte) (n int, err error) {
	n, c.peer, err = c.ReadFromUDPAddrPort(buf)
	return n, err
}

func (c *netServer) send(data []byte) error {
	_, err := c.WriteToUDPAddrPort(data, c.peer)
	return err
}

func (c *netServer) shutdown() error { return c.close() }
func (c *netServer) close() error    { return c.Close() }

func (netLibrary) pair(network string) (client, server conn, err error) {
	switch network {
	case "unix":
		return netUnixPair()
	case "udp":
		b, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
		if err != nil {
			return nil, nil, err
		}
		a, err := net.Dial("udp4", b.LocalAddr().String())
		return netConn{a}, &netServer{UDPConn: b}, err
	}
	return tcpPair(netLibrary{})
}

// netUnixPair is a socket pair: net has none of its own.
func netUnixPair() (client, server conn, err error) {
	var ends [2]conn
	a, b, err := socket.SocketPair(socket.AF_UNIX, socket.SOCK_STREAM, 0)
	if err != nil {
		return nil, nil, err
	}
	for i, s := range []*socket.Socket{a, b} {
		file := os.NewFile(uintptr(s.Detach()), "pair")
		c, err := net.FileConn(file)
		if err := errors.Join(err, file.Close()); err != nil {
			return nil, nil, err
		}
		ends[i] = netConn{c}
	}
	return ends[0], ends[1], nil
}

type netListener struct {
	net.Listener
	addr string
}

func (netLibrary) listen() (listener, error) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	return netListener{l, l.Addr().String()}, nil
}

func (l netListener) connect() (conn, error) {
	c, err := net.Dial("tcp4", l.addr)
	return netConn{c}, err
}

func (l netListener) accept() (conn, error) {
	c, err := l.Accept()
	return netConn{c}, err
}

func (l netListener) close() error { return l.Close() }

func (netLibrary) lookup(host string) error {
	_, err := net.DefaultResolver.LookupNetIP(context.Background(), "ip", host)
	return err
}

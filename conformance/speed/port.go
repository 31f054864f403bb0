package speed

import (
	"errors"

	"github.com/pyparity/pyparity/impl/socket"
)

type portLibrary struct{}

type portConn struct{ s *socket.Socket }

func (c portConn) receive(buf []byte) (int, error) { return c.s.RecvInto(buf, 0, 0) }
func (c portConn) send(data []byte) error          { return c.s.SendAll(data, 0) }
func (c portConn) shutdown() error                 { return c.s.Shutdown(socket.SHUT_RDWR) }
func (c portConn) close() error                    { return c.s.Close() }

// portServer answers whom it received from last.
type portServer struct {
	portConn
	peer socket.Addr
}

func (c *portServer) receive(buf []byte) (n int, err error) {
	n, c.peer, err = c.s.RecvFromInto(buf, 0, 0)
	return n, err
}

func (c *portServer) send(data []byte) error {
	_, err := c.s.SendTo(data, 0, c.peer)
	return err
}

func (portLibrary) pair(network string) (client, server conn, err error) {
	switch network {
	case "unix":
		a, b, err := socket.SocketPair(socket.AF_UNIX, socket.SOCK_STREAM, 0)
		return portConn{a}, portConn{b}, err
	case "udp":
		b, err := portBound(socket.SOCK_DGRAM)
		if err != nil {
			return nil, nil, err
		}
		a, err := portConnected(b, socket.SOCK_DGRAM)
		return a, &portServer{portConn: portConn{b}}, err
	}
	if client, server, err = tcpPair(portLibrary{}); err != nil {
		return nil, nil, err
	}
	for _, end := range []conn{client, server} {
		err = errors.Join(err, end.(portConn).s.SetSockOpt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1))
	}
	return client, server, err
}

func portBound(typ int) (*socket.Socket, error) {
	s, err := socket.New(socket.AF_INET, typ, 0)
	if err != nil {
		return nil, err
	}
	return s, s.Bind(socket.Inet4{Host: "127.0.0.1"})
}

func portConnected(to *socket.Socket, typ int) (conn, error) {
	addr, err := to.GetSockName()
	if err != nil {
		return nil, err
	}
	s, err := socket.New(socket.AF_INET, typ, 0)
	if err != nil {
		return nil, err
	}
	return portConn{s}, s.Connect(addr)
}

type portListener struct {
	s    *socket.Socket
	addr socket.Addr
}

func (portLibrary) listen() (listener, error) {
	s, err := portBound(socket.SOCK_STREAM)
	if err != nil {
		return nil, err
	}
	if err := s.Listen(socket.DefaultBacklog); err != nil {
		return nil, err
	}
	addr, err := s.GetSockName()
	return portListener{s, addr}, err
}

func (l portListener) connect() (conn, error) {
	s, err := socket.New(socket.AF_INET, socket.SOCK_STREAM, 0)
	if err != nil {
		return nil, err
	}
	return portConn{s}, s.Connect(l.addr)
}

func (l portListener) accept() (conn, error) {
	s, _, err := l.s.Accept()
	return portConn{s}, err
}

func (l portListener) close() error { return l.s.Close() }

func (portLibrary) lookup(host string) error {
	port := "80"
	_, err := socket.GetAddrInfo(&host, &port, socket.Hints{Type: socket.SOCK_STREAM})
	return err
}

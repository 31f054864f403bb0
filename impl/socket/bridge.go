package socket

import (
	"errors"
	"io"
	"net"
	"os"
	"syscall"

	"github.com/pyparity/pyparity/impl/pyerr"
)

// What here becomes something of Go's net, or the other way round, changes its
// owner: the old one is closed when the new one is made, and stays as it was if
// that fails. Timeouts do not come along: a net.Conn starts without a deadline, a
// Socket with the module's default timeout. File and FromFile duplicate instead,
// as they do in net, and both ends stay open.

// Conn makes the connected socket a [net.Conn], and closes it. It fails with
// OSError for what net has no connection for, such as AF_NETLINK.
func (s *Socket) Conn() (net.Conn, error) { return give(s, net.FileConn) }

// Listener makes the listening socket a [net.Listener], and closes it. It fails
// with OSError as Conn does. The path of an AF_UNIX socket is left when the
// Listener is closed.
func (s *Socket) Listener() (net.Listener, error) { return give(s, net.FileListener) }

// PacketConn makes the datagram socket a [net.PacketConn], and closes it. It
// fails with OSError as Conn does.
func (s *Socket) PacketConn() (net.PacketConn, error) { return give(s, net.FilePacketConn) }

// File is a file for a duplicate of the descriptor, which the caller closes. The
// two share the connection and O_NONBLOCK.
func (s *Socket) File() (*os.File, error) {
	fd, err := s.duplicate()
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), "socket"), nil
}

// give makes something of net of a socket.
func give[T any](s *Socket, convert func(*os.File) (T, error)) (T, error) {
	var none T
	file, err := s.File()
	if err != nil {
		return none, err
	}
	made, err := convert(file)
	_ = file.Close() // a duplicate of what the others have
	if err != nil {
		// net has made the description non-blocking before it failed.
		return none, errors.Join(bridgeError(err), s.SetTimeout(s.GetTimeout()))
	}
	return made, s.Close()
}

// FromConn makes a connection of net a socket, and closes it: a
// [*net.TCPConn], [*net.UnixConn], [*net.UDPConn], [*net.IPConn]. It fails with
// TypeError for one without a descriptor, such as that of crypto/tls.
func (m *Module) FromConn(c net.Conn) (*Socket, error) { return m.take(c) }

// FromListener makes a listener of net a socket, and closes it without removing
// the path of an AF_UNIX socket. It fails as FromConn does.
func (m *Module) FromListener(l net.Listener) (*Socket, error) {
	if l, ok := l.(*net.UnixListener); ok && l != nil {
		l.SetUnlinkOnClose(false)
	}
	return m.take(l)
}

// FromPacketConn makes a packet connection of net a socket, and closes it. It
// fails as FromConn does.
func (m *Module) FromPacketConn(c net.PacketConn) (*Socket, error) { return m.take(c) }

// FromFile makes a socket for a duplicate of the file's descriptor, as FromFD
// does; the file stays open. The two share O_NONBLOCK, which the socket sets by
// its timeout. It fails with OSError for a file that is no socket (ENOTSOCK).
func (m *Module) FromFile(f *os.File) (*Socket, error) { return m.duplicate(f) }

// FromConn makes a connection of net a socket; see [Module.FromConn].
func FromConn(c net.Conn) (*Socket, error) { return std.FromConn(c) }

// FromListener makes a listener of net a socket; see [Module.FromListener].
func FromListener(l net.Listener) (*Socket, error) { return std.FromListener(l) }

// FromPacketConn makes a packet connection of net a socket; see
// [Module.FromPacketConn].
func FromPacketConn(c net.PacketConn) (*Socket, error) { return std.FromPacketConn(c) }

// FromFile makes a socket for a duplicate of a file's descriptor; see
// [Module.FromFile].
func FromFile(f *os.File) (*Socket, error) { return std.FromFile(f) }

// take makes a socket of something of net, which it closes.
func (m *Module) take(c io.Closer) (*Socket, error) {
	s, err := m.duplicate(c)
	if err != nil {
		return nil, err
	}
	if err := c.Close(); err != nil {
		return nil, errors.Join(bridgeError(err), s.Close())
	}
	return s, nil
}

func (m *Module) duplicate(c any) (*Socket, error) {
	has, ok := c.(syscall.Conn)
	if !ok {
		return nil, pyerr.TypeError.Errorf("%T has no descriptor", c)
	}
	raw, err := has.SyscallConn()
	if err != nil {
		return nil, bridgeError(err)
	}
	// Not File, nor Fd: net's own calls go on while others use the descriptor.
	var s *Socket
	var made error
	if err := raw.Control(func(fd uintptr) { s, made = m.FromFD(int(fd), -1, -1, -1) }); err != nil {
		return nil, bridgeError(err)
	}
	if made != nil {
		return nil, made
	}
	if err := s.SetTimeout(m.GetDefaultTimeout()); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// bridgeError is the exception for an error of net or os.
func bridgeError(err error) error {
	var errno syscall.Errno
	switch {
	case errors.Is(err, net.ErrClosed), errors.Is(err, os.ErrClosed):
		return osError(syscall.EBADF)
	case errors.As(err, &errno):
		return osError(errno)
	}
	e := pyerr.OSError.New(err.Error())
	e.Cause = err
	return e
}

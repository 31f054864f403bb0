package socket

import (
	"syscall"

	"github.com/pyparity/pyparity/pyref/base/unix"

	"github.com/pyparity/pyparity/impl/internal/netpoll"
)

// Accept is Python's socket.accept (sock_accept): a new socket for a connection
// that was made to this one, and the peer's address. The new socket is not
// inheritable and has the module's default timeout, not this socket's. It fails
// with OSError: EINVAL if the socket does not listen, TimeoutError.
func (s *Socket) Accept() (*Socket, Addr, error) {
	raw, from, err := s.RawAccept()
	if err != nil {
		return nil, nil, err
	}
	conn, err := raw.Renew(raw.typ)
	return conn, from, err
}

// RawAccept is Python's socket._accept (sock_accept): Accept without the event of
// a new socket.
func (s *Socket) RawAccept() (*Socket, Addr, error) {
	s = s.orClosed()
	a := accepting{socket: s}
	if err := a.peer.fit(s); err != nil {
		return nil, nil, err
	}
	if s.family == AF_ALG {
		a.peer.size = 0 // the kernel refuses to accept where it is asked for the peer
	}
	deadline := s.deadline()
	a.polls = !deadline.IsZero()
	if err := s.call(&netpoll.Wait{Dir: netpoll.Read, Deadline: deadline, MayBlock: true, Op: &a}); err != nil {
		return nil, nil, osError(err)
	}
	conn, err := s.module.adoptNew(a.conn, s.family, s.typ, s.proto)
	if err != nil {
		return nil, nil, err
	}
	if s.lowWater.Load() {
		conn.noteLowWater() // inherited
	}
	from, err := s.decode(&a.peer, a.peerLen)
	if err != nil {
		_ = conn.Close()
		return nil, nil, err
	}
	return conn, from, nil
}

// accepting is one accept(2) in attempts that do not block.
type accepting struct {
	socket  *Socket
	polls   bool // there is a timeout
	conn    int  // the descriptor of the connection
	peer    nameBuffer
	peerLen int
}

// Try is an attempt. With a timeout it is CPython's calls in their order: poll, then
// accept.
func (a *accepting) Try(listener int) syscall.Errno {
	if !a.polls {
		return a.takeBlocking(listener)
	}
	if !netpoll.Ready(listener, unix.POLLIN) {
		return unix.EAGAIN
	}
	return a.take(listener)
}

// take is the system call.
func (a *accepting) take(listener int) (errno syscall.Errno) {
	a.conn, a.peerLen, errno = accept(listener, a.peer.bytes())
	return errno
}

// takeBlocking takes a connection from a descriptor that accept(2) may block
// on, which has no way to be told not to. So it is called only when it returns
// at once: when there is a connection, or can be none. The lock keeps other
// calls on this socket from taking the connection in between; should another
// process do so, accept(2) waits in its thread for the next one.
func (a *accepting) takeBlocking(listener int) syscall.Errno {
	s := a.socket
	if errno, private := s.desc.Privately(listener, func() syscall.Errno { return a.take(listener) }); private {
		return errno
	}
	s.taking.Lock()
	defer s.taking.Unlock()
	if netpoll.Ready(listener, unix.POLLIN) || s.desc.NonBlocking(listener) || !listens(listener) {
		return a.take(listener)
	}
	return unix.EAGAIN
}

// listens reports whether accept(2) on the descriptor would wait. On any other
// socket it fails.
func listens(fd int) bool {
	value, err := unix.GetsockoptInt(fd, SOL_SOCKET, SO_ACCEPTCONN)
	return err == nil && value != 0
}

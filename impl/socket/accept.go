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
	peer, err := s.newNameBuffer()
	if err != nil {
		return nil, nil, err
	}
	if s.family == AF_ALG {
		peer.size = 0 // the kernel refuses to accept where it is asked for the peer
	}
	var fd, n int
	take := func(listener int) (errno syscall.Errno) {
		fd, n, errno = accept(listener, peer.bytes())
		return errno
	}
	wait := netpoll.Wait{Dir: netpoll.Read, Deadline: s.deadline(), MayBlock: true}
	if wait.Deadline.IsZero() {
		wait.Op = netpoll.OpFunc(func(listener int) syscall.Errno { return s.acceptBlocking(listener, take) })
	} else {
		wait.Op = netpoll.OpFunc(func(listener int) syscall.Errno { return acceptReady(listener, take) })
	}
	if err := s.call(&wait); err != nil {
		return nil, nil, osError(err)
	}
	conn, err := s.module.adoptNew(fd, s.family, s.typ, s.proto)
	if err != nil {
		return nil, nil, err
	}
	if s.lowWater.Load() {
		conn.noteLowWater() // inherited
	}
	from, err := s.decode(peer, n)
	if err != nil {
		_ = conn.Close()
		return nil, nil, err
	}
	return conn, from, nil
}

// acceptReady takes a connection once there is one, in the order of CPython's
// calls with a timeout: poll, then accept.
func acceptReady(fd int, take func(int) syscall.Errno) syscall.Errno {
	if !netpoll.Ready(fd, unix.POLLIN) {
		return unix.EAGAIN
	}
	return take(fd)
}

// acceptBlocking takes a connection from a descriptor that accept(2) may block
// on, which has no way to be told not to. So it is called only when it returns
// at once: when there is a connection, or can be none. The lock keeps other
// calls on this socket from taking the connection in between; should another
// process do so, accept(2) waits in its thread for the next one.
func (s *Socket) acceptBlocking(fd int, take func(int) syscall.Errno) syscall.Errno {
	if errno, private := s.desc.Privately(fd, func() syscall.Errno { return take(fd) }); private {
		return errno
	}
	s.accepting.Lock()
	defer s.accepting.Unlock()
	if netpoll.Ready(fd, unix.POLLIN) || s.desc.NonBlocking(fd) || !listens(fd) {
		return take(fd)
	}
	return unix.EAGAIN
}

// listens reports whether accept(2) on the descriptor would wait. On any other
// socket it fails.
func listens(fd int) bool {
	value, err := unix.GetsockoptInt(fd, SOL_SOCKET, SO_ACCEPTCONN)
	return err == nil && value != 0
}

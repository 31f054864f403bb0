package socket

import (
	"errors"
	"syscall"
	"time"

	"github.com/pyparity/pyparity/pyref/base/unix"

	"github.com/pyparity/pyparity/impl/internal/netpoll"
)

// Connect is Python's socket.connect (sock_connect). It fails with OSError:
// ConnectionRefusedError, TimeoutError, BlockingIOError with EINPROGRESS if
// the timeout is 0; with gaierror if the host is not found, and with
// OverflowError for a port or flow information out of range.
func (s *Socket) Connect(addr Addr) error {
	to, err := s.encode(addr, "connect")
	if err != nil {
		return err
	}
	if err := s.audit("socket.connect", addr); err != nil {
		return err
	}
	return osError(s.connect(to))
}

// ConnectEx is Python's socket.connect_ex (sock_connect_ex): Connect that
// returns the errno, 0 for success, and EAGAIN if the timeout expires. What is
// wrong with the address itself, before it comes to connecting, is still an
// error.
func (s *Socket) ConnectEx(addr Addr) (errno int, err error) {
	to, err := s.encode(addr, "connect_ex")
	if err != nil {
		return 0, err
	}
	if err := s.audit("socket.connect", addr); err != nil {
		return 0, err
	}
	err = s.connect(to)
	if errors.Is(err, netpoll.ErrTimedOut) {
		return int(unix.EAGAIN), nil
	}
	if errors.Is(err, ErrInterrupted) {
		return 0, err
	}
	return int(errnoOf(err)), nil
}

// connect is internal_connect: connect(2), and with a timeout the wait for a
// connection that is in progress.
func (s *Socket) connect(to []byte) error {
	err := s.connectCall(to)
	if !errors.Is(err, unix.EINPROGRESS) || s.GetTimeout() <= 0 {
		return err
	}
	return s.call(&netpoll.Wait{Dir: netpoll.Write, Deadline: s.deadline(), Op: netpoll.OpFunc(func(fd int) syscall.Errno {
		if !netpoll.Ready(fd, unix.POLLOUT) {
			return unix.EAGAIN
		}
		return connectResult(fd)
	})})
}

// connectResult is how a connection that was in progress ended
// (sock_connect_impl).
func connectResult(fd int) syscall.Errno {
	value, err := unix.GetsockoptInt(fd, SOL_SOCKET, SO_ERROR)
	if err != nil {
		return errnoOf(err)
	}
	if errno := syscall.Errno(value); errno != unix.EISCONN {
		return errno
	}
	return 0
}

// connectCall is connect(2), waiting as the kernel does if the descriptor is
// blocking: until SO_SNDTIMEO, and for an AF_UNIX listener whose backlog is
// full.
func (s *Socket) connectCall(to []byte) error {
	c := connecting{socket: s.orClosed(), to: to}
	err := s.call(&netpoll.Wait{Dir: netpoll.Write, MayBlock: true, Op: &c})
	if errors.Is(err, unix.EAGAIN) && c.pending != 0 {
		return c.pending
	}
	return err
}

// connecting is one connect(2) in attempts that do not block.
type connecting struct {
	socket  *Socket
	to      []byte
	pending syscall.Errno // EINPROGRESS or EALREADY while the connection is made
	begun   time.Time     // when it became pending
}

// Try returns EAGAIN while the connection is in progress. Once that is over,
// connect(2) is called again: it gives the result and leaves the socket in the
// state that a blocking call would have left it in, which SO_ERROR would not.
//
// The first time it is called again at once: over loopback the connection is
// made by then, and to ask before would be one system call more. An AF_VSOCK
// socket is never called again: after a failure that would be another attempt.
func (c *connecting) Try(fd int) syscall.Errno {
	for begun := c.pending != 0; ; {
		if begun || c.pending != 0 && c.socket.shut.Load() {
			events := netpoll.Poll(fd, unix.POLLOUT|unix.POLLRDHUP)
			switch {
			case events == 0:
				return unix.EAGAIN
			case events&unix.POLLHUP != 0 && events&unix.POLLRDHUP == 0:
				// shutdown has taken the attempt back, and another would start afresh.
				if errno := connectResult(fd); errno != 0 {
					return errno
				}
				return unix.ECONNABORTED
			case c.socket.family == AF_VSOCK:
				return c.vsockResult(fd)
			}
		}
		errno, blocking := c.start(fd)
		switch {
		case !blocking, errno != unix.EINPROGRESS && errno != unix.EALREADY:
			return errno
		case c.pending != 0:
			return unix.EAGAIN
		}
		c.pending, c.begun = errno, time.Now()
		begun = c.socket.family == AF_VSOCK
	}
}

// start calls connect(2) so that it does not block. That takes O_NONBLOCK, as
// there is no flag for the call; a blocking descriptor has it for the time of
// the system call, and no other call of this process's socket object runs then.
func (c *connecting) start(fd int) (errno syscall.Errno, blocking bool) {
	waits := c.socket.waitsToConnect() && fd >= 0
	desc := c.socket.desc
	if errno, private := desc.Privately(fd, func() syscall.Errno { return connect(fd, c.to) }); private {
		return errno, waits && !desc.NonBlocking(fd)
	}
	errno = desc.Exclusively(fd, func() syscall.Errno {
		blocking = waits && !desc.NonBlocking(fd)
		if !blocking {
			return connect(fd, c.to)
		}
		if errno := setNonblock(fd, true); errno != 0 {
			return errno
		}
		errno := connect(fd, c.to)
		_ = setNonblock(fd, false) // what could be set can be cleared
		return errno
	})
	return errno, blocking
}

// waitsToConnect reports whether connect(2) on such a socket can block. The
// others only note the address.
func (s *Socket) waitsToConnect() bool { return s.typ == SOCK_STREAM || s.typ == SOCK_SEQPACKET }

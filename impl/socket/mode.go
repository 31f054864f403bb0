package socket

import (
	"runtime"
	"syscall"
	"time"

	"github.com/pyparity/pyparity/pyref/base/unix"

	"github.com/pyparity/pyparity/impl/internal/netpoll"
)

// SetTimeout is Python's socket.settimeout (sock_settimeout). The descriptor
// becomes blocking for None and non-blocking for the rest. It fails with
// ValueError for a negative timeout, and with EBADF on a closed socket, whose
// timeout changes all the same.
func (s *Socket) SetTimeout(t Timeout) error {
	s = s.orClosed()
	if err := t.check(); err != nil {
		return err
	}
	s.timeout.Store(int64(t))
	return s.setNonblock(t != None)
}

// GetTimeout is Python's socket.gettimeout (sock_gettimeout).
func (s *Socket) GetTimeout() Timeout { return Timeout(s.orClosed().timeout.Load()) }

// SetBlocking is Python's socket.setblocking (sock_setblocking): true is
// SetTimeout(None), false SetTimeout(NonBlocking).
func (s *Socket) SetBlocking(block bool) error {
	if block {
		return s.SetTimeout(None)
	}
	return s.SetTimeout(NonBlocking)
}

// GetBlocking is Python's socket.getblocking (sock_getblocking): whether the
// timeout is not 0.
func (s *Socket) GetBlocking() bool { return s.GetTimeout() != NonBlocking }

// setNonblock sets or clears O_NONBLOCK (internal_setblocking).
func (s *Socket) setNonblock(on bool) error {
	defer runtime.KeepAlive(s)
	return errnoError(s.desc.SetNonblock(on))
}

// SetNonblock sets or clears O_NONBLOCK of a descriptor, whatever it belongs to,
// and leaves the timeout of its sockets as it is.
func SetNonblock(fd int, on bool) error { return osError(unix.SetNonblock(fd, on)) }

func setNonblock(fd int, on bool) syscall.Errno { return errnoOf(unix.SetNonblock(fd, on)) }

// call makes a system call that may have to wait as the socket's mode says
// (sock_call). With a timeout, attempt is made until the deadline; without one
// the descriptor decides: whether it waits (O_NONBLOCK) and for how long
// (SO_RCVTIMEO, SO_SNDTIMEO).
func (s *Socket) call(wait *netpoll.Wait) error {
	s = s.orClosed()
	defer runtime.KeepAlive(s)
	wait.Around, wait.Block = s.module.Waiting, s.module.forked.Load()
	return s.desc.Do(wait)
}

// deadline is when a call that starts now times out: zero if that is left to
// the descriptor.
func (s *Socket) deadline() time.Time {
	if t := s.GetTimeout(); t > 0 {
		return t.deadline()
	}
	return time.Time{}
}

package socket

import (
	"syscall"

	"github.com/pyparity/pyparity/pyref/base/unix"
)

// Shutdown is Python's socket.shutdown (sock_shutdown): it ends what is
// received (SHUT_RD), sent (SHUT_WR), or both (SHUT_RDWR), and wakes the calls
// that wait for it.
func (s *Socket) Shutdown(how int) error {
	s = s.orClosed()
	if err := checkAsInts(how); err != nil {
		return err
	}
	s.shut.Store(true)
	return s.once(func(fd int) syscall.Errno { return errnoOf(unix.Shutdown(fd, how)) })
}

// mayBeShut reports whether the socket may have been shut down: by Shutdown, or
// by another who has the descriptor.
func (s *Socket) mayBeShut() bool { return s.shut.Load() || s.desc.Shared() }

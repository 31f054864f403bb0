package socket

import (
	"syscall"

	"github.com/pyparity/pyparity/pyref/base/unix"
)

// Listen is Python's socket.listen (sock_listen). A negative backlog counts as
// 0; the kernel cuts a large one. Python's default is [DefaultBacklog].
func (s *Socket) Listen(backlog int) error {
	if err := checkInt(backlog); err != nil {
		return err
	}
	return s.once(func(fd int) syscall.Errno { return errnoOf(unix.Listen(fd, max(backlog, 0))) })
}

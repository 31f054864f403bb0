package socket

import (
	"syscall"

	"github.com/pyparity/pyparity/pyref/base/unix"
)

// Dup is Python's socket.dup method: a second object, with a descriptor of its
// own that is not inheritable, for the same socket. It gets this one's timeout.
func (s *Socket) Dup() (*Socket, error) {
	s = s.orClosed()
	fd, err := s.duplicate()
	if err != nil {
		return nil, err
	}
	other, err := s.module.FromFileno(fd, s.family, s.typ, s.proto)
	if err != nil {
		return nil, err
	}
	if err := other.SetTimeout(s.GetTimeout()); err != nil {
		return nil, err
	}
	return other, nil
}

// Dup is Python's socket.dup function (socket_dup): a duplicate of a
// descriptor that is not inheritable.
func Dup(fd int) (int, error) {
	duplicate, errno := dup(fd)
	if errno != 0 {
		return -1, errnoError(errno)
	}
	return duplicate, nil
}

// FromFD is Python's socket.fromfd: a socket object for a duplicate of fd. It
// fails as [Module.FromFileno] does.
func (m *Module) FromFD(fd, family, typ, proto int) (*Socket, error) {
	duplicate, err := Dup(fd)
	if err != nil {
		return nil, err
	}
	if _, _, _, err = detect(duplicate, family, typ, proto); err != nil {
		_ = unix.Close(duplicate)
		return nil, err
	}
	return m.FromFileno(duplicate, family, typ, proto)
}

// FromFD is Python's socket.fromfd; see [Module.FromFD].
func FromFD(fd, family, typ, proto int) (*Socket, error) { return std.FromFD(fd, family, typ, proto) }

// duplicate is a descriptor for the same description, which others will know.
func (s *Socket) duplicate() (fd int, err error) {
	s = s.orClosed()
	s.desc.Share()
	err = s.once(func(own int) (errno syscall.Errno) {
		fd, errno = dup(own)
		return errno
	})
	return fd, err
}

func dup(fd int) (int, syscall.Errno) {
	duplicate, err := unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, 0)
	return duplicate, errnoOf(err)
}

// GetInheritable is Python's socket.get_inheritable: whether a process that is
// started inherits the descriptor. New sockets are not inheritable.
func (s *Socket) GetInheritable() (bool, error) {
	flags := 0
	err := s.once(func(fd int) syscall.Errno {
		var err error
		flags, err = unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0)
		return errnoOf(err)
	})
	return err == nil && flags&unix.FD_CLOEXEC == 0, err
}

// SetInheritable is Python's socket.set_inheritable.
func (s *Socket) SetInheritable(inheritable bool) error {
	s = s.orClosed()
	flags := unix.FD_CLOEXEC
	if inheritable {
		s.desc.Share()
		flags = 0
	}
	return s.once(func(fd int) syscall.Errno {
		_, err := unix.FcntlInt(uintptr(fd), unix.F_SETFD, flags)
		return errnoOf(err)
	})
}

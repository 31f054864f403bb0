package socket

import "syscall"

// Bind is Python's socket.bind (sock_bind). It fails with OSError, with
// gaierror if the host is not found, and with OverflowError for a port or flow
// information out of range.
func (s *Socket) Bind(addr Addr) error {
	to, err := s.encode(addr, "bind")
	if err != nil {
		return err
	}
	if err := s.audit("socket.bind", addr); err != nil {
		return err
	}
	return s.once(func(fd int) syscall.Errno { return bind(fd, to) })
}

package socket

import "syscall"

// GetSockName is Python's socket.getsockname (sock_getsockname): the socket's
// own address.
func (s *Socket) GetSockName() (Addr, error) { return s.name(getsockname) }

// GetPeerName is Python's socket.getpeername (sock_getpeername): the address
// that the socket is connected to. It fails with ENOTCONN if it is not.
func (s *Socket) GetPeerName() (Addr, error) { return s.name(getpeername) }

func (s *Socket) name(call func(fd int, name []byte) (int, syscall.Errno)) (Addr, error) {
	name, err := s.newNameBuffer()
	if err != nil {
		return nil, err
	}
	n := 0
	err = s.once(func(fd int) (errno syscall.Errno) {
		n, errno = call(fd, name.bytes())
		return errno
	})
	if err != nil {
		return nil, err
	}
	return s.decode(name, n)
}

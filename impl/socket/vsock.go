package socket

import (
	"encoding/binary"
	"syscall"
	"time"

	"github.com/pyparity/pyparity/impl/internal/sockaddr"
	"github.com/pyparity/pyparity/pyref/base/unix"
)

// Vsock is Python's pair (cid, port) of an AF_VSOCK socket: the number of the
// virtual machine or of its host, such as [VMADDR_CID_HOST], and a port.
//
// Integer options of such a socket have 64 bits; see [Socket.GetSockOpt].
type Vsock struct {
	CID, Port uint32
}

// Sockaddr encodes the address for an AF_VSOCK socket.
func (a Vsock) Sockaddr(s *Socket, caller string) ([]byte, error) {
	s = s.orClosed()
	if s.family != AF_VSOCK {
		return nil, s.mismatch("tuple", caller)
	}
	return sockaddr.Vsock(a.CID, a.Port), nil
}

// vsockResult is how a connection of AF_VSOCK ended, for which a blocking connect(2)
// waits: EAGAIN if it has not. After a peer refused, the socket counts as hung up, and
// so as ready, during the next attempt too, and the kernel tells nobody then that it has
// given up: what has no peer is being made until the time for it is over.
func (c *connecting) vsockResult(fd int) syscall.Errno {
	if errno := connectResult(fd); errno != 0 {
		return errno
	}
	if _, errno := getpeername(fd, make([]byte, unix.SizeofSockaddrVM)); errno != unix.ENOTCONN {
		return 0
	}
	if time.Since(c.begun) < vsockPatience(fd) {
		return unix.EAGAIN
	}
	return unix.ETIMEDOUT
}

// vsockConnectTimeout is SO_VM_SOCKETS_CONNECT_TIMEOUT, a struct timeval, which Python
// does not name.
const vsockConnectTimeout = 6

// vsockPatience is how long connect(2) waits for a connection of AF_VSOCK.
func vsockPatience(fd int) time.Duration {
	value := make([]byte, 16)
	if n, errno := getsockopt(fd, AF_VSOCK, vsockConnectTimeout, value); errno != 0 || n < len(value) {
		return 0
	}
	seconds, micros := binary.NativeEndian.Uint64(value), binary.NativeEndian.Uint64(value[8:])
	return time.Duration(seconds)*time.Second + time.Duration(micros)*time.Microsecond
}

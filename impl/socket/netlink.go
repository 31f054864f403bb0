package socket

import "github.com/pyparity/pyparity/impl/internal/sockaddr"

// Netlink is Python's pair (pid, groups) of an AF_NETLINK socket. The pid 0 lets
// the kernel choose, to bind to, and is the kernel itself, to send to. The groups
// are a mask.
type Netlink struct {
	PID, Groups uint32
}

// Sockaddr encodes the address for an AF_NETLINK socket.
func (a Netlink) Sockaddr(s *Socket, caller string) ([]byte, error) {
	s = s.orClosed()
	if s.family != AF_NETLINK {
		return nil, s.mismatch("tuple", caller)
	}
	return sockaddr.Netlink(a.PID, a.Groups), nil
}

package socket

import "github.com/pyparity/pyparity/impl/internal/sockaddr"

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

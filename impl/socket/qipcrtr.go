package socket

import "github.com/pyparity/pyparity/impl/internal/sockaddr"

// Qipcrtr is Python's pair (node, port) of an AF_QIPCRTR socket, Qualcomm's IPC
// router.
type Qipcrtr struct {
	Node, Port uint32
}

// Sockaddr encodes the address for an AF_QIPCRTR socket.
func (a Qipcrtr) Sockaddr(s *Socket, caller string) ([]byte, error) {
	s = s.orClosed()
	if s.family != AF_QIPCRTR {
		return nil, s.mismatch("tuple", caller)
	}
	return sockaddr.Qipcrtr(a.Node, a.Port), nil
}

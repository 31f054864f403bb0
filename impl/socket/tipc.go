package socket

import (
	"github.com/pyparity/pyparity/impl/internal/sockaddr"
	"github.com/pyparity/pyparity/impl/pyerr"
)

// TIPC is Python's tuple (addr_type, v1, v2, v3, scope) of an AF_TIPC socket. What
// the values are depends on the type: type, lower and upper of TIPC_ADDR_NAMESEQ,
// type and instance of TIPC_ADDR_NAME, node and reference of TIPC_ADDR_ID.
type TIPC struct {
	Type       uint32
	V1, V2, V3 uint32
	Scope      uint32 // TIPC_CLUSTER_SCOPE is what Python takes if there is none
}

// Sockaddr encodes the address for an AF_TIPC socket. It fails with TypeError for
// another type of address.
func (a TIPC) Sockaddr(s *Socket, caller string) ([]byte, error) {
	s = s.orClosed()
	if s.family != AF_TIPC {
		return nil, s.mismatch("tuple", caller)
	}
	raw := sockaddr.TIPC{Type: uint8(a.Type), Scope: int8(a.Scope), V1: a.V1, V2: a.V2}
	switch a.Type {
	case TIPC_ADDR_NAMESEQ:
		raw.V3 = a.V3
	case TIPC_ADDR_NAME:
	case TIPC_ADDR_ID:
		raw.V1, raw.V2 = a.V2, a.V1 // the kernel has the reference first
	default:
		return nil, pyerr.TypeError.New("Invalid address type")
	}
	return raw.Encode(), nil
}

func decodeTIPC(raw []byte) (Addr, error) {
	a := sockaddr.ParseTIPC(raw)
	addr := TIPC{Type: uint32(a.Type), V1: a.V1, V2: a.V2, Scope: uint32(int32(a.Scope))}
	switch addr.Type {
	case TIPC_ADDR_NAMESEQ:
		addr.V3 = a.V3
	case TIPC_ADDR_NAME:
		addr.V3 = a.V2
	case TIPC_ADDR_ID:
		addr.V1, addr.V2 = a.V2, a.V1
	default:
		return nil, pyerr.ValueError.New("Invalid address type")
	}
	return addr, nil
}

package sockaddr

import (
	"encoding/binary"

	"github.com/pyparity/pyparity/pyref/base/unix"
)

const tipcLen = 16

// A TIPC is a struct sockaddr_tipc; what its values are depends on its type.
type TIPC struct {
	Type       uint8 // TIPC_ADDR_NAMESEQ, TIPC_ADDR_NAME or TIPC_ADDR_ID
	Scope      int8
	V1, V2, V3 uint32
}

// Encode is the address as the kernel takes it.
func (t TIPC) Encode() []byte {
	raw := empty(unix.AF_TIPC, tipcLen)
	raw[2], raw[3] = t.Type, uint8(t.Scope)
	binary.NativeEndian.PutUint32(raw[4:], t.V1)
	binary.NativeEndian.PutUint32(raw[8:], t.V2)
	binary.NativeEndian.PutUint32(raw[12:], t.V3)
	return raw
}

// ParseTIPC decodes a struct sockaddr_tipc.
func ParseTIPC(raw []byte) TIPC {
	raw = whole(raw, tipcLen)
	return TIPC{
		Type: raw[2], Scope: int8(raw[3]),
		V1: binary.NativeEndian.Uint32(raw[4:]), V2: binary.NativeEndian.Uint32(raw[8:]), V3: binary.NativeEndian.Uint32(raw[12:]),
	}
}

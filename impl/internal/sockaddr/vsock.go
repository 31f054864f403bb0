package sockaddr

import (
	"encoding/binary"

	"github.com/pyparity/pyparity/pyref/base/unix"
)

// Vsock encodes a struct sockaddr_vm, which has the port before the context id.
func Vsock(cid, port uint32) []byte {
	raw := empty(unix.AF_VSOCK, unix.SizeofSockaddrVM)
	binary.NativeEndian.PutUint32(raw[4:], port)
	binary.NativeEndian.PutUint32(raw[8:], cid)
	return raw
}

// ParseVsock decodes a struct sockaddr_vm.
func ParseVsock(raw []byte) (cid, port uint32) {
	raw = whole(raw, unix.SizeofSockaddrVM)
	return binary.NativeEndian.Uint32(raw[8:]), binary.NativeEndian.Uint32(raw[4:])
}

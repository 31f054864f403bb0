package sockaddr

import (
	"encoding/binary"

	"github.com/pyparity/pyparity/pyref/base/unix"
)

const qipcrtrLen = 12

// Qipcrtr encodes a struct sockaddr_qrtr.
func Qipcrtr(node, port uint32) []byte {
	raw := empty(unix.AF_QIPCRTR, qipcrtrLen)
	binary.NativeEndian.PutUint32(raw[4:], node)
	binary.NativeEndian.PutUint32(raw[8:], port)
	return raw
}

// ParseQipcrtr decodes a struct sockaddr_qrtr.
func ParseQipcrtr(raw []byte) (node, port uint32) {
	raw = whole(raw, qipcrtrLen)
	return binary.NativeEndian.Uint32(raw[4:]), binary.NativeEndian.Uint32(raw[8:])
}

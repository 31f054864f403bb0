package sockaddr

import (
	"encoding/binary"

	"github.com/pyparity/pyparity/pyref/base/unix"
)

const inet4Len = unix.SizeofSockaddrInet4

// Inet4 encodes a struct sockaddr_in.
func Inet4(ip [4]byte, port uint16) []byte {
	raw := empty(unix.AF_INET, inet4Len)
	binary.BigEndian.PutUint16(raw[2:], port)
	copy(raw[4:], ip[:])
	return raw
}

// ParseInet4 decodes a struct sockaddr_in; bytes that raw lacks count as zero,
// as in CPython, which clears its buffer first.
func ParseInet4(raw []byte) (ip [4]byte, port uint16) {
	var full [inet4Len]byte
	copy(full[:], raw)
	return [4]byte(full[4:8]), binary.BigEndian.Uint16(full[2:])
}

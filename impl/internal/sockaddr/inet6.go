package sockaddr

import (
	"encoding/binary"

	"github.com/pyparity/pyparity/pyref/base/unix"
)

const inet6Len = unix.SizeofSockaddrInet6

// Inet6 encodes a struct sockaddr_in6; flowinfo is in host byte order, as in
// Python's address tuple.
func Inet6(ip [16]byte, port uint16, flowinfo, scopeID uint32) []byte {
	raw := empty(unix.AF_INET6, inet6Len)
	binary.BigEndian.PutUint16(raw[2:], port)
	binary.BigEndian.PutUint32(raw[4:], flowinfo)
	copy(raw[8:], ip[:])
	binary.NativeEndian.PutUint32(raw[24:], scopeID)
	return raw
}

// ParseInet6 decodes a struct sockaddr_in6; bytes that raw lacks count as
// zero. The traffic class is left in flowinfo, as Python shows it.
func ParseInet6(raw []byte) (ip [16]byte, port uint16, flowinfo, scopeID uint32) {
	var full [inet6Len]byte
	copy(full[:], raw)
	return [16]byte(full[8:24]), binary.BigEndian.Uint16(full[2:]),
		binary.BigEndian.Uint32(full[4:]), binary.NativeEndian.Uint32(full[24:])
}

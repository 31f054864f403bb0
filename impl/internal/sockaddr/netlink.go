package sockaddr

import (
	"encoding/binary"

	"github.com/pyparity/pyparity/pyref/base/unix"
)

// Netlink encodes a struct sockaddr_nl.
func Netlink(pid, groups uint32) []byte {
	raw := empty(unix.AF_NETLINK, unix.SizeofSockaddrNetlink)
	binary.NativeEndian.PutUint32(raw[4:], pid)
	binary.NativeEndian.PutUint32(raw[8:], groups)
	return raw
}

// ParseNetlink decodes a struct sockaddr_nl.
func ParseNetlink(raw []byte) (pid, groups uint32) {
	raw = whole(raw, unix.SizeofSockaddrNetlink)
	return binary.NativeEndian.Uint32(raw[4:]), binary.NativeEndian.Uint32(raw[8:])
}

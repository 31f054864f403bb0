package sockaddr

import (
	"encoding/binary"

	"golang.org/x/sys/unix"
)

// MaxLen is the size of the largest address that the kernel returns
// (struct sockaddr_storage).
const MaxLen = 128

// dataLen is sizeof sa_data of struct sockaddr.
const dataLen = 14

// Known reports whether CPython on Linux can hold addresses of the family.
func Known(family int) bool {
	switch family {
	case unix.AF_UNIX, unix.AF_INET, unix.AF_INET6, unix.AF_NETLINK, unix.AF_PACKET, unix.AF_RDS, unix.AF_CAN,
		unix.AF_TIPC, unix.AF_BLUETOOTH, unix.AF_ALG, unix.AF_VSOCK, unix.AF_QIPCRTR:
		return true
	}
	return false
}

// Family is the family of an encoded address: sa_family. It is 0 (AF_UNSPEC)
// for one that is too short to have any.
func Family(raw []byte) int {
	if len(raw) < 2 {
		return 0
	}
	return int(binary.NativeEndian.Uint16(raw))
}

// Data is sa_data, the 14 bytes that follow the family; bytes that raw lacks
// are zero.
func Data(raw []byte) []byte {
	data := make([]byte, dataLen)
	if len(raw) > 2 {
		copy(data, raw[2:])
	}
	return data
}

// empty is an address of size bytes that has only a family.
func empty(family, size int) []byte {
	raw := make([]byte, size)
	binary.NativeEndian.PutUint16(raw, uint16(family))
	return raw
}

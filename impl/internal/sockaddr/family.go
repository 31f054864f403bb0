package sockaddr

import (
	"encoding/binary"

	"github.com/pyparity/pyparity/pyref/base/unix"

	"github.com/pyparity/pyparity/impl/pyerr"
)

// MaxLen is the size of the largest address that the kernel returns
// (struct sockaddr_storage).
const MaxLen = 128

// MaxInetLen is the size of the largest address of AF_INET and AF_INET6.
const MaxInetLen = inet6Len

// dataLen is sizeof sa_data of struct sockaddr.
const dataLen = 14

// Len is the size of an address of a socket (getsockaddrlen), which the kernel
// cuts longer ones to. Of the families only AF_BLUETOOTH has several, by
// protocol. It fails with an OSError for one that CPython on Linux does not know.
func Len(family, proto int) (int, error) {
	switch family {
	case unix.AF_UNIX:
		return unixPathOffset + unixPathLen, nil
	case unix.AF_INET, unix.AF_RDS:
		return inet4Len, nil
	case unix.AF_INET6:
		return inet6Len, nil
	case unix.AF_NETLINK:
		return unix.SizeofSockaddrNetlink, nil
	case unix.AF_PACKET:
		return unix.SizeofSockaddrLinklayer, nil
	case unix.AF_VSOCK:
		return unix.SizeofSockaddrVM, nil
	case unix.AF_QIPCRTR:
		return qipcrtrLen, nil
	case unix.AF_TIPC:
		return tipcLen, nil
	case unix.AF_CAN:
		return canLen, nil
	case unix.AF_ALG:
		return algLen, nil
	case unix.AF_BLUETOOTH:
		return bluetoothLen(proto)
	}
	return 0, pyerr.OSError.New("getsockaddrlen: bad family")
}

func bluetoothLen(proto int) (int, error) {
	switch proto {
	case BTProtoL2CAP:
		return l2capLen, nil
	case BTProtoHCI:
		return hciLen, nil
	case BTProtoSCO:
		return scoLen, nil
	case BTProtoRFCOMM:
		return rfcommLen, nil
	}
	return 0, pyerr.OSError.New("getsockaddrlen: unknown BT protocol")
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

// whole is raw with zeros for what it lacks of size bytes, as CPython's buffer has
// them.
func whole(raw []byte, size int) []byte {
	if len(raw) >= size {
		return raw
	}
	full := make([]byte, size)
	copy(full, raw)
	return full
}

// empty is an address of size bytes that has only a family.
func empty(family, size int) []byte {
	raw := make([]byte, size)
	binary.NativeEndian.PutUint16(raw, uint16(family))
	return raw
}

package sockaddr

import (
	"encoding/binary"

	"github.com/pyparity/pyparity/pyref/base/unix"
)

const canLen = unix.SizeofSockaddrCAN

// CAN encodes a struct sockaddr_can that has only an interface: CAN_RAW, CAN_BCM.
func CAN(index int32) []byte {
	raw := empty(unix.AF_CAN, canLen)
	binary.NativeEndian.PutUint32(raw[4:], uint32(index))
	return raw
}

// CANISOTP encodes a struct sockaddr_can of protocol CAN_ISOTP.
func CANISOTP(index int32, rxID, txID uint32) []byte {
	raw := CAN(index)
	binary.NativeEndian.PutUint32(raw[8:], rxID)
	binary.NativeEndian.PutUint32(raw[12:], txID)
	return raw
}

// J1939 encodes a struct sockaddr_can of protocol CAN_J1939.
func J1939(index int32, name uint64, pgn uint32, addr uint8) []byte {
	raw := CAN(index)
	binary.NativeEndian.PutUint64(raw[8:], name)
	binary.NativeEndian.PutUint32(raw[16:], pgn)
	raw[20] = addr
	return raw
}

// ParseCAN decodes the interface of a struct sockaddr_can.
func ParseCAN(raw []byte) (index int32) {
	return int32(binary.NativeEndian.Uint32(whole(raw, canLen)[4:]))
}

// ParseCANISOTP decodes the rest of a struct sockaddr_can of protocol CAN_ISOTP.
func ParseCANISOTP(raw []byte) (rxID, txID uint32) {
	raw = whole(raw, canLen)
	return binary.NativeEndian.Uint32(raw[8:]), binary.NativeEndian.Uint32(raw[12:])
}

// ParseJ1939 decodes the rest of a struct sockaddr_can of protocol CAN_J1939.
func ParseJ1939(raw []byte) (name uint64, pgn uint32, addr uint8) {
	raw = whole(raw, canLen)
	return binary.NativeEndian.Uint64(raw[8:]), binary.NativeEndian.Uint32(raw[16:]), raw[20]
}

package sockaddr

import (
	"encoding/binary"

	"github.com/pyparity/pyparity/pyref/base/unix"
)

// HardwareLen is the size of the largest hardware address that fits a struct
// sockaddr_ll.
const HardwareLen = 8

// A Packet is a struct sockaddr_ll.
type Packet struct {
	Index    int32  // of the interface, 0 for none
	Protocol uint16 // in host byte order, where the kernel has network byte order
	Hardware uint16 // ARPHRD_ETHER, …
	Type     uint8  // PACKET_HOST, …
	Addr     []byte // the hardware address
}

// Encode is the address as the kernel takes it, with at most [HardwareLen] bytes
// of the hardware address.
func (p Packet) Encode() []byte {
	raw := empty(unix.AF_PACKET, unix.SizeofSockaddrLinklayer)
	binary.BigEndian.PutUint16(raw[2:], p.Protocol)
	binary.NativeEndian.PutUint32(raw[4:], uint32(p.Index))
	binary.NativeEndian.PutUint16(raw[8:], p.Hardware)
	raw[10] = p.Type
	raw[11] = uint8(copy(raw[12:], p.Addr))
	return raw
}

// ParsePacket decodes a struct sockaddr_ll. The hardware address is as long as
// the kernel says, with zeros for what did not fit.
func ParsePacket(raw []byte) Packet {
	raw = whole(raw, unix.SizeofSockaddrLinklayer)
	addr := make([]byte, raw[11])
	copy(addr, raw[12:])
	return Packet{
		Protocol: binary.BigEndian.Uint16(raw[2:]),
		Index:    int32(binary.NativeEndian.Uint32(raw[4:])),
		Hardware: binary.NativeEndian.Uint16(raw[8:]),
		Type:     raw[10],
		Addr:     addr,
	}
}

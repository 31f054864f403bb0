package sockaddr

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"

	"github.com/pyparity/pyparity/pyref/base/unix"

	"github.com/pyparity/pyparity/impl/pyerr"
)

// Protocols of AF_BLUETOOTH.
const (
	BTProtoL2CAP  = unix.BTPROTO_L2CAP
	BTProtoHCI    = unix.BTPROTO_HCI
	BTProtoSCO    = unix.BTPROTO_SCO
	BTProtoRFCOMM = unix.BTPROTO_RFCOMM
)

const (
	l2capLen  = unix.SizeofSockaddrL2
	rfcommLen = unix.SizeofSockaddrRFCOMM
	hciLen    = unix.SizeofSockaddrHCI
	scoLen    = 8
)

// A BDAddr is a Bluetooth device address in the kernel's order, its last byte
// first.
type BDAddr [6]byte

// ParseBDAddr reads a device address as C's scanf does for six numbers in %X
// with colons between them (setbdaddr): each may have space, a sign and 0x before
// it, and only the low 32 bits of it have to be less than 256. An 0x without
// digits is 0 to a glibc that barePrefix tells. It fails with an OSError without an
// errno.
func ParseBDAddr(text string, barePrefix bool) (BDAddr, error) {
	var addr BDAddr
	rest := text
	for i := range addr {
		if i > 0 {
			if !strings.HasPrefix(rest, ":") {
				return BDAddr{}, badBDAddr()
			}
			rest = rest[1:]
		}
		var n uint32
		var ok bool
		if n, rest, ok = scanHex(rest, barePrefix); !ok || n > math.MaxUint8 {
			return BDAddr{}, badBDAddr()
		}
		addr[len(addr)-1-i] = byte(n)
	}
	if rest != "" {
		return BDAddr{}, badBDAddr()
	}
	return addr, nil
}

func badBDAddr() error { return pyerr.OSError.New("bad bluetooth address") }

// scanHex is scanf's %X: strtoul of base 16, kept in an unsigned int.
func scanHex(text string, barePrefix bool) (n uint32, rest string, ok bool) {
	text = strings.TrimLeft(text, " \t\n\v\f\r")
	negative := false
	if text != "" && (text[0] == '+' || text[0] == '-') {
		negative, text = text[0] == '-', text[1:]
	}
	prefixed := len(text) >= 2 && text[0] == '0' && text[1]|0x20 == 'x'
	if prefixed {
		text = text[2:]
	}
	digits := 0
	for digits < len(text) && isHex(text[digits]) {
		digits++
	}
	if digits == 0 {
		return 0, text, prefixed && barePrefix
	}
	var long uint64
	overflow := false
	for _, c := range []byte(text[:digits]) {
		overflow = overflow || long > math.MaxUint64>>4
		long = long<<4 | uint64(hexValue(c))
	}
	switch {
	case overflow:
		long = math.MaxUint64
	case negative:
		long = -long
	}
	return uint32(long), text[digits:], true
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}

func hexValue(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}

// String is the address as Python shows it: "01:23:45:67:89:AB" (makebdaddr).
func (a BDAddr) String() string {
	return fmt.Sprintf("%02X:%02X:%02X:%02X:%02X:%02X", a[5], a[4], a[3], a[2], a[1], a[0])
}

// L2CAP encodes a struct sockaddr_l2.
func L2CAP(addr BDAddr, psm, cid uint16, addrType uint8) []byte {
	raw := empty(unix.AF_BLUETOOTH, l2capLen)
	binary.NativeEndian.PutUint16(raw[2:], psm)
	copy(raw[4:], addr[:])
	binary.NativeEndian.PutUint16(raw[10:], cid)
	raw[12] = addrType
	return raw
}

// ParseL2CAP decodes a struct sockaddr_l2.
func ParseL2CAP(raw []byte) (addr BDAddr, psm, cid uint16, addrType uint8) {
	raw = whole(raw, l2capLen)
	return BDAddr(raw[4:10]), binary.NativeEndian.Uint16(raw[2:]), binary.NativeEndian.Uint16(raw[10:]), raw[12]
}

// RFCOMM encodes a struct sockaddr_rc.
func RFCOMM(addr BDAddr, channel uint8) []byte {
	raw := empty(unix.AF_BLUETOOTH, rfcommLen)
	copy(raw[2:], addr[:])
	raw[8] = channel
	return raw
}

// ParseRFCOMM decodes a struct sockaddr_rc.
func ParseRFCOMM(raw []byte) (addr BDAddr, channel uint8) {
	raw = whole(raw, rfcommLen)
	return BDAddr(raw[2:8]), raw[8]
}

// HCI encodes a struct sockaddr_hci.
func HCI(device, channel uint16) []byte {
	raw := empty(unix.AF_BLUETOOTH, hciLen)
	binary.NativeEndian.PutUint16(raw[2:], device)
	binary.NativeEndian.PutUint16(raw[4:], channel)
	return raw
}

// ParseHCI decodes a struct sockaddr_hci.
func ParseHCI(raw []byte) (device, channel uint16) {
	raw = whole(raw, hciLen)
	return binary.NativeEndian.Uint16(raw[2:]), binary.NativeEndian.Uint16(raw[4:])
}

// SCO encodes a struct sockaddr_sco.
func SCO(addr BDAddr) []byte {
	raw := empty(unix.AF_BLUETOOTH, scoLen)
	copy(raw[2:], addr[:])
	return raw
}

// ParseSCO decodes a struct sockaddr_sco.
func ParseSCO(raw []byte) BDAddr { return BDAddr(whole(raw, scoLen)[2:8]) }

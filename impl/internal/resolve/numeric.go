package resolve

import (
	"encoding/binary"
	"errors"
	"math"
	"net/netip"
	"strings"
	"syscall"

	"github.com/pyparity/pyparity/pyref/base/unix"
)

// ErrBadAddress is inet_pton's 0: the text is no address of the family.
var ErrBadAddress = errors.New("illegal IP address string")

// ErrBadLength is a packed address whose length is not the family's.
var ErrBadLength = errors.New("invalid length of packed IP address")

// InetAton is inet_aton(3): one to four parts, each decimal, octal (leading 0) or hexadecimal
// (leading 0x), the last one filling the bytes that are left. Anything may follow the address after
// white space.
func InetAton(s string) ([4]byte, bool) {
	addr, rest, ok := inetAtonPrefix(cString(s))
	if !ok || (rest != "" && !isSpace(rest[0])) {
		return [4]byte{}, false
	}
	return addr, true
}

// inetAtonExact is InetAton without trailing text: what getaddrinfo takes for an address.
func inetAtonExact(s string) (netip.Addr, bool) {
	addr, rest, ok := inetAtonPrefix(s)
	if !ok || rest != "" {
		return netip.Addr{}, false
	}
	return netip.AddrFrom4(addr), true
}

// inetAtonPrefix reads an address at the start of s and returns what follows it.
func inetAtonPrefix(s string) (addr [4]byte, rest string, ok bool) {
	for part := 0; ; part++ {
		// Without the check strtoul would take a sign or spaces.
		if s == "" || !isDigit(s[0]) {
			return addr, s, false
		}
		value, after, _ := strtoul(s, 0)
		if value > math.MaxUint32 {
			return addr, s, false
		}
		s = after
		if s != "" && s[0] == '.' {
			if part == 3 || value > 0xff {
				return addr, s, false
			}
			addr[part] = byte(value)
			s = s[1:]
			continue
		}
		if value > math.MaxUint32>>(8*part) {
			return addr, s, false
		}
		word := binary.BigEndian.Uint32(addr[:]) | uint32(value)
		binary.BigEndian.PutUint32(addr[:], word)
		return addr, s, true
	}
}

// InetPton is inet_pton(3): strict text to 4 or 16 bytes. The error is ErrBadAddress, or
// syscall.EAFNOSUPPORT for a family other than AF_INET and AF_INET6.
func InetPton(family int, s string) ([]byte, error) {
	var addr netip.Addr
	var ok bool
	switch family {
	case unix.AF_INET:
		addr, ok = pton4(cString(s))
	case unix.AF_INET6:
		addr, ok = pton6(cString(s))
	default:
		return nil, syscall.EAFNOSUPPORT
	}
	if !ok {
		return nil, ErrBadAddress
	}
	return addr.AsSlice(), nil
}

// pton4 takes exactly four decimal parts without leading zeros.
func pton4(s string) (netip.Addr, bool) {
	var addr [4]byte
	for part := range addr {
		digits := 0
		value := 0
		for digits < len(s) && isDigit(s[digits]) {
			if digits > 0 && value == 0 {
				return netip.Addr{}, false
			}
			value = value*10 + int(s[digits]-'0')
			if value > 0xff {
				return netip.Addr{}, false
			}
			digits++
		}
		if digits == 0 {
			return netip.Addr{}, false
		}
		addr[part] = byte(value)
		s = s[digits:]
		if part < 3 {
			if s == "" || s[0] != '.' {
				return netip.Addr{}, false
			}
			s = s[1:]
		}
	}
	return netip.AddrFrom4(addr), s == ""
}

// pton6 takes RFC 4291's forms, without a scope: groups of one to four digits, one "::" that stands
// for at least one group, an IPv4 address as the last two groups.
func pton6(s string) (netip.Addr, bool) {
	var addr [16]byte
	size, gap := 0, -1
	if strings.HasPrefix(s, ":") {
		if !strings.HasPrefix(s, "::") {
			return netip.Addr{}, false
		}
		gap = 0
		s = s[2:]
	}
	for s != "" {
		group, value := 0, 0
		for group < len(s) && hexDigit(s[group]) >= 0 {
			if group == 4 {
				return netip.Addr{}, false
			}
			value = value<<4 | hexDigit(s[group])
			group++
		}
		if group < len(s) && s[group] == '.' {
			tail, ok := pton4(s)
			if !ok || size > 12 {
				return netip.Addr{}, false
			}
			copy(addr[size:], tail.AsSlice())
			size += 4
			break
		}
		if group == 0 || size == 16 {
			return netip.Addr{}, false
		}
		binary.BigEndian.PutUint16(addr[size:], uint16(value))
		size += 2
		s = s[group:]
		if s == "" {
			break
		}
		if s[0] != ':' || s == ":" {
			return netip.Addr{}, false
		}
		s = s[1:]
		if s[0] == ':' {
			if gap >= 0 {
				return netip.Addr{}, false
			}
			gap = size
			s = s[1:]
		}
	}
	if gap >= 0 {
		if size == 16 {
			return netip.Addr{}, false
		}
		moved := copy(addr[16-(size-gap):], addr[gap:size])
		clear(addr[gap : 16-moved])
		size = 16
	}
	return netip.AddrFrom16(addr), size == 16
}

// ptonAny takes an address of either family.
func ptonAny(s string) (netip.Addr, bool) {
	if addr, ok := pton4(s); ok {
		return addr, true
	}
	return pton6(s)
}

// InetNtop is inet_ntop(3). The error is ErrBadLength or syscall.EAFNOSUPPORT.
func InetNtop(family int, packed []byte) (string, error) {
	switch {
	case family != unix.AF_INET && family != unix.AF_INET6:
		return "", syscall.EAFNOSUPPORT
	case family == unix.AF_INET && len(packed) == 4:
		return netip.AddrFrom4([4]byte(packed)).String(), nil
	case family == unix.AF_INET6 && len(packed) == 16:
		return ntop(netip.AddrFrom16([16]byte(packed))), nil
	}
	return "", ErrBadLength
}

// ntop writes an address as glibc does. That differs from netip in one form: ::1.2.3.4, whose first
// six groups are zero and whose seventh is not, is shown in IPv4's notation, as ::ffff:1.2.3.4 is.
func ntop(addr netip.Addr) string {
	addr = addr.WithZone("")
	if addr.Is4() || addr.Is4In6() {
		return addr.String()
	}
	raw := addr.As16()
	for _, b := range raw[:12] {
		if b != 0 {
			return addr.String()
		}
	}
	if raw[12] == 0 && raw[13] == 0 {
		return addr.String()
	}
	return "::" + netip.AddrFrom4([4]byte(raw[12:])).String()
}

// parseScope is glibc's __inet6_scopeid_pton: an interface's name where the address has a scope that
// belongs to an interface, or a decimal number of 32 bits.
func parseScope(addr netip.Addr, scope string) (uint32, bool) {
	// Node-local and link-local multicast.
	if isLinkLocal(addr) || isMulticast(addr, 1) || isMulticast(addr, 2) {
		if index, err := IfNameToIndex(scope); err == nil {
			return index, true
		}
	}
	if scope == "" || !isDigit(scope[0]) {
		return 0, false
	}
	value, rest, overflow := strtoul(scope, 10)
	if rest != "" || overflow || value > math.MaxUint32 {
		return 0, false
	}
	return uint32(value), true
}

// isLinkLocal tells of fe80::/10. netip's method of such a name counts mapped addresses of
// 169.254.0.0/16 too.
func isLinkLocal(addr netip.Addr) bool {
	raw := addr.As16()
	return raw[0] == 0xfe && raw[1]&0xc0 == 0x80
}

// isMulticast tells of IPv6 multicast addresses with a scope.
func isMulticast(addr netip.Addr, scope byte) bool {
	raw := addr.As16()
	return raw[0] == 0xff && raw[1]&0x0f == scope
}

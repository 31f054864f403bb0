package socket

import (
	"syscall"

	"github.com/pyparity/pyparity/impl/internal/resolve"
	"github.com/pyparity/pyparity/impl/pyerr"
)

// InetAton is Python's socket.inet_aton: the four bytes of an IPv4 address in
// any of inet_aton(3)'s forms ("127.1", "0x7f000001", "0177.0.0.1"), which
// white space and anything else may follow. It fails with OSError.
func InetAton(s string) ([]byte, error) {
	if err := checkText(s); err != nil {
		return nil, err
	}
	ip, ok := resolve.InetAton(s)
	if !ok {
		return nil, pyerr.OSError.New("illegal IP address string passed to inet_aton")
	}
	return ip[:], nil
}

// InetNtoa is Python's socket.inet_ntoa: the dotted quad of four bytes. It
// fails with OSError for another number of bytes.
func InetNtoa(packed []byte) (string, error) {
	if len(packed) != 4 {
		return "", pyerr.OSError.New("packed IP wrong length for inet_ntoa")
	}
	return formatInet(AF_INET, packed), nil
}

// InetPton is Python's socket.inet_pton: the 4 or 16 bytes of an address of
// family AF_INET or AF_INET6, in its strict form. It fails with OSError.
func InetPton(family int, s string) ([]byte, error) {
	if err := checkInt(family); err != nil {
		return nil, err
	}
	if err := checkText(s); err != nil {
		return nil, err
	}
	if family != AF_INET && family != AF_INET6 {
		return nil, pyerr.FromErrno(syscall.EAFNOSUPPORT)
	}
	packed, err := resolve.InetPton(family, s)
	if err != nil {
		return nil, pyerr.OSError.New("illegal IP address string passed to inet_pton")
	}
	return packed, nil
}

// InetNtop is Python's socket.inet_ntop: the canonical text of 4 or 16 bytes.
// It fails with ValueError for another length or family.
func InetNtop(family int, packed []byte) (string, error) {
	if err := checkInt(family); err != nil {
		return "", err
	}
	size := map[int]int{AF_INET: 4, AF_INET6: 16}[family]
	switch {
	case size == 0:
		return "", pyerr.ValueError.Errorf("unknown address family %d", family)
	case len(packed) != size:
		return "", pyerr.ValueError.New("invalid length of packed IP address string")
	}
	return formatInet(family, packed), nil
}

// formatInet is the text of an address of the right length.
func formatInet(family int, packed []byte) string {
	text, err := resolve.InetNtop(family, packed)
	if err != nil {
		return ""
	}
	return text
}

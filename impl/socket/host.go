package socket

import (
	"errors"
	"net/netip"
	"strings"
	"unicode/utf8"

	"github.com/pyparity/pyparity/impl/internal/resolve"
	"github.com/pyparity/pyparity/impl/pyerr"
)

// lookup4 is the IPv4 address of a host, a name or a number (setipaddr).
func (m *Module) lookup4(host string) (ip [4]byte, err error) {
	if host == "" {
		return ip, nil
	}
	if host == "255.255.255.255" || host == "<broadcast>" {
		return [4]byte{255, 255, 255, 255}, nil
	}
	if packed, err := resolve.InetPton(AF_INET, host); err == nil {
		return [4]byte(packed), nil
	}
	addr, err := m.lookup(host, AF_INET)
	if err != nil {
		return ip, err
	}
	return addr.As4(), nil
}

// lookup6 is the IPv6 address of a host, a name or a number (setipaddr). A
// scope in it is not part of the result: the tuple's own scope_id counts.
func (m *Module) lookup6(host string) (ip [16]byte, err error) {
	if host == "" {
		return ip, nil
	}
	if host == "255.255.255.255" || host == "<broadcast>" {
		return ip, pyerr.OSError.New("address family mismatched")
	}
	if !strings.Contains(host, "%") {
		if packed, err := resolve.InetPton(AF_INET6, host); err == nil {
			return [16]byte(packed), nil
		}
	}
	addr, err := m.lookup(host, AF_INET6)
	if err != nil {
		return ip, err
	}
	return addr.As16(), nil
}

// lookup is the first address that getaddrinfo gives for a host.
func (m *Module) lookup(host string, family int) (netip.Addr, error) {
	name, err := m.encodeHost(host)
	if err != nil {
		return netip.Addr{}, pyerr.TypeError.New("encoding of hostname failed")
	}
	if strings.Contains(name, "\x00") {
		return netip.Addr{}, pyerr.TypeError.New("host name must not contain null character")
	}
	found, err := m.resolver().GetAddrInfo(m.context(), &name, nil, resolve.Hints{Family: family})
	if err != nil {
		return netip.Addr{}, gaiError(err)
	}
	return found[0].Addr.Addr(), nil
}

// gaiError is the exception for a failure of getaddrinfo (set_gaierror).
func gaiError(err error) error {
	var failure *resolve.Error
	if !errors.As(err, &failure) {
		return osError(err)
	}
	if failure.Code == resolve.EAISystem {
		return pyerr.FromErrno(failure.Errno)
	}
	e := pyerr.Gaierror.New(failure.Code, failure.Text())
	e.Cause = failure
	return e
}

// EncodeHost turns the name of a host as Python's str has it into what the
// resolver takes: an ASCII name stays as it is, another is encoded by the
// "idna" codec (idna_converter). Bytes that are no text, which only Python's
// bytes can be, stay too. It fails with UnicodeError, for a lone surrogate too, which
// stands in a Go string as three bytes.
func EncodeHost(host string) (string, error) {
	ascii := strings.IndexFunc(host, func(c rune) bool { return c >= utf8.RuneSelf }) < 0
	if ascii || !isText(host) {
		return host, nil
	}
	return encodeIDNA(host)
}

// encodeHost is EncodeHost, unless that is done already.
func (m *Module) encodeHost(host string) (string, error) {
	if m.orStd().EncodedHosts {
		return host, nil
	}
	return EncodeHost(host)
}

// encodeIDNA is the "idna" codec, which also checks the labels of an ASCII name. It
// fails with UnicodeEncodeError.
func encodeIDNA(host string) (string, error) { return encoded("idna", host) }

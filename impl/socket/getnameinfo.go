package socket

import (
	"net/netip"
	"strconv"

	"github.com/pyparity/pyparity/impl/internal/resolve"
	"github.com/pyparity/pyparity/impl/pyerr"
)

// GetNameInfo is Python's socket.getnameinfo (socket_getnameinfo): the names of
// an address's host and port, or their numbers if they have no names. Addr is an
// Inet4 or Inet6 whose host is numeric, flags are NI_NUMERICHOST and its like. It
// fails with gaierror, and with OverflowError for the flow information.
func (m *Module) GetNameInfo(addr Addr, flags int) (host, service string, err error) {
	if err := checkInt(flags); err != nil {
		return "", "", err
	}
	to, pair, err := numericAddr(addr)
	if err != nil {
		return "", "", err
	}
	if err := checkText(to.Host); err != nil {
		return "", "", err
	}
	if err := checkInt(to.Port); err != nil {
		return "", "", err
	}
	if to.Flowinfo > maxFlowinfo {
		return "", "", pyerr.OverflowError.New("getnameinfo(): flowinfo must be 0-1048575.")
	}
	if err := m.audit("socket.getnameinfo", func() []any { return []any{addr} }); err != nil {
		return "", "", err
	}
	port := strconv.Itoa(to.Port)
	found, err := m.resolver().GetAddrInfo(m.context(), &to.Host, &port, resolve.Hints{
		Type: SOCK_DGRAM, Flags: resolve.AINumericHost,
	})
	switch {
	case err != nil:
		return "", "", gaiError(err)
	case len(found) > 1:
		return "", "", pyerr.OSError.New("sockaddr resolved to multiple addresses")
	case found[0].Family == AF_INET && !pair:
		return "", "", pyerr.OSError.New("IPv4 sockaddr must be 2 tuple")
	}
	ip := netip.AddrPortFrom(found[0].Addr.Addr(), found[0].Addr.Port())
	host, service, err = m.resolver().GetNameInfo(m.context(), ip, to.ScopeID, flags)
	if err != nil {
		return "", "", gaiError(err)
	}
	return host, service, nil
}

// GetNameInfo is Python's socket.getnameinfo; see [Module.GetNameInfo].
func GetNameInfo(addr Addr, flags int) (host, service string, err error) {
	return std.GetNameInfo(addr, flags)
}

// numericAddr takes the address of GetNameInfo, which tells the families apart
// by the host: a pair may be of either.
func numericAddr(addr Addr) (to Inet6, pair bool, err error) {
	switch a := addr.(type) {
	case *Inet4:
		if a != nil {
			return numericAddr(*a)
		}
	case *Inet6:
		if a != nil {
			return numericAddr(*a)
		}
	case Inet4:
		return Inet6{Host: a.Host, Port: a.Port}, true, nil
	case Inet6:
		return a, false, nil
	}
	return to, false, pyerr.TypeError.New("getnameinfo() argument 1 must be a tuple")
}

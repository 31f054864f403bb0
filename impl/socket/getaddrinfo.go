package socket

import (
	"github.com/pyparity/pyparity/impl/internal/resolve"
)

// Hints are the optional arguments of Python's getaddrinfo. Zero is any.
type Hints struct {
	Family, Type, Proto int
	// Flags are AI_PASSIVE and its like.
	Flags int
	// Encoded leaves a host that is not ASCII as it is, where Python's code gave
	// bytes rather than a str. What is no text is left in any case.
	Encoded bool
}

// An AddrInfo is one of getaddrinfo's results: what to make a socket of, and the
// address for it.
type AddrInfo struct {
	Family, Type, Proto int
	CanonName           string // in the first result only, with AI_CANONNAME
	Addr                Addr   // an Inet4 or Inet6
}

// GetAddrInfo is Python's socket.getaddrinfo (socket_getaddrinfo): the addresses
// of a host and a port, for every type of socket that they can be used with, in
// the order in which to try them. Host is a name or an address, or nil for
// Python's None: the machine itself. Port is the name of a service or a number,
// or nil for none. It fails with gaierror, and with UnicodeError for a host that
// cannot be encoded.
func (m *Module) GetAddrInfo(host, port *string, hints Hints) ([]AddrInfo, error) {
	if err := checkInts(hints.Family, hints.Type, hints.Proto, hints.Flags); err != nil {
		return nil, err
	}
	encoded := host
	if host != nil && !hints.Encoded && isText(*host) {
		name, err := encodeIDNA(*host)
		if err != nil {
			return nil, err
		}
		encoded = &name
	}
	if port != nil && !hints.Encoded {
		if err := checkEncodable(*port); err != nil {
			return nil, err
		}
	}
	err := m.audit("socket.getaddrinfo", func() []any { return []any{host, port, hints.Family, hints.Type, hints.Proto} })
	if err != nil {
		return nil, err
	}
	found, err := m.resolver().GetAddrInfo(m.context(), encoded, port, resolve.Hints{
		Family: hints.Family, Type: hints.Type, Proto: hints.Proto, Flags: hints.Flags,
	})
	if err != nil {
		return nil, gaiError(err)
	}
	list := make([]AddrInfo, len(found))
	for i, info := range found {
		list[i] = AddrInfo{
			Family: info.Family, Type: info.Type, Proto: info.Proto,
			CanonName: info.CanonName, Addr: infoAddr(info),
		}
	}
	return list, nil
}

// GetAddrInfo is Python's socket.getaddrinfo; see [Module.GetAddrInfo].
func GetAddrInfo(host, port *string, hints Hints) ([]AddrInfo, error) {
	return std.GetAddrInfo(host, port, hints)
}

// infoAddr is the address of a getaddrinfo result.
func infoAddr(info resolve.AddrInfo) Addr {
	ip := info.Addr.Addr()
	host, port := formatInet(info.Family, ip.AsSlice()), int(info.Addr.Port())
	if ip.Is4() {
		return Inet4{Host: host, Port: port}
	}
	return Inet6{Host: host, Port: port, ScopeID: info.ScopeID}
}

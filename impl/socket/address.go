package socket

import (
	"github.com/pyparity/pyparity/impl/internal/sockaddr"
	"github.com/pyparity/pyparity/impl/pyerr"
)

// An Addr is a socket address: [Inet4], [Inet6], [Unix] or [Unknown].
//
// Sockaddr encodes it for a socket of the family, at the moment of the call,
// since what an address means depends on the socket: a pair of host and port
// serves AF_INET6 too. Names of hosts are looked up then. Caller is the Python
// name of the call ("bind"), for the texts of errors. Others may implement Addr
// to delay how they read an address, as CPython does.
type Addr interface {
	Sockaddr(family int, caller string) ([]byte, error)
}

// Inet4 is Python's pair (host, port). Host is a name, an IPv4 address in any
// of the forms that inet_aton takes, "" for any address, or "<broadcast>";
// results hold a dotted quad. With an AF_INET6 socket it is an Inet6 without
// flow information and scope, as in Python.
type Inet4 struct {
	Host string
	Port int // 0 to 65535; 0 lets the system choose
}

// Inet6 is Python's tuple (host, port, flowinfo, scope_id). Host is a name, an
// IPv6 address, or "" for any address; results hold inet_ntop's form without a
// scope.
type Inet6 struct {
	Host     string
	Port     int    // 0 to 65535; 0 lets the system choose
	Flowinfo uint32 // 0 to 1048575; results may have more
	ScopeID  uint32 // index of the interface, for link-local addresses
}

// Unix is Python's path of an AF_UNIX socket, of at most 107 bytes. One that
// starts with NUL is a name of Linux's abstract namespace, of at most 108 bytes
// with the NUL; Python shows those as bytes. An empty one is an unnamed socket;
// to bind to it lets the system choose an abstract name.
type Unix struct {
	Path string
}

// Unknown is an address of a family that has no form of its own: Python's pair
// of the family and the 14 bytes that follow it. It cannot be used to connect.
type Unknown struct {
	Family int
	Data   []byte
}

// Sockaddr encodes the address for an AF_INET or AF_INET6 socket.
func (a Inet4) Sockaddr(family int, caller string) ([]byte, error) {
	switch family {
	case AF_INET:
		ip, err := std.lookup4(a.Host)
		if err != nil {
			return nil, err
		}
		port, err := checkPort(a.Port, caller)
		if err != nil {
			return nil, err
		}
		return sockaddr.Inet4(ip, port), nil
	case AF_INET6:
		return Inet6{Host: a.Host, Port: a.Port}.Sockaddr(family, caller)
	}
	return nil, mismatch("tuple", family, caller)
}

// Sockaddr encodes the address for an AF_INET6 socket.
func (a Inet6) Sockaddr(family int, caller string) ([]byte, error) {
	if family == AF_INET {
		return nil, pyerr.TypeError.New("AF_INET address must be a pair (host, port)")
	}
	if family != AF_INET6 {
		return nil, mismatch("tuple", family, caller)
	}
	ip, err := std.lookup6(a.Host)
	if err != nil {
		return nil, err
	}
	port, err := checkPort(a.Port, caller)
	if err != nil {
		return nil, err
	}
	if a.Flowinfo > maxFlowinfo {
		return nil, pyerr.OverflowError.Errorf("%s(): flowinfo must be 0-1048575.", caller)
	}
	return sockaddr.Inet6(ip, port, a.Flowinfo, a.ScopeID), nil
}

// Sockaddr encodes the address for an AF_UNIX socket.
func (a Unix) Sockaddr(family int, caller string) ([]byte, error) {
	if family != AF_UNIX {
		return nil, mismatch("str", family, caller)
	}
	return sockaddr.Unix(a.Path)
}

// Sockaddr fails: no socket takes such an address.
func (a Unknown) Sockaddr(family int, caller string) ([]byte, error) {
	return nil, mismatch("tuple", family, caller)
}

// maxFlowinfo is the largest flow information, of 20 bits.
const maxFlowinfo = 1<<20 - 1

func checkPort(port int, caller string) (uint16, error) {
	if port < 0 || port > 0xffff {
		return 0, pyerr.OverflowError.Errorf("%s(): port must be 0-65535.", caller)
	}
	return uint16(port), nil
}

// mismatch is the exception for an address of the Python type given with a
// socket of another family (getsockaddrarg).
func mismatch(got string, family int, caller string) error {
	switch family {
	case AF_INET:
		return pyerr.TypeError.Errorf("%s(): AF_INET address must be tuple, not %s", caller, got)
	case AF_INET6:
		return pyerr.TypeError.Errorf("%s(): AF_INET6 address must be tuple, not %s", caller, got)
	case AF_UNIX:
		return pyerr.TypeError.Errorf("a bytes-like object is required, not '%s'", got)
	}
	return pyerr.OSError.Errorf("%s(): bad family", caller)
}

// encode is the sockaddr of an argument (getsockaddrarg).
func (s *Socket) encode(addr Addr, caller string) ([]byte, error) {
	if addr == nil {
		return nil, mismatch("NoneType", s.family, caller)
	}
	return addr.Sockaddr(s.family, caller)
}

// decode is the address that the kernel returned (makesockaddr): nil, Python's
// None, if it returned none.
func decode(raw []byte) Addr {
	if len(raw) == 0 {
		return nil
	}
	switch family := sockaddr.Family(raw); family {
	case AF_INET:
		ip, port := sockaddr.ParseInet4(raw)
		return Inet4{Host: formatInet(AF_INET, ip[:]), Port: int(port)}
	case AF_INET6:
		ip, port, flowinfo, scopeID := sockaddr.ParseInet6(raw)
		return Inet6{Host: formatInet(AF_INET6, ip[:]), Port: int(port), Flowinfo: flowinfo, ScopeID: scopeID}
	case AF_UNIX:
		return Unix{Path: sockaddr.ParseUnix(raw)}
	default:
		return Unknown{Family: family, Data: sockaddr.Data(raw)}
	}
}

// addressBuffer is memory for an address that the kernel returns. It fails for
// a socket of a family that Python does not know (getsockaddrlen).
func (s *Socket) addressBuffer() ([]byte, error) {
	if !sockaddr.Known(s.family) {
		return nil, pyerr.OSError.New("getsockaddrlen: bad family")
	}
	return make([]byte, sockaddr.MaxLen), nil
}

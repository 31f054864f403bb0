package socket

import (
	"reflect"

	"github.com/pyparity/pyparity/impl/internal/sockaddr"
	"github.com/pyparity/pyparity/impl/pyerr"
)

// An Addr is a socket address: [Inet4], [Inet6], [Unix], [Netlink], [Packet],
// [Vsock], [Alg], [CAN], [CANISOTP], [J1939], [TIPC], [Qipcrtr], [L2CAP],
// [RFCOMM], [HCI], [SCO] or [Unknown].
//
// Sockaddr encodes it for a socket, at the moment of the call, since what an
// address means depends on the socket: a pair of host and port serves AF_INET6
// too, and the protocol decides what an address of AF_CAN is. Names of hosts and
// interfaces are looked up then. Caller is the Python name of the call ("bind"),
// for the texts of errors. Others may implement Addr to delay how they read an
// address, as CPython does.
//
// Addresses print as in Python: fmt.Println shows ('127.0.0.1', 80).
//
// Addresses compare with == and are keys of maps, as Python's are, but for [Packet] and
// [Unknown], which hold slices: to compare two of these panics.
type Addr interface {
	Sockaddr(s *Socket, caller string) ([]byte, error)
}

// Inet4 is Python's pair (host, port), of AF_INET and AF_RDS. Host is a name, an
// IPv4 address in any of the forms that inet_aton takes, "" for any address, or
// "<broadcast>"; results hold a dotted quad. With an AF_INET6 socket it is an Inet6 without
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

// Sockaddr encodes the address for an AF_INET, AF_INET6 or AF_RDS socket.
func (a Inet4) Sockaddr(s *Socket, caller string) ([]byte, error) {
	s = s.orClosed()
	switch s.family {
	case AF_INET, AF_RDS:
		ip, err := s.module.lookup4(a.Host)
		if err != nil {
			return nil, err
		}
		port, err := checkPort(a.Port, caller)
		if err != nil {
			return nil, err
		}
		return sockaddr.Inet4(ip, port), nil
	case AF_INET6:
		return Inet6{Host: a.Host, Port: a.Port}.Sockaddr(s, caller)
	}
	return nil, s.mismatch("tuple", caller)
}

// Sockaddr encodes the address for an AF_INET6 socket.
func (a Inet6) Sockaddr(s *Socket, caller string) ([]byte, error) {
	s = s.orClosed()
	if s.family != AF_INET6 {
		return nil, s.mismatch("tuple", caller)
	}
	ip, err := s.module.lookup6(a.Host)
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
func (a Unix) Sockaddr(s *Socket, caller string) ([]byte, error) {
	s = s.orClosed()
	if s.family != AF_UNIX {
		return nil, s.mismatch("str", caller)
	}
	return sockaddr.Unix(a.Path)
}

// Sockaddr fails: no socket takes such an address.
func (a Unknown) Sockaddr(s *Socket, caller string) ([]byte, error) {
	s = s.orClosed()
	return nil, s.mismatch("tuple", caller)
}

// maxFlowinfo is the largest flow information, of 20 bits.
const maxFlowinfo = 1<<20 - 1

func checkPort(port int, caller string) (uint16, error) {
	if port < 0 || port > 0xffff {
		return 0, pyerr.OverflowError.Errorf("%s(): port must be 0-65535.", caller)
	}
	return uint16(port), nil
}

// shapes are what CPython says that an address of a family must be, when it is a
// tuple of another shape.
var shapes = map[int]string{
	AF_INET:    "AF_INET address must be a pair (host, port)",
	AF_RDS:     "AF_INET address must be a pair (host, port)",
	AF_INET6:   "AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])",
	AF_NETLINK: "AF_NETLINK address must be a pair (pid, groups)",
	AF_PACKET:  "AF_PACKET address must be a tuple of two to five elements",
	AF_VSOCK:   "AF_VSOCK address must be a pair (cid, port)",
	AF_QIPCRTR: "AF_QIPCRTR address must be a pair (node, port)",
	AF_TIPC:    "AF_TIPC address must be a tuple (addr_type, v1, v2, v3[, scope])",
	AF_CAN:     "AF_CAN address must be a tuple (interface, )",
	AF_ALG:     "AF_ALG address must be a tuple (type, name[, feat[, mask]])",
}

// families are what CPython calls families in the text for an address that is no
// tuple at all.
var families = map[int]string{
	AF_INET: "AF_INET", AF_RDS: "AF_INET", AF_INET6: "AF_INET6", AF_NETLINK: "AF_NETLINK", AF_PACKET: "AF_PACKET",
	AF_VSOCK: "AF_VSOCK", AF_QIPCRTR: "AF_QIPCRTR", AF_TIPC: "AF_TIPC", AF_CAN: "AF_CAN", AF_ALG: "AF_ALG",
}

// mismatch is the exception for an address of another kind than the socket's
// family has, by its type in Python (getsockaddrarg).
func (s *Socket) mismatch(got, caller string) error {
	switch name := families[s.family]; {
	case s.family == AF_UNIX:
		return pyerr.TypeError.Errorf("a bytes-like object is required, not '%s'", got)
	case s.family == AF_BLUETOOTH:
		return pyerr.OSError.Errorf("%s(): wrong format", caller)
	case name == "":
		return pyerr.OSError.Errorf("%s(): bad family", caller)
	case got == "tuple":
		return pyerr.TypeError.New(shapes[s.family])
	case s.family == AF_VSOCK, s.family == AF_QIPCRTR:
		return pyerr.TypeError.Errorf("getsockaddrarg: %s address must be tuple, not %s", name, got)
	default:
		return pyerr.TypeError.Errorf("%s(): %s address must be tuple, not %s", caller, name, got)
	}
}

// encode is the sockaddr of an argument (getsockaddrarg).
func (s *Socket) encode(addr Addr, caller string) ([]byte, error) {
	s = s.orClosed()
	if v := reflect.ValueOf(addr); !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil() {
		return nil, s.mismatch("NoneType", caller)
	}
	return addr.Sockaddr(s, caller)
}

// A nameBuffer is memory for an address that the kernel returns.
type nameBuffer struct {
	memory [sockaddr.MaxLen]byte
	size   int // how much of it the kernel may write to
}

// newNameBuffer is memory for a call that does not wait.
func (s *Socket) newNameBuffer() (*nameBuffer, error) {
	var b nameBuffer
	return &b, b.fit(s)
}

// fit makes room for an address of the socket. It fails for one of a family that
// Python does not know (getsockaddrlen).
func (b *nameBuffer) fit(s *Socket) (err error) {
	s = s.orClosed()
	b.size, err = sockaddr.Len(s.family, s.proto)
	return err
}

// bytes are what the kernel may write to.
func (b *nameBuffer) bytes() []byte { return b.memory[:b.size] }

// decode is the address that the kernel returned (makesockaddr), which may be
// longer than there was room for; the rest is zero. It is nil, Python's None, if
// there is none. It fails with ValueError for what cannot be an address of the
// socket's protocol.
func (s *Socket) decode(b *nameBuffer, length int) (Addr, error) {
	if length == 0 {
		return nil, nil
	}
	raw := b.memory[:min(length, len(b.memory))]
	switch family := sockaddr.Family(raw); family {
	case AF_INET:
		ip, port := sockaddr.ParseInet4(raw)
		return Inet4{Host: formatInet(AF_INET, ip[:]), Port: int(port)}, nil
	case AF_INET6:
		ip, port, flowinfo, scopeID := sockaddr.ParseInet6(raw)
		return Inet6{Host: formatInet(AF_INET6, ip[:]), Port: int(port), Flowinfo: flowinfo, ScopeID: scopeID}, nil
	case AF_UNIX:
		return Unix{Path: sockaddr.ParseUnix(raw)}, nil
	case AF_NETLINK:
		pid, groups := sockaddr.ParseNetlink(raw)
		return Netlink{PID: pid, Groups: groups}, nil
	case AF_QIPCRTR:
		node, port := sockaddr.ParseQipcrtr(raw)
		return Qipcrtr{Node: node, Port: port}, nil
	case AF_VSOCK:
		cid, port := sockaddr.ParseVsock(raw)
		return Vsock{CID: cid, Port: port}, nil
	case AF_PACKET:
		return s.decodePacket(raw), nil
	case AF_TIPC:
		return decodeTIPC(raw)
	case AF_CAN:
		return s.decodeCAN(raw), nil
	case AF_ALG:
		a := sockaddr.ParseAlg(raw)
		return Alg{Type: a.Type, Name: a.Name, Feature: a.Feature, Mask: a.Mask}, nil
	case AF_BLUETOOTH:
		return s.decodeBluetooth(raw)
	default:
		return Unknown{Family: family, Data: sockaddr.Data(raw)}, nil
	}
}

package socket

import (
	"fmt"
	"strings"

	"github.com/pyparity/pyparity/pyref/base/codecs"
)

// String is Python's repr of a socket (socket.__repr__): its descriptor, family, type
// and protocol, and the addresses that it has. Unlike Fileno it gives the descriptor
// to nobody.
func (s *Socket) String() string {
	s = s.orClosed()
	closed := s.Closed()
	var b strings.Builder
	b.WriteString("<socket.socket")
	if closed {
		b.WriteString(" [closed]")
	}
	fmt.Fprintf(&b, " fd=%d, family=%d, type=%d, proto=%d", s.desc.Fd(), s.family, s.typ, s.proto)
	if !closed {
		for _, end := range []struct {
			name string
			addr func() (Addr, error)
		}{{"laddr", s.GetSockName}, {"raddr", s.GetPeerName}} {
			if addr, err := end.addr(); err == nil && addr != nil && addr != (Addr)(Unix{}) {
				fmt.Fprintf(&b, ", %s=%s", end.name, pyStr(addr))
			}
		}
	}
	b.WriteString(">")
	return b.String()
}

// pyStr is Python's str of an address: the path itself, if it is one.
func pyStr(addr Addr) string {
	if a, ok := addr.(Unix); ok && !strings.HasPrefix(a.Path, "\x00") {
		return a.Path
	}
	return pyRepr(addr)
}

// pyRepr is Python's repr of an address. Families that are rarely seen have Go's form.
func pyRepr(addr Addr) string {
	switch a := addr.(type) {
	case nil:
		return "None"
	case Inet4:
		return fmt.Sprintf("(%s, %d)", codecs.Repr(a.Host), a.Port)
	case Inet6:
		return fmt.Sprintf("(%s, %d, %d, %d)", codecs.Repr(a.Host), a.Port, a.Flowinfo, a.ScopeID)
	case Unix:
		if strings.HasPrefix(a.Path, "\x00") {
			return codecs.ReprBytes(a.Path, false)
		}
		return codecs.Repr(a.Path)
	case Netlink:
		return fmt.Sprintf("(%d, %d)", a.PID, a.Groups)
	case Vsock:
		return fmt.Sprintf("(%d, %d)", a.CID, a.Port)
	}
	return fmt.Sprint(addr)
}

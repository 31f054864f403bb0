package socket

import (
	"fmt"
	"strings"
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
				fmt.Fprintf(&b, ", %s=%v", end.name, addr)
			}
		}
	}
	b.WriteString(">")
	return b.String()
}

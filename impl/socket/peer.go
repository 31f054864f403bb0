package socket

import "github.com/pyparity/pyparity/impl/internal/sockaddr"

// A peer is an address that a socket received from, in the kernel's form and in
// Python's. A socket keeps its last one: most programs receive from the same peer many
// times in a row, or answer whom they received from, and to build either form anew
// costs several allocations.
type peer struct {
	memory [sockaddr.MaxInetLen]byte
	length int
	addr   Addr
}

// raw is the kernel's form, which is not to be changed.
func (p *peer) raw() []byte { return p.memory[:p.length] }

// is reports whether the peer has this address. Addresses of other types are not kept,
// and need not be comparable.
func (p *peer) is(addr Addr) bool {
	switch addr := addr.(type) {
	case Inet4:
		last, ok := p.addr.(Inet4)
		return ok && last == addr
	case Inet6:
		last, ok := p.addr.(Inet6)
		return ok && last == addr
	}
	return false
}

// decodePeer is decode for the sender of what was received.
func (s *Socket) decodePeer(b *nameBuffer, length int) (Addr, error) {
	raw := b.memory[:min(length, len(b.memory))]
	if last := s.peer.Load(); last != nil && string(last.raw()) == string(raw) {
		return last.addr, nil
	}
	addr, err := s.decode(b, length)
	if err == nil && s.keepsPeer(addr) {
		p := &peer{addr: addr}
		p.length = copy(p.memory[:], raw)
		s.peer.Store(p)
	}
	return addr, err
}

// keepsPeer reports whether an address is one that the socket takes as it is given,
// whenever that is: an interface, say, may have another index by then.
func (s *Socket) keepsPeer(addr Addr) bool {
	switch addr := addr.(type) {
	case Inet4:
		return s.family == AF_INET
	case Inet6:
		return s.family == AF_INET6 && addr.Flowinfo <= maxFlowinfo
	}
	return false
}

// encodePeer is encode for the receiver of what is sent.
func (s *Socket) encodePeer(addr Addr, caller string) ([]byte, error) {
	if last := s.peer.Load(); last != nil && last.is(addr) {
		return last.raw(), nil
	}
	return s.encode(addr, caller)
}

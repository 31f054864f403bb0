package socket

import (
	"strings"
	"syscall"

	"github.com/pyparity/pyparity/pyref/base/unix"

	"github.com/pyparity/pyparity/impl/internal/sockaddr"
	"github.com/pyparity/pyparity/impl/pyerr"
)

// Packet is Python's tuple (ifname, proto, pkttype, hatype, addr) of an AF_PACKET
// socket.
type Packet struct {
	Interface    string // "" in a result if there is none, or it has no name any more
	Protocol     int    // of Ethernet, such as ETH_P_IP; 0 to 65535, in host byte order
	Type         uint8  // PACKET_HOST, …
	HardwareType uint16 // ARPHRD_ETHER, …
	Addr         []byte // the hardware address; at most 8 bytes as an argument
}

// Sockaddr encodes the address for an AF_PACKET socket. It fails with OSError if
// there is no such interface (ENODEV), with ValueError for a hardware address
// that is too long and OverflowError for a protocol out of range.
func (a Packet) Sockaddr(s *Socket, caller string) ([]byte, error) {
	s = s.orClosed()
	if s.family != AF_PACKET {
		return nil, s.mismatch("tuple", caller)
	}
	if err := checkText(a.Interface); err != nil {
		return nil, err
	}
	// Longer names are cut off, as there.
	index, err := s.interfaceIndex(a.Interface[:min(len(a.Interface), unix.IFNAMSIZ-1)])
	switch {
	case err != nil:
		return nil, err
	case len(a.Addr) > sockaddr.HardwareLen:
		return nil, pyerr.ValueError.New("Hardware address must be 8 bytes or less")
	case a.Protocol < 0 || a.Protocol > 0xffff:
		return nil, pyerr.OverflowError.Errorf("%s(): proto must be 0-65535.", caller)
	}
	return sockaddr.Packet{
		Index: index, Protocol: uint16(a.Protocol), Type: a.Type, Hardware: a.HardwareType, Addr: a.Addr,
	}.Encode(), nil
}

func (s *Socket) decodePacket(raw []byte) Packet {
	a := sockaddr.ParsePacket(raw)
	return Packet{
		Interface: s.interfaceName(a.Index), Protocol: int(a.Protocol), Type: a.Type, HardwareType: a.Hardware, Addr: a.Addr,
	}
}

// interfaceIndex asks the socket's network for the index of an interface. It
// fails with OSError: ENODEV.
func (s *Socket) interfaceIndex(name string) (int32, error) {
	name, _, _ = strings.Cut(name, "\x00")
	request, err := unix.NewIfreq(name)
	if err != nil {
		return 0, osError(err)
	}
	err = s.once(func(fd int) syscall.Errno { return errnoOf(unix.IoctlIfreq(fd, unix.SIOCGIFINDEX, request)) })
	return int32(request.Uint32()), err
}

// interfaceName is the name of the interface with an index; "" if there is none.
func (s *Socket) interfaceName(index int32) string {
	if index == 0 {
		return ""
	}
	request, err := unix.NewIfreq("")
	if err != nil {
		return ""
	}
	request.SetUint32(uint32(index))
	if s.once(func(fd int) syscall.Errno { return errnoOf(unix.IoctlIfreq(fd, unix.SIOCGIFNAME, request)) }) != nil {
		return ""
	}
	return request.Name()
}

package resolve

import (
	"bytes"
	"net/netip"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

func (kernelNetwork) addrs() (list []localAddr, ok bool) {
	rib, err := syscall.NetlinkRIB(unix.RTM_GETADDR, unix.AF_UNSPEC)
	if err != nil {
		return nil, false
	}
	messages, err := syscall.ParseNetlinkMessage(rib)
	if err != nil {
		return nil, false
	}
	for _, message := range messages {
		if message.Header.Type != unix.RTM_NEWADDR || len(message.Data) < unix.SizeofIfAddrmsg {
			continue
		}
		if local, ok := parseIfAddr(&message); ok {
			list = append(list, local)
		}
	}
	return list, true
}

func parseIfAddr(message *syscall.NetlinkMessage) (localAddr, bool) {
	attributes, err := syscall.ParseNetlinkRouteAttr(message)
	if err != nil {
		return localAddr{}, false
	}
	var header unix.IfAddrmsg
	copy(unsafe.Slice((*byte)(unsafe.Pointer(&header)), unix.SizeofIfAddrmsg), message.Data)
	var raw []byte
	for _, attribute := range attributes {
		if attribute.Attr.Type == unix.IFA_ADDRESS {
			raw = attribute.Value
			break
		}
		if attribute.Attr.Type == unix.IFA_LOCAL {
			raw = attribute.Value
		}
	}
	addr, ok := netip.AddrFromSlice(bytes.Clone(raw))
	if !ok || familyOf(addr) != int(header.Family) {
		return localAddr{}, false
	}
	return localAddr{
		addr:       addr,
		prefixLen:  int(header.Prefixlen),
		index:      header.Index,
		deprecated: header.Flags&(unix.IFA_F_DEPRECATED|unix.IFA_F_OPTIMISTIC) != 0,
		home:       header.Flags&unix.IFA_F_HOMEADDRESS != 0,
	}, true
}

// tunnels follows glibc's check_native.c.
func (kernelNetwork) tunnels() map[uint32]bool {
	found := make(map[uint32]bool)
	rib, err := syscall.NetlinkRIB(unix.RTM_GETLINK, unix.AF_UNSPEC)
	if err != nil {
		return found
	}
	messages, err := syscall.ParseNetlinkMessage(rib)
	if err != nil {
		return found
	}
	for _, message := range messages {
		if message.Header.Type != unix.RTM_NEWLINK || len(message.Data) < unix.SizeofIfInfomsg {
			continue
		}
		switch header := linkOf(message.Data); header.Type {
		case unix.ARPHRD_TUNNEL, unix.ARPHRD_TUNNEL6, unix.ARPHRD_SIT:
			found[header.index()] = true
		}
	}
	return found
}

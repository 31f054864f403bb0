package resolve

import (
	"bytes"
	"errors"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// IfNameIndex is if_nameindex(3): the interfaces in the kernel's order.
func IfNameIndex() ([]Interface, error) {
	rib, err := syscall.NetlinkRIB(unix.RTM_GETLINK, unix.AF_UNSPEC)
	if err != nil {
		return nil, err
	}
	messages, err := syscall.ParseNetlinkMessage(rib)
	if err != nil {
		return nil, err
	}
	var list []Interface
	for _, message := range messages {
		if message.Header.Type != unix.RTM_NEWLINK || len(message.Data) < unix.SizeofIfInfomsg {
			continue
		}
		attributes, err := syscall.ParseNetlinkRouteAttr(&message)
		if err != nil {
			return nil, err
		}
		for _, attribute := range attributes {
			if attribute.Attr.Type == unix.IFLA_IFNAME {
				name, _, _ := bytes.Cut(attribute.Value, []byte{0})
				list = append(list, Interface{Index: linkOf(message.Data).index(), Name: string(name)})
				break
			}
		}
	}
	return list, nil
}

// link is the header of a netlink message about an interface.
type link unix.IfInfomsg

// linkOf reads the header at the start of a message's data, which is long enough.
func linkOf(data []byte) link {
	var header link
	copy(unsafe.Slice((*byte)(unsafe.Pointer(&header)), unix.SizeofIfInfomsg), data)
	return header
}

func (l link) index() uint32 { return uint32(l.Index) }

// IfNameToIndex is if_nametoindex(3). The kernel is asked in the same way, so that alternative names
// work. The error is an errno, ENODEV if there is no such interface.
func IfNameToIndex(name string) (uint32, error) {
	ifreq, err := unix.NewIfreq(cString(name))
	if err != nil {
		return 0, unix.ENODEV // the name is too long
	}
	if err := askInterface(unix.SIOCGIFINDEX, ifreq); err != nil {
		return 0, err
	}
	return ifreq.Uint32(), nil
}

// IfIndexToName is if_indextoname(3). The error is an errno, ENXIO if there is no such interface.
func IfIndexToName(index uint32) (string, error) {
	ifreq, err := unix.NewIfreq("")
	if err != nil {
		return "", err
	}
	ifreq.SetUint32(index)
	err = askInterface(unix.SIOCGIFNAME, ifreq)
	if errors.Is(err, unix.ENODEV) {
		return "", unix.ENXIO
	}
	if err != nil {
		return "", err
	}
	return ifreq.Name(), nil
}

// askInterface makes one of the requests about interfaces, for which any socket will do.
func askInterface(request uint, ifreq *unix.Ifreq) error {
	fd, err := unix.Socket(unix.AF_UNIX, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		// glibc tries sockets of one family after another, and has this for whatever
		// the last of them failed with (__opensock).
		return unix.ENOENT
	}
	defer func() { _ = unix.Close(fd) }()
	return unix.IoctlIfreq(fd, request, ifreq)
}

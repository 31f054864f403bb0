package resolve

import (
	"errors"
	"net/netip"
	"unsafe"

	"golang.org/x/sys/unix"
)

// sourceProbe asks the kernel for the source addresses towards destinations, by connecting a UDP
// socket, which sends nothing. Like glibc it goes on with one socket, an IPv6 one for both families
// once it has come to that, because the kernel may remember something of the connection before.
type sourceProbe struct {
	fd     int // -1 if there is none
	family int
	err    error // why there is none
}

func newSourceProbe() *sourceProbe { return &sourceProbe{fd: -1} }

// source is the address from which the machine would send to info; the zero Addr if it cannot.
func (p *sourceProbe) source(info AddrInfo) netip.Addr {
	if p.fd < 0 || (p.family == unix.AF_INET && info.Family == unix.AF_INET6) {
		p.open(info.Family)
	} else {
		p.disconnect()
	}
	from, err := p.connect(info)
	if errors.Is(err, unix.EAFNOSUPPORT) && p.family == unix.AF_INET6 && info.Family == unix.AF_INET {
		// The machine keeps the families apart.
		p.open(unix.AF_INET)
		from, err = p.connect(info)
	}
	if err != nil {
		return netip.Addr{}
	}
	if info.Family == unix.AF_INET {
		return from.Unmap()
	}
	return from
}

func (p *sourceProbe) open(family int) {
	p.close()
	p.family = family
	p.fd, p.err = unix.Socket(family, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, unix.IPPROTO_IP)
	if p.err != nil {
		p.fd = -1
	}
}

func (p *sourceProbe) close() {
	if p.fd >= 0 {
		_ = unix.Close(p.fd)
		p.fd = -1
	}
}

// disconnect connects to AF_UNSPEC, for which x/sys has no address. Its failure shows in the next
// connection.
func (p *sourceProbe) disconnect() {
	unspec := unix.RawSockaddr{Family: unix.AF_UNSPEC}
	_, _, _ = unix.Syscall(unix.SYS_CONNECT, uintptr(p.fd), uintptr(unsafe.Pointer(&unspec)), unsafe.Sizeof(unspec))
}

func (p *sourceProbe) connect(info AddrInfo) (netip.Addr, error) {
	if p.fd < 0 {
		return netip.Addr{}, p.err
	}
	addr, port := info.Addr.Addr(), int(info.Addr.Port())
	var to unix.Sockaddr = &unix.SockaddrInet6{Port: port, ZoneId: info.ScopeID, Addr: addr.As16()}
	if info.Family == unix.AF_INET {
		to = &unix.SockaddrInet4{Port: port, Addr: addr.As4()}
	}
	if err := unix.Connect(p.fd, to); err != nil {
		return netip.Addr{}, err
	}
	from, err := unix.Getsockname(p.fd)
	if err != nil {
		return netip.Addr{}, err
	}
	switch from := from.(type) {
	case *unix.SockaddrInet4:
		return netip.AddrFrom4(from.Addr), nil
	case *unix.SockaddrInet6:
		return netip.AddrFrom16(from.Addr), nil
	}
	return netip.Addr{}, unix.EAFNOSUPPORT
}

package resolve

import (
	"net/netip"
	"os"
)

// network is what the resolver has to know of the machine it runs on. Tests have their own.
type network interface {
	// addrs lists the machine's addresses; ok is false if the kernel does not tell.
	addrs() (list []localAddr, ok bool)
	// tunnels are the interfaces that glibc does not take for native transport.
	tunnels() map[uint32]bool
	// hostname is the machine's name, "" if the kernel does not tell.
	hostname() string
	// prober gives the source addresses for one sort.
	prober() prober
}

// prober finds out from which address the machine would send.
type prober interface {
	// source is the address towards info, the zero Addr if there is no way.
	source(info AddrInfo) netip.Addr
	close()
}

// kernelNetwork is the machine as the kernel tells of it.
type kernelNetwork struct{}

func (kernelNetwork) prober() prober { return newSourceProbe() }

func (kernelNetwork) hostname() string {
	name, err := os.Hostname()
	if err != nil {
		return ""
	}
	return name
}

func (r *Resolver) network() network {
	if r.machine != nil {
		return r.machine
	}
	return kernelNetwork{}
}

// localAddr is an address of one of the machine's interfaces (struct in6addrinfo).
type localAddr struct {
	addr       netip.Addr
	prefixLen  int
	index      uint32
	deprecated bool
	home       bool
}

// reachable is glibc's __check_pf: which families have an address besides the loopback one, and the
// addresses. If the kernel does not tell, both families count. glibc drops the list when there is no
// IPv6 address besides ::1, and then sorts without it.
func reachable(machine network) (ipv4, ipv6 bool, list []localAddr) {
	list, ok := machine.addrs()
	if !ok {
		return true, true, nil
	}
	for _, local := range list {
		switch {
		case local.addr.Is4() && local.addr != netip.AddrFrom4([4]byte{127, 0, 0, 1}):
			ipv4 = true
		case local.addr.Is6() && local.addr != netip.IPv6Loopback():
			ipv6 = true
		}
	}
	if !ipv6 {
		list = nil
	}
	return ipv4, ipv6, list
}

// Interface is a network interface (struct if_nameindex).
type Interface struct {
	Index uint32
	Name  string
}

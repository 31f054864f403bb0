package resolve

import (
	"context"
	"net/netip"
	"slices"
	"strings"
	"syscall"

	"github.com/pyparity/pyparity/pyref/base/unix"
)

// HostByName is gethostbyname_r(3): the IPv4 addresses of a name, with its canonical name and the
// other names by which it was found. The error is a *HostError, or ctx's.
func (r *Resolver) HostByName(ctx context.Context, name string) (Host, error) {
	host, out := r.hostByName(ctx, cString(name))
	return host, hostError(ctx, out)
}

// hostByName returns success only with addresses.
func (r *Resolver) hostByName(ctx context.Context, name string) (Host, outcome) {
	if errno := r.configured(); errno != 0 {
		return Host{}, outcome{status: statusUnavail, herrno: NetDBInternal, errno: errno}
	}
	if host, out, decided := numericHost(name); decided {
		return host, out
	}
	host, out := r.walkHosts(func(source hostSource) (Host, outcome) {
		return source.byName(ctx, nameQuery{name: name, family: unix.AF_INET})
	})
	if out.status == statusSuccess && r.loadHostConf().reorder {
		r.reorder(host.Addrs)
	}
	return host, out
}

// numericHost decides names that are no names (nss/digits_dots.c): only digits and dots, not ending
// in a dot, must be an IPv4 address; a name that could be IPv6 has none.
func numericHost(name string) (host Host, out outcome, decided bool) {
	notFound := outcome{status: statusNotFound, herrno: HostNotFound}
	switch {
	case name == "":
		return Host{}, outcome{}, false
	case isDigit(name[0]) && strings.Trim(name, "0123456789.") == "" && !strings.HasSuffix(name, "."):
		addr, ok := inetAtonExact(name)
		if !ok {
			return Host{}, notFound, true
		}
		host = Host{Name: name, Family: unix.AF_INET, Addrs: []netip.Addr{addr}}
		return host, outcome{status: statusSuccess}, true
	case name[0] == ':' || (hexDigit(name[0]) >= 0 && strings.Contains(name, ":")):
		return Host{}, notFound, true
	}
	return Host{}, outcome{}, false
}

// HostByAddr is gethostbyaddr_r(3). The error is a *HostError, or ctx's. The result's family can
// differ from the address's: DNS answers for an IPv4 address that is mapped into IPv6.
func (r *Resolver) HostByAddr(ctx context.Context, addr netip.Addr) (Host, error) {
	host, out := r.hostByAddr(ctx, addr.WithZone(""))
	return host, hostError(ctx, out)
}

func (r *Resolver) hostByAddr(ctx context.Context, addr netip.Addr) (Host, outcome) {
	if errno := r.configured(); errno != 0 {
		return Host{}, outcome{status: statusUnavail, herrno: NetDBInternal, errno: errno}
	}
	if addr == netip.IPv6Unspecified() {
		return Host{}, outcome{status: statusNotFound, herrno: HostNotFound}
	}
	host, out := r.walkHosts(func(source hostSource) (Host, outcome) {
		return source.byAddr(ctx, addr)
	})
	if out.status != statusSuccess {
		return Host{}, out
	}
	conf := r.loadHostConf()
	if conf.reorder && host.Family == unix.AF_INET {
		r.reorder(host.Addrs)
	}
	host.Name = conf.trimmed(host.Name)
	// The aliases are the cached file's.
	host.Aliases = slices.Clone(host.Aliases)
	for i, alias := range host.Aliases {
		host.Aliases[i] = conf.trimmed(alias)
	}
	return host, out
}

// reorder swaps the first address that is on a local subnet to the front (host.conf, "reorder on").
func (r *Resolver) reorder(addrs []netip.Addr) {
	local, _ := r.network().addrs()
	for i, addr := range addrs {
		for _, on := range local {
			prefix := netip.PrefixFrom(on.addr, on.prefixLen)
			if on.addr.Is4() && prefix.Contains(addr) {
				addrs[0], addrs[i] = addrs[i], addrs[0]
				return
			}
		}
	}
}

// hostError turns an outcome into the error of the public functions.
func hostError(ctx context.Context, out outcome) error {
	if out.status == statusSuccess {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if out.herrno == herrnoKept {
		// The caller's variable stays as it was.
		out.herrno = NetDBSuccess
	}
	return &HostError{Code: out.herrno, Thread: out.thread, Errno: out.result()}
}

// result is the return value of the _r function.
func (o *outcome) result() syscall.Errno {
	switch {
	case o.status == statusSuccess || o.status == statusNotFound:
		return 0
	case o.status == statusTryAgain && o.herrno != NetDBInternal:
		return syscall.EAGAIN
	}
	return o.errno
}

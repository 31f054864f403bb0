package resolve

import (
	"context"
	"net/netip"
	"strconv"
	"strings"
)

// Flags of GetNameInfo, with Linux's values.
const (
	NINumericHost = 0x01
	NINumericServ = 0x02
	NINoFQDN      = 0x04
	NINameReqd    = 0x08
	NIDgram       = 0x10
	NIIDN         = 0x20

	// deprecatedNIIDN are two old flags that glibc takes and ignores.
	deprecatedNIIDN = 0xc0

	knownNIFlags = NINumericHost | NINumericServ | NINoFQDN | NINameReqd | NIDgram | NIIDN | deprecatedNIIDN
)

// The sizes of the buffers that CPython passes, with the NUL (NI_MAXHOST, NI_MAXSERV).
const (
	maxHostText = 1025
	maxServText = 32
)

// GetNameInfo is getnameinfo(3) for an address with an IPv6 scope. The error is an *Error, or ctx's.
func (r *Resolver) GetNameInfo(ctx context.Context, addr netip.AddrPort, scopeID uint32, flags int) (host, service string, err error) {
	if flags&^knownNIFlags != 0 {
		return "", "", &Error{Code: EAIBadFlags}
	}
	host, err = r.hostText(ctx, addr.Addr().WithZone(""), scopeID, flags)
	if err != nil {
		return "", "", err
	}
	service = r.servText(addr.Port(), flags)
	if len(host) >= maxHostText || len(service) >= maxServText {
		return "", "", &Error{Code: EAIOverflow}
	}
	return host, service, nil
}

// hostText is the address's name if it has one and may be looked up, or its text.
func (r *Resolver) hostText(ctx context.Context, addr netip.Addr, scopeID uint32, flags int) (string, error) {
	if flags&NINumericHost == 0 {
		host, out := r.hostByAddr(ctx, addr)
		switch {
		case out.status == statusSuccess && flags&NINoFQDN != 0:
			return shortName(host.Name, r.localDomain(ctx)), nil
		case out.status == statusSuccess:
			return host.Name, nil
		case ctx.Err() != nil:
			return "", ctx.Err()
		case out.herrno == NetDBInternal:
			leaveHErrno(ctx, out.herrno)
			return "", &Error{Code: EAISystem, Errno: out.errno}
		case out.herrno == TryAgain:
			return "", &Error{Code: EAIAgain}
		}
	}
	if flags&NINameReqd != 0 {
		return "", &Error{Code: EAINoName}
	}
	text := ntop(addr)
	if addr.Is4() || scopeID == 0 {
		return text, nil
	}
	return text + "%" + scopeText(addr, scopeID), nil
}

// scopeText is an interface's name for an address that is bound to one, otherwise a number.
func scopeText(addr netip.Addr, scopeID uint32) string {
	if isLinkLocal(addr) || isMulticast(addr, 2) {
		if name, err := IfIndexToName(scopeID); err == nil {
			return name
		}
	}
	return strconv.FormatUint(uint64(scopeID), 10)
}

// servText is the service at a port, or the port.
func (r *Resolver) servText(port uint16, flags int) string {
	if flags&NINumericServ == 0 {
		proto := "tcp"
		if flags&NIDgram != 0 {
			proto = "udp"
		}
		if entry, ok := r.ServByPort(port, &proto); ok {
			return entry.Name
		}
	}
	return strconv.Itoa(int(port))
}

// localDomain guesses the machine's domain as glibc does (nrl_domainname), once a process there: the
// domain of localhost's name, of the host name, of the host name's own lookup, of 127.0.0.1.
func (r *Resolver) localDomain(ctx context.Context) string {
	if domain := domainOf(r.hostByName(ctx, "localhost")); domain != "" {
		return domain
	}
	name := r.network().hostname()
	if _, domain, found := strings.Cut(name, "."); found {
		return domain
	}
	if domain := domainOf(r.hostByName(ctx, name)); domain != "" {
		return domain
	}
	return domainOf(r.hostByAddr(ctx, netip.AddrFrom4([4]byte{127, 0, 0, 1})))
}

// domainOf is what follows the first dot of a host's name.
func domainOf(host Host, out outcome) string {
	if out.status != statusSuccess {
		return ""
	}
	_, domain, _ := strings.Cut(host.Name, ".")
	return domain
}

// shortName cuts the local domain off a name.
func shortName(name, domain string) string {
	at := strings.Index(name, domain)
	if domain == "" || at < 1 || name[at-1] != '.' {
		return name
	}
	return name[:at-1]
}

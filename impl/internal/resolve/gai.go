package resolve

import (
	"context"
	"net/netip"
	"strings"
	"syscall"

	"github.com/pyparity/pyparity/pyref/base/unix"
)

// Flags of Hints, with Linux's values.
const (
	AIPassive     = 0x001
	AICanonName   = 0x002
	AINumericHost = 0x004
	AIV4Mapped    = 0x008
	AIAll         = 0x010
	AIAddrConfig  = 0x020
	AIIDN         = 0x040
	AICanonIDN    = 0x080
	AINumericServ = 0x400

	// deprecatedIDN are two old flags that glibc takes and ignores.
	deprecatedIDN = 0x300

	knownFlags = AIPassive | AICanonName | AINumericHost | AIV4Mapped | AIAll | AIAddrConfig |
		AIIDN | AICanonIDN | AINumericServ | deprecatedIDN
)

// Hints say what kind of results are wanted; zero is any.
type Hints struct{ Family, Type, Proto, Flags int }

// AddrInfo is a result. Addr has no zone: an IPv6 address's scope is ScopeID. CanonName is set in the
// first result only, and only if it was asked for.
type AddrInfo struct {
	Family, Type, Proto int
	CanonName           string
	Addr                netip.AddrPort
	ScopeID             uint32
}

// GetAddrInfo is getaddrinfo(3). A nil host is the local machine, a nil service no port. The error is
// an *Error, or ctx's when that ended the lookup.
func (r *Resolver) GetAddrInfo(ctx context.Context, host, service *string, hints Hints) ([]AddrInfo, error) {
	results, code, errno := r.getAddrInfo(ctx, cArgument(host), cArgument(service), hints)
	switch {
	case code == 0:
		return results, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	}
	return nil, &Error{Code: code, Errno: errno}
}

// cArgument is an argument as C sees it: "*" stands for NULL.
func cArgument(arg *string) *string {
	if arg == nil {
		return nil
	}
	text := cString(*arg)
	if text == "*" {
		return nil
	}
	return &text
}

func (r *Resolver) getAddrInfo(ctx context.Context, host, service *string, hints Hints) ([]AddrInfo, int, syscall.Errno) {
	switch {
	case host == nil && service == nil:
		return nil, EAINoName, 0
	case hints.Flags&^knownFlags != 0, hints.Flags&AICanonName != 0 && host == nil:
		return nil, EAIBadFlags, 0
	case hints.Family != unix.AF_UNSPEC && hints.Family != unix.AF_INET && hints.Family != unix.AF_INET6:
		return nil, EAIFamily, 0
	}
	if hints.Flags&AIAddrConfig != 0 {
		narrowed, ok := r.addrConfig(hints.Family)
		if !ok {
			return nil, EAINoName, 0
		}
		hints.Family = narrowed
	}
	wanted := parseServiceArg(service)
	if wanted.byName && hints.Flags&AINumericServ != 0 && !isNumber(wanted.name) {
		return nil, EAINoName, 0
	}
	tuples, code := r.servTuples(wanted, hints)
	if code != 0 {
		return nil, code, 0
	}
	search := &addrSearch{resolver: r, hints: hints, herrno: keptHErrno(ctx)}
	if code := search.run(ctx, host); code != 0 {
		return nil, code, search.errno
	}
	results := search.results(tuples)
	if len(results) > len(tuples) {
		_, _, local := reachable(r.network())
		r.sortResults(results, local)
	}
	if len(results) == 0 {
		return nil, EAINoName, 0
	}
	results[0].CanonName = search.canonical
	return results, 0, 0
}

// isNumber tells whether all of a service argument is a number.
func isNumber(s string) bool {
	_, rest, _ := strtoul(s, 10)
	return rest == ""
}

// addrConfig narrows an open family to the only one that the machine has an address of. ok is false
// if it has none of the family that was asked for. Loopback addresses do not count.
func (r *Resolver) addrConfig(family int) (narrowed int, ok bool) {
	ipv4, ipv6, _ := reachable(r.network())
	switch {
	case family == unix.AF_UNSPEC && ipv4 && !ipv6:
		return unix.AF_INET, true
	case family == unix.AF_UNSPEC && ipv6 && !ipv4:
		return unix.AF_INET6, true
	case family == unix.AF_INET && !ipv4, family == unix.AF_INET6 && !ipv6:
		return family, false
	}
	return family, true
}

// scopedAddr is an address that was found.
type scopedAddr struct {
	addr  netip.Addr
	scope uint32
}

// addrSearch is the search for a host's addresses (gaih_inet), its error variables included.
type addrSearch struct {
	resolver *Resolver
	hints    Hints

	addrs     []scopedAddr
	canonical string
	// gotIPv6 says that the search for IPv6 found something, which makes mapped addresses redundant.
	gotIPv6 bool
	herrno  int
	errno   syscall.Errno
}

// run finds the addresses or returns an EAI code: from the name's text, or else by looking it up.
func (s *addrSearch) run(ctx context.Context, host *string) int {
	if host == nil {
		s.local()
		return 0
	}
	name := *host
	if s.hints.Flags&AIIDN != 0 && !isASCII(name) {
		return EAIIDNEncode
	}
	if decided, code := s.numeric(name); decided {
		return code
	}
	if s.hints.Family == unix.AF_INET && s.hints.Flags&AICanonName == 0 {
		return s.simple(ctx, name)
	}
	if code := s.sources(ctx, name); code != 0 {
		return code
	}
	if len(s.addrs) == 0 {
		return EAINoName
	}
	if s.hints.Flags&AICanonName != 0 && s.canonical == "" {
		s.canonical = name
	}
	return 0
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(c rune) bool { return c >= 0x80 }) < 0
}

// local is no host: the wildcard addresses to bind to, or the loopback ones to connect to.
func (s *addrSearch) local() {
	ipv6, ipv4 := netip.IPv6Loopback(), netip.AddrFrom4([4]byte{127, 0, 0, 1})
	if s.hints.Flags&AIPassive != 0 {
		ipv6, ipv4 = netip.IPv6Unspecified(), netip.IPv4Unspecified()
	}
	if s.hints.Family != unix.AF_INET {
		s.addrs = append(s.addrs, scopedAddr{addr: ipv6})
	}
	if s.hints.Family != unix.AF_INET6 {
		s.addrs = append(s.addrs, scopedAddr{addr: ipv4})
	}
}

// numeric takes a name that is an address (text_to_binary_address). decided is false if it is none
// and may be looked up.
func (s *addrSearch) numeric(name string) (decided bool, code int) {
	found := scopedAddr{}
	host, scope, scoped := strings.Cut(name, "%")
	if addr, ok := inetAtonExact(name); ok {
		switch {
		case s.hints.Family != unix.AF_INET6:
			found.addr = addr
		case s.hints.Flags&AIV4Mapped != 0:
			found.addr = mapped(addr)
		default:
			return true, EAIAddrFamily
		}
	} else if addr, ok := pton6(host); ok {
		switch {
		case s.hints.Family != unix.AF_INET:
			found.addr = addr
		case addr.Is4In6():
			found.addr = addr.Unmap()
			// glibc has moved the IPv4 address to the front by the time that it looks at
			// the scope, so that 254.128.0.0/10 counts as local to a link.
			raw := addr.As16()
			copy(raw[:4], raw[12:])
			addr = netip.AddrFrom16(raw)
		default:
			return true, EAIAddrFamily
		}
		if scoped {
			if found.scope, ok = parseScope(addr, scope); !ok {
				return true, EAINoName
			}
		}
	} else {
		return s.hints.Flags&AINumericHost != 0, EAINoName
	}
	s.addrs = []scopedAddr{found}
	if s.hints.Flags&AICanonName != 0 {
		s.canonical = name
	}
	return true, 0
}

// simple is the search for IPv4 alone, which goes through gethostbyname2_r.
func (s *addrSearch) simple(ctx context.Context, name string) int {
	host, out := s.resolver.hostByName(ctx, name)
	leaveHErrno(ctx, out.herrno)
	if out.status == statusSuccess {
		s.take(host, unix.AF_INET)
		return 0
	}
	if out.result() == 0 {
		if out.herrno == NoData {
			return EAINoData
		}
		return EAINoName
	}
	switch out.herrno {
	case NetDBInternal:
		s.errno = out.errno
		return EAISystem
	case TryAgain:
		return EAIAgain
	}
	return EAINoData
}

// take adds the addresses of a lookup of one family. IPv4 addresses become mapped ones if IPv6 was
// asked for.
func (s *addrSearch) take(host Host, family int) {
	s.gotIPv6 = family == unix.AF_INET6
	for _, addr := range host.Addrs {
		if s.hints.Family == unix.AF_INET6 {
			addr = mapped(addr)
		}
		s.addrs = append(s.addrs, scopedAddr{addr: addr})
	}
}

// results pairs each address with each socket type (generate_addrinfo).
func (s *addrSearch) results(tuples []servTuple) []AddrInfo {
	redundant := s.gotIPv6 && s.hints.Flags&(AIV4Mapped|AIAll) == AIV4Mapped
	var list []AddrInfo
	for _, found := range s.addrs {
		if redundant && found.addr.Is4In6() {
			continue
		}
		for _, tuple := range tuples {
			list = append(list, AddrInfo{
				Family:  familyOf(found.addr),
				Type:    tuple.socktype,
				Proto:   tuple.protocol,
				Addr:    netip.AddrPortFrom(found.addr, tuple.port),
				ScopeID: found.scope,
			})
		}
	}
	return list
}

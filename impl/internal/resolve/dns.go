package resolve

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"syscall"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/pyparity/pyparity/pyref/base/unix"
)

// dnsSource is the "dns" source of host names (resolv/nss_dns/dns-host.c).
type dnsSource struct {
	resolver *Resolver
	conf     resolvConf
}

func (r *Resolver) dnsSource() *dnsSource {
	return &dnsSource{resolver: r, conf: r.loadResolvConf()}
}

func (s *dnsSource) lookup() *lookupDNS {
	return &lookupDNS{transport: &transport{conf: &s.conf, rotation: &s.resolver.rotation}, getenv: s.resolver.getenv}
}

var notAHostName = outcome{status: statusNotFound, herrno: HostNotFound}

func (s *dnsSource) byName(ctx context.Context, query nameQuery) (Host, outcome) {
	if !query.canonical && !isHostName(query.name) {
		return Host{}, notAHostName
	}
	qtype := dnsmessage.TypeA
	if query.family == unix.AF_INET6 {
		qtype = dnsmessage.TypeAAAA
	}
	lookup := s.lookup()
	responses, failed := lookup.search(ctx, query.name, []dnsmessage.Type{qtype})
	if failed != found {
		return Host{}, searchOutcome(failed)
	}
	host, out := hostFrom(responses[0], qtype, s.resolver.aliasesAreHosts())
	if out.status == statusTryAgain && len(host.Aliases) > 0 && s.resolver.aliasIsNotFound() {
		out.status = statusNotFound
	}
	out.thread = lookup.herrno
	host.Family = query.family
	if query.family == unix.AF_INET {
		sortByList(host.Addrs, s.conf.sortlist)
	}
	return host, out
}

func (s *dnsSource) byNameAll(ctx context.Context, name string) ([]netip.Addr, string, outcome) {
	if !isHostName(name) {
		return nil, "", notAHostName
	}
	types := []dnsmessage.Type{dnsmessage.TypeA, dnsmessage.TypeAAAA}
	if s.conf.noAAAA {
		types = types[:1]
	}
	responses, failed := s.lookup().search(ctx, name, types)
	if failed != found {
		return nil, "", searchOutcome(failed)
	}
	var addrs []netip.Addr
	var canonical string
	result := outcome{status: statusNotFound}
	for _, message := range responses {
		more, name, out := tuplesFrom(message, s.resolver.aliasesAreHosts())
		addrs = append(addrs, more...)
		if canonical == "" {
			canonical = name
		}
		// Success stays; otherwise a later response counts if it says more than "not found".
		result.herrno, result.errno = out.herrno, out.errno
		if result.status != statusSuccess && out.status != statusNotFound {
			result.status = out.status
		}
		if result.status == statusUnavail {
			break
		}
	}
	if result.status != statusSuccess {
		return nil, "", result
	}
	return addrs, canonical, result
}

func (s *dnsSource) byAddr(ctx context.Context, addr netip.Addr) (Host, outcome) {
	addr = embedded4(addr)
	responses, failed := s.lookup().query(ctx, reverseName(addr), []dnsmessage.Type{dnsmessage.TypePTR})
	if failed != found {
		return Host{}, outcome{status: statusNotFound, herrno: failed.herrno, thread: failed.herrno, errno: failed.errno}
	}
	name, out := pointerFrom(responses[0])
	return Host{Name: name, Family: familyOf(addr), Addrs: []netip.Addr{addr}}, out
}

// embedded4 is the IPv4 address of a mapped or compatible IPv6 address; ::1 is neither.
func embedded4(addr netip.Addr) netip.Addr {
	if addr.Is4() || addr.Is4In6() {
		return addr.Unmap()
	}
	for i := range 3 {
		if word(addr, i) != 0 {
			return addr
		}
	}
	raw := addr.As16()
	if word(addr, 3) == 1 {
		return addr
	}
	return netip.AddrFrom4([4]byte(raw[12:]))
}

// reverseName is the name under which DNS has an address's name.
func reverseName(addr netip.Addr) string {
	raw := addr.AsSlice()
	slices.Reverse(raw)
	var name strings.Builder
	if addr.Is4() {
		for _, part := range raw {
			fmt.Fprintf(&name, "%d.", part)
		}
		return name.String() + "in-addr.arpa"
	}
	for _, part := range raw {
		fmt.Fprintf(&name, "%x.%x.", part&0xf, part>>4)
	}
	return name.String() + "ip6.arpa"
}

// searchOutcome judges a failed search as the module does, by errno.
func searchOutcome(failed failure) outcome {
	out := outcome{status: statusNotFound, herrno: failed.herrno, thread: failed.herrno, errno: failed.errno}
	switch failed.errno {
	case syscall.ESRCH:
		out.status, out.herrno, out.thread = statusTryAgain, TryAgain, TryAgain
	case syscall.EMFILE, syscall.ENFILE:
		out.status, out.herrno, out.thread = statusUnavail, NetDBInternal, NetDBInternal
	case syscall.ECONNREFUSED, syscall.ETIMEDOUT:
		out.status = statusUnavail
	}
	if out.herrno == TryAgain {
		out.errno = syscall.EAGAIN
	}
	return out
}

// badMessage is the outcome of a response that cannot be read.
var badMessage = outcome{status: statusUnavail, herrno: NoRecovery, errno: syscall.EMSGSIZE}

// walkAnswers calls visit with each answer's header and the parser at its data until visit returns
// false. visit must take the data or skip it.
func walkAnswers(message response, visit func(*dnsmessage.Parser, dnsmessage.ResourceHeader) (bool, error)) error {
	var parser dnsmessage.Parser
	if _, err := parser.Start(message); err != nil {
		return err
	}
	if err := parser.SkipAllQuestions(); err != nil {
		return err
	}
	for {
		header, err := parser.AnswerHeader()
		if errors.Is(err, dnsmessage.ErrSectionDone) {
			return nil
		}
		if err != nil {
			return err
		}
		if more, err := visit(&parser, header); err != nil || !more {
			return err
		}
	}
}

// questionName is the name in a response's question.
func questionName(message response) (dnsmessage.Name, error) {
	var parser dnsmessage.Parser
	if _, err := parser.Start(message); err != nil {
		return dnsmessage.Name{}, err
	}
	question, err := parser.Question()
	return question.Name, err
}

// address reads the address of a record of the type that was asked for. Records of another length
// are skipped, as are those of another type or name.
func address(parser *dnsmessage.Parser, header dnsmessage.ResourceHeader, qtype dnsmessage.Type, owner dnsmessage.Name) (netip.Addr, error) {
	if header.Type == qtype && sameName(header.Name, owner) {
		switch {
		case qtype == dnsmessage.TypeA && header.Length == 4:
			body, err := parser.AResource()
			return netip.AddrFrom4(body.A), err
		case qtype == dnsmessage.TypeAAAA && header.Length == 16:
			body, err := parser.AAAAResource()
			return netip.AddrFrom16(body.AAAA), err
		}
	}
	return netip.Addr{}, parser.SkipAnswer()
}

// hostFrom reads a response for one type (getanswer_r): the name asked for and the names of the
// CNAME chain; the last of them is the host's, the others are aliases. A CNAME's owner is not
// checked. Strict is aliasesAreHosts.
func hostFrom(message response, qtype dnsmessage.Type, strict bool) (Host, outcome) {
	expected, err := questionName(message)
	if err != nil {
		return Host{}, badMessage
	}
	if message.rcode() == dnsmessage.RCodeNameError || !isHost(expected) {
		return Host{}, outcome{status: statusNotFound, herrno: HostNotFound, errno: syscall.ENOENT}
	}
	names := []string{hostText(expected)}
	var host Host
	err = walkAnswers(message, func(parser *dnsmessage.Parser, header dnsmessage.ResourceHeader) (bool, error) {
		switch {
		case header.Class != dnsmessage.ClassINET:
			return true, parser.SkipAnswer()
		case header.Type == dnsmessage.TypeCNAME:
			body, err := parser.CNAMEResource()
			host := err == nil && isHost(body.CNAME)
			if host || !strict {
				expected = body.CNAME
			}
			if host {
				names = append(names, hostText(expected))
			}
			return true, err
		}
		addr, err := address(parser, header, qtype, expected)
		if addr.IsValid() && err == nil {
			host.Addrs = append(host.Addrs, addr)
		}
		return true, err
	})
	if err != nil {
		return Host{}, badMessage
	}
	host.Name = names[len(names)-1]
	host.Aliases = names[:len(names)-1]
	if len(host.Addrs) == 0 {
		return host, outcome{status: statusTryAgain, herrno: NoRecovery, errno: syscall.ENOENT}
	}
	return host, outcome{status: statusSuccess}
}

// tuplesFrom reads one response of two (gaih_getanswer_slice): its addresses, and the canonical
// name if it has any. Strict is aliasesAreHosts: then it is no result at all, which is not the same as
// one that is not found, if nothing counts.
func tuplesFrom(message response, strict bool) (addrs []netip.Addr, canonical string, out outcome) {
	notFound := outcome{status: statusNotFound, herrno: HostNotFound}
	if message.answers() == 0 {
		return nil, "", notFound
	}
	var parser dnsmessage.Parser
	if _, err := parser.Start(message); err != nil {
		return nil, "", badMessage
	}
	question, err := parser.Question()
	if err != nil {
		return nil, "", badMessage
	}
	if !isHost(question.Name) {
		return nil, "", notFound
	}
	expected, last := question.Name, question.Name
	aliased := false
	err = walkAnswers(message, func(parser *dnsmessage.Parser, header dnsmessage.ResourceHeader) (bool, error) {
		if header.Type == dnsmessage.TypeCNAME {
			body, err := parser.CNAMEResource()
			host := err == nil && isHost(body.CNAME)
			if host || !strict {
				expected = body.CNAME
			}
			if host {
				last, aliased = expected, true
			}
			return true, err
		}
		addr, err := address(parser, header, question.Type, expected)
		if addr.IsValid() && err == nil {
			if len(addrs) == 0 {
				canonical = hostText(last)
			}
			addrs = append(addrs, addr)
		}
		return true, err
	})
	switch {
	case err != nil:
		return nil, "", badMessage
	case len(addrs) == 0 && strict && !aliased:
		return nil, "", outcome{status: statusTryAgain, herrno: NetDBInternal}
	case len(addrs) == 0:
		return nil, "", notFound
	}
	return addrs, canonical, outcome{status: statusSuccess}
}

// pointerFrom reads the name that an address has (getanswer_ptr): the first PTR record's, which may be
// behind CNAMEs, as RFC 2317's delegations are. It has to be a host name.
func pointerFrom(message response) (string, outcome) {
	expected, err := questionName(message)
	if err != nil {
		return "", badMessage
	}
	var target dnsmessage.Name
	err = walkAnswers(message, func(parser *dnsmessage.Parser, header dnsmessage.ResourceHeader) (bool, error) {
		switch {
		case header.Class == dnsmessage.ClassINET && header.Type == dnsmessage.TypeCNAME:
			body, err := parser.CNAMEResource()
			expected = body.CNAME
			return true, err
		case header.Class == dnsmessage.ClassINET && header.Type == dnsmessage.TypePTR && sameName(header.Name, expected):
			body, err := parser.PTRResource()
			target = body.PTR
			return false, err
		}
		return true, parser.SkipAnswer()
	})
	switch {
	case err != nil || (target.Length > 0 && !isHost(target)):
		return "", badMessage
	case target.Length == 0:
		return "", outcome{status: statusTryAgain, herrno: NoRecovery, errno: syscall.ENOENT}
	}
	return hostText(target), outcome{status: statusSuccess}
}

// sortByList orders addresses by the first entry of resolv.conf's sortlist that holds them.
func sortByList(addrs []netip.Addr, list []sortEntry) {
	rank := func(addr netip.Addr) int {
		i := slices.IndexFunc(list, func(e sortEntry) bool { return word(addr, 3)&e.mask == e.net })
		if i < 0 {
			return len(list)
		}
		return i
	}
	slices.SortStableFunc(addrs, func(a, b netip.Addr) int { return rank(a) - rank(b) })
}

package resolve

import (
	"context"
	"syscall"

	"github.com/pyparity/pyparity/pyref/base/unix"
)

// noData is what a lookup that found nothing says of the name.
type noData int

const (
	dataUnknown noData = iota // nothing: it may not even exist
	dataNone                  // it exists, without such addresses
	dataAgain                 // ask again later
)

// judge tells from h_errno.
func judge(herrno int) noData {
	switch herrno {
	case TryAgain:
		return dataAgain
	case NoData:
		return dataNone
	}
	return dataUnknown
}

// sources asks the sources of the hosts database (get_nss_addresses). It differs from walkHosts: a
// source that is not installed has an outcome of its own, and the families' outcomes are combined.
// Finding nothing is not an error by itself.
func (s *addrSearch) sources(ctx context.Context, name string) int {
	list, errno := s.resolver.sources("hosts")
	s.errno = errno
	if errno := s.resolver.configured(); errno != 0 {
		// The failure shows only if a lookup before has left that h_errno.
		list, s.errno = nil, errno
	}
	last := statusUnavail
	var any4, any6 noData
	merging := false
	for i := range list {
		s.addrs, s.canonical, s.gotIPv6 = nil, "", false
		if merging {
			// Hosts cannot be merged, so that nothing is left.
			s.herrno, s.errno = NetDBInternal, syscall.EBUSY
			break
		}
		var fatal bool
		module := s.resolver.hostSource(list[i].module)
		switch {
		case module == nil:
			s.herrno, s.errno = NetDBInternal, syscall.EBUSY
			last, any4 = statusUnavail, dataUnknown
		case s.hints.Family == unix.AF_UNSPEC:
			last, any4 = s.both(ctx, module, name)
			any6 = any4
		default:
			last, any4, any6, fatal = s.each(ctx, module, name)
		}
		if fatal {
			return EAISystem
		}
		act := list[i].after(last)
		if act == actionReturn {
			break
		}
		merging = act == actionMerge
	}
	switch {
	case last != statusSuccess && last != statusNotFound && s.herrno == NetDBInternal:
		return EAISystem
	case any4 == dataAgain && any6 == dataAgain:
		return EAIAgain
	case any4 != dataUnknown && any6 != dataUnknown:
		return EAINoData
	}
	return 0
}

// record keeps the error variables that a source has set.
func (s *addrSearch) record(ctx context.Context, out outcome) {
	leaveHErrno(ctx, out.herrno)
	if out.herrno != herrnoKept {
		s.herrno = out.herrno
	}
	if out.errno != 0 {
		s.errno = out.errno
	}
}

// both asks a source for both families at once.
func (s *addrSearch) both(ctx context.Context, module hostSource, name string) (status, noData) {
	addrs, canonical, out := module.byNameAll(ctx, name)
	s.record(ctx, out)
	if out.status != statusSuccess {
		return out.status, judge(s.herrno)
	}
	for _, addr := range addrs {
		s.addrs = append(s.addrs, scopedAddr{addr: addr})
	}
	if s.hints.Flags&AICanonName != 0 {
		s.canonical = canonical
	}
	return statusSuccess, dataUnknown
}

// each asks a source for one family, and for IPv4 after IPv6 if mapped addresses are wanted. fatal
// ends the search with EAI_SYSTEM.
func (s *addrSearch) each(ctx context.Context, module hostSource, name string) (last status, any4, any6 noData, fatal bool) {
	status6 := statusUnavail
	if s.hints.Family == unix.AF_INET6 {
		if last, any4, fatal = s.one(ctx, module, name, unix.AF_INET6); fatal {
			return last, any4, any6, true
		}
		status6, any6 = last, any4
	}
	mapped := s.hints.Flags&AIV4Mapped != 0 && (s.hints.Flags&AIAll != 0 || !s.gotIPv6)
	if s.hints.Family == unix.AF_INET || mapped {
		if last, any4, fatal = s.one(ctx, module, name, unix.AF_INET); fatal {
			return last, any4, any6, true
		}
		if s.hints.Family == unix.AF_INET {
			status6, any6 = last, any4
		}
	}
	switch {
	case status6 == statusSuccess || last == statusSuccess:
		last = statusSuccess
	case status6 == statusTryAgain:
		last = statusTryAgain
	case last == statusUnavail && status6 != statusUnavail:
		last = status6
	}
	return last, any4, any6, false
}

// one asks a source for one family (gethosts).
func (s *addrSearch) one(ctx context.Context, module hostSource, name string, family int) (st status, data noData, fatal bool) {
	wantName := s.hints.Flags&AICanonName != 0
	host, out := module.byName(ctx, nameQuery{name: name, family: family, canonical: wantName})
	s.record(ctx, out)
	if out.status != statusSuccess {
		return out.status, judge(s.herrno), s.herrno == NetDBInternal
	}
	s.take(host, family)
	if wantName && s.canonical == "" {
		s.canonical = host.Name
	}
	return statusSuccess, dataUnknown, false
}

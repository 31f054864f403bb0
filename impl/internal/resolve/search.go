package resolve

import (
	"bufio"
	"context"
	"os"
	"slices"
	"strings"
	"syscall"

	"golang.org/x/net/dns/dnsmessage"
)

// lookupDNS is a lookup of one name, in the state that glibc's resolver keeps of it.
type lookupDNS struct {
	*transport
	getenv func(string) (string, bool)
	// herrno is what the lookup leaves in the thread's h_errno; a success does not touch it.
	herrno int
}

// leave sets the thread's h_errno.
func (l *lookupDNS) leave(ctx context.Context, herrno int) {
	l.herrno = herrno
	leaveHErrno(ctx, herrno)
}

// failure is why a name was not found: h_errno, and errno as far as the caller looks at it.
type failure struct {
	herrno int
	errno  syscall.Errno
}

var found = failure{}

// search asks for a name under the rules of resolv.conf's search list (__res_context_search).
func (l *lookupDNS) search(ctx context.Context, name string, types []dnsmessage.Type) ([]response, failure) {
	responses, failed := l.searchList(ctx, name, types)
	if failed != found {
		l.leave(ctx, failed.herrno)
	}
	return responses, failed
}

func (l *lookupDNS) searchList(ctx context.Context, name string, types []dnsmessage.Type) ([]response, failure) {
	if alias, ok := l.hostAlias(name); ok {
		// The module replaces the name, and the search does so once more but does not search then.
		name = alias
		if alias, ok = l.hostAlias(name); ok {
			return l.query(ctx, alias, types)
		}
	}
	dots := strings.Count(name, ".")
	absolute := strings.HasSuffix(name, ".")
	l.leave(ctx, HostNotFound)
	why := failure{herrno: HostNotFound}
	asIs, early := false, 0
	if dots >= l.conf.ndots || absolute {
		responses, failed := l.queryAsIs(ctx, name, types)
		if failed == found || absolute {
			return responses, failed
		}
		why, asIs, early = failed, true, failed.herrno
	}
	noData, serverFailed, rootListed := false, false, false
	for _, domain := range l.domains(absolute) {
		domain = strings.TrimPrefix(domain, ".")
		rootListed = rootListed || domain == ""
		responses, failed := l.queryDomain(ctx, name, domain, types)
		if failed == found {
			return responses, found
		}
		if why = failed; failed.errno == syscall.ECONNREFUSED {
			return nil, failure{herrno: TryAgain, errno: failed.errno}
		}
		noData = noData || failed.herrno == NoData
		again := failed.herrno == TryAgain && l.rcode == dnsmessage.RCodeServerFailure
		serverFailed = serverFailed || again
		if failed.herrno != NoData && failed.herrno != HostNotFound && !again {
			break
		}
	}
	searched := len(l.domains(absolute)) > 0
	if (dots > 0 || !searched || !l.conf.noTLDQuery) && !asIs && !rootListed {
		responses, failed := l.queryAsIs(ctx, name, types)
		if failed == found {
			return responses, found
		}
		why = failed
	}
	// The first full query explains best; else an answer without data; else a server's failure.
	switch {
	case asIs:
		why.herrno = early
	case noData:
		why.herrno = NoData
	case serverFailed:
		why.herrno = TryAgain
	}
	return nil, why
}

func (l *lookupDNS) domains(absolute bool) []string {
	if absolute {
		return nil
	}
	return l.conf.search
}

// maxDName is glibc's MAXDNAME, the buffer for a name with its domain.
const maxDName = 1025

func (l *lookupDNS) queryAsIs(ctx context.Context, name string, types []dnsmessage.Type) ([]response, failure) {
	if name == "" || len(name) >= maxDName {
		return nil, failure{herrno: NoRecovery}
	}
	return l.query(ctx, name, types)
}

func (l *lookupDNS) queryDomain(ctx context.Context, name, domain string, types []dnsmessage.Type) ([]response, failure) {
	if len(name)+len(domain)+1 >= maxDName {
		return nil, failure{herrno: NoRecovery}
	}
	return l.query(ctx, name+"."+domain, types)
}

// query asks for a full name. ask judges the responses together (__res_context_query): one with
// answers is success.
func (l *lookupDNS) query(ctx context.Context, name string, types []dnsmessage.Type) ([]response, failure) {
	responses, failed := l.ask(ctx, name, types)
	if failed != found {
		l.leave(ctx, failed.herrno)
	}
	return responses, failed
}

func (l *lookupDNS) ask(ctx context.Context, name string, types []dnsmessage.Type) ([]response, failure) {
	l.rcode = dnsmessage.RCodeSuccess
	// With "no-aaaa" glibc asks for an IPv4 address instead, to learn whether the name exists.
	pretend := l.conf.noAAAA && slices.Equal(types, []dnsmessage.Type{dnsmessage.TypeAAAA})
	if pretend {
		types = []dnsmessage.Type{dnsmessage.TypeA}
	}
	var queries []query
	for _, qtype := range types {
		q, ok := newQuery(name, qtype, l.conf)
		if !ok {
			return nil, failure{herrno: NoRecovery, errno: syscall.EMSGSIZE}
		}
		queries = append(queries, q)
	}
	responses, errno := l.exchange(ctx, queries)
	if len(responses) == 0 {
		return nil, failure{herrno: TryAgain, errno: errno}
	}
	code := dnsmessage.RCodeSuccess
	for _, m := range responses {
		if !m.empty() && !pretend {
			return responses, found
		}
		if code == dnsmessage.RCodeSuccess {
			code = m.rcode()
		}
	}
	switch code {
	case dnsmessage.RCodeSuccess:
		return nil, failure{herrno: NoData}
	case dnsmessage.RCodeNameError:
		return nil, failure{herrno: HostNotFound}
	case dnsmessage.RCodeServerFailure:
		return nil, failure{herrno: TryAgain}
	}
	return nil, failure{herrno: NoRecovery}
}

// hostAlias looks a name without dots up in the file that HOSTALIASES names, of lines "alias name".
func (l *lookupDNS) hostAlias(name string) (string, bool) {
	path, set := l.getenv("HOSTALIASES")
	if !set || strings.Contains(name, ".") {
		return "", false
	}
	file, err := os.Open(path)
	if err != nil {
		return "", false
	}
	defer file.Close()
	scanner := bufio.NewScanner(file)
	for scanner.Scan() {
		alias, rest := cutField(scanner.Text())
		target, _ := cutField(rest)
		if equalFold(alias, name) {
			return target, target != ""
		}
	}
	return "", false
}

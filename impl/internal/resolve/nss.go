package resolve

import (
	"context"
	"net/netip"
	"syscall"
)

// status is what a source says of a lookup (enum nss_status).
type status int8

const (
	statusTryAgain status = -2 // the same question may have an answer later
	statusUnavail  status = -1 // the source itself failed or is not there
	statusNotFound status = 0
	statusSuccess  status = 1
)

const statusCount = 4

// index is the status as an index of source.actions.
func (s status) index() int { return int(s) + 2 }

// herrnoKept says that a source left an h_errno as it was.
const herrnoKept = -2

// outcome is how a source's lookup ended, with the error variables that it leaves behind.
type outcome struct {
	status status
	herrno int // what it stores through its h_errno argument, or herrnoKept
	// thread is what it leaves in the thread's h_errno when its argument points elsewhere; only
	// the DNS resolver touches that. 0 if it does not.
	thread int
	errno  syscall.Errno
}

// nameQuery is a lookup of one family's addresses.
type nameQuery struct {
	name   string
	family int
	// canonical says that getaddrinfo wants the canonical name. glibc then calls another function
	// of the DNS module, one that does not check the name's characters first.
	canonical bool
}

// hostSource is an NSS module as far as the hosts database goes.
type hostSource interface {
	// byName is gethostbyname2_r and, for canonical queries, gethostbyname3_r.
	byName(ctx context.Context, query nameQuery) (Host, outcome)
	// byNameAll is gethostbyname4_r: both families at once, and the canonical name.
	byNameAll(ctx context.Context, name string) (addrs []netip.Addr, canonical string, out outcome)
	// byAddr is gethostbyaddr_r.
	byAddr(ctx context.Context, addr netip.Addr) (Host, outcome)
}

// hostSource gives a module, or nil for one that counts as not installed.
func (r *Resolver) hostSource(module string) hostSource {
	switch module {
	case "files":
		return r.filesSource()
	case "dns":
		return r.dnsSource()
	}
	return nil
}

// Host is a hostent.
type Host struct {
	Name    string
	Aliases []string
	Family  int
	Addrs   []netip.Addr
}

// walkHosts asks the sources of the hosts database in order (nss/getXXbyYY_r.c). Without a usable
// source the outcome's herrno says why.
func (r *Resolver) walkHosts(ask func(hostSource) (Host, outcome)) (Host, outcome) {
	list, errno := r.sources("hosts")
	if errno != 0 {
		return Host{}, outcome{status: statusUnavail, herrno: NetDBInternal, errno: errno}
	}
	i, module := r.nextSource(list, 0)
	if module == nil {
		// The errno is that of the module that could not be loaded.
		return Host{}, outcome{status: statusUnavail, herrno: NoRecovery, errno: syscall.ENOENT}
	}
	result := outcome{herrno: herrnoKept}
	merging := false
	for {
		host, out := ask(module)
		out.fillFrom(result)
		result = out
		if result.status == statusSuccess && (merging || list[i].after(result.status) == actionMerge) {
			// Hosts cannot be merged: both halves of the attempt fail.
			merging = !merging
			result.status, result.errno = statusUnavail, syscall.EINVAL
		}
		if list[i].after(result.status) == actionReturn {
			return host, result
		}
		if i, module = r.nextSource(list, i+1); module == nil {
			return host, result
		}
	}
}

// fillFrom takes over the error variables that a source left alone.
func (o *outcome) fillFrom(before outcome) {
	if o.herrno == herrnoKept {
		o.herrno = before.herrno
	}
	if o.thread == 0 {
		o.thread = before.thread
	}
}

// nextSource finds the first installed module from list[i] on. One that is not installed ends the
// search if its UNAVAIL action does.
func (r *Resolver) nextSource(list []source, i int) (int, hostSource) {
	for ; i < len(list); i++ {
		if module := r.hostSource(list[i].module); module != nil {
			return i, module
		}
		if list[i].after(statusUnavail) != actionContinue {
			break
		}
	}
	return i, nil
}

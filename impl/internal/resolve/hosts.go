package resolve

import (
	"context"
	"errors"
	"net/netip"
	"strings"
	"syscall"

	"github.com/pyparity/pyparity/pyref/base/unix"
)

// hostsFile is /etc/hosts in its order, without the lines whose address is none.
type hostsFile []hostsEntry

// hostsEntry is a line: an address, its name (empty if the line has only an address, which is legal
// and matches the empty name) and its aliases.
type hostsEntry struct {
	addr    netip.Addr
	name    string
	aliases []string
}

func parseHosts(data []byte) hostsFile {
	var file hostsFile
	lines(data, func(line string) {
		line, _, _ = strings.Cut(trimLeftSpace(line), "#")
		if line == "" {
			return
		}
		text, rest := cutField(line)
		addr, ok := ptonAny(text)
		if !ok {
			return
		}
		name, rest := cutField(rest)
		file = append(file, hostsEntry{addr: addr, name: name, aliases: fields(rest)})
	})
	return file
}

func (e *hostsEntry) answersTo(name string) bool {
	if equalFold(name, e.name) {
		return true
	}
	for _, alias := range e.aliases {
		if equalFold(name, alias) {
			return true
		}
	}
	return false
}

// as is the entry's address when a family is asked for. An IPv6 line counts for IPv4 if it is mapped
// or the loopback address, so "::1 localhost" makes localhost 127.0.0.1 too; an IPv4 line counts for
// IPv6 only if mapped says so (nss_files, files-hosts.c).
func (e *hostsEntry) as(family int, mapped bool) (netip.Addr, bool) {
	switch {
	case family == unix.AF_INET && e.addr.Is4In6():
		return e.addr.Unmap(), true
	case family == unix.AF_INET && e.addr == netip.IPv6Loopback():
		return netip.AddrFrom4([4]byte{127, 0, 0, 1}), true
	case family == unix.AF_INET6 && e.addr.Is4() && mapped:
		return netip.AddrFrom16(e.addr.As16()), true
	}
	return e.addr, familyOf(e.addr) == family
}

func familyOf(addr netip.Addr) int {
	if addr.Is4() {
		return unix.AF_INET
	}
	return unix.AF_INET6
}

// filesSource is the "files" source of host names.
type filesSource struct {
	entries hostsFile
	// err is why there are no entries; unread says that the file opened but could not be read.
	err    error
	unread bool
	// multi is host.conf's "multi": a name has all the addresses of all the lines that match it,
	// not just the first.
	multi bool
	// maps says that a mapped address can be that of an IPv4 line, in the reverse lookup.
	maps bool
}

func (r *Resolver) filesSource() *filesSource {
	entries, opened, err := r.hosts.reopen(pathOr(r.HostsPath, "/etc/hosts"), parseHosts)
	return &filesSource{entries: entries, err: err, unread: opened, multi: r.loadHostConf().multi, maps: r.mapsHosts()}
}

// failure is the outcome when the file is not there. An unopened file leaves h_errno alone, except
// in byNameAll.
func (s *filesSource) failure() outcome {
	errno := errnoOf(s.err)
	switch {
	case s.unread:
		return outcome{status: statusUnavail, herrno: NetDBInternal, errno: errno}
	case errno == syscall.EAGAIN:
		return outcome{status: statusTryAgain, herrno: herrnoKept, errno: errno}
	}
	return outcome{status: statusUnavail, herrno: herrnoKept, errno: errno}
}

func (s *filesSource) byName(_ context.Context, query nameQuery) (Host, outcome) {
	if s.err != nil {
		return Host{}, s.failure()
	}
	host := Host{Family: query.family}
	for i := range s.entries {
		entry := &s.entries[i]
		addr, ok := entry.as(query.family, false)
		if !ok || !entry.answersTo(query.name) {
			continue
		}
		first := len(host.Addrs) == 0
		host.Addrs = append(host.Addrs, addr)
		host.Aliases = append(host.Aliases, entry.aliases...)
		if first {
			host.Name = entry.name
		} else if entry.name != host.Name {
			host.Aliases = append(host.Aliases, entry.name)
		}
		if !s.multi {
			break
		}
	}
	if len(host.Addrs) == 0 {
		return Host{}, outcome{status: statusNotFound, herrno: HostNotFound}
	}
	return host, outcome{status: statusSuccess, herrno: herrnoKept}
}

func (s *filesSource) byNameAll(_ context.Context, name string) ([]netip.Addr, string, outcome) {
	if s.err != nil {
		failed := s.failure()
		if !s.unread {
			// Debian's patch submitted-missing-etc-hosts; plain glibc says NO_DATA.
			failed.herrno = HostNotFound
			if failed.status == statusTryAgain {
				failed.herrno = TryAgain
			}
		}
		return nil, "", failed
	}
	var addrs []netip.Addr
	var canonical string
	for i := range s.entries {
		entry := &s.entries[i]
		if !entry.answersTo(name) {
			continue
		}
		if len(addrs) == 0 {
			canonical = entry.name
		}
		addrs = append(addrs, entry.addr)
		if !s.multi {
			break
		}
	}
	if len(addrs) == 0 {
		return nil, "", outcome{status: statusNotFound, herrno: HostNotFound}
	}
	return addrs, canonical, outcome{status: statusSuccess, herrno: herrnoKept}
}

func (s *filesSource) byAddr(_ context.Context, addr netip.Addr) (Host, outcome) {
	if s.err != nil {
		return Host{}, s.failure()
	}
	family := familyOf(addr)
	for i := range s.entries {
		entry := &s.entries[i]
		if found, ok := entry.as(family, s.maps); ok && found == addr {
			host := Host{Name: entry.name, Aliases: entry.aliases, Family: family, Addrs: []netip.Addr{addr}}
			return host, outcome{status: statusSuccess, herrno: herrnoKept}
		}
	}
	return Host{}, outcome{status: statusNotFound, herrno: HostNotFound}
}

// errnoOf is the errno inside an error of package os, or EIO.
func errnoOf(err error) syscall.Errno {
	if errno, ok := errors.AsType[syscall.Errno](err); ok {
		return errno
	}
	return syscall.EIO
}

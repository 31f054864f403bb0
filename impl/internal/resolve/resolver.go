package resolve

import (
	"context"
	"net/netip"
	"os"
	"sync/atomic"
)

// Resolver answers as glibc would on a machine with the given files. The zero value reads the
// machine's own; a field that is left empty means its file in /etc. Fields must not change once the
// Resolver is in use; it is safe for concurrent use and must not be copied.
type Resolver struct {
	HostsPath      string // /etc/hosts
	ResolvConfPath string // /etc/resolv.conf
	NSSwitchPath   string // /etc/nsswitch.conf
	ServicesPath   string // /etc/services
	ProtocolsPath  string // /etc/protocols
	HostConfPath   string // /etc/host.conf
	GaiConfPath    string // /etc/gai.conf

	// Nameservers, if there are any, are asked instead of those in resolv.conf, which can name no
	// port. As there, only the first three count.
	Nameservers []netip.AddrPort

	// LookupEnv reads the environment variables that glibc obeys: LOCALDOMAIN, RES_OPTIONS,
	// HOSTALIASES, RESOLV_HOST_CONF, RESOLV_MULTI, RESOLV_REORDER, RESOLV_ADD_TRIM_DOMAINS,
	// RESOLV_OVERRIDE_TRIM_DOMAINS. Nil means os.LookupEnv.
	LookupEnv func(string) (string, bool)

	// Glibc is the minor version to behave like: 36 is glibc 2.36. 0 means 41, see the package
	// comment; the differences that are modelled are in glibc.go.
	Glibc int

	hosts      cachedFile[hostsFile]
	resolvConf cachedFile[resolvConf]
	nsswitch   cachedFile[nsswitch]
	services   cachedFile[[]Service]
	protocols  cachedFile[[]Protocol]
	hostConf   cachedFile[hostConf]
	gaiConf    cachedFile[gaiConf]

	// machine stands in for the kernel in tests.
	machine network

	// rotation counts lookups under resolv.conf's "rotate".
	rotation atomic.Uint32
}

// Default uses the machine's files.
var Default = new(Resolver)

// GetAddrInfo asks Default.
func GetAddrInfo(ctx context.Context, host, service *string, hints Hints) ([]AddrInfo, error) {
	return Default.GetAddrInfo(ctx, host, service, hints)
}

func (r *Resolver) getenv(name string) (string, bool) {
	if r.LookupEnv != nil {
		return r.LookupEnv(name)
	}
	return os.LookupEnv(name)
}

// pathOr is path, or the usual place if that is empty.
func pathOr(path, usual string) string {
	if path == "" {
		return usual
	}
	return path
}

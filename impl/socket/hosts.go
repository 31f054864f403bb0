package socket

import (
	"context"
	"errors"
	"net/netip"
	"os"
	"slices"
	"strings"
	"syscall"

	"github.com/pyparity/pyparity/impl/internal/resolve"
	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/pyref/base/unix"
)

// A Host is Python's triple (hostname, aliaslist, ipaddrlist).
type Host struct {
	Name    string
	Aliases []string
	Addrs   []string
}

// GetHostName is Python's socket.gethostname (socket_gethostname).
func (m *Module) GetHostName() (string, error) {
	if err := m.audit("socket.gethostname", func() []any { return nil }); err != nil {
		return "", err
	}
	name, err := os.Hostname()
	if err != nil {
		return "", osError(err)
	}
	return name, nil
}

// SetHostName is Python's socket.sethostname (socket_sethostname), which takes any bytes.
// It fails with PermissionError for all but a privileged process.
func (m *Module) SetHostName(name string) error {
	if err := m.audit("socket.sethostname", func() []any { return []any{name} }); err != nil {
		return err
	}
	return osError(unix.Sethostname([]byte(name)))
}

// GetHostByName is Python's socket.gethostbyname (socket_gethostbyname): the
// first IPv4 address of a name. It fails with gaierror, and with UnicodeEncodeError
// for a name that the codec "idna" refuses, such as one with an empty label.
func (m *Module) GetHostByName(name string) (string, error) {
	encoded, err := m.auditedHost("socket.gethostbyname", "gethostbyname", name)
	if err != nil {
		return "", err
	}
	ip, err := m.lookup4(encoded)
	if err != nil {
		return "", err
	}
	return formatInet(AF_INET, ip[:]), nil
}

// GetHostByNameEx is Python's socket.gethostbyname_ex (socket_gethostbyname_ex):
// the canonical name, the other names and the IPv4 addresses of a name. It fails
// with gaierror if there is no address, and with herror for the few texts that
// are addresses and no names. Names are the bytes that the system has for them,
// also where they are no UTF-8, for which Python raises UnicodeDecodeError.
func (m *Module) GetHostByNameEx(name string) (Host, error) {
	encoded, err := m.auditedHost("socket.gethostbyname", "gethostbyname_ex", name)
	if err != nil {
		return Host{}, err
	}
	if _, err := m.lookup4(encoded); err != nil {
		return Host{}, err
	}
	host, err := m.resolver().HostByName(m.context(), encoded)
	if err != nil {
		return Host{}, m.hostError(err)
	}
	return hostOf(host), nil
}

// GetHostByAddr is Python's socket.gethostbyaddr (socket_gethostbyaddr): the
// names and addresses of the host that has an address. Addr is an address of
// either family, or the name of a host, whose first address counts. It fails
// with herror, and with gaierror if addr itself is not found.
func (m *Module) GetHostByAddr(addr string) (Host, error) {
	encoded, err := m.auditedHost("socket.gethostbyaddr", "gethostbyaddr", addr)
	if err != nil {
		return Host{}, err
	}
	ip, err := m.lookupAny(encoded)
	if err != nil {
		return Host{}, err
	}
	host, err := m.resolver().HostByAddr(m.context(), ip)
	if err != nil {
		return Host{}, m.hostError(err)
	}
	if ip.Is4() != (host.Family == AF_INET) {
		return Host{}, pyerr.FromErrno(syscall.EAFNOSUPPORT)
	}
	return hostOf(host), nil
}

// GetFQDN is Python's socket.getfqdn: the first name with a dot that a host has,
// or else its canonical name. An empty name is this machine's. One that is not
// found is returned as it is.
func (m *Module) GetFQDN(name string) (string, error) {
	name = strings.TrimSpace(name)
	if name == "" || name == "0.0.0.0" || name == "::" {
		own, err := m.GetHostName()
		if err != nil {
			return "", err
		}
		name = own
	}
	host, err := m.GetHostByAddr(name)
	switch {
	case errors.Is(err, pyerr.OSError):
		return name, nil
	case err != nil:
		return "", err
	}
	return host.Qualified(), nil
}

// Qualified is the first of the host's names that has a dot, or else its
// canonical name: how Python's getfqdn chooses.
func (h Host) Qualified() string {
	names := append([]string{h.Name}, h.Aliases...)
	if i := slices.IndexFunc(names, func(name string) bool { return strings.Contains(name, ".") }); i >= 0 {
		return names[i]
	}
	return h.Name
}

// auditedHost is the name of a host as the resolver takes it, once it has passed
// the hooks as it is. Caller is the Python name of the call. Unlike connect and its
// like these calls encode all names, but what is no text, as names of the system may
// be that come back here.
func (m *Module) auditedHost(event, caller, name string) (string, error) {
	encoded := name
	if !m.orStd().EncodedHosts && isText(name) {
		var err error
		if encoded, err = encodeIDNA(name); err != nil {
			return "", err
		}
		if strings.Contains(encoded, "\x00") {
			return "", pyerr.TypeError.Errorf("%s() argument 1 must be encoded string without null bytes, not str", caller)
		}
	}
	return encoded, m.audit(event, func() []any { return []any{name} })
}

func hostOf(host resolve.Host) Host {
	h := Host{Name: host.Name, Aliases: slices.Clone(host.Aliases)}
	for _, addr := range host.Addrs {
		h.Addrs = append(h.Addrs, formatInet(host.Family, addr.AsSlice()))
	}
	return h
}

// lookupAny is the first address of a host, a name or a number, in any family
// (setipaddr).
func (m *Module) lookupAny(host string) (netip.Addr, error) {
	switch host {
	case "":
		return netip.Addr{}, pyerr.OSError.New("wildcard resolved to multiple address")
	case "255.255.255.255", "<broadcast>":
		return netip.AddrFrom4([4]byte{255, 255, 255, 255}), nil
	}
	for _, family := range []int{AF_INET, AF_INET6} {
		if packed, err := resolve.InetPton(family, host); err == nil {
			ip, _ := netip.AddrFromSlice(packed)
			return ip, nil
		}
	}
	return m.lookup(host, AF_UNSPEC)
}

// hostError is the exception for a failure of gethostbyname_r and
// gethostbyaddr_r (set_herror).
func (m *Module) hostError(err error) error {
	failure, ok := errors.AsType[*resolve.HostError](err)
	if !ok {
		return osError(err)
	}
	if failure.Thread != 0 {
		m.lookups().herrno.Store(int32(failure.Thread))
	}
	code := int(m.lookups().herrno.Load())
	if m.orStd().ExactHErrno {
		code = failure.Code
	}
	e := pyerr.Herror.New(code, resolve.HostText(code))
	e.Cause = failure
	return e
}

// resolver is the one that the module looks names up with. What it has read of the machine's
// configuration is the module's own, as it is a process's.
func (m *Module) resolver() *resolve.Resolver {
	m = m.orStd()
	for m.of != nil {
		m = m.of
	}
	if m == &std && m.Glibc == 0 {
		return resolve.Default
	}
	if r := m.names.Load(); r != nil {
		return r
	}
	m.names.CompareAndSwap(nil, &resolve.Resolver{Glibc: m.Glibc})
	return m.names.Load()
}

// context is that of a lookup, which nothing ends.
func (m *Module) context() context.Context {
	return resolve.KeepHErrno(context.Background(), &m.lookups().herrno)
}

// lookups is the module that keeps what the C library keeps of lookups.
func (m *Module) lookups() *Module {
	m = m.orStd()
	for m.given != nil {
		m = m.of
	}
	return m
}

// GetHostName is Python's socket.gethostname.
func GetHostName() (string, error) { return std.GetHostName() }

// SetHostName is Python's socket.sethostname; see [Module.SetHostName].
func SetHostName(name string) error { return std.SetHostName(name) }

// GetHostByName is Python's socket.gethostbyname; see [Module.GetHostByName].
func GetHostByName(name string) (string, error) { return std.GetHostByName(name) }

// GetHostByNameEx is Python's socket.gethostbyname_ex; see
// [Module.GetHostByNameEx].
func GetHostByNameEx(name string) (Host, error) { return std.GetHostByNameEx(name) }

// GetHostByAddr is Python's socket.gethostbyaddr; see [Module.GetHostByAddr].
func GetHostByAddr(addr string) (Host, error) { return std.GetHostByAddr(addr) }

// GetFQDN is Python's socket.getfqdn; see [Module.GetFQDN].
func GetFQDN(name string) (string, error) { return std.GetFQDN(name) }

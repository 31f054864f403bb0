package socket

import (
	"errors"

	"github.com/pyparity/pyparity/impl/pyerr"
)

// HasIPv6 is Python's socket.has_ipv6: whether this package knows IPv6, not
// whether the machine has it.
const HasIPv6 = true

// HasDualStackIPv6 is Python's socket.has_dualstack_ipv6: whether one AF_INET6
// socket can serve IPv4 too. Since 3.14 Python looks whether IPV6_V6ONLY was
// really cleared; Linux does that whenever it says so.
// It fails only with what a hook refuses it with that is no OSError.
func (m *Module) HasDualStackIPv6() (bool, error) {
	s, err := m.New(AF_INET6, SOCK_STREAM, 0)
	switch {
	case errors.Is(err, pyerr.OSError):
		return false, nil
	case err != nil:
		return false, err
	}
	err = s.SetSockOpt(IPPROTO_IPV6, IPV6_V6ONLY, 0)
	return s.Close() == nil && err == nil, nil
}

// HasDualStackIPv6 is Python's socket.has_dualstack_ipv6; see
// [Module.HasDualStackIPv6].
func HasDualStackIPv6() bool {
	has, err := std.HasDualStackIPv6()
	return has && err == nil
}

package pysocket

import (
	"fmt"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/socket"
)

// createServer is Python's socket.create_server.
func (m *module) createServer() pycall.Definition {
	return pycall.Def("create_server", "address, *, family=AF_INET, backlog=None, reuse_port=False, dualstack_ipv6=False", m.serveOn)
}

// serveOn is the port's own function, unless a program has replaced what that stands
// on, or gives arguments whose faults show on the way.
func (m *module) serveOn(c *pycall.Call) (starlark.Value, error) {
	if options, ok := m.serverOptions(c); ok {
		sock, err := m.impl.CreateServer(address{c, c.Arg(0)}, options)
		if err != nil {
			return nil, err
		}
		return m.wrap(sock), nil
	}
	return m.serveReplaced(c)
}

// serverOptions are the options of create_server that are plain, where the names that
// it looks up are the module's own.
func (m *module) serverOptions(c *pycall.Call) (options socket.ServerOptions, ok bool) {
	if !m.own("has_dualstack_ipv6", "has_ipv6", "socket", "error", "AF_INET", "AF_INET6", "SOCK_STREAM", "SOL_SOCKET",
		"SO_REUSEADDR", "SO_REUSEPORT", "IPPROTO_IPV6", "IPV6_V6ONLY") || !m.ownMethods("__init__", "setsockopt", "bind", "listen", "close") {
		return options, false
	}
	for _, number := range []struct {
		arg int
		to  func(n int)
	}{
		{1, func(n int) { options.Family = n }},
		{2, func(n int) { options.Backlog = &n }},
	} {
		v := c.Arg(number.arg)
		if v == nil || number.arg == 2 && v == starlark.None {
			continue
		}
		if !pyval.IsInstance(v, pyval.IntType) {
			return options, false
		}
		n, err := c.AsInt(v)
		if err != nil {
			return options, false
		}
		number.to(n)
	}
	for i, to := range map[int]*bool{3: &options.ReusePort, 4: &options.DualStackIPv6} {
		switch v := c.Arg(i).(type) {
		case nil:
		case starlark.Bool:
			*to = bool(v)
		default:
			return options, false
		}
	}
	switch {
	case c.Arg(1) == nil, options.Family == socket.AF_INET, options.Family == socket.AF_INET6:
		return options, true
	case options.Family == socket.AF_UNSPEC: // which ServerOptions takes for AF_INET
		return options, false
	}
	// Before 3.13 a port of any other family was shared, too.
	return options, !options.ReusePort || m.python.AtLeast(3, 13)
}

// serveReplaced takes its arguments in Python's order: what is wrong with the backlog
// is found after the socket was bound. A socket is closed where an OSError ends
// it, and left to the collector otherwise.
func (m *module) serveReplaced(c *pycall.Call) (starlark.Value, error) {
	family := c.Arg(1)
	if family == nil {
		family = m.addressFamily.Member(socket.AF_INET)
	}
	dualStack, err := isTrue(c, c.Arg(4))
	if err != nil {
		return nil, err
	}
	if dualStack {
		has, err := m.callGlobal(c, "has_dualstack_ipv6")
		if err != nil {
			return nil, err
		}
		switch able, err := isTrue(c, has); {
		case err != nil:
			return nil, err
		case !able:
			return nil, pyval.ValueError.Errorf("dualstack_ipv6 not supported on this platform")
		case !m.isInet6(family):
			return nil, pyval.ValueError.Errorf("dualstack_ipv6 requires AF_INET6 family")
		}
	}
	sock, err := m.callGlobal(c, "socket", family, m.global("SOCK_STREAM"))
	if err != nil {
		return nil, err
	}
	err = m.setServerOptions(c, sock, family, dualStack)
	if err == nil {
		err = m.bindServer(c, sock, c.Arg(0))
	}
	if err == nil {
		err = listenServer(c, sock, c.Arg(2))
	}
	if err == nil {
		return sock, nil
	}
	if m.caught(err) {
		if _, err := callMethod(c, sock, "close"); err != nil {
			return nil, err
		}
	}
	return nil, err
}

func isTrue(c *pycall.Call, v starlark.Value) (bool, error) {
	if v == nil {
		return false, nil
	}
	return pyval.Truth(c.Thread, v)
}

func (m *module) isInet6(family starlark.Value) bool {
	return pyval.Equal(family, m.global("AF_INET6"))
}

// setServerOptions sets what has to be set before the socket is bound. Since
// 3.13 an address is reused only where Linux allows it.
func (m *module) setServerOptions(c *pycall.Call, sock, family starlark.Value, dualStack bool) error {
	set := func(level, option string, value int) error {
		_, err := callMethod(c, sock, "setsockopt", m.global(level), m.global(option), starlark.MakeInt(value))
		return err
	}
	if err := set("SOL_SOCKET", "SO_REUSEADDR", 1); err != nil && !m.caught(err) {
		return err
	}
	reusePort, err := isTrue(c, c.Arg(3))
	if err != nil {
		return err
	}
	inet6 := m.isInet6(family)
	if reusePort && (inet6 || pyval.Equal(family, m.global("AF_INET")) || !m.python.AtLeast(3, 13)) {
		if err := set("SOL_SOCKET", "SO_REUSEPORT", 1); err != nil {
			return err
		}
	}
	if has, err := isTrue(c, m.global("has_ipv6")); err != nil || !has || !inet6 {
		return err
	}
	if dualStack {
		return set("IPPROTO_IPV6", "IPV6_V6ONLY", 0)
	}
	return set("IPPROTO_IPV6", "IPV6_V6ONLY", 1)
}

// bindServer binds the socket, and adds the address to the text of an OSError.
func (m *module) bindServer(c *pycall.Call, sock, addr starlark.Value) error {
	_, err := callMethod(c, sock, "bind", addr)
	if !m.caught(err) {
		return err
	}
	e, _ := pyval.AsException(err)
	reason, err := pyval.GetAttr(c.Thread, e, "strerror")
	if err != nil {
		return err
	}
	text := fmt.Sprintf("%s (while attempting to bind on address %s)", pyval.Str(reason), pyval.Repr(addr))
	errno, err := pyval.GetAttr(c.Thread, e, "errno")
	if err != nil {
		return err
	}
	return m.raise(c, errno, starlark.String(text))
}

// listenServer calls listen, with the backlog if there is one.
func listenServer(c *pycall.Call, sock, backlog starlark.Value) error {
	var args starlark.Tuple
	if backlog != nil && backlog != starlark.None {
		args = starlark.Tuple{backlog}
	}
	_, err := callMethod(c, sock, "listen", args...)
	return err
}

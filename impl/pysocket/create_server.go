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

// serveOn takes its arguments in Python's order: what is wrong with the backlog
// is found after the socket was bound. A socket is closed where an OSError ends
// it, and left to the collector otherwise.
func (m *module) serveOn(c *pycall.Call) (starlark.Value, error) {
	family := c.Arg(1)
	if family == nil {
		family = m.addressFamily.Member(socket.AF_INET)
	}
	var reusePort, dualStack bool
	for i, flag := range []*bool{&reusePort, &dualStack} {
		v := c.Arg(3 + i)
		if v == nil {
			continue
		}
		var err error
		if *flag, err = pyval.Truth(c.Thread, v); err != nil {
			return nil, err
		}
	}
	if dualStack {
		has, err := m.impl.HasDualStackIPv6()
		switch {
		case err != nil:
			return nil, err
		case !has:
			return nil, pyval.ValueError.Errorf("dualstack_ipv6 not supported on this platform")
		case !pyval.Equal(family, starlark.MakeInt(socket.AF_INET6)):
			return nil, pyval.ValueError.Errorf("dualstack_ipv6 requires AF_INET6 family")
		}
	}
	o, err := m.initSocket(c, m.class, m.impl.Blank(), family, m.socketKind.Member(socket.SOCK_STREAM), nil, nil)
	if err != nil {
		return nil, err
	}
	err = m.setServerOptions(o.sock, reusePort, dualStack)
	if err == nil {
		err = m.bindServer(c, o.sock, c.Arg(0))
	}
	if err == nil {
		err = listenServer(c, o.sock, c.Arg(2))
	}
	if err == nil {
		return o, nil
	}
	err = m.exception(err)
	if e, ok := pyval.AsException(err); ok && e.Class.Subclass(pyval.OSError) {
		_ = o.sock.Close()
	}
	return nil, err
}

// setServerOptions sets what has to be set before the socket is bound. Since
// 3.13 an address is reused only where Linux allows it.
func (m *module) setServerOptions(sock *socket.Socket, reusePort, dualStack bool) error {
	_ = sock.SetSockOpt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1) // CPython goes on without it
	inet6 := sock.Family() == socket.AF_INET6
	if reusePort && (inet6 || sock.Family() == socket.AF_INET || !m.python.AtLeast(3, 13)) {
		if err := sock.SetSockOpt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1); err != nil {
			return err
		}
	}
	switch {
	case inet6 && dualStack:
		return sock.SetSockOpt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
	case inet6:
		return sock.SetSockOpt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
	}
	return nil
}

// bindServer binds the socket, and adds the address to the text of an OSError.
func (m *module) bindServer(c *pycall.Call, sock *socket.Socket, addr starlark.Value) error {
	err := m.exception(sock.Bind(address{c, addr}))
	e, ok := pyval.AsException(err)
	if !ok || !e.Class.Subclass(pyval.OSError) {
		return err
	}
	text := fmt.Sprintf("%s (while attempting to bind on address %s)", pyval.Str(e.Strerror), pyval.Repr(addr))
	return pyval.NewException(pyval.OSError, e.Errno, starlark.String(text))
}

// listenServer calls listen, with the backlog if there is one.
func listenServer(c *pycall.Call, sock *socket.Socket, backlog starlark.Value) error {
	n := socket.DefaultBacklog
	if backlog != nil && backlog != starlark.None {
		if err := c.With(starlark.Tuple{backlog}, nil).ParseTuple("|i:listen", &n); err != nil {
			return err
		}
	}
	return sock.Listen(n)
}

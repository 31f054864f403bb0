package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/socket"
)

// socketpair is Python's socket.socketpair.
func (m *module) socketpair() pycall.Definition {
	return pycall.Def("socketpair", "family=None, type=SOCK_STREAM, proto=0", func(c *pycall.Call) (starlark.Value, error) {
		args := starlark.Tuple{starlark.MakeInt(socket.AF_UNIX), starlark.MakeInt(socket.SOCK_STREAM), starlark.MakeInt(0)}
		for i, v := range c.Args {
			if v != nil && (i > 0 || v != starlark.None) {
				args[i] = v
			}
		}
		return m.pair(c.With(args, nil), m.class)
	})
}

// fallbackSocketpair is Python's socket._fallback_socketpair, which newer Pythons
// have on every system: a pair over the addresses of loopback.
func (m *module) fallbackSocketpair() pycall.Definition {
	return pycall.Def("_fallback_socketpair", "family=AF_INET, type=SOCK_STREAM, proto=0", func(c *pycall.Call) (starlark.Value, error) {
		is := func(i, otherwise, value int) bool {
			if v := c.Arg(i); v != nil {
				return pyval.Equal(v, starlark.MakeInt(value))
			}
			return value == otherwise
		}
		host := socket.Inet4{Host: "127.0.0.1"}
		family := socket.AF_INET
		switch {
		case is(0, socket.AF_INET, socket.AF_INET):
		case is(0, socket.AF_INET, socket.AF_INET6):
			host.Host, family = "::1", socket.AF_INET6
		default:
			return nil, pyval.ValueError.Errorf("Only AF_INET and AF_INET6 socket address families are supported")
		}
		switch {
		case !is(1, socket.SOCK_STREAM, socket.SOCK_STREAM):
			return nil, pyval.ValueError.Errorf("Only SOCK_STREAM socket type is supported")
		case !is(2, 0, 0):
			return nil, pyval.ValueError.Errorf("Only protocol zero is supported")
		}
		a, b, err := m.loopbackPair(family, host)
		if err != nil {
			return nil, err
		}
		return starlark.Tuple{m.wrap(a), m.wrap(b)}, nil
	})
}

// loopbackPair connects a socket to a listener and accepts it: the accepted one
// comes first.
func (m *module) loopbackPair(family int, host socket.Inet4) (a, b *socket.Socket, err error) {
	listener, err := m.impl.New(family, socket.SOCK_STREAM, 0)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = listener.Close() }()
	if err := listener.Bind(host); err != nil {
		return nil, nil, err
	}
	if err := listener.Listen(socket.DefaultBacklog); err != nil {
		return nil, nil, err
	}
	addr, err := listener.GetSockName()
	if err != nil {
		return nil, nil, err
	}
	b, err = m.impl.New(family, socket.SOCK_STREAM, 0)
	if err != nil {
		return nil, nil, err
	}
	if err = b.SetTimeout(socket.None); err == nil {
		err = b.Connect(socket.Inet4{Host: host.Host, Port: port(addr)})
	}
	if err == nil {
		a, _, err = listener.Accept()
	}
	if err != nil {
		_ = b.Close()
		return nil, nil, err
	}
	return a, b, nil
}

// port is the port of an address of IPv4 or IPv6.
func port(addr socket.Addr) int {
	if addr, ok := addr.(socket.Inet6); ok {
		return addr.Port
	}
	return addr.(socket.Inet4).Port
}

// rawSocketPair is _socket.socketpair (socket_socketpair).
func (m *module) rawSocketPair(c *pycall.Call) (starlark.Value, error) { return m.pair(c, m.rawClass) }

// pair makes two sockets of the class.
func (m *module) pair(c *pycall.Call, class *pyval.Class) (starlark.Value, error) {
	family, kind, proto := socket.AF_UNIX, socket.SOCK_STREAM, 0
	if err := c.ParseTuple("|iii:socketpair", &family, &kind, &proto); err != nil {
		return nil, err
	}
	a, b, err := m.impl.RawSocketPair(family, kind, proto)
	if err != nil {
		return nil, err
	}
	pair := starlark.Tuple{m.instance(m.rawClass, a), m.instance(m.rawClass, b)}
	if class == m.rawClass {
		return pair, nil
	}
	for i, raw := range []*socket.Socket{a, b} {
		sock, err := raw.Renew(kind)
		if err != nil {
			return nil, err
		}
		if pair[i], err = m.adopt(c, sock); err != nil {
			return nil, err
		}
	}
	return pair, nil
}

// fromfd is Python's socket.fromfd. The duplicate stays open if no socket can be
// made of it, as Python's does.
func (m *module) fromfd() pycall.Definition {
	return pycall.Def("fromfd", "fd, family, type, proto=0", func(c *pycall.Call) (starlark.Value, error) {
		fd, err := c.AsDescriptor(c.Args[0])
		if err != nil {
			return nil, err
		}
		duplicate, err := socket.Dup(fd)
		if err != nil {
			return nil, err
		}
		proto := c.Args[3]
		if proto == nil {
			proto = starlark.MakeInt(0)
		}
		return m.callGlobal(c, "socket", c.Args[1], c.Args[2], proto, starlark.MakeInt(duplicate))
	})
}

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

// rawSocketPair is _socket.socketpair (socket_socketpair).
func (m *module) rawSocketPair(c *pycall.Call) (starlark.Value, error) { return m.pair(c, m.rawClass) }

// pair makes two sockets of the class.
func (m *module) pair(c *pycall.Call, class *pyval.Class) (starlark.Value, error) {
	family, kind, proto := socket.AF_UNIX, socket.SOCK_STREAM, 0
	if err := c.ParseTuple("|iii:socketpair", &family, &kind, &proto); err != nil {
		return nil, err
	}
	a, b, err := m.impl.SocketPair(family, kind, proto)
	if err != nil {
		return nil, err
	}
	return starlark.Tuple{m.instance(class, a), m.instance(class, b)}, nil
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
		return m.initSocket(c, c.Args[1], c.Args[2], proto, starlark.MakeInt(duplicate))
	})
}

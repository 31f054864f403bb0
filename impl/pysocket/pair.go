package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/impl/socket"
)

// socketpair is Python's socket.socketpair.
func (m *module) socketpair() pycall.Definition {
	return pycall.Def("socketpair", "family=None, type=SOCK_STREAM, proto=0", func(c *pycall.Call) (starlark.Value, error) {
		args := starlark.Tuple{m.global("AF_UNIX"), m.socketKind.Member(socket.SOCK_STREAM), starlark.MakeInt(0)}
		for i, v := range c.Args {
			if v != nil && (i > 0 || v != starlark.None) {
				args[i] = v
			}
		}
		raw, kind, err := m.rawPair(c.With(args, nil))
		if err != nil {
			return nil, err
		}
		pair := make(starlark.Tuple, len(raw))
		for i, sock := range raw {
			if pair[i], err = m.adopt(c, sock, kind, args); err != nil {
				return nil, err
			}
		}
		return pair, nil
	})
}

// rawSocketPair is _socket.socketpair (socket_socketpair).
func (m *module) rawSocketPair(c *pycall.Call) (starlark.Value, error) {
	pair, _, err := m.rawPair(c)
	if err != nil {
		return nil, err
	}
	return starlark.Tuple{m.instance(m.rawClass, pair[0]), m.instance(m.rawClass, pair[1])}, nil
}

// rawPair is the pair, and the type that was asked for: the sockets' own has no bits
// that say how they begin.
func (m *module) rawPair(c *pycall.Call) (pair [2]*socket.Socket, kind int, err error) {
	family, kind, proto := socket.AF_UNIX, socket.SOCK_STREAM, 0
	if err := c.ParseTuple("|iii:socketpair", &family, &kind, &proto); err != nil {
		return pair, 0, err
	}
	pair[0], pair[1], err = m.impl.RawSocketPair(family, kind, proto)
	return pair, kind, err
}

// adopt is "socket(family, type, proto, sock.detach())", of whatever class the name
// stands for.
func (m *module) adopt(c *pycall.Call, sock *socket.Socket, kind int, args starlark.Tuple) (starlark.Value, error) {
	if m.own("socket") && m.ownMethods("__init__") {
		// The call converts them once more, and what that takes can be seen.
		var family, asked, proto int
		if err := c.With(args, nil).ParseTuple("|iii:socket", &family, &asked, &proto); err != nil {
			return nil, err
		}
		renewed, err := sock.Renew(kind)
		if err != nil {
			return nil, err
		}
		return m.wrap(renewed), nil
	}
	return m.callGlobal(c, "socket", args[0], args[1], args[2], starlark.MakeInt(sock.Detach()))
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

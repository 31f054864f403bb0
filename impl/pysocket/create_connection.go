package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/socket"
)

// createConnection is Python's socket.create_connection, with all_errors since
// 3.11.
func (m *module) createConnection() pycall.Definition {
	params := "address, timeout=_GLOBAL_DEFAULT_TIMEOUT, source_address=None"
	if m.python.AtLeast(3, 11) {
		params += ", *, all_errors=False"
	}
	return pycall.Def("create_connection", params, m.connectTo)
}

// connectTo is the port's own function, unless a program has replaced what that
// stands on.
func (m *module) connectTo(c *pycall.Call) (starlark.Value, error) {
	host, port, err := unpackPair(c, c.Args[0])
	switch {
	case err != nil:
		return nil, err
	case !m.own("getaddrinfo", "socket", "SOCK_STREAM", "error"), !m.ownMethods("__init__", "settimeout", "bind", "connect", "close"):
		return m.connectReplaced(c, host, port)
	}
	name, err := resolvableHost(c, host)
	if err != nil {
		return nil, err
	}
	service, err := resolvablePort(c, port)
	if err != nil {
		return nil, err
	}
	options, err := m.connectionOptions(c)
	if err != nil {
		return nil, err
	}
	unset, stream := starlark.MakeInt(0), starlark.MakeInt(socket.SOCK_STREAM)
	found, err := m.lookups(c, host, port, unset, stream, unset).GetAddrInfo(name, service, socket.Hints{Type: socket.SOCK_STREAM, Encoded: true})
	if err != nil {
		return nil, err
	}
	sock, err := m.impl.ConnectAny(found, options)
	if err != nil {
		return nil, err
	}
	return m.wrap(sock), nil
}

func (m *module) connectionOptions(c *pycall.Call) (options socket.ConnectionOptions, err error) {
	if source := c.Arg(2); source != nil {
		given, err := pyval.Truth(c.Thread, source)
		if err != nil {
			return options, err
		}
		if given {
			options.Source = address{c, source}
		}
	}
	if timeout := c.Arg(1); timeout != nil && timeout != m.unsetTimeout {
		t, err := parseTimeout(c, timeout)
		if err != nil {
			// Python reads the timeout once there is a socket to set it on, just
			// before it binds.
			options.Source = failing{err}
		} else {
			options.Timeout = &t
		}
	}
	if all := c.Arg(3); all != nil {
		options.AllErrors, err = pyval.Truth(c.Thread, all)
	}
	return options, err
}

// failing is a source address that cannot be read.
type failing struct{ err error }

// Sockaddr fails.
func (f failing) Sockaddr(*socket.Socket, string) ([]byte, error) { return nil, f.err }

// unpackPair is "a, b = v".
func unpackPair(c *pycall.Call, v starlark.Value) (a, b starlark.Value, err error) {
	items, err := unpack(c, v, 2)
	if err != nil {
		return nil, nil, err
	}
	return items[0], items[1], nil
}

// unpack is the assignment of v to so many names.
func unpack(c *pycall.Call, v starlark.Value, want int) ([]starlark.Value, error) {
	items, err := pyval.ToSlice(c.Thread, v)
	if err != nil && pyval.IsIterable(c.Thread, v) {
		return nil, err
	}
	if err != nil {
		return nil, pyval.TypeError.Errorf("cannot unpack non-iterable %s object", pyval.TypeName(v))
	}
	switch n := len(items); {
	case n < want:
		return nil, pyval.ValueError.Errorf("not enough values to unpack (expected %d, got %d)", want, n)
	case n > want && c.Python.AtLeast(3, 14) && sized(v):
		return nil, pyval.ValueError.Errorf("too many values to unpack (expected %d, got %d)", want, n)
	case n > want:
		return nil, pyval.ValueError.Errorf("too many values to unpack (expected %d)", want)
	}
	return items, nil
}

// sized reports whether unpacking knows the length beforehand.
func sized(v starlark.Value) bool {
	switch v.(type) {
	case starlark.Tuple, *starlark.List, *starlark.Dict:
		return true
	}
	return false
}

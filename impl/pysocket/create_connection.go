package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/pyerr"
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

// connectTo looks the host up and tries one address after the other. What is no
// OSError ends it, and leaves the socket to the collector.
func (m *module) connectTo(c *pycall.Call) (starlark.Value, error) {
	host, port, err := unpackPair(c, c.Args[0])
	if err != nil {
		return nil, err
	}
	found, err := m.callGlobal(c, "getaddrinfo", host, port, starlark.MakeInt(0), m.global("SOCK_STREAM"))
	if err != nil {
		return nil, err
	}
	infos, err := pyval.ToSlice(c.Thread, found)
	if err != nil {
		return nil, err
	}
	var failures []error
	for _, info := range infos {
		sock, err := m.connection(c, info)
		if err == nil {
			return sock, nil
		}
		if !isOSError(err) {
			return nil, err
		}
		failures = append(failures, err)
	}
	if len(failures) == 0 {
		return nil, pyval.OSError.Errorf("getaddrinfo returns an empty list")
	}
	if all := c.Arg(3); all != nil {
		if truth, err := pyval.Truth(c.Thread, all); err != nil || truth {
			return nil, orElse(err, &pyerr.Group{Message: "create_connection failed", Errors: failures})
		}
	}
	return nil, failures[len(failures)-1]
}

func orElse(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// connection makes the connection to one address of those that getaddrinfo found.
func (m *module) connection(c *pycall.Call, info starlark.Value) (starlark.Value, error) {
	parts, err := unpack(c, info, 5)
	if err != nil {
		return nil, err
	}
	sock, err := m.callGlobal(c, "socket", parts[:3]...)
	if err != nil {
		return nil, err
	}
	if err = m.prepareAndConnect(c, sock, parts[4]); err == nil {
		return sock, nil
	}
	if isOSError(err) {
		if _, err := callMethod(c, sock, "close"); err != nil {
			return nil, err
		}
	}
	return nil, err
}

func (m *module) prepareAndConnect(c *pycall.Call, sock, addr starlark.Value) error {
	if timeout := c.Arg(1); timeout != nil && timeout != m.unsetTimeout {
		if _, err := callMethod(c, sock, "settimeout", timeout); err != nil {
			return err
		}
	}
	if source := c.Arg(2); source != nil {
		given, err := pyval.Truth(c.Thread, source)
		if err == nil && given {
			_, err = callMethod(c, sock, "bind", source)
		}
		if err != nil {
			return err
		}
	}
	_, err := callMethod(c, sock, "connect", addr)
	return err
}

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

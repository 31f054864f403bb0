package pysocket

import (
	"strings"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/pycall"
	"github.com/pyparity/pyparity/impl/pyerr"
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

func (m *module) connectTo(c *pycall.Call) (starlark.Value, error) {
	host, port, err := unpackPair(c, c.Args[0])
	if err != nil {
		return nil, err
	}
	name, err := resolvableHost(c, host)
	if err != nil {
		return nil, err
	}
	service, err := resolvablePort(c, port)
	if err != nil {
		return nil, err
	}
	options, err := connectionOptions(c)
	if err != nil {
		return nil, err
	}
	sock, err := m.impl.CreateConnection(name, service, options)
	if err != nil {
		return nil, err
	}
	return m.wrap(sock), nil
}

func connectionOptions(c *pycall.Call) (options socket.ConnectionOptions, err error) {
	if source := c.Arg(2); source != nil {
		given, err := pyval.Truth(c.Thread, source)
		if err != nil {
			return options, err
		}
		if given {
			options.Source = address{c, source}
		}
	}
	if timeout := c.Arg(1); timeout != nil {
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
func (f failing) Sockaddr(int, string) ([]byte, error) { return nil, f.err }

// unpackPair is "a, b = v".
func unpackPair(c *pycall.Call, v starlark.Value) (a, b starlark.Value, err error) {
	items, err := pyval.ToSlice(c.Thread, v)
	if err != nil {
		return nil, nil, pyval.TypeError.Errorf("cannot unpack non-iterable %s object", pyval.TypeName(v))
	}
	switch n := len(items); {
	case n < 2:
		return nil, nil, pyval.ValueError.Errorf("not enough values to unpack (expected 2, got %d)", n)
	case n > 2 && c.Python.AtLeast(3, 14) && sized(v):
		return nil, nil, pyval.ValueError.Errorf("too many values to unpack (expected 2, got %d)", n)
	case n > 2:
		return nil, nil, pyval.ValueError.Errorf("too many values to unpack (expected 2)")
	}
	return items[0], items[1], nil
}

// sized reports whether unpacking knows the length beforehand.
func sized(v starlark.Value) bool {
	switch v.(type) {
	case starlark.Tuple, *starlark.List, *starlark.Dict:
		return true
	}
	return false
}

// resolvableHost is the host argument of getaddrinfo (socket_getaddrinfo); nil is
// None. A NUL ends it.
func resolvableHost(c *pycall.Call, v starlark.Value) (*string, error) {
	switch v := v.(type) {
	case starlark.NoneType:
		return nil, nil
	case starlark.String:
		name, err := encodeIDNA(c, v)
		return cString(name), err
	case starlark.Bytes:
		name := cString(string(v))
		if _, err := encodeIDNA(c, starlark.String(*name)); err != nil || !isASCII(*name) {
			return nil, notFound()
		}
		return name, nil
	}
	return nil, pyval.TypeError.Errorf("getaddrinfo() argument 1 must be string or None")
}

// resolvablePort is the port argument of getaddrinfo (socket_getaddrinfo); nil is
// None. A NUL ends it.
func resolvablePort(c *pycall.Call, v starlark.Value) (*string, error) {
	switch v := v.(type) {
	case starlark.NoneType:
		return nil, nil
	case starlark.String:
		text, err := pyval.Encode(string(v), "utf-8", "strict")
		return cString(string(text)), err
	case starlark.Bytes:
		return cString(string(v)), nil
	case starlark.Int:
		// Before 3.12 it had to fit a C long.
		if _, err := c.AsLong(v); err != nil && !c.Python.AtLeast(3, 12) {
			return nil, err
		}
		return cString(v.String()), nil
	}
	// Before 3.14 a bool and other subclasses of int do not count.
	if pyval.IsInstance(v, pyval.IntType) && c.Python.AtLeast(3, 14) {
		i, err := pyval.Index(c.Thread, v)
		if err != nil {
			return nil, err
		}
		return cString(i.String()), nil
	}
	return nil, pyerr.OSError.Errorf("Int or String expected")
}

// cString is what C code sees of a text.
func cString(s string) *string {
	s, _, _ = strings.Cut(s, "\x00")
	return &s
}

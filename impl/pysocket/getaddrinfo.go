package pysocket

import (
	"strings"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/impl/socket"
)

// getaddrinfo is Python's socket.getaddrinfo: that of the C module, with members
// of enums for the family and the type.
func (m *module) getaddrinfo() pycall.Definition {
	return pycall.Def("getaddrinfo", "host, port, family=0, type=0, proto=0, flags=0", func(c *pycall.Call) (starlark.Value, error) {
		found, err := m.rawGetAddrInfo(c)
		if err != nil {
			return nil, err
		}
		list := make([]starlark.Value, len(found))
		for i, info := range found {
			addr, err := addressValue(info.Addr)
			if err != nil {
				return nil, err
			}
			name, err := fsDecode(info.CanonName)
			if err != nil {
				return nil, err
			}
			list[i] = starlark.Tuple{
				m.addressFamily.Member(int64(info.Family)), m.socketKind.Member(int64(info.Type)),
				starlark.MakeInt(info.Proto), name, addr,
			}
		}
		return starlark.NewList(list), nil
	})
}

// rawGetAddrInfo is _socket.getaddrinfo (socket_getaddrinfo).
func (m *module) rawGetAddrInfo(c *pycall.Call) ([]socket.AddrInfo, error) {
	hints := socket.Hints{Encoded: true}
	numbers := c.Args[2:]
	for i, v := range numbers {
		if v == nil {
			numbers[i] = starlark.MakeInt(0)
		}
	}
	if err := c.ParseItems(numbers, "iiii:getaddrinfo", &hints.Family, &hints.Type, &hints.Proto, &hints.Flags); err != nil {
		return nil, err
	}
	host, err := resolvableHost(c, c.Args[0])
	if err != nil {
		return nil, err
	}
	port, err := resolvablePort(c, c.Args[1])
	if err != nil {
		return nil, err
	}
	return m.impl.GetAddrInfo(host, port, hints)
}

// resolvableHost is the host argument of getaddrinfo (socket_getaddrinfo), as the
// resolver takes it; nil is None. A NUL ends it.
func resolvableHost(c *pycall.Call, v starlark.Value) (*string, error) {
	switch v := v.(type) {
	case starlark.NoneType:
		return nil, nil
	case starlark.String:
		name, err := encodeIDNA(c, v)
		return cString(name), err
	case starlark.Bytes:
		return cString(string(v)), nil
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

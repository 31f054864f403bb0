package pysocket

import (
	"math/big"
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
		var hints socket.Hints
		numbers := c.Args[2:]
		for i, v := range numbers {
			if v == nil {
				numbers[i] = starlark.MakeInt(0)
			}
		}
		if err := c.ParseItems(numbers, "iiii:getaddrinfo", &hints.Family, &hints.Type, &hints.Proto, &hints.Flags); err != nil {
			return nil, err
		}
		return m.lookUp(c, c.Args[0], c.Args[1], hints, func(n int, enum string) (starlark.Value, error) {
			return m.callGlobal(c, "_intenum_converter", starlark.MakeInt(n), m.global(enum))
		})
	})
}

// rawGetAddrInfo is _socket.getaddrinfo (socket_getaddrinfo).
func (m *module) rawGetAddrInfo(c *pycall.Call) (starlark.Value, error) {
	var host, port starlark.Value
	var hints socket.Hints
	names := []string{"host", "port", "family", "type", "proto", "flags"}
	if err := c.ParseKeywords("OO|iiii:getaddrinfo", names, &host, &port, &hints.Family, &hints.Type, &hints.Proto, &hints.Flags); err != nil {
		return nil, err
	}
	return m.lookUp(c, host, port, hints, func(n int, _ string) (starlark.Value, error) { return starlark.MakeInt(n), nil })
}

// lookUp is what getaddrinfo does once it has its numbers; show is how the family
// and the type of a result look, which have enums of these names.
func (m *module) lookUp(c *pycall.Call, host, port starlark.Value, hints socket.Hints,
	show func(n int, enum string) (starlark.Value, error)) (starlark.Value, error) {
	hints.Encoded = true
	name, err := resolvableHost(c, host)
	if err != nil {
		return nil, err
	}
	service, err := resolvablePort(c, port)
	if err != nil {
		return nil, err
	}
	found, err := m.lookups(c, host, port, starlark.MakeInt(hints.Family), starlark.MakeInt(hints.Type), starlark.MakeInt(hints.Proto)).GetAddrInfo(name, service, hints)
	if err != nil {
		return nil, err
	}
	list := make([]starlark.Value, len(found))
	for i, info := range found {
		addr, err := addressValue(c.Python, info.Addr)
		if err != nil {
			return nil, err
		}
		canonical, err := decoded(info.CanonName)
		if err != nil {
			return nil, err
		}
		family, err := show(info.Family, "AddressFamily")
		if err != nil {
			return nil, err
		}
		kind, err := show(info.Type, "SocketKind")
		if err != nil {
			return nil, err
		}
		list[i] = starlark.Tuple{family, kind, starlark.MakeInt(info.Proto), canonical, addr}
	}
	return starlark.NewList(list), nil
}

// resolvableHost is the host argument of getaddrinfo (socket_getaddrinfo), as the
// resolver takes it; nil is None. A NUL ends it.
func resolvableHost(c *pycall.Call, v starlark.Value) (*string, error) {
	switch plain := pyval.PlainValue(v).(type) {
	case starlark.NoneType:
		return nil, nil
	case starlark.String:
		name, err := encodeIDNA(c, v)
		return cString(name), err
	case starlark.Bytes:
		return cString(string(plain)), nil
	}
	return nil, pyval.TypeError.Errorf("getaddrinfo() argument 1 must be string or None")
}

// resolvablePort is the port argument of getaddrinfo (socket_getaddrinfo); nil is
// None. A NUL ends it.
func resolvablePort(c *pycall.Call, v starlark.Value) (*string, error) {
	switch plain := pyval.PlainValue(v).(type) {
	case starlark.NoneType:
		return nil, nil
	case starlark.String:
		text, err := pyval.Encode(nil, string(plain), "utf-8", "strict")
		return cString(string(text)), err
	case starlark.Bytes:
		return cString(string(plain)), nil
	case starlark.Int:
		if plain != v {
			break
		}
		// Before 3.12 it had to fit a C long.
		if _, err := c.AsLong(v); err != nil && !c.Python.AtLeast(3, 12) {
			return nil, err
		}
		return digits(plain.BigInt())
	}
	// Before 3.14 a bool and other subclasses of int do not count, nor does what has
	// an __index__.
	if pyval.HasIndex(v) && c.Python.AtLeast(3, 14) {
		i, err := pyval.Index(c.Thread, v)
		if err != nil {
			return nil, err
		}
		return digits(i)
	}
	return nil, pyerr.OSError.Errorf("Int or String expected")
}

// maxDigits is how many digits of an int Python turns into text
// (_PY_LONG_DEFAULT_MAX_STR_DIGITS).
const maxDigits = 4300

// digits is the text of a port.
func digits(port *big.Int) (*string, error) {
	text := port.String()
	if len(strings.TrimPrefix(text, "-")) > maxDigits {
		return nil, pyval.ValueError.Errorf(
			"Exceeds the limit (%d digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit", maxDigits)
	}
	return &text, nil
}

// cString is what C code sees of a text.
func cString(s string) *string {
	s, _, _ = strings.Cut(s, "\x00")
	return &s
}

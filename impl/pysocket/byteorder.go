package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/socket"
)

// byteOrder is the table of htons, htonl, ntohs and ntohl. They have been rebuilt
// more than once: the 16-bit ones parse a tuple before 3.13, and all of them
// convert straight to their C type since 3.14.
func (m *module) byteOrder() []pycall.Method {
	takes := pycall.OneArg
	if !m.python.AtLeast(3, 13) {
		takes = pycall.VarArgs
	}
	return []pycall.Method{
		{Name: "htons", Takes: takes, Func: short("htons", socket.Htons)},
		{Name: "ntohs", Takes: takes, Func: short("ntohs", socket.Ntohs)},
		{Name: "htonl", Takes: pycall.OneArg, Func: long(socket.Htonl)},
		{Name: "ntohl", Takes: pycall.OneArg, Func: long(socket.Ntohl)},
	}
}

// short is Python's socket.htons and ntohs (_socket_socket_htons,
// _socket_socket_ntohs).
func short(name string, swap func(int) (uint16, error)) pycall.Func {
	return func(c *pycall.Call) (starlark.Value, error) {
		x, err := shortArgument(c, name)
		if err != nil {
			return nil, err
		}
		y, err := swap(x)
		return starlark.MakeInt(int(y)), err
	}
}

func shortArgument(c *pycall.Call, name string) (x int, err error) {
	switch {
	case c.Python.AtLeast(3, 14):
		u, err := c.AsUint16(c.Args[0])
		return int(u), err
	case c.Python.AtLeast(3, 13):
		return c.ClinicInt(c.Args[0])
	}
	if err := c.ParseTuple("i:"+name, &x); err != nil {
		return 0, err
	}
	if x > 0xffff && !c.Python.AtLeast(3, 10) {
		err := c.Warn(pyval.DeprecationWarning, name+": Python int too large to convert to C "+
			"16-bit unsigned integer (The silent truncation is deprecated)")
		if err != nil {
			return 0, err
		}
		x &= 0xffff
	}
	return x, nil
}

// long is Python's socket.htonl and ntohl (socket_htonl, socket_ntohl).
func long(swap func(int64) (uint32, error)) pycall.Func {
	return func(c *pycall.Call) (starlark.Value, error) {
		x, err := longArgument(c)
		if err != nil {
			return nil, err
		}
		y, err := swap(int64(x))
		return starlark.MakeUint64(uint64(y)), err
	}
}

func longArgument(c *pycall.Call) (uint32, error) {
	v := c.Args[0]
	if c.Python.AtLeast(3, 14) {
		return c.AsUint32(v)
	}
	if !pyval.IsInstance(v, pyval.IntType) {
		return 0, pyval.TypeError.Errorf("expected int, %s found", pyval.TypeName(v))
	}
	x, err := c.AsUnsignedLong(v)
	if err == nil && x > 0xffffffff {
		err = pyval.OverflowError.Errorf("int larger than 32 bits")
	}
	return uint32(x), err
}

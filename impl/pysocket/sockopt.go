package pysocket

import (
	"errors"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/socket"
)

func (m *module) sockoptMethods() []pycall.Method {
	return []pycall.Method{
		{Name: "getsockopt", Takes: pycall.VarArgs, Func: getsockopt},
		{Name: "setsockopt", Takes: pycall.VarArgs, Func: setsockopt},
	}
}

// getsockopt is Python's socket.getsockopt (sock_getsockopt): an int, or as many
// bytes as asked for.
func getsockopt(c *pycall.Call) (starlark.Value, error) {
	var level, name, length int
	if err := c.ParseTuple("ii|i:getsockopt", &level, &name, &length); err != nil {
		return nil, err
	}
	if length == 0 {
		sock := self(c).sock
		value, err := sock.GetSockOpt(level, name)
		if sock.Family() == socket.AF_VSOCK {
			return unsigned(uint64(value)), err
		}
		return starlark.MakeInt(value), err
	}
	value, err := self(c).sock.GetSockOptBytes(level, name, length)
	return starlark.Bytes(value), err
}

// setsockopt is Python's socket.setsockopt (sock_setsockopt): an int, bytes, or
// None with a length.
func setsockopt(c *pycall.Call) (starlark.Value, error) {
	if c.Python.AtLeast(3, 15) {
		return starlark.None, setsockoptByType(c)
	}
	return starlark.None, setsockoptByTrial(c)
}

// setsockoptByTrial is what CPython does before 3.15: it parses the arguments in
// one way after the other, so that the last one's error is the one to see.
func setsockoptByTrial(c *pycall.Call) error {
	sock := self(c).sock
	var level, name, flag int
	if sock.Family() == socket.AF_VSOCK {
		var wide uint64
		if err := c.ParseTuple("iiK:setsockopt", &level, &name, &wide); err != nil {
			return err
		}
		return sock.SetSockOpt(level, name, int(wide))
	}
	if c.ParseTuple("iii:setsockopt", &level, &name, &flag) == nil {
		return sock.SetSockOpt(level, name, flag)
	}
	var none starlark.Value
	var length uint32
	if c.ParseTuple("iiO!I:setsockopt", &level, &name, pycall.Instance{Of: pyval.NoneType, To: &none}, &length) == nil {
		return sock.SetSockOptNone(level, name, length)
	}
	var value []byte
	if err := c.ParseTuple("iiy*:setsockopt", &level, &name, &value); err != nil {
		return err
	}
	return sock.SetSockOptBytes(level, name, value)
}

// setsockoptByType is what CPython does since 3.15: the type of the value
// decides.
func setsockoptByType(c *pycall.Call) error {
	sock := self(c).sock
	var level, name, flag int
	var value starlark.Value
	var length uint32
	if err := c.ParseTuple("iiO|I:setsockopt", &level, &name, &value, &length); err != nil {
		return err
	}
	switch none := value == starlark.None; {
	case none && len(c.Args) == 3:
		return pyval.TypeError.Errorf("setsockopt() requires 4 arguments when the third argument is None")
	case none && sock.Family() != socket.AF_VSOCK:
		return sock.SetSockOptNone(level, name, length)
	case !none && len(c.Args) == 4:
		return pyval.TypeError.Errorf("setsockopt() only takes 4 arguments when the third argument is None (got %s)",
			pyval.TypeOf(value).Full())
	case sock.Family() == socket.AF_VSOCK:
		return setVsockOption(c, level, name, value)
	case pyval.HasIndex(value):
		if err := c.ParseItems(starlark.Tuple{value}, "i", &flag); err != nil {
			return err
		}
		return sock.SetSockOpt(level, name, flag)
	}
	data, err := c.Buffer(value)
	var e *pyval.Exception
	switch {
	case errors.As(err, &e) && e.Class != pyval.TypeError:
		return err // it has a buffer, but not in one piece
	case err != nil:
		return pyval.TypeError.Errorf("socket option should be int, bytes-like object or None (got %s)",
			pyval.TypeOf(value).Full())
	}
	return sock.SetSockOptBytes(level, name, data)
}

// setVsockOption sets an option of 64 bits.
func setVsockOption(c *pycall.Call, level, name int, value starlark.Value) error {
	if !pyval.HasIndex(value) {
		return pyval.TypeError.Errorf("setsockopt() argument 3 for AF_VSOCK must be an int (got %s)", pyval.TypeOf(value).Full())
	}
	var wide uint64
	if err := c.ParseItems(starlark.Tuple{value}, "K", &wide); err != nil {
		return err
	}
	return self(c).sock.SetSockOpt(level, name, int(wide))
}

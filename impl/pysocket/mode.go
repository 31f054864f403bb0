package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/socket"
)

func (m *module) modeMethods() []pycall.Method {
	return []pycall.Method{
		{Name: "setblocking", Takes: pycall.OneArg, Func: setblocking},
		{Name: "getblocking", Takes: pycall.NoArgs, Func: getblocking},
		{Name: "settimeout", Takes: pycall.OneArg, Func: settimeout},
		{Name: "gettimeout", Takes: pycall.NoArgs, Func: gettimeout},
	}
}

// setblocking is Python's socket.setblocking (sock_setblocking), which takes
// only ints before 3.12.
func setblocking(c *pycall.Call) (starlark.Value, error) {
	if c.Python.AtLeast(3, 12) {
		block, err := pyval.Truth(c.Thread, c.Args[0])
		if err != nil {
			return nil, err
		}
		return starlark.None, self(c).sock.SetBlocking(block)
	}
	block, err := c.AsLong(c.Args[0])
	if err != nil {
		return nil, err
	}
	sock := self(c).sock
	err = sock.SetBlocking(block != 0)
	if err == nil && block != 0 && int32(block) == 0 {
		// The descriptor is told by a C int, in which nothing is left of the number.
		err = socket.SetNonblock(sock.Fileno(), true)
	}
	return starlark.None, err
}

// getblocking is Python's socket.getblocking (sock_getblocking).
func getblocking(c *pycall.Call) (starlark.Value, error) {
	return starlark.Bool(self(c).sock.GetBlocking()), nil
}

// settimeout is Python's socket.settimeout (sock_settimeout).
func settimeout(c *pycall.Call) (starlark.Value, error) {
	t, err := parseTimeout(c, c.Args[0])
	if err != nil {
		return nil, err
	}
	return starlark.None, self(c).sock.SetTimeout(t)
}

// gettimeout is Python's socket.gettimeout (sock_gettimeout).
func gettimeout(c *pycall.Call) (starlark.Value, error) {
	return seconds(self(c).sock.GetTimeout()), nil
}

// defaultTimeout is the table of the functions for the timeout of new sockets.
func (m *module) defaultTimeout() []pycall.Method {
	return []pycall.Method{
		// Python's socket.getdefaulttimeout (socket_getdefaulttimeout).
		{Name: "getdefaulttimeout", Takes: pycall.NoArgs, Func: func(*pycall.Call) (starlark.Value, error) {
			return seconds(m.impl.GetDefaultTimeout()), nil
		}},
		// Python's socket.setdefaulttimeout (socket_setdefaulttimeout).
		{Name: "setdefaulttimeout", Takes: pycall.OneArg, Func: func(c *pycall.Call) (starlark.Value, error) {
			t, err := parseTimeout(c, c.Args[0])
			if err != nil {
				return nil, err
			}
			return starlark.None, m.impl.SetDefaultTimeout(t)
		}},
	}
}

// parseTimeout reads a timeout: seconds or None (socket_parse_timeout).
func parseTimeout(c *pycall.Call, v starlark.Value) (socket.Timeout, error) {
	if v == starlark.None {
		return socket.None, nil
	}
	d, err := c.AsDuration(v)
	if err != nil {
		return 0, err
	}
	if d < 0 {
		return 0, pyval.ValueError.Errorf("Timeout value out of range")
	}
	return socket.Timeout(d), nil
}

// seconds is a timeout as Python code gets it: a float or None.
func seconds(t socket.Timeout) starlark.Value {
	if s, ok := t.Seconds(); ok {
		return starlark.Float(s)
	}
	return starlark.None
}

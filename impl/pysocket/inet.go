package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/impl/socket"
)

// inet is the table of inet_aton, inet_ntoa, inet_pton and inet_ntop. The first
// two parse a tuple before 3.13.
func (m *module) inet() []pycall.Method {
	takes := pycall.OneArg
	if !m.python.AtLeast(3, 13) {
		takes = pycall.VarArgs
	}
	return []pycall.Method{
		{Name: "inet_aton", Takes: takes, Func: inetAton},
		{Name: "inet_ntoa", Takes: takes, Func: inetNtoa},
		{Name: "inet_pton", Takes: pycall.VarArgs, Func: inetPton},
		{Name: "inet_ntop", Takes: pycall.VarArgs, Func: inetNtop},
	}
}

// inetAton is Python's socket.inet_aton (_socket_socket_inet_aton).
func inetAton(c *pycall.Call) (starlark.Value, error) {
	var text string
	var err error
	if c.Python.AtLeast(3, 13) {
		text, err = c.ClinicString("inet_aton", c.Args[0])
	} else {
		err = c.ParseTuple("s:inet_aton", &text)
	}
	if err != nil {
		return nil, err
	}
	packed, err := socket.InetAton(text)
	return starlark.Bytes(packed), err
}

// inetNtoa is Python's socket.inet_ntoa (_socket_socket_inet_ntoa).
func inetNtoa(c *pycall.Call) (starlark.Value, error) {
	var packed []byte
	if err := c.ParseTuple("y*:inet_ntoa", &packed); err != nil {
		return nil, err
	}
	text, err := socket.InetNtoa(packed)
	return starlark.String(text), err
}

// inetPton is Python's socket.inet_pton (socket_inet_pton).
func inetPton(c *pycall.Call) (starlark.Value, error) {
	var family int
	var text string
	if err := c.ParseTuple("is:inet_pton", &family, &text); err != nil {
		return nil, err
	}
	packed, err := socket.InetPton(family, text)
	return starlark.Bytes(packed), err
}

// inetNtop is Python's socket.inet_ntop (socket_inet_ntop).
func inetNtop(c *pycall.Call) (starlark.Value, error) {
	var family int
	var packed []byte
	if err := c.ParseTuple("iy*:inet_ntop", &family, &packed); err != nil {
		return nil, err
	}
	text, err := socket.InetNtop(family, packed)
	return starlark.String(text), err
}

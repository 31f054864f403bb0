package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
)

func (m *module) connectMethods() []pycall.Method {
	return []pycall.Method{
		{Name: "connect", Takes: pycall.OneArg, Func: connect},
		{Name: "connect_ex", Takes: pycall.OneArg, Func: connectEx},
	}
}

// connect is Python's socket.connect (sock_connect).
func connect(c *pycall.Call) (starlark.Value, error) {
	return starlark.None, self(c).sock.Connect(address{c, c.Args[0]})
}

// connectEx is Python's socket.connect_ex (sock_connect_ex).
func connectEx(c *pycall.Call) (starlark.Value, error) {
	errno, err := self(c).sock.ConnectEx(address{c, c.Args[0]})
	return starlark.MakeInt(errno), err
}

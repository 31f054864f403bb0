package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
)

func (m *module) nameMethods() []pycall.Method {
	return []pycall.Method{
		{Name: "getsockname", Takes: pycall.NoArgs, Func: getsockname},
		{Name: "getpeername", Takes: pycall.NoArgs, Func: getpeername},
		{Name: "fileno", Takes: pycall.NoArgs, Func: fileno},
	}
}

// getsockname is Python's socket.getsockname (sock_getsockname).
func getsockname(c *pycall.Call) (starlark.Value, error) {
	addr, err := self(c).sock.GetSockName()
	if err != nil {
		return nil, err
	}
	return addressValue(c.Python, addr)
}

// getpeername is Python's socket.getpeername (sock_getpeername).
func getpeername(c *pycall.Call) (starlark.Value, error) {
	addr, err := self(c).sock.GetPeerName()
	if err != nil {
		return nil, err
	}
	return addressValue(c.Python, addr)
}

// fileno is Python's socket.fileno (sock_fileno).
func fileno(c *pycall.Call) (starlark.Value, error) {
	return starlark.MakeInt(self(c).sock.Fileno()), nil
}

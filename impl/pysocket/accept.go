package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/impl/pycall"
)

func (m *module) acceptDefs() []pycall.Definition {
	return []pycall.Definition{pycall.Def("accept", "self", accept)}
}

// accept is Python's socket.accept.
func accept(c *pycall.Call) (starlark.Value, error) {
	o, err := anySelf(c, "_accept")
	if err != nil {
		return nil, err
	}
	sock, addr, err := o.sock.Accept()
	if err != nil {
		return nil, err
	}
	from, err := addressValue(addr)
	return starlark.Tuple{o.m.wrap(sock), from}, err
}

package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
)

func (m *module) acceptDefs() []pycall.Definition {
	return []pycall.Definition{pycall.Def("accept", "self", m.accept)}
}

func (m *module) acceptMethods() []pycall.Method {
	return []pycall.Method{{Name: "_accept", Takes: pycall.NoArgs, Func: acceptDescriptor}}
}

// acceptDescriptor is _socket.socket._accept (sock_accept), on which accept is
// built: it gives the connection's descriptor away.
func acceptDescriptor(c *pycall.Call) (starlark.Value, error) {
	sock, addr, err := self(c).sock.RawAccept()
	if err != nil {
		return nil, err
	}
	from, err := addressValue(c.Python, addr)
	return starlark.Tuple{starlark.MakeInt(sock.Detach()), from}, err
}

// accept is Python's socket.accept.
func (m *module) accept(c *pycall.Call) (starlark.Value, error) {
	o := own(c.Args[0], "_accept", "family", "type", "proto", "gettimeout")
	if o == nil || !m.own("socket", "getdefaulttimeout") || !m.ownMethods("__init__", "setblocking") {
		return m.acceptOver(c, c.Args[0])
	}
	sock, addr, err := o.sock.Accept()
	if err != nil {
		return nil, err
	}
	from, err := addressValue(c.Python, addr)
	if err != nil {
		return nil, err
	}
	return starlark.Tuple{m.wrap(sock), from}, nil
}

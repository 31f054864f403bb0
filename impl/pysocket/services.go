package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
)

// services is the table of the functions for services and protocols.
func (m *module) services() []pycall.Method {
	return []pycall.Method{
		{Name: "getservbyname", Takes: pycall.VarArgs, Func: m.getservbyname},
		{Name: "getservbyport", Takes: pycall.VarArgs, Func: m.getservbyport},
		{Name: "getprotobyname", Takes: pycall.VarArgs, Func: m.getprotobyname},
	}
}

// getservbyname is Python's socket.getservbyname (socket_getservbyname).
func (m *module) getservbyname(c *pycall.Call) (starlark.Value, error) {
	var name, proto string
	if err := c.ParseTuple("s|s:getservbyname", &name, &proto); err != nil {
		return nil, err
	}
	port, err := m.impl.GetServByName(name, givenProto(c, proto)...)
	return starlark.MakeInt(port), err
}

// getservbyport is Python's socket.getservbyport (socket_getservbyport).
func (m *module) getservbyport(c *pycall.Call) (starlark.Value, error) {
	var port int
	var proto string
	if err := c.ParseTuple("i|s:getservbyport", &port, &proto); err != nil {
		return nil, err
	}
	name, err := m.impl.GetServByPort(port, givenProto(c, proto)...)
	if err != nil {
		return nil, err
	}
	return decoded(name)
}

// givenProto is the second argument, which may be missing but not None.
func givenProto(c *pycall.Call, proto string) []string {
	if c.Arg(1) == nil {
		return nil
	}
	return []string{proto}
}

// getprotobyname is Python's socket.getprotobyname (socket_getprotobyname).
func (m *module) getprotobyname(c *pycall.Call) (starlark.Value, error) {
	var name string
	if err := c.ParseTuple("s:getprotobyname", &name); err != nil {
		return nil, err
	}
	number, err := m.impl.GetProtoByName(name)
	return starlark.MakeInt(number), err
}

package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
)

func (m *module) recvMethods() []pycall.Method {
	return []pycall.Method{
		{Name: "recv", Takes: pycall.VarArgs, Func: recv},
		{Name: "recv_into", Takes: pycall.Keywords, Func: recvInto},
		{Name: "recvfrom", Takes: pycall.VarArgs, Func: recvfrom},
		{Name: "recvfrom_into", Takes: pycall.Keywords, Func: recvfromInto},
	}
}

var intoNames = []string{"buffer", "nbytes", "flags"}

// recv is Python's socket.recv (sock_recv).
func recv(c *pycall.Call) (starlark.Value, error) {
	var n, flags int
	if err := c.ParseTuple("n|i:recv", &n, &flags); err != nil {
		return nil, err
	}
	data, err := self(c).sock.Recv(n, flags)
	return starlark.Bytes(data), err
}

// recvInto is Python's socket.recv_into (sock_recv_into).
func recvInto(c *pycall.Call) (starlark.Value, error) {
	var buffer []byte
	var n, flags int
	if err := c.ParseKeywords("w*|ni:recv_into", intoNames, &buffer, &n, &flags); err != nil {
		return nil, err
	}
	got, err := self(c).sock.RecvInto(buffer, n, flags)
	return starlark.MakeInt(got), err
}

// recvfrom is Python's socket.recvfrom (sock_recvfrom).
func recvfrom(c *pycall.Call) (starlark.Value, error) {
	var n, flags int
	if err := c.ParseTuple("n|i:recvfrom", &n, &flags); err != nil {
		return nil, err
	}
	data, addr, err := self(c).sock.RecvFrom(n, flags)
	if err != nil {
		return nil, err
	}
	from, err := addressValue(c.Python, addr)
	return starlark.Tuple{starlark.Bytes(data), from}, err
}

// recvfromInto is Python's socket.recvfrom_into (sock_recvfrom_into).
func recvfromInto(c *pycall.Call) (starlark.Value, error) {
	var buffer []byte
	var n, flags int
	if err := c.ParseKeywords("w*|ni:recvfrom_into", intoNames, &buffer, &n, &flags); err != nil {
		return nil, err
	}
	got, addr, err := self(c).sock.RecvFromInto(buffer, n, flags)
	if err != nil {
		return nil, err
	}
	from, err := addressValue(c.Python, addr)
	return starlark.Tuple{starlark.MakeInt(got), from}, err
}

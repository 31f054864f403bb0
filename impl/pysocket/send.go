package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// sendMethods is the table of send, sendall and sendto. Argument Clinic parses
// for the first two since 3.15.
func (m *module) sendMethods() []pycall.Method {
	takes := pycall.VarArgs
	if m.python.AtLeast(3, 15) {
		takes = pycall.FastCall
	}
	return []pycall.Method{
		{Name: "send", Takes: takes, Func: send},
		{Name: "sendall", Takes: takes, Func: sendall},
		{Name: "sendto", Takes: pycall.VarArgs, Func: sendto},
	}
}

func sendArguments(c *pycall.Call, name string) (data []byte, flags int, err error) {
	parse := c.ParseTuple
	if c.Python.AtLeast(3, 15) {
		parse = c.Clinic
	}
	err = parse("y*|i:"+name, &data, &flags)
	return data, flags, err
}

// send is Python's socket.send (sock_send).
func send(c *pycall.Call) (starlark.Value, error) {
	data, flags, err := sendArguments(c, "send")
	if err != nil {
		return nil, err
	}
	n, err := self(c).sock.Send(data, flags)
	return starlark.MakeInt(n), err
}

// sendall is Python's socket.sendall (sock_sendall).
func sendall(c *pycall.Call) (starlark.Value, error) {
	data, flags, err := sendArguments(c, "sendall")
	if err != nil {
		return nil, err
	}
	return starlark.None, self(c).sock.SendAll(data, flags)
}

// sendto is Python's socket.sendto (sock_sendto): the flags stand in the middle,
// or are left out.
func sendto(c *pycall.Call) (starlark.Value, error) {
	var data []byte
	var flags int
	var to starlark.Value
	var err error
	switch n := len(c.Args); n {
	case 2:
		err = c.ParseTuple("y*O:sendto", &data, &to)
	case 3:
		err = c.ParseTuple("y*iO:sendto", &data, &flags, &to)
	default:
		err = pyval.TypeError.Errorf("sendto() takes 2 or 3 arguments (%d given)", n)
	}
	if err != nil {
		return nil, err
	}
	n, err := self(c).sock.SendTo(data, flags, address{c, to})
	return starlark.MakeInt(n), err
}

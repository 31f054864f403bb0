package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/impl/socket"
)

func (m *module) bindMethods() []pycall.Method {
	return []pycall.Method{
		{Name: "bind", Takes: pycall.OneArg, Func: bind},
		{Name: "listen", Takes: pycall.VarArgs, Func: listen},
	}
}

// bind is Python's socket.bind (sock_bind).
func bind(c *pycall.Call) (starlark.Value, error) {
	return starlark.None, self(c).sock.Bind(address{c, c.Args[0]})
}

// listen is Python's socket.listen (sock_listen).
func listen(c *pycall.Call) (starlark.Value, error) {
	backlog := socket.DefaultBacklog
	if err := c.ParseTuple("|i:listen", &backlog); err != nil {
		return nil, err
	}
	return starlark.None, self(c).sock.Listen(backlog)
}

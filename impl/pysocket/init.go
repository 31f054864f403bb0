package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/socket"
)

// newSocket is Python's socket.socket(family=-1, type=-1, proto=-1, fileno=None)
// (socket.__init__).
func (m *module) newSocket(thread *starlark.Thread, class *pyval.Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	init := pycall.Def("__init__", "self, family=-1, type=-1, proto=-1, fileno=None", func(c *pycall.Call) (starlark.Value, error) {
		return m.initSocket(c, c.Args[1], c.Args[2], c.Args[3], c.Args[4])
	})
	init.Func = m.raising(init.Func)
	// The object that __init__ would be bound to does not exist yet: its class
	// stands in, which only counts as an argument.
	return pycall.PythonMethod(m.python, class, init).Bind(class).CallInternal(thread, args, kwargs)
}

// initSocket makes a socket of the arguments of socket.socket; nil is one that
// was not given.
func (m *module) initSocket(c *pycall.Call, family, kind, proto, fileno starlark.Value) (*object, error) {
	if fileno == nil {
		fileno = starlark.None
	}
	family, kind, proto = given(family), given(kind), given(proto)
	if fileno == starlark.None {
		family = replaceDefault(family, socket.AF_INET)
		kind = replaceDefault(kind, socket.SOCK_STREAM)
		proto = replaceDefault(proto, 0)
	}
	sock, err := m.rawInit(c, starlark.Tuple{family, kind, proto, fileno}, nil)
	if err != nil {
		return nil, err
	}
	return m.wrap(sock), nil
}

func given(v starlark.Value) starlark.Value {
	if v == nil {
		return starlark.MakeInt(-1)
	}
	return v
}

// replaceDefault is "if v == -1: v = value": anything that equals -1 is replaced.
func replaceDefault(v starlark.Value, value int) starlark.Value {
	if pyval.Equal(v, starlark.MakeInt(-1)) {
		return starlark.MakeInt(value)
	}
	return v
}

// newRaw is Python's socket.SocketType(…), the C base class.
func (m *module) newRaw(thread *starlark.Thread, class *pyval.Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	init := pycall.Method{Name: "socket", Takes: pycall.Keywords, Func: m.raising(func(c *pycall.Call) (starlark.Value, error) {
		sock, err := m.rawInit(c, c.Args, c.Kwargs)
		if err != nil {
			return nil, err
		}
		return m.instance(class, sock), nil
	})}
	return pycall.Builtin(m.python, "_socket", init).CallInternal(thread, args, kwargs)
}

// rawInit is _socket.socket.__init__ (sock_initobj).
func (m *module) rawInit(c *pycall.Call, args starlark.Tuple, kwargs []starlark.Tuple) (*socket.Socket, error) {
	family, kind, proto, fileno := -1, -1, -1, starlark.Value(starlark.None)
	parse := c.With(args, kwargs).ClinicKeywords
	if !m.python.AtLeast(3, 10) {
		parse = c.With(args, kwargs).ParseKeywords
	}
	if err := parse("|iiiO:socket", []string{"family", "type", "proto", "fileno"}, &family, &kind, &proto, &fileno); err != nil {
		return nil, err
	}
	if fileno == starlark.None {
		return m.impl.New(family, kind, proto)
	}
	fd, err := c.ParseDescriptor(fileno)
	if err != nil {
		return nil, err
	}
	return m.impl.FromFileno(fd, family, kind, proto)
}

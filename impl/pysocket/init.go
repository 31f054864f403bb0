package pysocket

import (
	"weak"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/socket"
)

// newSocket is Python's socket.socket(family=-1, type=-1, proto=-1, fileno=None)
// (socket.__init__).
func (m *module) newSocket(thread *starlark.Thread, class *pyval.Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	if !nativeIn(class, "__init__") {
		o := m.blankOf(class)
		result, err := pyval.Call(thread, pyval.Bound(class.Current("__init__"), o), args, kwargs)
		if err == nil && result != starlark.None {
			err = pyval.TypeError.Errorf("__init__() should return None, not '%s'", pyval.TypeName(result))
		}
		return o, err
	}
	return m.initOf(class, m.impl.Blank()).CallInternal(thread, args, kwargs)
}

const initParameters = "self, family=-1, type=-1, proto=-1, fileno=None"

// initOf is __init__ of the object that a blank socket is to be: it returns it.
func (m *module) initOf(class *pyval.Class, sock *socket.Socket) *pycall.Function {
	init := pycall.Def("__init__", initParameters, func(c *pycall.Call) (starlark.Value, error) {
		return m.initSocket(c, class, sock, c.Args[1], c.Args[2], c.Args[3], c.Args[4])
	})
	init.Func = m.raising(init.Func)
	// The object that __init__ would be bound to may not exist yet: its class
	// stands in, which only counts as an argument.
	return pycall.PythonMethod(m.python, m.class, init).Bind(class)
}

// initMethod is socket.__init__ as a method of the class: of an object that there is
// already.
func (m *module) initMethod() pycall.Definition {
	return pycall.Def("__init__", initParameters, func(c *pycall.Call) (starlark.Value, error) {
		o, ok := c.Args[0].(*object)
		if !ok {
			return nil, pyval.TypeError.Errorf("descriptor '__init__' requires a '%s' object but received a '%s'", m.rawClass.Qualified(), pyval.TypeName(c.Args[0]))
		}
		err := o.initAgain(func(sock *socket.Socket) error {
			_, err := m.initSocket(c, o.class, sock, c.Args[1], c.Args[2], c.Args[3], c.Args[4])
			return err
		})
		if err == nil && !o.python() {
			err = pyval.SetAttr(c.Thread, o, "_io_refs", starlark.MakeInt(0))
		}
		return starlark.None, err
	})
}

// initAgain gives an object another socket; what it had stays open.
func (o *object) initAgain(init func(sock *socket.Socket) error) error {
	sock := o.m.impl.Blank()
	sock.Value = weak.Make(o)
	if err := init(sock); err != nil {
		return err
	}
	o.sock.Detach()
	o.sock = sock
	return nil
}

// initSocket makes a socket of a blank one and the arguments of socket.socket; nil
// is an argument that was not given.
func (m *module) initSocket(c *pycall.Call, class *pyval.Class, sock *socket.Socket, family, kind, proto, fileno starlark.Value) (*object, error) {
	if fileno == nil {
		fileno = starlark.None
	}
	family, kind, proto = given(family), given(kind), given(proto)
	if fileno == starlark.None {
		family = replaceDefault(family, m.global("AF_INET"))
		kind = replaceDefault(kind, m.global("SOCK_STREAM"))
		proto = replaceDefault(proto, starlark.MakeInt(0))
	}
	if err := m.rawInit(c, sock, starlark.Tuple{family, kind, proto, fileno}, nil); err != nil {
		return nil, err
	}
	o := m.instance(class, sock)
	if own(o, "_io_refs", "_closed", "__setattr__") != nil {
		return o, nil // what follows has no other effect
	}
	o.slots.empty()
	if err := pyval.SetAttr(c.Thread, o, "_io_refs", starlark.MakeInt(0)); err != nil {
		return nil, err
	}
	return o, pyval.SetAttr(c.Thread, o, "_closed", starlark.False)
}

func given(v starlark.Value) starlark.Value {
	if v == nil {
		return starlark.MakeInt(-1)
	}
	return v
}

// replaceDefault is "if v == -1: v = value": anything that equals -1 is replaced.
func replaceDefault(v, value starlark.Value) starlark.Value {
	if pyval.Equal(v, starlark.MakeInt(-1)) {
		return value
	}
	return v
}

// newRaw is Python's socket.SocketType(…), the C base class.
func (m *module) newRaw(thread *starlark.Thread, class *pyval.Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	init := pycall.Method{Name: "socket", Takes: pycall.Keywords, Func: m.raising(func(c *pycall.Call) (starlark.Value, error) {
		sock := m.impl.Blank()
		m.instance(class, sock)
		if err := m.rawInit(c, sock, c.Args, c.Kwargs); err != nil {
			return nil, err
		}
		return m.instance(class, sock), nil
	})}
	return pycall.Builtin(m.python, "_socket", init).CallInternal(thread, args, kwargs)
}

// rawInit is _socket.socket.__init__ (sock_initobj) of a blank socket.
func (m *module) rawInit(c *pycall.Call, sock *socket.Socket, args starlark.Tuple, kwargs []starlark.Tuple) error {
	family, kind, proto, fileno := -1, -1, -1, starlark.Value(starlark.None)
	parse := c.With(args, kwargs).ClinicKeywords
	if !m.python.AtLeast(3, 10) {
		parse = c.With(args, kwargs).ParseKeywords
	}
	if err := parse("|iiiO:socket", []string{"family", "type", "proto", "fileno"}, &family, &kind, &proto, &fileno); err != nil {
		return err
	}
	if fileno == starlark.None {
		return sock.Init(family, kind, proto)
	}
	return sock.InitFileno(func() (int, error) { return c.ParseDescriptor(fileno) }, family, kind, proto)
}

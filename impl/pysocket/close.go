package pysocket

import (
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/socket"
)

// closeMethods is the table of the C class; socket.socket defines close and
// detach again.
func (m *module) closeMethods() []pycall.Method {
	return []pycall.Method{
		{Name: "close", Takes: pycall.NoArgs, Func: func(c *pycall.Call) (starlark.Value, error) { return starlark.None, self(c).sock.RealClose() }},
		{Name: "detach", Takes: pycall.NoArgs, Func: func(c *pycall.Call) (starlark.Value, error) { return detach(self(c)) }},
		{Name: "shutdown", Takes: pycall.OneArg, Func: shutdown},
	}
}

func (m *module) closeDefs() []pycall.Definition {
	return []pycall.Definition{
		pycall.Def("close", "self", markClosed(closeSocket, closeOver)),
		pycall.Def("detach", "self", markClosed(func(_ *pycall.Call, o *object) (starlark.Value, error) { return detach(o) }, m.detachOver)),
		// Python's socket.__enter__.
		pycall.Def("__enter__", "self", func(c *pycall.Call) (starlark.Value, error) { return c.Args[0], nil }),
		// Python's socket.__getstate__, which refuses to pickle.
		pycall.Def("__getstate__", "self", func(c *pycall.Call) (starlark.Value, error) {
			return nil, pyval.TypeError.Errorf("cannot pickle '%s' object", pyval.TypeOf(c.Args[0]).Short)
		}),
		// Python's socket.__exit__: closes a socket that is still open.
		pycall.Def("__exit__", "self, *args", func(c *pycall.Call) (starlark.Value, error) {
			closed, err := pyval.GetAttr(c.Thread, c.Args[0], "_closed")
			if err != nil {
				return nil, err
			}
			if done, err := pyval.Truth(c.Thread, closed); err != nil || done {
				return starlark.None, err
			}
			_, err = callMethod(c, c.Args[0], "close")
			return starlark.None, err
		}),
	}
}

// markClosed is a method of Python code that has no arguments and first sets
// _closed, which fails on most of what is no socket.socket; over is for the rest.
func markClosed(f func(c *pycall.Call, o *object) (starlark.Value, error), over pycall.Func) pycall.Func {
	return func(c *pycall.Call) (starlark.Value, error) {
		o, ok := c.Args[0].(*object)
		ok = ok && o.python()
		if own(c.Args[0], "_closed", "__setattr__") != nil {
			o.slots.forget("_closed")
			return f(c, o)
		}
		if err := pyval.SetAttr(c.Thread, c.Args[0], "_closed", starlark.True); err != nil {
			return nil, err
		}
		if ok {
			return f(c, o)
		}
		return over(c)
	}
}

// closeOver is what socket.close does of an object that is no socket.
func closeOver(c *pycall.Call) (starlark.Value, error) {
	refs, err := pyval.GetAttr(c.Thread, c.Args[0], "_io_refs")
	if err != nil {
		return nil, err
	}
	none, err := pyval.Binary(c.Thread, syntax.LE, refs, starlark.MakeInt(0))
	if err != nil {
		return nil, err
	}
	if yes, err := pyval.Truth(c.Thread, none); err != nil || !yes {
		return starlark.None, err
	}
	_, err = callMethod(c, c.Args[0], "_real_close")
	return starlark.None, err
}

// detachOver is super().detach() of an object that is no socket.
func (m *module) detachOver(c *pycall.Call) (starlark.Value, error) {
	if m.python.AtLeast(3, 13) {
		return nil, pyval.TypeError.Errorf("super(type, obj): obj (instance of %s) is not an instance or subtype of type (socket).", pyval.TypeName(c.Args[0]))
	}
	return nil, pyval.TypeError.Errorf("super(type, obj): obj must be an instance or subtype of type")
}

// closeSocket is Python's socket.close, which open files defer.
func closeSocket(c *pycall.Call, o *object) (starlark.Value, error) {
	if own(o, "_closed", "__setattr__") != nil {
		o.sock.SetClosed(true)
	}
	if own(o, "_closed", "_io_refs", "_real_close", "__setattr__") == nil {
		return closeOver(c)
	}
	if _, err := o.slot("_io_refs"); err != nil {
		return nil, err
	}
	return starlark.None, o.sock.Close()
}

// detach is Python's socket.detach (sock_detach).
func detach(o *object) (starlark.Value, error) { return starlark.MakeInt(o.sock.Detach()), nil }

// shutdown is Python's socket.shutdown (sock_shutdown).
func shutdown(c *pycall.Call) (starlark.Value, error) {
	how, err := c.AsInt(c.Args[0])
	if err != nil {
		return nil, err
	}
	return starlark.None, self(c).sock.Shutdown(how)
}

// descriptors is the table of the functions for plain descriptors.
func (m *module) descriptors() []pycall.Method {
	return []pycall.Method{
		{Name: "close", Takes: pycall.OneArg, Func: closeDescriptor},
		{Name: "dup", Takes: pycall.OneArg, Func: dupDescriptor},
	}
}

// closeDescriptor is Python's socket.close(fd), the module's function
// (socket_close).
func closeDescriptor(c *pycall.Call) (starlark.Value, error) {
	fd, err := c.AsDescriptor(c.Args[0])
	if err != nil {
		return nil, err
	}
	return starlark.None, socket.Close(fd)
}

// dupDescriptor is Python's socket.dup(fd), the module's function (socket_dup).
func dupDescriptor(c *pycall.Call) (starlark.Value, error) {
	fd, err := c.AsDescriptor(c.Args[0])
	if err != nil {
		return nil, err
	}
	duplicate, err := socket.Dup(fd)
	return starlark.MakeInt(duplicate), err
}

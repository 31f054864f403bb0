package pysocket

import (
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyio"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/socket"
)

// newSocketIO is Python's socket.SocketIO(sock, mode): __new__, and then whatever
// __init__ the class has.
func (m *module) newSocketIO(thread *starlark.Thread, class *pyval.Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	v, err := m.blankSocketIO(thread, class, nil, nil)
	if err != nil {
		return nil, err
	}
	var result starlark.Value
	switch init := class.Current("__init__").(type) {
	case *pycall.Function:
		result, err = init.Bind(v).CallInternal(thread, args, kwargs)
	default:
		result, err = pyval.Call(thread, pyval.Bound(init, v), args, kwargs)
	}
	if err == nil && result != starlark.None {
		err = pyval.TypeError.Errorf("__init__() should return None, not '%s'", pyval.TypeName(result))
	}
	return v, err
}

// blankSocketIO is a file before its __init__. It has an end, but no socket and no mode.
func (m *module) blankSocketIO(thread *starlark.Thread, class *pyval.Class, _ starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	file, err := socket.NewSocketIOOver(noEndpoint{class}, "rw")
	if err != nil {
		return nil, err
	}
	r := &rawFile{
		Instance: pyio.NewInstance(class), m: m, c: &pycall.Call{Thread: thread, Python: m.python}, evaluate: pyval.Evaluator(thread),
	}
	r.over.Store(&under{file: file})
	return r, nil
}

// initSocketIO is SocketIO.__init__.
func (m *module) initSocketIO() pycall.Definition {
	return pycall.Def("__init__", "self, sock, mode", func(c *pycall.Call) (starlark.Value, error) {
		sock, mode := c.Args[1], c.Args[2]
		text, ok := pyval.PlainValue(mode).(starlark.String)
		if !ok {
			return nil, invalidMode(c, mode)
		}
		file, err := socket.NewSocketIOOver(m.endpointOf(c, sock), string(text))
		if err != nil {
			return nil, invalidMode(c, mode)
		}
		r, ok := c.Args[0].(*rawFile)
		if !ok {
			return starlark.None, pyval.SetAttr(c.Thread, c.Args[0], "_sock", sock)
		}
		r.over.Store(&under{file, sock})
		if nativeIn(r.PyClass(), "__setattr__") {
			return starlark.None, nil
		}
		for _, name := range rawAttributes {
			v, err := r.attribute(name)
			if err == nil {
				err = pyval.SetAttr(c.Thread, r, name, v)
			}
			if err != nil {
				return nil, err
			}
		}
		return starlark.None, nil
	})
}

// invalidMode is "invalid mode: %r" % mode, in which a tuple is the arguments.
func invalidMode(c *pycall.Call, mode starlark.Value) error {
	text, err := pyval.Binary(c.Thread, syntax.PERCENT, starlark.String("invalid mode: %r"), mode)
	if err != nil {
		return err
	}
	return pyval.NewException(pyval.ValueError, text)
}

// noEndpoint is what is under a file before its __init__. It does not hold the file,
// which would then never be collected.
type noEndpoint struct{ class *pyval.Class }

func (e noEndpoint) missing() error {
	return pyval.AttributeError.Errorf("'%s' object has no attribute '_sock'", e.class.Short)
}

func (e noEndpoint) RecvInto([]byte, int, int) (int, error) { return 0, e.missing() }
func (e noEndpoint) Send([]byte, int) (int, error)          { return 0, e.missing() }
func (e noEndpoint) Descriptor() (int, error)               { return 0, e.missing() }
func (e noEndpoint) ReleaseFile() error                     { return e.missing() }

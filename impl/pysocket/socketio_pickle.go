package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// addPickling gives SocketIO what object has of pickling, which does not refuse it: what
// cannot be pickled is the socket in its state.
func (m *module) addPickling() {
	methods := []pycall.Method{
		{Name: "__reduce__", Takes: pycall.NoArgs, Func: func(c *pycall.Call) (starlark.Value, error) {
			return m.reduce(c, 0), nil
		}},
		{Name: "__reduce_ex__", Takes: pycall.OneArg, Func: func(c *pycall.Call) (starlark.Value, error) {
			protocol, err := c.ClinicInt(c.Args[0])
			if err != nil {
				return nil, err
			}
			if own := c.Self.(*rawFile).replaced("__reduce__"); own != nil {
				return pyval.Call(c.Thread, own, nil, nil)
			}
			return m.reduce(c, protocol), nil
		}},
	}
	if m.python.AtLeast(3, 11) {
		methods = append(methods, pycall.Method{Name: "__getstate__", Takes: pycall.NoArgs, Func: func(c *pycall.Call) (starlark.Value, error) {
			return c.Self.(*rawFile).dict(), nil
		}})
	}
	for _, method := range methods {
		m.socketIO.Attrs[method.Name] = pycall.BuiltinMethod(m.python, pyval.ObjectType, method)
	}
}

// reduce is what object.__reduce_ex__ makes of a raw file: how to make another object
// of the class, and its state.
func (m *module) reduce(c *pycall.Call, protocol int) starlark.Value {
	r := c.Self.(*rawFile)
	if protocol >= 2 {
		return starlark.Tuple{copyreg("__newobj__"), starlark.Tuple{r.PyClass()}, r.dict(), starlark.None, starlark.None}
	}
	// The older protocols copy what the nearest class holds that is not made at run time.
	base, copied := pyval.ObjectType, starlark.Value(starlark.None)
	if !m.python.AtLeast(3, 12) {
		base = m.io.RawIOBase.Bases[0]
		copied = openBase{&pyval.Plain{Class: base}}
	}
	return starlark.Tuple{copyreg("_reconstructor"), starlark.Tuple{r.PyClass(), base, copied}, r.dict()}
}

// An openBase is an object of the class below RawIOBase.
type openBase struct{ *pyval.Plain }

// PyState is that it is open.
func (openBase) PyState() []pyval.Attr { return []pyval.Attr{{Name: "closed", Value: starlark.False}} }

// copyreg is a function of the module copyreg, which makes the object anew for pickle.
func copyreg(name string) starlark.Value {
	return pyval.NewFunction(name, "*", func(*starlark.Thread, []starlark.Value, starlark.Tuple) (starlark.Value, error) {
		return nil, pyval.TypeError.Errorf("cannot unpickle here")
	})
}

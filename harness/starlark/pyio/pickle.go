package pyio

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// cannotPickle adds what the pickling of an object asks for, which refuses: since 3.12
// the class itself does, and before that what every object has.
func (o *IO) cannotPickle(classes ...*pyval.Class) {
	for _, class := range classes {
		if !o.python.AtLeast(3, 12) {
			o.keepsTooMuch(class)
			continue
		}
		own := func(*pycall.Call) (starlark.Value, error) {
			return nil, pyval.TypeError.Errorf("cannot pickle '%s' instances", class.Short)
		}
		o.methods(class,
			pycall.Method{Name: "__getstate__", Takes: pycall.NoArgs, Func: own},
			pycall.Method{Name: "__reduce__", Takes: pycall.NoArgs, Func: own},
			pycall.Method{Name: "__reduce_ex__", Takes: pycall.OneArg, Func: own},
		)
	}
}

// keepsTooMuch adds what pickling asks for of a class that says nothing of it: what
// every object has refuses, as the class keeps more in memory than it could hand over.
func (o *IO) keepsTooMuch(class *pyval.Class) {
	refuse := func(name string) error { return pyval.TypeError.Errorf("cannot pickle '%s' object", name) }
	o.methods(class,
		pycall.Method{Name: "__reduce__", Takes: pycall.NoArgs, Func: func(*pycall.Call) (starlark.Value, error) {
			return nil, refuse(class.Short)
		}},
		pycall.Method{Name: "__reduce_ex__", Takes: pycall.OneArg, Func: func(c *pycall.Call) (starlark.Value, error) {
			protocol, err := c.AsInt(c.Args[0])
			switch {
			case err != nil:
				return nil, err
			case protocol < 2:
				return nil, refuse(class.Short)
			}
			return nil, refuse(class.Qualified())
		}},
	)
}

package pyio

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// cannotPickle adds what refuses the pickling of an object since 3.12.
func (o *IO) cannotPickle(classes ...*pyval.Class) {
	if !o.python.AtLeast(3, 12) {
		return
	}
	for _, class := range classes {
		o.methods(class, pycall.Method{Name: "__getstate__", Takes: pycall.NoArgs, Func: func(*pycall.Call) (starlark.Value, error) {
			return nil, pyval.TypeError.Errorf("cannot pickle '%s' instances", class.Short)
		}})
	}
}

// PyOpaque says that a buffered file holds more than its attributes.
func (b *bufferedObject) PyOpaque() {}

// PyOpaque says that a pair of files holds more than its attributes.
func (p *pairObject) PyOpaque() {}

// PyOpaque says that a text file holds more than its attributes.
func (t *textObject) PyOpaque() {}

// PyOpaque says that a file of the system holds more than its attributes.
func (f *fileObject) PyOpaque() {}

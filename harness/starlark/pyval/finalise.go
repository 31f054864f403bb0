package pyval

import (
	"runtime"

	"go.starlark.net/starlark"
)

// Finalise has the __del__ that Python code gave to the class of an object called when
// nobody has the object any more, and after that, once nobody has it again, over. It
// reports whether there is one. What it raises nobody sees.
func Finalise[T any, P interface {
	*T
	Object
}](o P, over func(o P)) bool {
	class := o.PyClass()
	if class.made("__del__") == nil {
		return false
	}
	runtime.SetFinalizer((*T)(o), func(o *T) {
		if f := class.made("__del__"); f != nil {
			_, _ = class.evaluate(Bound(f, P(o)), starlark.Tuple{})
		}
		if over != nil {
			runtime.SetFinalizer(o, func(o *T) { over(o) })
		}
	})
	return true
}

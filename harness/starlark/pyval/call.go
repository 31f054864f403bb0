package pyval

import "go.starlark.net/starlark"

// Call is Python's f(*args, **kwargs).
func Call(thread *starlark.Thread, f starlark.Value, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	callable, ok := f.(starlark.Callable)
	if !ok {
		if o, isObject := f.(Object); isObject {
			if method, err := special(o, "__call__"); err == nil && method != nil {
				return Call(thread, method, args, kwargs)
			}
		}
		return nil, TypeError.Errorf("'%s' object is not callable", TypeName(f))
	}
	if thread == nil {
		return callWithout(callable, args, kwargs)
	}
	if call, ok := thread.Local(callerKey).(CallFunc); ok {
		return call(thread, callable, args, kwargs)
	}
	return starlark.Call(thread, callable, args, kwargs)
}

// callWithout is Call for an operation that has no thread at hand: a function of the
// steps is called in one of its own, which the class of its object knows how to do.
func callWithout(f starlark.Callable, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	if m, ok := f.(*Method); ok && len(kwargs) == 0 {
		if class := TypeOf(m.Self); class.Made {
			return class.evaluate(f, args)
		}
	}
	return starlark.Call(new(starlark.Thread), f, args, kwargs)
}

// Callable is Python's callable(v).
func Callable(v starlark.Value) bool {
	_, is := v.(starlark.Callable)
	return is || TypeOf(v).made("__call__") != nil
}

// AsMethod is what x.name(…) calls where f is x.name: Python does not bind a method
// of C code for that, and errors then name it by its class, not by its object's.
func AsMethod(f starlark.Value) starlark.Value {
	if bound, ok := f.(interface{ CalledByName() starlark.Callable }); ok {
		return bound.CalledByName()
	}
	return f
}

// A CallFunc makes a call.
type CallFunc func(thread *starlark.Thread, f starlark.Callable, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error)

const callerKey = "pyval.caller"

// SetCaller says what makes the calls of the thread, those of special methods
// and key functions included: an interpreter that lets go of its lock around
// them, for instance. Without one it is starlark.Call.
func SetCaller(thread *starlark.Thread, call CallFunc) { thread.SetLocal(callerKey, call) }

// QualifiedName is the __qualname__ of something that can be called.
func QualifiedName(f starlark.Callable) string {
	if v, err := findAttr(nil, f, "__qualname__"); err == nil {
		if name, ok := v.(starlark.String); ok {
			return string(name)
		}
	}
	return CallableName(f)
}

// CallableName is the __name__ of something that can be called.
func CallableName(f starlark.Callable) string {
	if fn, ok := f.(*starlark.Function); ok {
		return functionName(fn)
	}
	return f.Name()
}

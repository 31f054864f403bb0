package starlark

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// iteratingFunctions are the builtins that take one value after the other.
func iteratingFunctions() []*pyval.Function {
	return []*pyval.Function{
		pyval.NewFunction("iter", "object sentinel?", iter),
		pyval.NewFunction("next", "iterator default?", next),
	}
}

// iter is iter(object), and iter(callable, sentinel): what the callable returns, until
// that is the sentinel.
func iter(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
	if args[1] == nil {
		return pyval.IterValue(thread, args[0])
	}
	f, sentinel := args[0], args[1]
	if _, is := f.(starlark.Callable); !is {
		return nil, pyval.TypeError.Errorf("iter(v, w): v must be callable")
	}
	return pyval.NewIter("callable_iterator", pyval.NextFunc(func(thread *starlark.Thread) (starlark.Value, error) {
		v, err := pyval.Call(thread, f, nil, nil)
		if e, ok := pyval.AsException(err); ok && e.Class.Subclass(pyval.StopIteration) {
			return nil, nil
		}
		if err != nil || pyval.Equal(v, sentinel) {
			return nil, err
		}
		return v, nil
	})), nil
}

func next(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
	v, err := pyval.Next(thread, args[0])
	if e, ok := pyval.AsException(err); ok && e.Class.Subclass(pyval.StopIteration) && args[1] != nil {
		return args[1], nil
	}
	return v, err
}

package starlark

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// classFunctions are the builtins that ask about classes.
func classFunctions() []*pyval.Function {
	return []*pyval.Function{
		pyval.NewFunction("callable", "obj", func(_ *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
			return starlark.Bool(pyval.Callable(args[0])), nil
		}),
		pyval.NewFunction("issubclass", "cls class_or_tuple", func(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
			class, ok := args[0].(*pyval.Class)
			if !ok {
				return nil, pyval.TypeError.Errorf("issubclass() arg 1 must be a class")
			}
			is, err := isSubclass(pyval.Python(thread), class, args[1])
			return starlark.Bool(is), err
		}),
	}
}

func isSubclass(python pyval.Version, class *pyval.Class, of starlark.Value) (bool, error) {
	switch of := pyval.PlainValue(of).(type) {
	case *pyval.Class:
		return class.Subclass(of), nil
	case starlark.Tuple:
		for _, c := range of {
			if is, err := isSubclass(python, class, c); is || err != nil {
				return is, err
			}
		}
		return false, nil
	}
	if !python.AtLeast(3, 10) {
		return false, pyval.TypeError.Errorf("issubclass() arg 2 must be a class or tuple of classes")
	}
	return false, pyval.TypeError.Errorf("issubclass() arg 2 must be a class, a tuple of classes, or a union")
}

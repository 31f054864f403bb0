package starlark

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// textFunctions are the builtins that make texts, and hash.
func textFunctions() []*pyval.Function {
	return []*pyval.Function{
		pyval.NewFunction("ascii", "obj", func(_ *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
			return starlark.String(pyval.ASCII(args[0])), nil
		}),
		pyval.NewFunction("format", "value format_spec?", formatted),
		pyval.NewFunction("hash", "obj", func(_ *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
			return pyval.Hash(args[0])
		}),
	}
}

func formatted(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
	spec := starlark.String("")
	if args[1] != nil {
		given, ok := pyval.PlainValue(args[1]).(starlark.String)
		if !ok {
			return nil, pyval.TypeError.Errorf("format() argument 2 must be str, not %s", pyval.TypeName(args[1]))
		}
		spec = given
	}
	text, err := pyval.Format(thread, args[0], string(spec))
	return starlark.String(text), err
}

package pycall_test

import (
	"fmt"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// A function that C code defines parses its arguments by a format, one that
// Python code defines has parameters.
func Example() {
	python := pyval.Version{Major: 3, Minor: 13}
	scale := pycall.Builtin(python, "_math", pycall.Method{Name: "scale", Takes: pycall.VarArgs,
		Func: func(c *pycall.Call) (starlark.Value, error) {
			value, factor := 0, 2
			if err := c.ParseTuple("i|i:scale", &value, &factor); err != nil {
				return nil, err
			}
			return starlark.MakeInt(value * factor), nil
		}})
	greet := pycall.Python(python, "hello", pycall.Def("greet", "name, *, loud=False",
		func(c *pycall.Call) (starlark.Value, error) {
			return starlark.String("hello " + pyval.Str(c.Args[0])), nil
		}))
	functions := starlark.StringDict{"scale": scale, "greet": greet}
	for _, text := range []string{`scale(21)`, `scale()`, `scale("x")`, `scale(1 << 31)`, `greet("you")`, `greet()`, `greet("you", loude=True)`} {
		v, err := starlark.EvalOptions(&syntax.FileOptions{}, &starlark.Thread{}, "example", text, functions)
		if e, ok := pyval.AsException(err); ok {
			fmt.Println(e)
			continue
		}
		fmt.Println(v)
	}
	// Output:
	// 42
	// TypeError: scale() takes at least 1 argument (0 given)
	// TypeError: 'str' object cannot be interpreted as an integer
	// OverflowError: signed integer is greater than maximum
	// "hello you"
	// TypeError: greet() missing 1 required positional argument: 'name'
	// TypeError: greet() got an unexpected keyword argument 'loude'. Did you mean 'loud'?
}

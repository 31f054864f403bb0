package starlark

import (
	"fmt"
	"strings"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// maxCalls is how deep lambdas may call each other, as in Python.
const maxCalls = 1000

// call makes a call. The interpreter's lock is held in the interpreter's own
// functions and let go of for all others, which may block.
func call(thread *starlark.Thread, f starlark.Callable, args starlark.Tuple, kwargs []starlark.Tuple) (result starlark.Value, err error) {
	h := holderOf(thread)
	switch f := f.(type) {
	case *starlark.Function:
		if err := checkArguments(f, args, kwargs); err != nil {
			return nil, err
		}
		if h.calls >= maxCalls {
			return nil, pyval.RecursionError.Errorf("maximum recursion depth exceeded")
		}
		h.calls++
		defer func() { h.calls-- }()
		return starlark.Call(thread, f, args, kwargs)
	case *pyval.BoundMethod, *pyval.Function:
		return interpreted(thread, h, f, args, kwargs)
	case *pyval.Class:
		if f.Interpreted() {
			return interpreted(thread, h, f, args, kwargs)
		}
	}
	h.released(func() { result, err = starlark.Call(thread, f, args, kwargs) })
	return result, asPython(err)
}

func interpreted(thread *starlark.Thread, h *holder, f starlark.Callable, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	h.enter()
	defer h.leave()
	return starlark.Call(thread, f, args, kwargs)
}

// asPython gives an error that is no Python exception the class that fits best:
// it comes from a Starlark function that knows nothing of Python.
func asPython(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := pyval.AsException(err); ok {
		return err
	}
	text := err.Error()
	class := pyval.ValueError
	for _, known := range []struct {
		part  string
		class *pyval.Class
	}{
		{"division by zero", pyval.ZeroDivisionError},
		{"not in dict", pyval.KeyError},
		{"out of range", pyval.IndexError},
		{"unhashable", pyval.TypeError},
		{"missing argument", pyval.TypeError},
		{"unexpected keyword", pyval.TypeError},
		{"for parameter", pyval.TypeError},
		{"arguments, want", pyval.TypeError},
		{"want at", pyval.TypeError},
	} {
		if strings.Contains(text, known.part) {
			class = known.class
			break
		}
	}
	return class.Errorf("%s", text)
}

// checkArguments raises what Python raises when a lambda is called in a wrong
// way.
func checkArguments(f *starlark.Function, args starlark.Tuple, kwargs []starlark.Tuple) error {
	const name = "<lambda>()"
	total := f.NumParams()
	if f.HasKwargs() {
		total--
	}
	if f.HasVarargs() {
		total--
	}
	positional := total - f.NumKwonlyParams()
	given := make([]bool, total)
	for i := range min(len(args), positional) {
		given[i] = true
	}
	for _, kw := range kwargs {
		key := string(kw[0].(starlark.String))
		i := parameter(f, key, total)
		switch {
		case i < 0 && f.HasKwargs():
		case i < 0:
			return pyval.TypeError.Errorf("%s got an unexpected keyword argument '%s'", name, key)
		case given[i]:
			return pyval.TypeError.Errorf("%s got multiple values for argument '%s'", name, key)
		default:
			given[i] = true
		}
	}
	if len(args) > positional && !f.HasVarargs() {
		return tooManyPositional(f, name, positional, len(args))
	}
	return missing(f, name, given, positional)
}

func parameter(f *starlark.Function, name string, total int) int {
	for i := range total {
		if param, _ := f.Param(i); param == name {
			return i
		}
	}
	return -1
}

func tooManyPositional(f *starlark.Function, name string, positional, given int) error {
	required := positional
	for required > 0 && f.ParamDefault(required-1) != nil {
		required--
	}
	takes := fmt.Sprint(positional)
	if required < positional {
		takes = fmt.Sprintf("from %d to %d", required, positional)
	}
	plural, verb := "s", "were"
	if positional == 1 {
		plural = ""
	}
	if given == 1 {
		verb = "was"
	}
	return pyval.TypeError.Errorf("%s takes %s positional argument%s but %d %s given", name, takes, plural, given, verb)
}

func missing(f *starlark.Function, name string, given []bool, positional int) error {
	for _, kind := range []struct {
		what     string
		from, to int
	}{{"positional", 0, positional}, {"keyword-only", positional, len(given)}} {
		var names []string
		for i := kind.from; i < kind.to; i++ {
			if !given[i] && f.ParamDefault(i) == nil {
				param, _ := f.Param(i)
				names = append(names, "'"+param+"'")
			}
		}
		if n := len(names); n > 0 {
			plural := "s"
			if n == 1 {
				plural = ""
			}
			return pyval.TypeError.Errorf("%s missing %d required %s argument%s: %s", name, n, kind.what, plural, enumerated(names))
		}
	}
	return nil
}

func enumerated(names []string) string {
	switch n := len(names); n {
	case 1:
		return names[0]
	case 2:
		return names[0] + " and " + names[1]
	default:
		return strings.Join(names[:n-1], ", ") + ", and " + names[n-1]
	}
}

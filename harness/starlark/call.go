package starlark

import (
	"strings"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// call makes a call. The interpreter's lock is held in the interpreter's own
// functions and let go of for all others, which may block.
func (s *session) call(thread *starlark.Thread, f starlark.Callable, args starlark.Tuple, kwargs []starlark.Tuple) (result starlark.Value, err error) {
	doing := "calling a Python object"
	switch f.(type) {
	case *starlark.Function, *pyval.Method:
		doing = ""
	}
	err = pyval.Nested(thread, doing, func() error {
		result, err = s.calling(thread, f, args, kwargs)
		return err
	})
	return result, err
}

func (s *session) calling(thread *starlark.Thread, f starlark.Callable, args starlark.Tuple, kwargs []starlark.Tuple) (result starlark.Value, err error) {
	h := holderOf(thread)
	switch f := f.(type) {
	case *starlark.Function:
		if err := checkArguments(f, args, kwargs); err != nil {
			return nil, err
		}
		return starlark.Call(thread, f, args, kwargs)
	case *pyval.Method:
		return s.calling(thread, f.Func, append(starlark.Tuple{f.Self}, args...), kwargs)
	case *pyval.BoundMethod, *pyval.Function:
		return interpreted(thread, h, f, args, kwargs)
	case *pyval.Class:
		if f.Interpreted() {
			return interpreted(thread, h, f, args, kwargs)
		}
	}
	h.released(func() { result, err = s.invoke(thread, f, args, kwargs) })
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
	total := f.NumParams()
	if f.HasKwargs() {
		total--
	}
	if f.HasVarargs() {
		total--
	}
	s := pyval.Signature{Name: pyval.CallableName(f), KeywordOnly: f.NumKwonlyParams(), Varargs: f.HasVarargs(), Kwargs: f.HasKwargs()}
	for i := range total {
		name, _ := f.Param(i)
		s.Names = append(s.Names, name)
		s.Optional = append(s.Optional, f.ParamDefault(i) != nil)
	}
	_, _, err := s.Bind(args, kwargs)
	return err
}

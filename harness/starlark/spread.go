package starlark

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// starred is what *v adds to a call.
func starred(thread *starlark.Thread, v starlark.Value) (starlark.Value, error) {
	if _, err := pyval.Iterate(thread, v); err != nil {
		if e, ok := pyval.AsException(err); ok && e.Class == pyval.TypeError {
			return starlark.Tuple{&spreadError{v, "*", "an iterable"}}, nil
		}
		return nil, err
	}
	items, err := pyval.ToSlice(thread, v)
	return starlark.Tuple(items), err
}

// keywords is what **v adds to a call.
func keywords(v starlark.Value) (starlark.Value, error) {
	d, ok := v.(*starlark.Dict)
	if !ok {
		bad := starlark.NewDict(1)
		return bad, bad.SetKey(starlark.String(badKeyword), &spreadError{v, "**", "a mapping"})
	}
	for _, key := range d.Keys() {
		if _, ok := key.(starlark.String); !ok {
			return nil, pyval.TypeError.Errorf("keywords must be strings")
		}
	}
	return d, nil
}

const badKeyword = "·bad"

// A spreadError stands for what * or ** cannot spread. It travels as an argument
// to the call, because Python's message names the function.
type spreadError struct {
	value starlark.Value
	stars string
	want  string
}

func (s *spreadError) String() string        { return s.stars + s.value.String() }
func (s *spreadError) Type() string          { return "spread" }
func (s *spreadError) Freeze()               {}
func (s *spreadError) Truth() starlark.Bool  { return true }
func (s *spreadError) Hash() (uint32, error) { return 0, nil }

func badSpread(args starlark.Tuple, kwargs []starlark.Tuple) *spreadError {
	for _, arg := range args {
		if bad, ok := arg.(*spreadError); ok {
			return bad
		}
	}
	for _, kw := range kwargs {
		if bad, ok := kw[1].(*spreadError); ok {
			return bad
		}
	}
	return nil
}

func (s *spreadError) raise(thread *starlark.Thread, f starlark.Value) error {
	if pyval.Python(thread).AtLeast(3, 15) {
		return pyval.TypeError.Errorf("Value after %s must be %s, not %s", s.stars, s.want, pyval.TypeName(s.value))
	}
	return pyval.TypeError.Errorf("%s argument after %s must be %s, not %s", functionText(f), s.stars, s.want, pyval.TypeName(s.value))
}

// functionText is how messages name a function.
func functionText(f starlark.Value) string {
	switch f := f.(type) {
	case *starlark.Function:
		return "__main__." + pyval.CallableName(f) + "()"
	case *pyval.Class:
		return f.Qualified() + "()"
	case starlark.Callable:
		return pyval.QualifiedName(f) + "()"
	}
	return pyval.Str(f)
}

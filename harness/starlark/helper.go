package starlark

import (
	"strings"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

type function = func(thread *starlark.Thread, args []starlark.Value, rest starlark.Tuple) (starlark.Value, error)

// pythonFunction declares a function that the reference has written in Python,
// and whose messages are those of such functions. Params are names; "*" stands
// for any more.
func pythonFunction(name, params string, f function) *pyval.Function {
	s := pyval.Signature{Name: name}
	for param := range strings.FieldsSeq(params) {
		if param == "*" {
			s.Varargs = true
			continue
		}
		s.Names = append(s.Names, param)
		s.Optional = append(s.Optional, false)
	}
	return pyval.NewKeywordFunction(name, func(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		values, rest, err := s.Bind(args, kwargs)
		if err != nil {
			return nil, err
		}
		return f(thread, values, rest)
	})
}

package starlark

import (
	"strings"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

type function = func(thread *starlark.Thread, args []starlark.Value, rest starlark.Tuple) (starlark.Value, error)

// pythonFunction declares a function that the reference has written in Python,
// and whose messages are those of such functions. Params are names, with a "?" of
// what may be missing, which is nil then; "*" stands for any more.
func pythonFunction(name, params string, f function) *pyval.Function {
	s := pyval.Signature{Name: name}
	for param := range strings.FieldsSeq(params) {
		if param == "*" {
			s.Varargs = true
			continue
		}
		name, optional := strings.CutSuffix(param, "?")
		s.Names = append(s.Names, name)
		s.Optional = append(s.Optional, optional)
	}
	return pyval.NewKeywordFunction(name, func(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		values, rest, err := s.Bind(args, kwargs)
		if err != nil {
			return nil, err
		}
		return f(thread, values, rest)
	})
}

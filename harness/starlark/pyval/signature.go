package pyval

import (
	"fmt"
	"strconv"
	"strings"

	"go.starlark.net/starlark"
)

// A Signature is what a function written in Python takes. It is for messages:
// Bind raises what Python raises when such a function is called in a wrong way.
type Signature struct {
	Name  string // as messages show it: "<lambda>"
	Names []string
	// Optional tells which of Names have a default.
	Optional []bool
	// KeywordOnly is how many of Names, the last ones, are given by name only.
	KeywordOnly     int
	Varargs, Kwargs bool
}

// Bind sorts arguments into the order of Names; nil stands for one that was left
// out.
func (s *Signature) Bind(args starlark.Tuple, kwargs []starlark.Tuple) (values []starlark.Value, rest starlark.Tuple, err error) {
	positional := len(s.Names) - s.KeywordOnly
	values = make([]starlark.Value, len(s.Names))
	n := copy(values[:positional], args)
	for _, kw := range kwargs {
		key := string(kw[0].(starlark.String))
		i := s.index(key)
		switch {
		case i < 0 && s.Kwargs:
		case i < 0:
			return nil, nil, TypeError.Errorf("%s() got an unexpected keyword argument '%s'", s.Name, key)
		case values[i] != nil:
			return nil, nil, TypeError.Errorf("%s() got multiple values for argument '%s'", s.Name, key)
		default:
			values[i] = kw[1]
		}
	}
	if len(args) > positional && !s.Varargs {
		return nil, nil, s.tooMany(positional, len(args))
	}
	return values, args[n:], s.missing(values, positional)
}

func (s *Signature) index(name string) int {
	for i, n := range s.Names {
		if n == name {
			return i
		}
	}
	return -1
}

func (s *Signature) tooMany(positional, given int) error {
	required := positional
	for required > 0 && s.Optional[required-1] {
		required--
	}
	takes := strconv.Itoa(positional)
	if required < positional {
		takes = fmt.Sprintf("from %d to %d", required, positional)
	}
	verb := "were"
	if given == 1 {
		verb = "was"
	}
	return TypeError.Errorf("%s() takes %s positional argument%s but %d %s given", s.Name, takes, plural(positional), given, verb)
}

func (s *Signature) missing(values []starlark.Value, positional int) error {
	for _, kind := range []struct {
		what     string
		from, to int
	}{{"positional", 0, positional}, {"keyword-only", positional, len(values)}} {
		var names []string
		for i := kind.from; i < kind.to; i++ {
			if values[i] == nil && !s.Optional[i] {
				names = append(names, "'"+s.Names[i]+"'")
			}
		}
		if n := len(names); n > 0 {
			return TypeError.Errorf("%s() missing %d required %s argument%s: %s", s.Name, n, kind.what, plural(n), enumerated(names))
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

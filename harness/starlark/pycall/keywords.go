package pycall

import (
	"slices"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// unpackKeywords puts the arguments where the names say, nil where there is
// none; an empty name is that of a parameter by position only. It finds that there
// are too many, or too few by position.
func (c *Call) unpackKeywords(f format, names []string) ([]starlark.Value, error) {
	given := len(c.Args) + len(c.Kwargs)
	if given > len(names) {
		kind := ""
		if len(c.Args) == 0 {
			kind = "keyword "
		}
		return nil, pyval.TypeError.Errorf("%s takes at most %d %sargument%s (%d given)",
			f.call(), len(names), kind, plural(len(names)), given)
	}
	if required := min(f.min, positionOnly(names)); len(c.Args) < required {
		how := "exactly"
		if f.min < len(names) {
			how = "at least"
		}
		return nil, pyval.TypeError.Errorf("%s takes %s %d positional argument%s (%d given)", f.call(), how, f.min, plural(f.min), len(c.Args))
	}
	values := make([]starlark.Value, len(names))
	copy(values, c.Args)
	for i := len(c.Args); i < len(names); i++ {
		values[i] = c.keyword(names[i])
	}
	return values, nil
}

func positionOnly(names []string) int {
	n := 0
	for n < len(names) && names[n] == "" {
		n++
	}
	return n
}

func (c *Call) keyword(name string) starlark.Value {
	for _, kw := range c.Kwargs {
		if string(kw[0].(starlark.String)) == name {
			return kw[1]
		}
	}
	return nil
}

func missingRequired(f format, names []string, i int) error {
	return pyval.TypeError.Errorf("%s missing required argument '%s' (pos %d)", f.call(), names[i], i+1)
}

// surplus finds named arguments that stand for one given by position, or for
// none at all.
func (c *Call) surplus(f format, names []string) error {
	for i := range c.Args {
		if c.keyword(names[i]) != nil {
			return pyval.TypeError.Errorf("argument for %s given by name ('%s') and position (%d)", f.call(), names[i], i+1)
		}
	}
	for _, kw := range c.Kwargs {
		name := string(kw[0].(starlark.String))
		if slices.Contains(names, name) {
			continue
		}
		if !c.atLeast(13) {
			return pyval.TypeError.Errorf("'%s' is an invalid keyword argument for %s", name, f.call())
		}
		return pyval.TypeError.Errorf("%s got an unexpected keyword argument '%s'%s", f.call(), name, didYouMean(name, names))
	}
	return nil
}

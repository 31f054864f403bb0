package pycall

import (
	"errors"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// ParseTuple is PyArg_ParseTuple of the positional arguments. A target of an
// optional argument that is not given keeps what it holds.
func (c *Call) ParseTuple(spec string, targets ...any) error {
	return c.ParseItems(c.Args, spec, targets...)
}

// ParseTupleValue is PyArg_ParseTuple of a value that nobody has checked to be a
// tuple: another is a SystemError.
func (c *Call) ParseTupleValue(v starlark.Value, spec string, targets ...any) error {
	items, ok := pyval.PlainValue(v).(starlark.Tuple)
	if !ok {
		return pyval.SystemError.Errorf("new style getargs format but argument is not a tuple")
	}
	return c.ParseItems(items, spec, targets...)
}

// ParseItems is PyArg_ParseTuple of any tuple, such as an address.
func (c *Call) ParseItems(items starlark.Tuple, spec string, targets ...any) error {
	f := parseFormat(spec)
	if n := len(items); n < f.min || n > len(f.units) {
		if f.message != "" {
			return pyval.TypeError.Errorf("%s", f.message)
		}
		how, limit := "exactly", f.min
		switch {
		case f.min == len(f.units):
		case n < f.min:
			how = "at least"
		default:
			how, limit = "at most", len(f.units)
		}
		return pyval.TypeError.Errorf("%s takes %s %d argument%s (%d given)", f.call(), how, limit, plural(limit), n)
	}
	for i, v := range items {
		if err := c.convert(f.units[i], v, targets[i]); err != nil {
			return f.locate(err, i)
		}
	}
	return nil
}

// locate says which argument a conversion failed for, unless it raised an
// exception of its own (seterror).
func (f format) locate(err error, i int) error {
	var wrong typeError
	switch {
	case !errors.As(err, &wrong):
		return err
	case f.message != "":
		return pyval.TypeError.Errorf("%s", f.message)
	case f.function != "":
		return pyval.TypeError.Errorf("%s argument %d %s", f.call(), i+1, wrong)
	}
	return pyval.TypeError.Errorf("argument %d %s", i+1, wrong)
}

// ParseKeywords is PyArg_ParseTupleAndKeywords: arguments by position or by the
// names.
func (c *Call) ParseKeywords(spec string, names []string, targets ...any) error {
	f := parseFormat(spec)
	values, err := c.unpackKeywords(f, names)
	if err != nil {
		return err
	}
	for i, v := range values {
		if i == f.max && len(c.Args) > f.max {
			return pyval.TypeError.Errorf("%s takes at most %d positional argument%s (%d given)",
				f.call(), f.max, plural(f.max), len(c.Args))
		}
		if v == nil {
			if i < f.min {
				return missingRequired(f, names, i)
			}
			continue
		}
		if err := c.convert(f.units[i], v, targets[i]); err != nil {
			return f.locate(err, i)
		}
	}
	return c.surplus(f, names)
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}

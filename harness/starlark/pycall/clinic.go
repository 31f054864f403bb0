package pycall

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// Clinic parses the positional arguments as the code that Argument Clinic
// writes for a FastCall function: its own words for their number, and its own
// converters.
func (c *Call) Clinic(spec string, targets ...any) error {
	f := parseFormat(spec)
	n := len(c.Args)
	how, limit := "", f.min
	switch {
	case n >= f.min && n <= len(f.units):
		return c.clinicConvert(f, targets)
	case f.min == len(f.units):
	case n < f.min:
		how = "at least "
	default:
		how, limit = "at most ", len(f.units)
	}
	return pyval.TypeError.Errorf("%s expected %s%d argument%s, got %d", f.function, how, limit, plural(limit), n)
}

// ClinicKeywords is Clinic for arguments that may be given by name.
func (c *Call) ClinicKeywords(spec string, names []string, targets ...any) error {
	f := parseFormat(spec)
	values, err := c.unpackKeywords(f, names)
	if err != nil {
		return err
	}
	for i := range f.min {
		if values[i] == nil {
			return missingRequired(f, names, i)
		}
	}
	if err := c.surplus(f, names); err != nil {
		return err
	}
	for i, v := range values {
		if v == nil {
			continue
		}
		if err := c.clinicUnit(f.units[i], v, targets[i]); err != nil {
			return f.locate(err, i)
		}
	}
	return nil
}

func (c *Call) clinicConvert(f format, targets []any) error {
	for i, v := range c.Args {
		if err := c.clinicUnit(f.units[i], v, targets[i]); err != nil {
			return f.locate(err, i)
		}
	}
	return nil
}

// clinicUnit converts as Argument Clinic does, whose int is not that of the
// format unit i.
func (c *Call) clinicUnit(unit string, v starlark.Value, target any) (err error) {
	if to, ok := target.(*int); ok && unit == "i" {
		*to, err = c.ClinicInt(v)
		return err
	}
	return c.convert(unit, v, target)
}

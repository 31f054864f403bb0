package pycall

import (
	"errors"
	"math"
	"time"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// AsDuration is _PyTime_FromSecondsObject: a number of seconds, a fraction of a
// nanosecond rounded away from zero.
func (c *Call) AsDuration(v starlark.Value) (time.Duration, error) {
	if f, ok := pyval.PlainValue(v).(starlark.Float); ok {
		return c.floatSeconds(float64(f))
	}
	if c.atLeast(15) {
		return c.realSeconds(v)
	}
	i, err := c.int64(v, "")
	var e *pyval.Exception
	switch {
	case errors.As(err, &e) && e.Class == pyval.OverflowError:
		return 0, c.tooLarge()
	case errors.As(err, &e) && e.Class == pyval.TypeError && c.atLeast(14):
		return 0, pyval.TypeError.Errorf("'%s' object cannot be interpreted as an integer or float", pyval.TypeOf(v).Full())
	case err != nil:
		return 0, err
	}
	return c.intSeconds(i)
}

// realSeconds takes anything that is a number, as Python does since 3.15.
func (c *Call) realSeconds(v starlark.Value) (time.Duration, error) {
	// What can be an index counts as an int, even if it could be a float as well.
	if class := pyval.TypeOf(v); !class.Subclass(pyval.IntType) && class.Current("__index__") == nil {
		f, err := pyval.Float(c.Thread, v)
		if err != nil {
			return 0, err
		}
		return c.floatSeconds(f)
	}
	i, err := c.long(v)
	if err != nil {
		return 0, err
	}
	if !i.IsInt64() {
		return 0, c.tooLarge()
	}
	return c.intSeconds(i.Int64())
}

func (c *Call) intSeconds(i int64) (time.Duration, error) {
	if i > math.MaxInt64/int64(time.Second) || i < math.MinInt64/int64(time.Second) {
		return 0, c.tooLarge()
	}
	return time.Duration(i) * time.Second, nil
}

func (c *Call) floatSeconds(f float64) (time.Duration, error) {
	if math.IsNaN(f) {
		return 0, pyval.ValueError.Errorf("Invalid value NaN (not a number)")
	}
	ns := f * 1e9
	if ns >= 0 {
		ns = math.Ceil(ns)
	} else {
		ns = math.Floor(ns)
	}
	// 2⁶³ is the first float that int64 does not hold. Before 3.12 it passed the
	// check all the same and became the least int64.
	if ns == -math.MinInt64 && !c.atLeast(12) {
		return math.MinInt64, nil
	}
	if !(ns >= math.MinInt64 && ns < math.MaxInt64) {
		if c.Python.Minor == 13 {
			return 0, pyval.OverflowError.Errorf("timestamp out of range for platform time_t")
		}
		return 0, c.tooLarge()
	}
	return time.Duration(ns), nil
}

func (c *Call) tooLarge() error {
	switch {
	case c.atLeast(14):
		return pyval.OverflowError.Errorf("timestamp out of range for C PyTime_t")
	case c.atLeast(13):
		return pyval.OverflowError.Errorf("timestamp too large to convert to C PyTime_t")
	}
	return pyval.OverflowError.Errorf("timestamp too large to convert to C _PyTime_t")
}

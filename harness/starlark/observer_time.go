package starlark

import (
	"math"
	"time"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/pyref/base/unix"
)

// timeModule is the observer time.
func timeModule(sig *signals) *starlarkstruct.Module {
	return observerModule("time", clock("time", func() time.Duration { return time.Duration(time.Now().UnixNano()) }),
		clock("monotonic", func() time.Duration { return time.Since(clockStart) }), pyval.NewFunction("time.sleep", "seconds", func(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
			d, err := duration(thread, args[0])
			if err != nil {
				return nil, err
			}
			if d < 0 {
				return nil, pyval.ValueError.Errorf("sleep length must be non-negative")
			}
			unlocked(thread, func() { err = sleep(sig, d) })
			return starlark.None, err
		}))
}

// clockStart is where the monotonic clock of this process begins.
var clockStart = time.Now()

// clock is a function of time that tells seconds.
func clock(name string, now func() time.Duration) *pyval.Function {
	return pyval.NewFunction("time."+name, "", func(*starlark.Thread, []starlark.Value, starlark.Tuple) (starlark.Value, error) {
		return starlark.Float(now().Seconds()), nil
	})
}

// sleep ends early where a handler raises.
func sleep(sig *signals, d time.Duration) error {
	over := time.NewTimer(d)
	defer over.Stop()
	return sig.interruptible(func(interrupted <-chan struct{}) error {
		select {
		case <-over.C:
			return nil
		case <-interrupted:
			return unix.EINTR
		}
	})
}

// duration reads seconds as Python's clocks do: an int or a float, rounded up to
// nanoseconds.
func duration(thread *starlark.Thread, v starlark.Value) (time.Duration, error) {
	python := pyval.Python(thread)
	f, ok := v.(starlark.Float)
	if _, isObject := v.(pyval.Object); isObject && python.AtLeast(3, 15) {
		seconds, err := pyval.Float(thread, v)
		if err != nil {
			return 0, err
		}
		f, ok = starlark.Float(seconds), true
	}
	if !ok {
		i, err := pyval.Index(thread, v)
		if err != nil {
			return 0, notSeconds(python, v)
		}
		if !i.IsInt64() || i.Int64() > math.MaxInt64/int64(time.Second) || i.Int64() < math.MinInt64/int64(time.Second) {
			return 0, tooLarge(python, false)
		}
		return time.Duration(i.Int64()) * time.Second, nil
	}
	if math.IsNaN(float64(f)) {
		return 0, pyval.ValueError.Errorf("Invalid value NaN (not a number)")
	}
	nanoseconds := float64(f) * float64(time.Second)
	switch {
	case math.Abs(float64(f)) >= 1<<63:
		return 0, tooLarge(python, true)
	case math.Abs(nanoseconds) >= 1<<63:
		return 0, tooLarge(python, false)
	case nanoseconds < 0:
		return time.Duration(math.Floor(nanoseconds)), nil
	}
	return time.Duration(math.Ceil(nanoseconds)), nil
}

func notSeconds(python pyval.Version, v starlark.Value) error {
	switch {
	case python.AtLeast(3, 15):
		return pyval.TypeError.Errorf("must be real number, not %s", pyval.TypeName(v))
	case python.AtLeast(3, 14):
		return pyval.TypeError.Errorf("'%s' object cannot be interpreted as an integer or float", pyval.TypeName(v))
	case python.AtLeast(3, 10):
		return pyval.TypeError.Errorf("'%s' object cannot be interpreted as an integer", pyval.TypeName(v))
	}
	return pyval.TypeError.Errorf("an integer is required (got type %s)", pyval.TypeName(v))
}

// tooLarge finds the words for a time that has too many nanoseconds, or for a
// float even too many seconds.
func tooLarge(python pyval.Version, seconds bool) error {
	text := "timestamp too large to convert to C _PyTime_t"
	switch {
	case python.AtLeast(3, 14):
		text = "timestamp out of range for C PyTime_t"
	case python.AtLeast(3, 11) && seconds:
		text = "timestamp out of range for platform time_t"
	case python.AtLeast(3, 13):
		text = "timestamp too large to convert to C PyTime_t"
	}
	return pyval.OverflowError.Errorf("%s", text)
}

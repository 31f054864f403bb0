package socket

import (
	"math"
	"time"

	"github.com/pyparity/pyparity/impl/pyerr"
)

// A Timeout is how long a socket's calls may wait, in nanoseconds as CPython
// keeps it, so that a [time.Duration] converts to it: Timeout(2*time.Second).
// None is no limit, NonBlocking (0) is not at all. Other negative values are
// refused.
type Timeout int64

const (
	// None is Python's None: calls wait as long as it takes.
	None Timeout = math.MinInt64
	// NonBlocking is Python's 0.0: calls do not wait.
	NonBlocking Timeout = 0
)

// Seconds converts Python's float (_PyTime_FromSecondsObject), rounding away
// from zero. It fails with ValueError for NaN and negative values, and with
// OverflowError for those that 64 bits of nanoseconds do not hold (about 292
// years).
func Seconds(s float64) (Timeout, error) {
	if math.IsNaN(s) {
		return 0, pyerr.ValueError.New("Invalid value NaN (not a number)")
	}
	ns := s * float64(time.Second)
	if ns = math.Copysign(math.Ceil(math.Abs(ns)), ns); ns < math.MinInt64 || ns >= math.MaxInt64 {
		return 0, pyerr.OverflowError.New("timestamp out of range for platform time_t")
	}
	t := Timeout(ns)
	if t < 0 {
		return 0, errTimeoutRange()
	}
	return t, nil
}

// WholeSeconds converts Python's int. It fails as Seconds does.
func WholeSeconds(n int64) (Timeout, error) {
	const most = math.MaxInt64 / int64(time.Second)
	switch {
	case n > most || n < -most:
		return 0, pyerr.OverflowError.New("timestamp too large to convert to C PyTime_t")
	case n < 0:
		return 0, errTimeoutRange()
	}
	return Timeout(n * int64(time.Second)), nil
}

// Seconds is the timeout as Python's float; ok is false for None.
func (t Timeout) Seconds() (s float64, ok bool) {
	if t < 0 {
		return 0, false
	}
	if t%Timeout(time.Second) == 0 {
		return float64(t / Timeout(time.Second)), true
	}
	return float64(t) / 1e9, true
}

// String is "None", or the timeout as a [time.Duration] reads: "1.5s".
func (t Timeout) String() string {
	if t == None {
		return "None"
	}
	return time.Duration(t).String()
}

// deadline is when a call that starts now times out. poll(2) counts whole
// milliseconds, which CPython rounds up to, and at most 2³¹-1 of them.
func (t Timeout) deadline() time.Time {
	exact := min(time.Duration(t), math.MaxInt32*time.Millisecond)
	wait := exact.Truncate(time.Millisecond)
	if wait < exact {
		wait += time.Millisecond
	}
	return time.Now().Add(wait)
}

func (t Timeout) check() error {
	if t < 0 && t != None {
		return errTimeoutRange()
	}
	return nil
}

func errTimeoutRange() error { return pyerr.ValueError.New("Timeout value out of range") }

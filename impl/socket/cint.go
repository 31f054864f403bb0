package socket

import (
	"math"

	"github.com/pyparity/pyparity/impl/pyerr"
)

// checkInt fails with OverflowError for a number that is no C int, where Python's code
// in C reads one.
func checkInt(n int) error {
	switch {
	case n > math.MaxInt32:
		return pyerr.OverflowError.New("signed integer is greater than maximum")
	case n < math.MinInt32:
		return pyerr.OverflowError.New("signed integer is less than minimum")
	}
	return nil
}

// checkInts is checkInt of several.
func checkInts(numbers ...int) error {
	for _, n := range numbers {
		if err := checkInt(n); err != nil {
			return err
		}
	}
	return nil
}

// checkAsInts is checkInts where Python uses its other way to read them, which has
// another text.
func checkAsInts(numbers ...int) error {
	if checkInts(numbers...) != nil {
		return pyerr.OverflowError.New("Python int too large to convert to C int")
	}
	return nil
}

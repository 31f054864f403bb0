package pycall

import (
	"math"
	"strings"
)

// A format is a parsed format string.
type format struct {
	units    []string // "i", "y*", …
	min      int      // how many of them are required
	max      int      // how many of them may be given by position, after a $
	function string   // after a colon
	message  string   // after a semicolon
}

func parseFormat(s string) format {
	f := format{min: -1, max: math.MaxInt}
	if i := strings.IndexAny(s, ":;"); i >= 0 {
		if s[i] == ':' {
			f.function = s[i+1:]
		} else {
			f.message = s[i+1:]
		}
		s = s[:i]
	}
	for i := range len(s) {
		switch s[i] {
		case '|':
			f.min = len(f.units)
		case '$':
			f.max = len(f.units)
		case '*', '!', '&', 't':
			f.units[len(f.units)-1] += s[i : i+1]
		default:
			f.units = append(f.units, s[i:i+1])
		}
	}
	if f.min < 0 {
		f.min = len(f.units)
	}
	return f
}

// call is the function with the parentheses that errors write after it.
func (f format) call() string {
	if f.function == "" {
		return "function"
	}
	return f.function + "()"
}

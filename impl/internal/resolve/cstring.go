package resolve

import (
	"math"
	"strings"
)

// glibc's parsers work on C strings with the C locale's <ctype.h>; these few functions have the same
// idea of spaces, digits and numbers, which strings and strconv do not.

// isSpace is isspace(3) in the C locale.
func isSpace(c byte) bool { return c == ' ' || ('\t' <= c && c <= '\r') }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// hexDigit is the value of a hexadecimal digit, or -1.
func hexDigit(c byte) int {
	switch {
	case isDigit(c):
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// cString cuts s at its first NUL, where C sees its end.
func cString(s string) string {
	s, _, _ = strings.Cut(s, "\x00")
	return s
}

// trimLeftSpace drops leading white space.
func trimLeftSpace(s string) string {
	for s != "" && isSpace(s[0]) {
		s = s[1:]
	}
	return s
}

// cutField splits s after its first run of non-space characters; rest has no leading space.
func cutField(s string) (field, rest string) {
	i := 0
	for i < len(s) && !isSpace(s[i]) {
		i++
	}
	return s[:i], trimLeftSpace(s[i:])
}

// fields splits s at white space.
func fields(s string) []string {
	var list []string
	for s = trimLeftSpace(s); s != ""; {
		var field string
		field, s = cutField(s)
		list = append(list, field)
	}
	return list
}

// lines calls yield with each line of data without its newline.
func lines(data []byte, yield func(line string)) {
	for line := range strings.Lines(string(data)) {
		yield(strings.TrimSuffix(line, "\n"))
	}
}

// equalFold is strcasecmp(a, b) == 0 for names: only ASCII letters have two cases.
func equalFold(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) {
		if lower(a[i]) != lower(b[i]) {
			return false
		}
	}
	return true
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// strtoul is strtoul(3): leading space, a sign, a prefix if base is 0 or 16. A number too large is
// math.MaxUint64 with overflow set; a minus sign negates modulo 2^64. Without a number, rest is s.
func strtoul(s string, base int) (value uint64, rest string, overflow bool) {
	t := trimLeftSpace(s)
	negative := false
	if t != "" && (t[0] == '+' || t[0] == '-') {
		negative = t[0] == '-'
		t = t[1:]
	}
	if (base == 0 || base == 16) && len(t) > 2 && t[0] == '0' && lower(t[1]) == 'x' && hexDigit(t[2]) >= 0 {
		base, t = 16, t[2:]
	}
	if base == 0 {
		base = 10
		if t != "" && t[0] == '0' {
			base = 8
		}
	}
	i := 0
	for ; i < len(t); i++ {
		digit := hexDigit(t[i])
		if digit < 0 || digit >= base {
			break
		}
		if value > (math.MaxUint64-uint64(digit))/uint64(base) {
			overflow = true
		}
		value = value*uint64(base) + uint64(digit)
	}
	switch {
	case i == 0:
		return 0, s, false
	case overflow:
		return math.MaxUint64, t[i:], true
	case negative:
		value = -value
	}
	return value, t[i:], false
}

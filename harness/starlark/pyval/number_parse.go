package pyval

import (
	"errors"
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode"

	"go.starlark.net/starlark"
)

// callInt is int(x) and int(text, base).
func callInt(thread *starlark.Thread, _ *Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	c := &call{thread: thread, name: "int"}
	if err := parseParams("x? base?=").bind(c, "", args, kwargs); err != nil {
		return nil, err
	}
	switch {
	case c.args[1] != nil && c.args[0] == nil:
		return nil, TypeError.Errorf("int() missing string argument")
	case c.args[0] == nil:
		return starlark.MakeInt(0), nil
	case c.args[1] != nil:
		return intWithBase(c)
	}
	switch v := underlying(c.args[0], "__int__").(type) {
	case starlark.Float:
		return floatToInt(float64(v))
	case starlark.String:
		return parseInt(v, string(v), 10)
	case starlark.Bytes, *Bytearray, *Memoryview:
		data, err := bytesOf(v)
		if err != nil {
			return nil, err
		}
		return parseInt(starlark.Bytes(data), string(data), 10)
	case Object:
		if result, found, err := callSpecial(thread, v, "__int__"); found || err != nil {
			return result, err
		}
	}
	i, err := Index(thread, c.args[0])
	if err != nil && hasIndex(c.args[0]) {
		return nil, err
	}
	if err != nil {
		return nil, TypeError.Errorf("int() argument must be a string, a bytes-like object or a%s number, not '%s'", realSince310(thread), TypeName(c.args[0]))
	}
	return starlark.MakeBigInt(i), nil
}

// realSince310: the message speaks of a real number since 3.10.
func realSince310(thread *starlark.Thread) string {
	if Python(thread).AtLeast(3, 10) {
		return " real"
	}
	return ""
}

func floatToInt(f float64) (starlark.Value, error) {
	switch {
	case math.IsNaN(f):
		return nil, ValueError.Errorf("cannot convert float NaN to integer")
	case math.IsInf(f, 0):
		return nil, OverflowError.Errorf("cannot convert float infinity to integer")
	}
	i, _ := big.NewFloat(math.Trunc(f)).Int(nil)
	return starlark.MakeBigInt(i), nil
}

func intWithBase(c *call) (starlark.Value, error) {
	base, err := smallIndex(c.thread, c.args[1])
	if err != nil {
		return nil, err
	}
	if base != 0 && (base < 2 || base > 36) {
		return nil, ValueError.Errorf("int() base must be >= 2 and <= 36, or 0")
	}
	switch v := c.args[0].(type) {
	case starlark.String:
		return parseInt(v, string(v), base)
	case starlark.Bytes, *Bytearray:
		data, err := bytesOf(v)
		if err != nil {
			return nil, err
		}
		return parseInt(starlark.Bytes(data), string(data), base)
	}
	return nil, TypeError.Errorf("int() can't convert non-string with explicit base")
}

// parseInt reads what int accepts: white space around, a sign, a prefix that
// agrees with the base, underscores between digits.
func parseInt(shown starlark.Value, text string, base int) (starlark.Value, error) {
	failed := ValueError.Errorf("invalid literal for int() with base %d: %s", base, Repr(shown))
	digits := strings.TrimFunc(text, pythonSpace)
	sign := ""
	if digits != "" && (digits[0] == '-' || digits[0] == '+') {
		sign, digits = strings.TrimPrefix(digits[:1], "+"), digits[1:]
	}
	digits, actual := cutPrefix(digits, base)
	if strings.HasPrefix(digits, "_") && actual == base && base != 0 || strings.HasSuffix(digits, "_") || strings.Contains(digits, "__") {
		return nil, failed
	}
	digits = strings.ReplaceAll(digits, "_", "")
	if digits == "" || digits[0] == '-' || digits[0] == '+' {
		return nil, failed
	}
	if base == 0 && actual == 10 && digits[0] == '0' && strings.Trim(digits, "0") != "" {
		return nil, failed
	}
	i, ok := new(big.Int).SetString(sign+asciiDigits(digits), actual)
	if !ok {
		return nil, failed
	}
	return starlark.MakeBigInt(i), nil
}

func pythonSpace(r rune) bool { return unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f }

// cutPrefix takes 0x, 0o or 0b off where the base allows it.
func cutPrefix(digits string, base int) (string, int) {
	for prefix, value := range map[string]int{"0x": 16, "0o": 8, "0b": 2} {
		if (base == value || base == 0) && len(digits) > 2 && strings.EqualFold(digits[:2], prefix) {
			return strings.TrimPrefix(digits[2:], "_"), value
		}
	}
	if base == 0 {
		return digits, 10
	}
	return digits, base
}

// asciiDigits maps the decimal digits of any script to ASCII's.
func asciiDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 || !unicode.IsDigit(r) {
			return r
		}
		zero := r
		for unicode.IsDigit(zero-1) && r-zero < 9 {
			zero--
		}
		return '0' + (r - zero)
	}, s)
}

// callFloat is float(x).
func callFloat(thread *starlark.Thread, _ *Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	c := &call{thread: thread, name: "float"}
	if err := parseParams("x?").bind(c, "", args, kwargs); err != nil {
		return nil, err
	}
	switch v := underlying(c.args[0], "__float__").(type) {
	case nil:
		return starlark.Float(0), nil
	case starlark.String:
		return parseFloat(v, string(v))
	case starlark.Bytes, *Bytearray, *Memoryview:
		data, err := bytesOf(v)
		if err != nil {
			return nil, err
		}
		return parseFloat(v, string(data))
	}
	f, err := Float(thread, c.args[0])
	if o, ok := c.args[0].(Object); err != nil && ok && (hasSpecial(o, "__float__") || hasIndex(o)) {
		return nil, err
	}
	if e, ok := AsException(err); ok && e.Class == TypeError {
		return nil, TypeError.Errorf("float() argument must be a string or a%s number, not '%s'", realSince310(thread), TypeName(c.args[0]))
	}
	return starlark.Float(f), err
}

func parseFloat(shown starlark.Value, text string) (starlark.Value, error) {
	failed := ValueError.Errorf("could not convert string to float: %s", Repr(shown))
	s := strings.TrimFunc(text, pythonSpace)
	if strings.HasPrefix(s, "_") || strings.HasSuffix(s, "_") || strings.Contains(s, "__") || strings.ContainsAny(s, "xXpP") {
		return nil, failed
	}
	f, err := strconv.ParseFloat(strings.ReplaceAll(asciiDigits(s), "_", ""), 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) {
		return nil, failed
	}
	return starlark.Float(f), nil
}

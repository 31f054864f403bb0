package pyval

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/trace"
)

// A formatSpec is Python's format specification:
// [[fill]align][sign][z][#][0][width][grouping][.precision][type].
type formatSpec struct {
	fill      string
	align     byte // 0: the type's own
	sign      byte // '-', '+' or ' '
	alternate bool
	// noNegativeZero is z: a float that rounds to -0 is shown as 0.
	noNegativeZero bool
	width          int
	grouping       byte // ',' or '_', 0 for none
	precision      int  // -1: not given
	kind           byte // 0: none
}

func parseFormatSpec(python Version, spec string, of starlark.Value) (formatSpec, error) {
	f := formatSpec{fill: " ", sign: '-', precision: -1}
	rest := spec
	if _, size := decodeRune(rest); size > 0 && len(rest) > size && isAlign(rest[size]) {
		f.fill, f.align, rest = rest[:size], rest[size], rest[size+1:]
	} else if rest != "" && isAlign(rest[0]) {
		f.align, rest = rest[0], rest[1:]
	}
	next := func(chars string) byte {
		if rest != "" && strings.IndexByte(chars, rest[0]) >= 0 {
			c := rest[0]
			rest = rest[1:]
			return c
		}
		return 0
	}
	number := func() int {
		n, digits := 0, false
		for c := next("0123456789"); c != 0; c = next("0123456789") {
			n, digits = min(n*10+int(c-'0'), maxRepeat), true
		}
		if !digits {
			return -1
		}
		return n
	}
	if c := next("+- "); c != 0 {
		f.sign = c
	}
	if python.AtLeast(3, 11) {
		f.noNegativeZero = next("z") != 0
	}
	f.alternate = next("#") != 0
	if rest != "" && rest[0] == '0' && f.align == 0 {
		f.fill, f.align = "0", '='
		rest = rest[1:]
	}
	f.width = max(number(), 0)
	f.grouping = next(",_")
	if next(".") != 0 {
		if f.precision = number(); f.precision < 0 {
			return f, ValueError.Errorf("Format specifier missing precision")
		}
	}
	if len(rest) > 1 {
		if !python.AtLeast(3, 11) {
			return f, ValueError.Errorf("Invalid format specifier")
		}
		return f, ValueError.Errorf("Invalid format specifier '%s' for object of type '%s'", spec, TypeName(of))
	}
	if rest != "" {
		f.kind = rest[0]
	}
	return f, nil
}

func isAlign(c byte) bool { return c == '<' || c == '>' || c == '=' || c == '^' }

// Format is Python's format(v, spec).
func Format(thread *starlark.Thread, v starlark.Value, spec string) (string, error) {
	if e, ok := v.(*Enum); ok && !e.Of.Enum.Python.AtLeast(3, 11) {
		v = e.Int()
	}
	if f := ownTextMethod(v, "__format__"); f != nil {
		return textFrom(thread, f, "__format__", v, starlark.String(spec))
	}
	if spec == "" {
		return StrIn(thread, v)
	}
	v = PlainValue(v)
	switch v.(type) {
	case starlark.String, starlark.Int, starlark.Bool, starlark.Float, *Enum:
	default:
		return "", TypeError.Errorf("unsupported format string passed to %s.__format__", TypeName(v))
	}
	f, err := parseFormatSpec(Python(thread), spec, v)
	if err != nil {
		return "", err
	}
	if text, ok := v.(starlark.String); ok {
		return f.text(string(text))
	}
	if x, ok := v.(starlark.Float); ok {
		return f.float(float64(x), v)
	}
	i, _ := asInt(v)
	if strings.IndexByte("eEfFgG%", f.kind) >= 0 && f.kind != 0 {
		x, err := intToFloat(i)
		if err != nil {
			return "", err
		}
		return f.float(x, v)
	}
	return f.integer(i, v)
}

func (f formatSpec) unknownCode(of starlark.Value) error {
	return ValueError.Errorf("Unknown format code '%c' for object of type '%s'", f.kind, TypeName(of))
}

func (f formatSpec) text(s string) (string, error) {
	switch {
	case f.kind != 0 && f.kind != 's':
		return "", f.unknownCode(starlark.String(s))
	case f.sign != '-':
		return "", ValueError.Errorf("Sign not allowed in string format specifier")
	case f.alternate:
		return "", ValueError.Errorf("Alternate form (#) not allowed in string format specifier")
	case f.align == '=' && f.fill != "0":
		return "", ValueError.Errorf("'=' alignment not allowed in string format specifier")
	case f.grouping != 0:
		return "", ValueError.Errorf("Cannot specify '%c' with 's'.", f.grouping)
	}
	if f.precision >= 0 {
		points := codePoints(s)
		s = fromPoints(points[:min(f.precision, len(points))])
	}
	if f.align == '=' {
		f.align = '<'
	}
	return f.pad("", s, '<'), nil
}

func (f formatSpec) integer(i *big.Int, of starlark.Value) (string, error) {
	base, prefix := 10, ""
	switch f.kind {
	case 0, 'd', 'n':
	case 'b':
		base, prefix = 2, "0b"
	case 'o':
		base, prefix = 8, "0o"
	case 'x', 'X':
		base, prefix = 16, "0"+string(f.kind)
	case 'c':
		if !i.IsInt64() || i.Int64() < 0 || i.Int64() > 0x10ffff {
			return "", OverflowError.Errorf("%%c arg not in range(0x110000)")
		}
		return f.pad("", string(appendRune(nil, rune(i.Int64()))), '<'), nil
	default:
		return "", f.unknownCode(of)
	}
	if f.precision >= 0 {
		return "", ValueError.Errorf("Precision not allowed in integer format specifier")
	}
	digits := new(big.Int).Abs(i).Text(base)
	if f.kind == 'X' {
		digits = strings.ToUpper(digits)
	}
	if !f.alternate {
		prefix = ""
	}
	group := 3
	if base != 10 {
		group = 4
	}
	return f.pad(f.signOf(i.Sign() < 0)+prefix, f.separate(digits, group), '>'), nil
}

func (f formatSpec) signOf(negative bool) string {
	switch {
	case negative:
		return "-"
	case f.sign == '-':
		return ""
	}
	return string(f.sign)
}

// separate puts the grouping character between groups of digits.
func (f formatSpec) separate(digits string, group int) string {
	if f.grouping == 0 {
		return digits
	}
	var parts []string
	for len(digits) > group {
		parts = append([]string{digits[len(digits)-group:]}, parts...)
		digits = digits[:len(digits)-group]
	}
	return strings.Join(append([]string{digits}, parts...), string(f.grouping))
}

func (f formatSpec) float(x float64, of starlark.Value) (string, error) {
	negative := math.Signbit(x) && !math.IsNaN(x)
	digits, err := f.floatDigits(math.Abs(x), of)
	if err != nil {
		return "", err
	}
	if f.noNegativeZero && strings.Trim(digits, "0.") == "" {
		negative = false
	}
	if f.grouping != 0 {
		whole := digits
		if end := strings.IndexFunc(digits, func(r rune) bool { return r < '0' || r > '9' }); end >= 0 {
			whole = digits[:end]
		}
		digits = f.separate(whole, 3) + digits[len(whole):]
	}
	return f.pad(f.signOf(negative), digits, '>'), nil
}

// floatDigits writes a positive number.
func (f formatSpec) floatDigits(x float64, of starlark.Value) (string, error) {
	precision := f.precision
	if precision < 0 {
		precision = 6
	}
	if math.IsNaN(x) || math.IsInf(x, 0) {
		s := trace.FloatRepr(x)
		if f.kind == 'E' || f.kind == 'F' || f.kind == 'G' {
			s = strings.ToUpper(s)
		}
		if f.kind == '%' {
			s += "%"
		}
		return s, nil
	}
	switch f.kind {
	case 0:
		if f.precision < 0 {
			return trace.FloatRepr(x), nil
		}
		s := generalDigits(x, max(precision, 1), 'e', f.alternate, true)
		return s, nil
	case 'e', 'E', 'f':
		return strconv.FormatFloat(x, f.kind, precision, 64), nil
	case 'F':
		return strconv.FormatFloat(x, 'f', precision, 64), nil
	case '%':
		return strconv.FormatFloat(x*100, 'f', precision, 64) + "%", nil
	case 'g', 'n':
		return generalDigits(x, max(precision, 1), 'e', f.alternate, false), nil
	case 'G':
		return generalDigits(x, max(precision, 1), 'E', f.alternate, false), nil
	}
	return "", f.unknownCode(of)
}

// generalDigits is C's %g: fixed notation for exponents from -4 up to the
// precision, without trailing zeros unless alternate. PointZero keeps one digit
// behind the point, as format without a type does.
func generalDigits(x float64, precision int, e byte, alternate, pointZero bool) string {
	scientific := strconv.FormatFloat(x, 'e', precision-1, 64)
	mantissa, exponentText, _ := strings.Cut(scientific, "e")
	exponent, _ := strconv.Atoi(exponentText)
	trim := func(s string) string {
		if alternate || !strings.Contains(s, ".") {
			return s
		}
		return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	}
	limit := precision
	if pointZero {
		limit = max(precision, 1)
	}
	if exponent < -4 || exponent >= limit {
		return trim(mantissa) + string(e) + exponentText
	}
	s := trim(strconv.FormatFloat(x, 'f', max(precision-1-exponent, 0), 64))
	if pointZero && !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

// pad brings sign and body to the width.
func (f formatSpec) pad(sign, body string, own byte) string {
	missing := f.width - trace.CodePoints(sign) - trace.CodePoints(body)
	if missing <= 0 {
		return sign + body
	}
	align := f.align
	if align == 0 {
		align = own
	}
	fill := func(n int) string { return strings.Repeat(f.fill, n) }
	switch align {
	case '<':
		return sign + body + fill(missing)
	case '^':
		return fill(missing/2) + sign + body + fill(missing-missing/2)
	case '=':
		return sign + fill(missing) + body
	}
	return fill(missing) + sign + body
}

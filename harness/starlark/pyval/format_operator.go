package pyval

import (
	"math/big"
	"strings"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// formatOperator is template % values of str, bytes and bytearray.
func formatOperator(thread *starlark.Thread, x, y starlark.Value) (starlark.Value, error) {
	s := stringlike{self: x}
	switch x := x.(type) {
	case starlark.String:
		s.data, s.text = string(x), true
	case starlark.Bytes:
		s.data = string(x)
	case *Bytearray:
		s.data = string(x.Bytes())
	default:
		return nil, unsupported(syntax.PERCENT, x, y)
	}
	p := &printf{thread: thread, template: s, operand: y}
	if t, ok := y.(starlark.Tuple); ok {
		p.values = t
	} else {
		p.values = starlark.Tuple{y}
	}
	out, err := p.expand()
	if err != nil {
		return nil, err
	}
	return s.wrap(out), nil
}

// printf expands one template.
type printf struct {
	thread   *starlark.Thread
	template stringlike
	operand  starlark.Value
	values   starlark.Tuple
	used     int
	mapping  bool
}

func (p *printf) next() (starlark.Value, error) {
	if p.used >= len(p.values) {
		return nil, TypeError.Errorf("not enough arguments for format string")
	}
	p.used++
	return p.values[p.used-1], nil
}

func (p *printf) expand() (string, error) {
	var b strings.Builder
	rest := p.template.data
	for {
		at := strings.IndexByte(rest, '%')
		if at < 0 {
			b.WriteString(rest)
			break
		}
		b.WriteString(rest[:at])
		text, after, err := p.conversion(rest[at+1:])
		if err != nil {
			return "", err
		}
		b.WriteString(text)
		rest = after
	}
	if p.used < len(p.values) && !p.mapping && !p.indexable() {
		kind := "string"
		if !p.template.text {
			kind = "bytes"
		}
		return "", TypeError.Errorf("not all arguments converted during %s formatting", kind)
	}
	return b.String(), nil
}

// indexable reports whether the operand could be the mapping of named fields:
// then nothing has to be converted. Python asks for item access only.
func (p *printf) indexable() bool {
	switch p.operand.(type) {
	case starlark.Tuple, starlark.String:
		_, isText := p.operand.(starlark.String)
		return isText && !p.template.text
	case starlark.Bytes, *Bytearray:
		return p.template.text
	case *starlark.List, *starlark.Dict, *Range, *Memoryview:
		return true
	}
	return false
}

// conversion expands what follows a percent sign.
func (p *printf) conversion(s string) (text, rest string, err error) {
	f := formatSpec{fill: " ", sign: '-', precision: -1}
	var value starlark.Value
	if strings.HasPrefix(s, "(") {
		key, after, closed := strings.Cut(s[1:], ")")
		if !closed {
			return "", "", ValueError.Errorf("incomplete format key")
		}
		if value, err = p.named(key); err != nil {
			return "", "", err
		}
		s = after
	}
	zero := false
	for ; s != "" && strings.IndexByte("-+ #0", s[0]) >= 0; s = s[1:] {
		switch s[0] {
		case '-':
			f.align = '<'
		case '#':
			f.alternate = true
		case '0':
			zero = true
		case '+':
			f.sign = '+'
		case ' ':
			if f.sign == '-' {
				f.sign = ' '
			}
		}
	}
	if f.width, s, err = p.number(s); err != nil {
		return "", "", err
	}
	if f.width < 0 {
		f.align, f.width = '<', -f.width
	}
	if strings.HasPrefix(s, ".") {
		if f.precision, s, err = p.number(s[1:]); err != nil {
			return "", "", err
		}
		f.precision = max(f.precision, 0)
	}
	s = strings.TrimLeft(s, "hlL")
	if s == "" {
		return "", "", ValueError.Errorf("incomplete format")
	}
	if f.align == 0 {
		f.align = '>'
		if zero {
			f.fill, f.align = "0", '='
		}
	}
	r, size := decodeRune(s)
	if r == '%' {
		return "%", s[size:], nil
	}
	if value == nil {
		if value, err = p.next(); err != nil {
			return "", "", err
		}
	}
	text, err = p.convert(f, r, value, len(p.template.data)-len(s))
	return text, s[size:], err
}

func (p *printf) named(key string) (starlark.Value, error) {
	if !p.indexable() {
		return nil, TypeError.Errorf("format requires a mapping")
	}
	d := p.operand
	p.mapping = true
	if p.template.text {
		return GetItem(p.thread, d, starlark.String(key))
	}
	return GetItem(p.thread, d, starlark.Bytes(key))
}

// number reads a width or precision, which may be * for a value.
func (p *printf) number(s string) (int, string, error) {
	if strings.HasPrefix(s, "*") {
		v, err := p.next()
		if err != nil {
			return 0, "", err
		}
		if _, ok := asInt(v); !ok {
			return 0, "", TypeError.Errorf("* wants int")
		}
		n, err := smallIndex(p.thread, v)
		return n, s[1:], err
	}
	n := 0
	for ; s != "" && s[0] >= '0' && s[0] <= '9'; s = s[1:] {
		n = min(n*10+int(s[0]-'0'), maxRepeat)
	}
	return n, s, nil
}

func (p *printf) convert(f formatSpec, code rune, v starlark.Value, at int) (string, error) {
	switch code {
	case 's', 'r', 'a', 'b':
		if text, ok, err := p.textual(code, v); ok || err != nil {
			if f.align == '=' {
				f.fill, f.align = " ", '>'
			}
			if err == nil && f.precision >= 0 {
				text = text[:p.template.offset(text, f.precision)]
			}
			return f.pad("", text, '>'), err
		}
	case 'c':
		text, err := p.character(v)
		f.fill = " "
		if f.align == '=' {
			f.align = '>'
		}
		return f.pad("", text, '>'), err
	case 'd', 'i', 'u', 'x', 'X', 'o':
		return p.integer(f, byte(code), v)
	case 'e', 'E', 'f', 'F', 'g', 'G':
		x, err := Float(p.thread, v)
		if e, ok := AsException(err); ok && e.Class == TypeError && !p.template.text {
			return "", TypeError.Errorf("float argument required, not %s", TypeName(v))
		}
		if err != nil {
			return "", err
		}
		f.kind = byte(code)
		return f.float(x, v)
	}
	return "", ValueError.Errorf("unsupported format character '%c' (0x%x) at index %d", code, code, p.template.units(p.template.data[:at]))
}

// textual converts s, r, a and b; ok is false for a code that the template's
// type does not have.
func (p *printf) textual(code rune, v starlark.Value) (text string, ok bool, err error) {
	if p.template.text {
		switch code {
		case 's':
			return Str(v), true, nil
		case 'r':
			return Repr(v), true, nil
		case 'a':
			return ASCII(v), true, nil
		}
		return "", false, nil
	}
	if code == 'r' || code == 'a' {
		return ASCII(v), true, nil
	}
	if !isBytesLike(v) {
		return "", true, TypeError.Errorf("%%b requires a bytes-like object, or an object that implements __bytes__, not '%s'", TypeName(v))
	}
	data, err := bytesOf(v)
	return string(data), true, err
}

func (p *printf) character(v starlark.Value) (string, error) {
	if i, ok := asInt(v); ok {
		if p.template.text {
			if !i.IsInt64() || i.Int64() < 0 || i.Int64() > 0x10ffff {
				return "", OverflowError.Errorf("%%c arg not in range(0x110000)")
			}
			return string(appendRune(nil, rune(i.Int64()))), nil
		}
		if !i.IsInt64() || i.Int64() < 0 || i.Int64() > 255 {
			return "", OverflowError.Errorf("%%c arg not in range(256)")
		}
		return string([]byte{byte(i.Int64())}), nil
	}
	text, ok := p.template.same(v)
	if !ok || p.template.units(text) != 1 {
		if p.template.text {
			if ok && Python(p.thread).AtLeast(3, 14) {
				return "", TypeError.Errorf("%%c requires an int or a unicode character, not a string of length %d", p.template.units(text))
			}
			if Python(p.thread).AtLeast(3, 14) {
				return "", TypeError.Errorf("%%c requires an int or a unicode character, not %s", TypeName(v))
			}
			return "", TypeError.Errorf("%%c requires int or char")
		}
		return "", TypeError.Errorf("%%c requires an integer in range(256) or a single byte")
	}
	return text, nil
}

func (p *printf) integer(f formatSpec, code byte, v starlark.Value) (string, error) {
	i, ok := asInt(v)
	if x, isFloat := v.(starlark.Float); isFloat && (code == 'd' || code == 'i' || code == 'u') {
		whole, err := floatToInt(float64(x))
		if err != nil {
			return "", err
		}
		i, ok = asInt(whole)
	}
	if !ok {
		if code == 'x' || code == 'X' || code == 'o' {
			return "", TypeError.Errorf("%%%c format: an integer is required, not %s", code, TypeName(v))
		}
		return "", TypeError.Errorf("%%%c format: a%s number is required, not %s", code, realSince310(p.thread), TypeName(v))
	}
	base, prefix := 10, ""
	switch code {
	case 'x', 'X':
		base, prefix = 16, "0"+string(code)
	case 'o':
		base, prefix = 8, "0o"
	}
	digits := new(big.Int).Abs(i).Text(base)
	if code == 'X' {
		digits = strings.ToUpper(digits)
	}
	if f.precision >= 0 {
		digits = strings.Repeat("0", max(f.precision-len(digits), 0)) + digits
	}
	if !f.alternate {
		prefix = ""
	}
	return f.pad(f.signOf(i.Sign() < 0)+prefix, digits, '>'), nil
}

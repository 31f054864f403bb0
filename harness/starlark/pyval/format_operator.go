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
	key      starlark.Value // of the present conversion, if it is a named one
}

func (p *printf) next() (starlark.Value, error) {
	if p.used >= len(p.values) {
		return nil, p.notEnough()
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
		p.key = nil
		text, after, err := p.conversion(rest[at+1:])
		if err != nil {
			return "", err
		}
		b.WriteString(text)
		rest = after
	}
	if p.used < len(p.values) && !p.mapping && !p.indexable() {
		return "", p.notAllConverted()
	}
	return b.String(), nil
}

// indexable reports whether the operand could be the mapping of named fields:
// then nothing has to be converted. Python asks for item access only.
func (p *printf) indexable() bool {
	switch p.operand.(type) {
	case starlark.Bytes, *Bytearray:
		return p.template.text
	case *starlark.List, *starlark.Dict, *Range, *Memoryview:
		return true
	}
	return false
}

// conversion expands what follows a percent sign.
func (p *printf) conversion(s string) (text, rest string, err error) {
	start := len(p.template.data) - len(s) - 1
	f := formatSpec{fill: " ", sign: '-', precision: -1}
	var value starlark.Value
	if strings.HasPrefix(s, "(") {
		key, after, closed := strings.Cut(s[1:], ")")
		if !closed {
			return "", "", p.incompleteKey(start)
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
		return "", "", p.incomplete(start)
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
	text, known, err := p.convert(f, r, value)
	if err == nil && !known {
		err = p.unknownCode(r, start, len(p.template.data)-len(s))
	}
	return text, s[size:], err
}

func (p *printf) named(key string) (starlark.Value, error) {
	if !p.indexable() {
		return nil, p.noMapping()
	}
	p.mapping = true
	p.key = p.template.wrap(key)
	if _, ok := p.key.(*Bytearray); ok {
		p.key = starlark.Bytes(key)
	}
	return GetItem(p.thread, p.operand, p.key)
}

// number reads a width or precision, which may be * for a value.
func (p *printf) number(s string) (int, string, error) {
	if strings.HasPrefix(s, "*") {
		v, err := p.next()
		if err != nil {
			return 0, "", err
		}
		if _, ok := asInt(v); !ok {
			return 0, "", p.wrong(TypeError, "* wants int", "* requires int, not "+TypeName(v))
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

// convert expands a conversion; known is false for a code that there is not.
func (p *printf) convert(f formatSpec, code rune, v starlark.Value) (text string, known bool, err error) {
	switch code {
	case 's', 'r', 'a', 'b':
		text, known, err := p.textual(code, v)
		if !known || err != nil {
			return "", known, err
		}
		if f.align == '=' {
			f.fill, f.align = " ", '>'
		}
		if f.precision >= 0 {
			text = text[:p.template.offset(text, f.precision)]
		}
		return f.pad("", text, '>'), true, nil
	case 'c':
		text, err := p.character(v)
		f.fill = " "
		if f.align == '=' {
			f.align = '>'
		}
		return f.pad("", text, '>'), true, err
	case 'd', 'i', 'u', 'x', 'X', 'o':
		text, err := p.integer(f, byte(code), v)
		return text, true, err
	case 'e', 'E', 'f', 'F', 'g', 'G':
		x, err := Float(p.thread, v)
		if e, ok := AsException(err); ok && e.Class == TypeError {
			return "", true, p.notFloat(code, v)
		}
		if err != nil {
			return "", true, err
		}
		f.kind = byte(code)
		text, err := f.float(x, v)
		return text, true, err
	}
	return "", false, nil
}

// textual converts s, r, a and b; ok is false for a code that the template's
// type does not have.
func (p *printf) textual(code rune, v starlark.Value) (text string, ok bool, err error) {
	if p.template.text {
		switch code {
		case 's':
			text, err := StrIn(p.thread, v)
			return text, true, err
		case 'r':
			text, err := ReprIn(p.thread, v)
			return text, true, err
		case 'a':
			return ASCII(v), true, nil
		}
		return "", false, nil
	}
	if code == 'r' || code == 'a' {
		return ASCII(v), true, nil
	}
	if !isBytesLike(v) {
		const want = "%b requires a bytes-like object, or an object that implements __bytes__, not "
		return "", true, p.wrong(TypeError, want+"'"+TypeName(v)+"'", want+TypeName(v))
	}
	data, err := bytesOf(v)
	return string(data), true, err
}

func (p *printf) character(v starlark.Value) (string, error) {
	if i, ok := asInt(v); ok {
		if p.template.text {
			if !i.IsInt64() || i.Int64() < 0 || i.Int64() > 0x10ffff {
				return "", p.wrong(OverflowError, "%c arg not in range(0x110000)", "%c argument not in range(0x110000)")
			}
			return string(appendRune(nil, rune(i.Int64()))), nil
		}
		if !i.IsInt64() || i.Int64() < 0 || i.Int64() > 255 {
			return "", p.wrong(OverflowError, "%c arg not in range(256)", "%c argument not in range(256)")
		}
		return string([]byte{byte(i.Int64())}), nil
	}
	text, ok := p.template.same(v)
	if !ok || p.template.units(text) != 1 {
		return "", p.notCharacter(v, text, ok)
	}
	return text, nil
}

// integerOf asks an object to be an int, by its __int__ where a code takes any number.
// It returns nil for what cannot be one: a TypeError is that, too.
func (p *printf) integerOf(o Object, code byte) (*big.Int, error) {
	convert := func() (starlark.Value, error) { return callInt(p.thread, IntType, starlark.Tuple{o}, nil) }
	if code == 'x' || code == 'X' || code == 'o' {
		convert = func() (starlark.Value, error) {
			i, err := Index(p.thread, o)
			if err != nil {
				return nil, err
			}
			return starlark.MakeBigInt(i), nil
		}
	}
	v, err := convert()
	if e, ok := AsException(err); ok && e.Class.Subclass(TypeError) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	i, _ := asInt(v)
	return i, nil
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
	if o, isObject := v.(Object); isObject && !ok {
		found, err := p.integerOf(o, code)
		if err != nil {
			return "", err
		}
		i, ok = found, found != nil
	}
	if !ok {
		return "", p.notInteger(code, v)
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

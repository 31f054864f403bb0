package codecs

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
)

// escapeScheme is the codec unicode_escape: text as a literal of Python writes it, in
// Latin-1.
type escapeScheme struct {
	noSurrogates
	python int
	// invalid is the first escape of a decoding that is none, and stays as it is.
	invalid string
}

func (s *escapeScheme) fresh() scheme { return &escapeScheme{python: s.python} }

func (s *escapeScheme) end(*[]byte) {}

// complaint is the warning about what was decoded since it was asked for last.
func (s *escapeScheme) complaint() string {
	invalid := s.invalid
	s.invalid = ""
	what := "escape sequence"
	if len(invalid) > 1 {
		what = "octal escape sequence"
	}
	switch {
	case invalid == "":
		return ""
	case s.python >= 14:
		return fmt.Sprintf(`"\%s" is an invalid %s. Such sequences will not work in the future. `, invalid, what)
	}
	return fmt.Sprintf(`invalid %s '\%s'`, what, invalid)
}

// oneLetter are the escapes of a backslash and a letter.
var oneLetter = map[byte]string{
	'\n': "", '\\': `\`, '\'': "'", '"': `"`, 'b': "\b", 'f': "\f", 't': "\t", 'n': "\n", 'r': "\r", 'v': "\v", 'a': "\a",
}

func (s *escapeScheme) decode(out *[]byte, data []byte, final bool) (int, fault) {
	i := 0
	for i < len(data) {
		if data[i] != '\\' {
			*out = AppendRune(*out, rune(data[i]))
			i++
			continue
		}
		n, f := s.escape(out, data[i:])
		switch {
		case f.reason == "":
		case f.incomplete && !final:
			return i, fault{}
		default:
			return i, f.fault
		}
		i += n
	}
	return i, fault{}
}

// An escapeFault is one that more bytes may mend.
type escapeFault struct {
	fault
	incomplete bool
}

// escape decodes what begins with a backslash.
func (s *escapeScheme) escape(out *[]byte, data []byte) (n int, f escapeFault) {
	if len(data) == 1 {
		return 0, escapeFault{fault{1, `\ at end of string`}, true}
	}
	c := data[1]
	if text, ok := oneLetter[c]; ok {
		*out = append(*out, text...)
		return 2, f
	}
	switch c {
	case '0', '1', '2', '3', '4', '5', '6', '7':
		return s.octal(out, data), f
	case 'x':
		return hexadecimalEscape(out, data, 2, `truncated \xXX escape`, "")
	case 'u':
		return hexadecimalEscape(out, data, 4, `truncated \uXXXX escape`, "")
	case 'U':
		return hexadecimalEscape(out, data, 8, `truncated \UXXXXXXXX escape`, "illegal Unicode character")
	case 'N':
		return s.named(out, data)
	}
	s.complain(string(rune(c)))
	*out = AppendRune(append(*out, '\\'), rune(c))
	return 2, f
}

func (s *escapeScheme) complain(invalid string) {
	if s.invalid == "" {
		s.invalid = invalid
	}
}

// firstOctal is the first Python that warns of octal numbers above a byte.
const firstOctal = 11

func (s *escapeScheme) octal(out *[]byte, data []byte) (n int) {
	r := rune(0)
	for n = 1; n < len(data) && n < 4 && data[n] >= '0' && data[n] <= '7'; n++ {
		r = r<<3 | rune(data[n]-'0')
	}
	if r > 0o377 && s.python >= firstOctal {
		s.complain(string(data[1:n]))
	}
	*out = AppendRune(*out, r)
	return n
}

// hexadecimalEscape decodes the digits behind a backslash and a letter.
func hexadecimalEscape(out *[]byte, data []byte, digits int, truncated, outside string) (n int, f escapeFault) {
	r := int64(0)
	for n = 2; n < 2+digits; n++ {
		if n == len(data) {
			return 0, escapeFault{fault{n, truncated}, true}
		}
		digit := strings.IndexByte("0123456789abcdef", data[n]|0x20)
		if digit < 0 || data[n] < '0' {
			return 0, escapeFault{fault: fault{n, truncated}}
		}
		r = r<<4 | int64(digit)
	}
	if r > unicode.MaxRune {
		return 0, escapeFault{fault: fault{n, outside}}
	}
	*out = AppendRune(*out, rune(r))
	return n, f
}

// named decodes a character by its name.
func (s *escapeScheme) named(out *[]byte, data []byte) (n int, f escapeFault) {
	const malformed = `malformed \N character escape`
	if len(data) == 2 {
		return 0, escapeFault{fault{2, malformed}, true}
	}
	if data[2] != '{' {
		return 0, escapeFault{fault: fault{2, malformed}}
	}
	size := bytes.IndexByte(data[3:], '}')
	switch size {
	case -1:
		return 0, escapeFault{fault{len(data), malformed}, true}
	case 0:
		return 0, escapeFault{fault: fault{3, malformed}}
	}
	r, ok := charNamesOf(s.python).named(string(data[3 : 3+size]))
	if !ok {
		return 0, escapeFault{fault: fault{size + 4, "unknown Unicode character name"}}
	}
	*out = AppendRune(*out, r)
	return size + 4, f
}

func (s *escapeScheme) encode(out *[]byte, text string) (int, fault) {
	for rest := text; rest != ""; {
		r, size := DecodeRune(rest)
		rest = rest[size:]
		switch {
		case r == '\\':
			*out = append(*out, `\\`...)
		case r == '\t':
			*out = append(*out, `\t`...)
		case r == '\n':
			*out = append(*out, `\n`...)
		case r == '\r':
			*out = append(*out, `\r`...)
		case r >= ' ' && r < 0x7f:
			*out = append(*out, byte(r))
		default:
			*out = append(*out, Escaped(r)...)
		}
	}
	return len(text), fault{}
}

// rawEscapeScheme is the codec raw_unicode_escape: Latin-1, and what that lacks as \u
// and \U. A backslash of the text is not escaped.
type rawEscapeScheme struct{ noSurrogates }

func (rawEscapeScheme) decode(out *[]byte, data []byte, final bool) (int, fault) {
	i := 0
	for i < len(data) {
		var n int
		var f escapeFault
		switch last := i+1 == len(data); {
		case data[i] == '\\' && last && !final:
			return i, fault{}
		case data[i] != '\\' || last:
			*out = AppendRune(*out, rune(data[i]))
			n = 1
		case data[i+1] == 'u':
			n, f = hexadecimalEscape(out, data[i:], 4, `truncated \uXXXX escape`, "")
		case data[i+1] == 'U':
			n, f = hexadecimalEscape(out, data[i:], 8, `truncated \UXXXXXXXX escape`, `\Uxxxxxxxx out of range`)
		default:
			*out = AppendRune(append(*out, '\\'), rune(data[i+1]))
			n = 2
		}
		switch {
		case f.incomplete && !final:
			return i, fault{}
		case f.reason != "":
			return i, f.fault
		}
		i += n
	}
	return i, fault{}
}

func (rawEscapeScheme) encode(out *[]byte, text string) (int, fault) {
	for rest := text; rest != ""; {
		r, size := DecodeRune(rest)
		rest = rest[size:]
		if r < 0x100 {
			*out = append(*out, byte(r))
		} else {
			*out = append(*out, Escaped(r)...)
		}
	}
	return len(text), fault{}
}

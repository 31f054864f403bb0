package codecs

import (
	"strings"
	"unicode/utf16"
)

// utf7Scheme is UTF-7: what is not ASCII stands as UTF-16 in base 64, between a + and
// what is no digit of that.
type utf7Scheme struct{ noSurrogates }

const base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// utf7Direct are the characters beside letters and digits that stand for themselves.
const utf7Direct = "'(),-./:?!\"#$%&*;<=>@[]^_`{|} \t\n\r"

func isBase64(c byte) bool { return strings.IndexByte(base64Digits, c) >= 0 }

func (utf7Scheme) decode(out *[]byte, data []byte, final bool) (int, fault) {
	i := 0
	for i < len(data) {
		c := data[i]
		switch {
		case c >= 0x80:
			return i, fault{1, "unexpected special character"}
		case c != '+':
			*out = append(*out, c)
			i++
		case i+1 < len(data) && data[i+1] == '-':
			*out = append(*out, '+')
			i += 2
		case i+1 < len(data) && !isBase64(data[i+1]):
			return i, fault{2, "ill-formed sequence"}
		default:
			before := len(*out)
			size, f := decodeShifted(out, data[i:], final)
			if size == 0 && f.reason == "" {
				*out = (*out)[:before]
				return i, f
			}
			if f.reason != "" {
				return i, f
			}
			i += size
		}
	}
	return i, fault{}
}

// decodeShifted decodes what begins with a +, of which size bytes belong together;
// that is 0 if more has to come.
func decodeShifted(out *[]byte, data []byte, final bool) (size int, f fault) {
	var bits, buffer uint32
	var high rune
	for i := 1; i < len(data); i++ {
		digit := strings.IndexByte(base64Digits, data[i])
		if digit < 0 {
			switch {
			case bits >= 6:
				return 0, fault{i + 1, "partial character in shift sequence"}
			case buffer != 0:
				return 0, fault{i + 1, "non-zero padding bits in shift sequence"}
			}
			if high != 0 && data[i] < 0x80 && data[i] != '+' {
				*out = AppendRune(*out, high)
			}
			if data[i] == '-' {
				i++
			}
			return i, fault{}
		}
		buffer, bits = buffer<<6|uint32(digit), bits+6
		if bits < 16 {
			continue
		}
		bits -= 16
		unit := rune(buffer >> bits)
		buffer &= 1<<bits - 1
		if high != 0 && unit >= 0xdc00 && unit <= 0xdfff {
			*out = AppendRune(*out, utf16.DecodeRune(high, unit))
			high = 0
			continue
		}
		if high != 0 {
			*out = AppendRune(*out, high)
			high = 0
		}
		if unit >= 0xd800 && unit < 0xdc00 {
			high = unit
		} else {
			*out = AppendRune(*out, unit)
		}
	}
	switch {
	case !final:
		return 0, fault{}
	case high != 0 || bits >= 6 || buffer != 0:
		return 0, fault{len(data), "unterminated shift sequence"}
	}
	return len(data), fault{}
}

func (utf7Scheme) encode(out *[]byte, text string) (int, fault) {
	var bits, buffer uint32
	shifted := false
	emit := func() {
		for bits >= 6 {
			bits -= 6
			*out = append(*out, base64Digits[buffer>>bits&0x3f])
		}
	}
	leave := func() {
		if bits > 0 {
			*out = append(*out, base64Digits[buffer<<(6-bits)&0x3f])
		}
		bits, buffer, shifted = 0, 0, false
	}
	for i := 0; i < len(text); {
		r, size := DecodeRune(text[i:])
		i += size
		direct := r < 0x80 && r != '+' && (isBase64(byte(r)) || strings.IndexByte(utf7Direct, byte(r)) >= 0)
		switch {
		case direct:
			if shifted {
				leave()
				if isBase64(byte(r)) || r == '-' {
					*out = append(*out, '-')
				}
			}
			*out = append(*out, byte(r))
			continue
		case r == '+' && !shifted:
			*out = append(*out, "+-"...)
			continue
		case !shifted:
			*out = append(*out, '+')
			shifted = true
		}
		if r > 0xffff {
			high, low := utf16.EncodeRune(r)
			buffer, bits = buffer<<16|uint32(high), bits+16
			emit()
			r = low
		}
		buffer, bits = buffer<<16|uint32(r), bits+16
		emit()
	}
	if shifted {
		leave()
		*out = append(*out, '-')
	}
	return len(text), fault{}
}

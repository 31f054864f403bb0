package codecs

import (
	"encoding/binary"
	"unicode/utf16"
)

type byteOrder interface {
	binary.ByteOrder
	binary.AppendByteOrder
}

// utf16Scheme is UTF-16 in one byte order.
type utf16Scheme struct{ order byteOrder }

func (s utf16Scheme) decode(out *[]byte, data []byte, final bool) (int, fault) {
	i := 0
	for ; len(data)-i >= 2; i += 2 {
		r := rune(s.order.Uint16(data[i:]))
		switch {
		case !IsSurrogate(r):
		case r >= 0xdc00:
			return i, fault{2, "illegal encoding"}
		case len(data)-i < 4:
			if !final {
				return i, fault{}
			}
			return i, fault{len(data) - i, unexpectedEnd}
		default:
			low := rune(s.order.Uint16(data[i+2:]))
			if low < 0xdc00 || low > 0xdfff {
				return i, fault{2, "illegal UTF-16 surrogate"}
			}
			r = utf16.DecodeRune(r, low)
			i += 2
		}
		*out = AppendRune(*out, r)
	}
	if i < len(data) && final {
		return i, fault{1, "truncated data"}
	}
	return i, fault{}
}

func (s utf16Scheme) encode(out *[]byte, text string) (int, fault) {
	i := 0
	for i < len(text) {
		r, size := DecodeRune(text[i:])
		switch {
		case IsSurrogate(r):
			return i, fault{1, notAllowed}
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			*out = s.order.AppendUint16(*out, uint16(high))
			*out = s.order.AppendUint16(*out, uint16(low))
		default:
			*out = s.order.AppendUint16(*out, uint16(r))
		}
		i += size
	}
	return i, fault{}
}

func (s utf16Scheme) surrogate(data []byte) (rune, int) {
	if len(data) >= 2 {
		if r := rune(s.order.Uint16(data)); IsSurrogate(r) {
			return r, 2
		}
	}
	return 0, 0
}

func (s utf16Scheme) pass(r rune) []byte { return passed(s.order, 2, r) }

func (utf16Scheme) unit() int { return 2 }

// utf32Scheme is UTF-32 in one byte order.
type utf32Scheme struct{ order byteOrder }

func (s utf32Scheme) decode(out *[]byte, data []byte, final bool) (int, fault) {
	i := 0
	for ; len(data)-i >= 4; i += 4 {
		r := s.order.Uint32(data[i:])
		switch {
		case r > 0x10ffff:
			return i, fault{4, "code point not in range(0x110000)"}
		case IsSurrogate(rune(r)):
			return i, fault{4, "code point in surrogate code point range(0xd800, 0xe000)"}
		}
		*out = AppendRune(*out, rune(r))
	}
	if i < len(data) && final {
		return i, fault{len(data) - i, "truncated data"}
	}
	return i, fault{}
}

func (s utf32Scheme) encode(out *[]byte, text string) (int, fault) {
	i := 0
	for i < len(text) {
		r, size := DecodeRune(text[i:])
		if IsSurrogate(r) {
			return i, fault{1, notAllowed}
		}
		*out = s.order.AppendUint32(*out, uint32(r))
		i += size
	}
	return i, fault{}
}

func (s utf32Scheme) surrogate(data []byte) (rune, int) {
	if len(data) >= 4 {
		if r := rune(s.order.Uint32(data)); IsSurrogate(r) {
			return r, 4
		}
	}
	return 0, 0
}

func (s utf32Scheme) pass(r rune) []byte { return passed(s.order, 4, r) }

func (utf32Scheme) unit() int { return 4 }

package codecs

import "unicode/utf8"

type utf8Scheme struct{}

func (utf8Scheme) decode(out *[]byte, data []byte, final bool) (int, fault) {
	if utf8.Valid(data) {
		*out = append(*out, data...)
		return len(data), fault{}
	}
	i := 0
	for i < len(data) {
		r, width := utf8.DecodeRune(data[i:])
		if r != utf8.RuneError || width > 1 {
			*out = append(*out, data[i:i+width]...)
			i += width
			continue
		}
		size, reason := invalidUTF8(data[i:])
		if reason == unexpectedEnd && !final {
			return i, fault{}
		}
		return i, fault{size, reason}
	}
	return i, fault{}
}

const unexpectedEnd = "unexpected end of data"

// invalidUTF8 says how many bytes at the start belong to the broken sequence,
// and what is wrong with it in CPython's words.
func invalidUTF8(data []byte) (size int, reason string) {
	var need int
	low, high := byte(0x80), byte(0xbf)
	switch c := data[0]; {
	case c >= 0xc2 && c <= 0xdf:
		need = 1
	case c >= 0xe0 && c <= 0xef:
		need = 2
		switch c {
		case 0xe0:
			low = 0xa0
		case 0xed:
			high = 0x9f
		}
	case c >= 0xf0 && c <= 0xf4:
		need = 3
		switch c {
		case 0xf0:
			low = 0x90
		case 0xf4:
			high = 0x8f
		}
	default:
		return 1, "invalid start byte"
	}
	for i := 1; i <= need; i++ {
		if i >= len(data) {
			return i, unexpectedEnd
		}
		if data[i] < low || data[i] > high {
			return i, "invalid continuation byte"
		}
		low, high = 0x80, 0xbf
	}
	return 1, "invalid start byte"
}

const notAllowed = "surrogates not allowed"

func (utf8Scheme) encode(out *[]byte, text string) (int, fault) {
	if utf8.ValidString(text) {
		*out = append(*out, text...)
		return len(text), fault{}
	}
	i := 0
	for i < len(text) {
		r, size := DecodeRune(text[i:])
		if IsSurrogate(r) {
			return i, fault{run(text[i:], IsSurrogate), notAllowed}
		}
		*out = append(*out, text[i:i+size]...)
		i += size
	}
	return i, fault{}
}

// run is how many code points at the start of text are such.
func run(text string, such func(r rune) bool) int {
	n := 0
	for text != "" {
		r, size := DecodeRune(text)
		if !such(r) {
			break
		}
		text = text[size:]
		n++
	}
	return n
}

func (utf8Scheme) asksNoHandlers() {}

func (utf8Scheme) surrogate(data []byte) (rune, int) {
	if len(data) >= 3 {
		if r, n := DecodeRune(string(data[:3])); n == 3 && IsSurrogate(r) {
			return r, 3
		}
	}
	return 0, 0
}

func (utf8Scheme) pass(r rune) []byte {
	if !IsSurrogate(r) {
		return nil
	}
	return AppendRune(nil, r)
}

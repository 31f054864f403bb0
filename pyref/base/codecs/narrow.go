package codecs

import (
	"fmt"

	"golang.org/x/text/encoding/charmap"
)

// ordinalScheme is ASCII or Latin-1: the first code points are the bytes.
type ordinalScheme struct {
	noSurrogates
	limit rune
}

func (s ordinalScheme) reason() string { return fmt.Sprintf("ordinal not in range(%d)", s.limit) }

func (s ordinalScheme) decode(out *[]byte, data []byte, _ bool) (int, fault) {
	for i, b := range data {
		if rune(b) >= s.limit {
			return i, fault{1, s.reason()}
		}
		*out = AppendRune(*out, rune(b))
	}
	return len(data), fault{}
}

func (s ordinalScheme) encode(out *[]byte, text string) (int, fault) {
	i := 0
	for i < len(text) {
		r, size := DecodeRune(text[i:])
		if r >= s.limit {
			return i, fault{run(text[i:], func(r rune) bool { return r >= s.limit }), s.reason()}
		}
		*out = append(*out, byte(r))
		i += size
	}
	return i, fault{}
}

// tableScheme is any other encoding of one byte a character.
type tableScheme struct {
	noSurrogates
	table *charmap.Charmap
	// Where Python and the library do not agree on 80 to 9f: Windows encodings leave
	// some of them without a meaning, which the library takes for control
	// characters, as browsers do; in ISO encodings they are control characters, which
	// the library leaves out.
	windows, iso bool
	// other is what else they do not agree on; 0 is no character.
	other map[byte]rune
}

const undefined = "character maps to <undefined>"

func (s tableScheme) lookup(b byte) (rune, bool) {
	if s.iso && b >= 0x80 && b < 0xa0 {
		return rune(b), true
	}
	if r, ok := s.other[b]; ok {
		return r, r != 0
	}
	r := s.table.DecodeByte(b)
	return r, r != '\ufffd' && (!s.windows || r < 0x80 || r >= 0xa0)
}

func (s tableScheme) decode(out *[]byte, data []byte, _ bool) (int, fault) {
	for i, b := range data {
		r, ok := s.lookup(b)
		if !ok {
			return i, fault{1, undefined}
		}
		*out = AppendRune(*out, r)
	}
	return len(data), fault{}
}

// find is the byte of a code point.
func (s tableScheme) find(r rune) (byte, bool) {
	if s.iso && r >= 0x80 && r < 0xa0 {
		return byte(r), true
	}
	for b, other := range s.other {
		if other == r {
			return b, true
		}
	}
	b, ok := s.table.EncodeRune(r)
	if !ok {
		return 0, false
	}
	back, ok := s.lookup(b)
	return b, ok && back == r
}

func (s tableScheme) unknown(r rune) bool {
	_, ok := s.find(r)
	return !ok
}

func (s tableScheme) encode(out *[]byte, text string) (int, fault) {
	i := 0
	for i < len(text) {
		r, size := DecodeRune(text[i:])
		b, ok := s.find(r)
		if !ok {
			return i, fault{run(text[i:], s.unknown), undefined}
		}
		*out = append(*out, b)
		i += size
	}
	return i, fault{}
}

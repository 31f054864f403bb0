package codecs

import "fmt"

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

func (ordinalScheme) asksNoHandlers() {}

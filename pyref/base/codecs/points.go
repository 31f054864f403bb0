package codecs

import "unicode/utf8"

// DecodeRune reads the first code point of text. A byte that is no UTF-8 at all is
// read as the surrogate that Python's surrogateescape makes of it.
func DecodeRune(s string) (r rune, size int) {
	r, size = utf8.DecodeRuneInString(s)
	if r != utf8.RuneError || size != 1 {
		return r, size
	}
	if len(s) >= 3 && s[0] == 0xed && s[1] >= 0xa0 && s[1] <= 0xbf && s[2]&0xc0 == 0x80 {
		return 0xd000 | rune(s[1]&0x3f)<<6 | rune(s[2]&0x3f), 3
	}
	return 0xdc00 | rune(s[0]), 1
}

// Points splits text as Python indexes it.
func Points(s string) []rune {
	points := make([]rune, 0, len(s))
	for i := 0; i < len(s); {
		r, size := DecodeRune(s[i:])
		points = append(points, r)
		i += size
	}
	return points
}

// AppendRune writes a code point, surrogates included.
func AppendRune(b []byte, r rune) []byte {
	if IsSurrogate(r) {
		return append(b, 0xed, 0x80|byte(r>>6&0x3f), 0x80|byte(r&0x3f))
	}
	return utf8.AppendRune(b, r)
}

// IsSurrogate reports whether a code point is half of a UTF-16 pair.
func IsSurrogate(r rune) bool { return r >= 0xd800 && r <= 0xdfff }

// Len is how many code points text has.
func Len(s string) int {
	n := 0
	for i := range len(s) {
		if s[i]&0xc0 != 0x80 {
			n++
		}
	}
	return n
}

// Cut splits text after n code points, or all of it if it has fewer.
func Cut(s string, n int) (head, tail string) {
	i := 0
	for ; n > 0 && i < len(s); n-- {
		i++
		for i < len(s) && s[i]&0xc0 == 0x80 {
			i++
		}
	}
	return s[:i], s[i:]
}

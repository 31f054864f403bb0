package pyval

import (
	"unicode/utf8"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/pyref/base/codecs"
)

// Python's text may hold lone surrogates, which UTF-8 cannot. They are kept in
// the three bytes that UTF-8 would use if it could (U+DC80 is ed b2 80), so that
// byte order is still code point order.

func decodeRune(s string) (r rune, size int) { return codecs.DecodeRune(s) }

func appendRune(b []byte, r rune) []byte { return codecs.AppendRune(b, r) }

// codePoints splits text as Python indexes it.
func codePoints(s string) []rune { return codecs.Points(s) }

func fromPoints(points []rune) string {
	b := make([]byte, 0, len(points))
	for _, r := range points {
		b = appendRune(b, r)
	}
	return string(b)
}

// isASCII lets most operations on text work on bytes.
func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// NewStr makes a Python str of any Go string: bytes that are not UTF-8 become
// the surrogates that Python's surrogateescape makes of them, as in file names.
func NewStr(s string) starlark.String {
	if utf8.ValidString(s) {
		return starlark.String(s)
	}
	return starlark.String(fromPoints(codePoints(s)))
}

// Character is Python's chr(r).
func Character(r rune) starlark.String { return starlark.String(appendRune(nil, r)) }

// Points are the code points of a str.
func Points(s starlark.String) []rune { return codePoints(string(s)) }

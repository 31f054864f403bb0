package pyerr

import (
	"fmt"
	"unicode/utf8"
)

// unicodeArgs is how many arguments a UnicodeEncodeError or UnicodeDecodeError
// has.
const unicodeArgs = 5

// unicodeText is Python's str() of such an exception.
func unicodeText(args []any) string {
	start, _ := args[2].(int)
	end, _ := args[3].(int)
	what := "encode characters"
	switch object := args[1].(type) {
	case []byte:
		what = "decode bytes"
		if end == start+1 && start >= 0 && start < len(object) {
			return fmt.Sprintf("'%v' codec can't decode byte 0x%02x in position %d: %v", args[0], object[start], start, args[4])
		}
	case string:
		points := codePoints(object)
		if end == start+1 && start >= 0 && start < len(points) {
			return fmt.Sprintf("'%v' codec can't encode character '%s' in position %d: %v", args[0], escaped(points[start]), start, args[4])
		}
	}
	return fmt.Sprintf("'%v' codec can't %s in position %d-%d: %v", args[0], what, start, end-1, args[4])
}

// codePoints are those of a Python text: UTF-8, in which a lone surrogate is the
// three bytes that UTF-8's rule would make of it.
func codePoints(text string) []rune {
	var points []rune
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		if size == 1 && len(text) >= 3 && text[0] == 0xed && text[1]&0xe0 == 0xa0 && text[2]&0xc0 == 0x80 {
			r, size = 0xd000|rune(text[1]&0x3f)<<6|rune(text[2]&0x3f), 3
		}
		points, text = append(points, r), text[size:]
	}
	return points
}

func escaped(r rune) string {
	switch {
	case r <= 0xff:
		return fmt.Sprintf(`\x%02x`, r)
	case r <= 0xffff:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}

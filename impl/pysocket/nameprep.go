package pysocket

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"go.starlark.net/starlark"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/bidi"
	"golang.org/x/text/unicode/norm"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// A labelError says which characters of a label cannot be encoded, and why.
type labelError struct {
	start, end int
	reason     string
	older      string // what Python says before 3.13
}

func (e *labelError) Error() string { return e.reason }

// nameprep prepares a label that is not ASCII for comparison (RFC 3491).
func nameprep(label string) (string, error) {
	mapped := make([]rune, 0, len(label))
	for _, r := range label {
		if !unicode.Is(mappedToNothing, r) {
			mapped = append(mapped, r)
		}
	}
	label = norm.NFKC.String(cases.Fold().String(norm.NFKC.String(cases.Fold().String(string(mapped)))))
	i := 0
	for _, r := range label {
		if prohibited(r) {
			reason := "Invalid character " + pyval.Repr(starlark.String(r))
			return "", &labelError{i, i + 1, reason, reason}
		}
		i++
	}
	return label, checkDirections([]rune(label))
}

// checkDirections refuses a label that mixes directions (RFC 3454, section 6).
func checkDirections(label []rune) error {
	violation := func(i, requirement int) error {
		reason := fmt.Sprintf("Violation of BIDI requirement %d", requirement)
		return &labelError{i, i + 1, reason, reason}
	}
	anyRight, firstLeft := false, -1
	for i, r := range label {
		switch {
		case rightToLeft(r):
			anyRight = true
		case firstLeft < 0 && direction(r) == bidi.L:
			firstLeft = i
		}
	}
	switch last := len(label) - 1; {
	case !anyRight:
	case firstLeft >= 0:
		return violation(firstLeft, 2)
	case !rightToLeft(label[0]):
		return violation(0, 3)
	case !rightToLeft(label[last]):
		return violation(last, 3)
	}
	return nil
}

func direction(r rune) bidi.Class {
	p, _ := bidi.LookupRune(r)
	return p.Class()
}

func rightToLeft(r rune) bool {
	c := direction(r)
	return c == bidi.R || c == bidi.AL
}

// mappedToNothing is table B.1 of RFC 3454.
var mappedToNothing = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x00ad, Hi: 0x00ad, Stride: 1}, {Lo: 0x034f, Hi: 0x034f, Stride: 1}, {Lo: 0x1806, Hi: 0x1806, Stride: 1},
	{Lo: 0x180b, Hi: 0x180d, Stride: 1}, {Lo: 0x200b, Hi: 0x200d, Stride: 1}, {Lo: 0x2060, Hi: 0x2060, Stride: 1},
	{Lo: 0xfe00, Hi: 0xfe0f, Stride: 1}, {Lo: 0xfeff, Hi: 0xfeff, Stride: 1},
}, LatinOffset: 1}

// prohibited reports whether a label may not hold the character: tables C.1.2,
// C.2.2 and C.3 to C.9 of RFC 3454.
func prohibited(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return false
	case r&0xfffe == 0xfffe || unicode.Is(unicode.Noncharacter_Code_Point, r):
		return true
	}
	return unicode.In(r, unicode.Zs, unicode.Cc, unicode.Co, unicode.Cs, otherProhibited)
}

// otherProhibited are the characters of those tables that no category covers:
// control characters of C.2.2, and C.6 to C.9.
var otherProhibited = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x0340, Hi: 0x0341, Stride: 1}, {Lo: 0x06dd, Hi: 0x06dd, Stride: 1}, {Lo: 0x070f, Hi: 0x070f, Stride: 1},
		{Lo: 0x180e, Hi: 0x180e, Stride: 1}, {Lo: 0x200b, Hi: 0x200f, Stride: 1}, {Lo: 0x2028, Hi: 0x202e, Stride: 1},
		{Lo: 0x2060, Hi: 0x2063, Stride: 1}, {Lo: 0x206a, Hi: 0x206f, Stride: 1}, {Lo: 0x2ff0, Hi: 0x2ffb, Stride: 1},
		{Lo: 0xfeff, Hi: 0xfeff, Stride: 1}, {Lo: 0xfff9, Hi: 0xfffd, Stride: 1},
	},
	R32: []unicode.Range32{
		{Lo: 0x1d173, Hi: 0x1d17a, Stride: 1}, {Lo: 0xe0001, Hi: 0xe0001, Stride: 1}, {Lo: 0xe0020, Hi: 0xe007f, Stride: 1},
	},
}

package idna

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Reason is why a host name cannot be encoded.
type Reason int

const (
	LabelEmpty Reason = iota
	LabelTooLong
	InvalidCharacter // prohibited by nameprep: Error.Char
	BidiMixed        // right-to-left and left-to-right letters in a label
	BidiEnds         // a right-to-left label that does not begin and end with such letters
	ACEPrefix        // not ASCII, and yet beginning with "xn--"
)

// An Error says why and where. Python 3.13 and later raise UnicodeEncodeError('idna', Input, Start,
// End, Text()); before that it is a bare UnicodeError(Text()).
type Error struct {
	Minor  int // of the Python 3 that the name was encoded for
	Reason Reason
	Char   rune
	Input  string
	// Start and End are indexes of Input by code point.
	Start, End int
	// lastOfASCII tells that the label is the last of an ASCII name, which CPython before 3.13
	// checks apart from the others.
	lastOfASCII bool
}

func (e *Error) Error() string {
	return fmt.Sprintf("cannot encode host name %q: position %d: %s", e.Input, e.Start, e.reasonText())
}

// reasonText is the reason in the words of 3.13.
func (e *Error) reasonText() string {
	switch e.Reason {
	case LabelEmpty:
		return "label empty"
	case LabelTooLong:
		return "label too long"
	case InvalidCharacter:
		return "Invalid character " + reprRune(e.Char)
	case BidiMixed:
		return "Violation of BIDI requirement 2"
	case BidiEnds:
		return "Violation of BIDI requirement 3"
	default:
		return "Label starts with ACE prefix"
	}
}

// Text is what Python says: the reason of its UnicodeEncodeError (3.13 and later), or the text of its
// UnicodeError.
func (e *Error) Text() string {
	text := e.reasonText()
	if e.Minor >= 13 {
		return text
	}
	sized := e.Reason == LabelEmpty || e.Reason == LabelTooLong
	if sized && !e.lastOfASCII {
		text = "label empty or too long"
	}
	return text
}

// reprRune is Python's repr of a prohibited character. Most are not printable.
func reprRune(c rune) string {
	switch {
	case unicode.IsPrint(c):
		return "'" + string(c) + "'"
	case c <= 0xff:
		return fmt.Sprintf(`'\x%02x'`, c)
	case c <= 0xffff:
		return fmt.Sprintf(`'\u%04x'`, c)
	}
	return fmt.Sprintf(`'\U%08x'`, c)
}

// Encode is CPython's str.encode("idna") (encodings/idna.py): IDNA 2003's ToASCII for each label,
// without the STD3 rules, so that an ASCII name stays as it is whatever its characters. Lone
// surrogates, which a Python str can hold, are expected as their three bytes of generalised UTF-8.
//
// minor is the version of Python 3: since 3.14 only the capitals that had a small letter in Unicode
// 3.2 become small, before that all that have one in the Unicode of that Python. Here it is the
// Unicode of Go then, without the capitals of Unicode 14 for Pythons that have 13: with Go 1.26 all
// code points agree.
//
// The error is an *Error.
func Encode(host string, minor int) ([]byte, error) {
	out, failed := encode(host, minor)
	if failed != nil {
		failed.Minor, failed.Input = minor, host
		return nil, failed
	}
	return out, nil
}

func encode(host string, minor int) ([]byte, *Error) {
	if isASCII(host) {
		return []byte(host), checkASCIILabels(host)
	}
	text := codePoints(host)
	var out []byte
	for start := 0; start < len(text); {
		end := len(text)
		if i := slices.IndexFunc(text[start:], isLabelDot); i >= 0 {
			end = start + i
		}
		label, failed := toASCII(text[start:end], minor)
		if failed != nil {
			failed.Start += start
			failed.End += start
			return nil, failed
		}
		out = append(out, label...)
		if end < len(text) {
			out = append(out, '.')
		}
		start = end + 1
	}
	return out, nil
}

// ToASCII encodes one label. Positions in the error, an *Error, are of the label.
func ToASCII(label string, minor int) (string, error) {
	out, failed := toASCII(codePoints(label), minor)
	if failed != nil {
		failed.Minor, failed.Input = minor, label
		return "", failed
	}
	return out, nil
}

// Labels splits a name at its dots.
func Labels(name string) []string {
	return strings.Split(strings.NewReplacer("\u3002", ".", "\uff0e", ".", "\uff61", ".").Replace(name), ".")
}

// isLabelDot tells of the characters that end a label (RFC 3490, section 3.1).
func isLabelDot(c rune) bool { return c == '.' || c == 0x3002 || c == 0xff0e || c == 0xff61 }

// checkASCIILabels checks the lengths: of labels only the last may be empty.
func checkASCIILabels(host string) *Error {
	labels := strings.Split(host, ".")
	start := 0
	for i, label := range labels {
		if label == "" && i < len(labels)-1 {
			return &Error{Reason: LabelEmpty, Start: start, End: start + 1}
		}
		start += len(label) + 1
	}
	start = 0
	for i, label := range labels {
		if len(label) > maxLabel {
			return &Error{
				Reason: LabelTooLong, Start: start, End: start + len(label),
				lastOfASCII: i == len(labels)-1,
			}
		}
		start += len(label) + 1
	}
	return nil
}

const (
	maxLabel  = 63     // the longest label that DNS has
	acePrefix = "xn--" // of labels that are encoded
)

// toASCII is RFC 3490's operation for one label. Positions in the error are of the label.
func toASCII(label []rune, minor int) (string, *Error) {
	if !isASCII(string(label)) {
		prepared, failed := nameprep(label, minor)
		if failed != nil {
			return "", failed
		}
		label = prepared
	}
	text := string(label)
	switch {
	case text == "":
		return "", &Error{Reason: LabelEmpty, Start: 0, End: 1}
	case !isASCII(text) && strings.HasPrefix(text, acePrefix):
		return "", &Error{Reason: ACEPrefix, Start: 0, End: len(acePrefix)}
	case !isASCII(text):
		text = acePrefix + EncodePunycode(label)
	}
	if len(text) > maxLabel {
		return "", &Error{Reason: LabelTooLong, Start: 0, End: len(label)}
	}
	return text, nil
}

// codePoints decodes generalised UTF-8: surrogates count as code points.
func codePoints(s string) []rune {
	var list []rune
	for len(s) > 0 {
		if len(s) >= 3 && s[0] == 0xed && s[1]&0xe0 == 0xa0 && s[2]&0xc0 == 0x80 {
			list = append(list, 0xd000|rune(s[1]&0x3f)<<6|rune(s[2]&0x3f))
			s = s[3:]
			continue
		}
		c, size := utf8.DecodeRuneInString(s)
		list = append(list, c)
		s = s[size:]
	}
	return list
}

// isASCII reports whether text has no other character.
func isASCII(text string) bool {
	return strings.IndexFunc(text, func(c rune) bool { return c >= utf8.RuneSelf }) < 0
}

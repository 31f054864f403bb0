package resolve

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// IDNAReason is why a host name cannot be encoded.
type IDNAReason int

const (
	IDNALabelEmpty IDNAReason = iota
	IDNALabelTooLong
	IDNAInvalidCharacter // prohibited by nameprep: IDNAError.Char
	IDNABidiMixed        // right-to-left and left-to-right letters in a label
	IDNABidiEnds         // a right-to-left label that does not begin and end with such letters
	IDNAACEPrefix        // not ASCII, and yet beginning with "xn--"
)

// IDNAError says why and where. Python 3.13 and later raise UnicodeEncodeError('idna', Input, Start,
// End, Text()); before that it is a bare UnicodeError(Text()).
type IDNAError struct {
	Minor  int // of the Python 3 that the name was encoded for
	Reason IDNAReason
	Char   rune
	Input  string
	// Start and End are indexes of Input by code point.
	Start, End int
	// lastOfASCII tells that the label is the last of an ASCII name, which CPython before 3.13
	// checks apart from the others.
	lastOfASCII bool
}

func (e *IDNAError) Error() string {
	return fmt.Sprintf("cannot encode host name %q: position %d: %s", e.Input, e.Start, e.reasonText())
}

// reasonText is the reason in the words of 3.13.
func (e *IDNAError) reasonText() string {
	switch e.Reason {
	case IDNALabelEmpty:
		return "label empty"
	case IDNALabelTooLong:
		return "label too long"
	case IDNAInvalidCharacter:
		return "Invalid character " + reprRune(e.Char)
	case IDNABidiMixed:
		return "Violation of BIDI requirement 2"
	case IDNABidiEnds:
		return "Violation of BIDI requirement 3"
	default:
		return "Label starts with ACE prefix"
	}
}

// Text is what Python says: the reason of its UnicodeEncodeError (3.13 and later), or the text of its
// UnicodeError, which up to 3.11 names the codec and the error that the codec raised.
func (e *IDNAError) Text() string {
	text := e.reasonText()
	if e.Minor >= 13 {
		return text
	}
	sized := e.Reason == IDNALabelEmpty || e.Reason == IDNALabelTooLong
	if sized && !e.lastOfASCII {
		text = "label empty or too long"
	}
	if e.Minor <= 11 {
		text = "encoding with 'idna' codec failed (UnicodeError: " + text + ")"
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

// EncodeIDNA is CPython's str.encode("idna") (encodings/idna.py): IDNA 2003's ToASCII for each label,
// without the STD3 rules, so that an ASCII name stays as it is whatever its characters. Lone
// surrogates, which a Python str can hold, are expected as their three bytes of generalised UTF-8.
//
// minor is the version of Python 3: since 3.14 only the capitals that had a small letter in Unicode
// 3.2 become small, before that all that have one in the Unicode of that Python. Here it is the
// Unicode of Go then, without the capitals of Unicode 14 for Pythons that have 13: with Go 1.26 all
// code points agree.
//
// The error is an *IDNAError.
func EncodeIDNA(host string, minor int) ([]byte, error) {
	out, failed := encodeIDNA(host, minor)
	if failed != nil {
		failed.Minor, failed.Input = minor, host
		return nil, failed
	}
	return out, nil
}

func encodeIDNA(host string, minor int) ([]byte, *IDNAError) {
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

// isLabelDot tells of the characters that end a label (RFC 3490, section 3.1).
func isLabelDot(c rune) bool { return c == '.' || c == 0x3002 || c == 0xff0e || c == 0xff61 }

// checkASCIILabels checks the lengths: of labels only the last may be empty.
func checkASCIILabels(host string) *IDNAError {
	labels := strings.Split(host, ".")
	start := 0
	for i, label := range labels {
		if label == "" && i < len(labels)-1 {
			return &IDNAError{Reason: IDNALabelEmpty, Start: start, End: start + 1}
		}
		start += len(label) + 1
	}
	start = 0
	for i, label := range labels {
		if len(label) > maxLabel {
			return &IDNAError{
				Reason: IDNALabelTooLong, Start: start, End: start + len(label),
				lastOfASCII: i == len(labels)-1,
			}
		}
		start += len(label) + 1
	}
	return nil
}

// maxLabel is the longest label that DNS has.
const maxLabel = 63

// toASCII is RFC 3490's operation for one label. Positions in the error are of the label.
func toASCII(label []rune, minor int) (string, *IDNAError) {
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
		return "", &IDNAError{Reason: IDNALabelEmpty, Start: 0, End: 1}
	case !isASCII(text) && strings.HasPrefix(text, "xn--"):
		return "", &IDNAError{Reason: IDNAACEPrefix, Start: 0, End: len("xn--")}
	case !isASCII(text):
		text = "xn--" + punycode(label)
	}
	if len(text) > maxLabel {
		return "", &IDNAError{Reason: IDNALabelTooLong, Start: 0, End: len(label)}
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

package idna

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// longestDecoded is the longest label that is decoded at all.
const longestDecoded = 1024

// ToUnicode decodes one label. The error is a *DecodeError, or an *Error of the label
// that the text would be encoded as, whose positions are of the label.
func ToUnicode(label []byte, minor int) ([]rune, error) {
	if len(label) > longestDecoded && minor >= positioned {
		return nil, &DecodeError{Codec: "idna", Data: label, End: len(label), Reason: "label way too long"}
	}
	prefixed := label
	if minor >= positioned {
		prefixed = bytes.ToLower(label)
	}
	if !bytes.HasPrefix(prefixed, []byte(acePrefix)) {
		if failed := notASCII(label); failed != nil {
			return nil, failed
		}
		return []rune(string(label)), nil
	}
	text, err := DecodePunycode(label[len(acePrefix):], "strict", minor)
	if err != nil {
		return nil, within(label, err, minor)
	}
	again, failed := toASCII(text, minor)
	if failed != nil {
		failed.Minor = minor
		return nil, failed
	}
	if strings.ToLower(string(label)) == again {
		return text, nil
	}
	if minor < positioned {
		return nil, &DecodeError{Reason: "IDNA does not round-trip", Compared: [][]byte{label, []byte(again)}}
	}
	reason := fmt.Sprintf("IDNA does not round-trip, '%s' != '%s'", literal(label), literal([]byte(again)))
	return nil, &DecodeError{Codec: "idna", Data: label, End: len(label), Reason: reason}
}

// within is the error of the codec punycode, for a label.
func within(label []byte, err error, minor int) error {
	failed, ok := errors.AsType[*DecodeError](err)
	switch {
	case !ok:
		return err
	case minor >= positioned:
		return &DecodeError{
			Codec: "idna", Data: label, Start: failed.Start + len(acePrefix), End: failed.End + len(acePrefix), Reason: failed.Reason,
		}
	case failed.Codec == "" && minor < 12:
		failed.Reason = "decoding with 'punycode' codec failed (UnicodeError: " + failed.Reason + ")"
	}
	return failed
}

// literal is Python's repr of ASCII bytes.
func literal(data []byte) string {
	quote := byte('\'')
	if bytes.IndexByte(data, quote) >= 0 && bytes.IndexByte(data, '"') < 0 {
		quote = '"'
	}
	out := []byte{'b', quote}
	for _, c := range data {
		switch {
		case c == quote, c == '\\':
			out = append(out, '\\', c)
		case c == '\t':
			out = append(out, `\t`...)
		case c == '\n':
			out = append(out, `\n`...)
		case c == '\r':
			out = append(out, `\r`...)
		case c < ' ', c >= 0x7f:
			out = fmt.Appendf(out, `\x%02x`, c)
		default:
			out = append(out, c)
		}
	}
	return string(append(out, quote))
}

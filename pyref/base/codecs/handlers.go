package codecs

import (
	"encoding/binary"
	"fmt"
	"strings"
)

// A fault is what a scheme cannot encode or decode: how many units, which are
// bytes or code points, and why. There is none if the reason is empty.
type fault struct {
	size   int
	reason string
}

func unknownHandler(errors string) error {
	return &LookupError{fmt.Sprintf("unknown error handler name '%s'", errors)}
}

// Escaped is a code point as a Python literal writes it.
func Escaped(r rune) string {
	switch {
	case r <= 0xff:
		return fmt.Sprintf(`\x%02x`, r)
	case r <= 0xffff:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}

// handleDecode is what the handler puts in the place of faulty bytes, and how many
// bytes that takes the place of.
func handleDecode(errors string, failed *DecodeError, s scheme) (text []byte, size int, err error) {
	bad := failed.Data[failed.Start:failed.End]
	switch errors {
	case "strict", "":
		return nil, 0, failed
	case "ignore":
		return nil, len(bad), nil
	case "replace":
		return []byte("\ufffd"), len(bad), nil
	case "backslashreplace":
		for _, b := range bad {
			text = fmt.Appendf(text, `\x%02x`, b)
		}
		return text, len(bad), nil
	case "surrogateescape":
		for i, b := range bad {
			if b < 0x80 {
				if i == 0 {
					return nil, 0, failed
				}
				return text, i, nil
			}
			text = AppendRune(text, 0xdc00|rune(b))
		}
		return text, len(bad), nil
	case "surrogatepass":
		if r, n := s.surrogate(failed.Data[failed.Start:]); n > 0 {
			return AppendRune(nil, r), n, nil
		}
		return nil, 0, failed
	case "xmlcharrefreplace", "namereplace":
		return nil, 0, &HandlerError{"don't know how to handle UnicodeDecodeError in error callback"}
	}
	return nil, 0, unknownHandler(errors)
}

// handleEncode is what the handler puts in the place of the faulty code points:
// text that is encoded in turn, or bytes.
func handleEncode(errors string, failed *EncodeError, bad []rune, s scheme, python int) (text string, raw []byte, err error) {
	switch errors {
	case "strict", "":
		return "", nil, failed
	case "ignore":
		return "", nil, nil
	case "replace":
		return strings.Repeat("?", len(bad)), nil, nil
	case "backslashreplace":
		var b strings.Builder
		for _, r := range bad {
			b.WriteString(Escaped(r))
		}
		return b.String(), nil, nil
	case "xmlcharrefreplace":
		var b strings.Builder
		for _, r := range bad {
			fmt.Fprintf(&b, "&#%d;", r)
		}
		return b.String(), nil, nil
	case "namereplace":
		var b strings.Builder
		for _, r := range bad {
			if name := charNamesOf(python).name(r); name != "" {
				fmt.Fprintf(&b, `\N{%s}`, name)
			} else {
				b.WriteString(Escaped(r))
			}
		}
		return b.String(), nil, nil
	case "surrogateescape":
		for _, r := range bad {
			if r < 0xdc80 || r > 0xdcff {
				return "", nil, failed
			}
			raw = append(raw, byte(r))
		}
		return "", raw, nil
	case "surrogatepass":
		for _, r := range bad {
			b := s.pass(r)
			if b == nil {
				return "", nil, failed
			}
			raw = append(raw, b...)
		}
		return "", raw, nil
	}
	return "", nil, unknownHandler(errors)
}

// passed is a surrogate in the bytes of a UTF.
func passed(order binary.AppendByteOrder, width int, r rune) []byte {
	switch {
	case !IsSurrogate(r):
		return nil
	case width == 2:
		return order.AppendUint16(nil, uint16(r))
	}
	return order.AppendUint32(nil, uint32(r))
}

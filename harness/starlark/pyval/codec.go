package pyval

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Encode is Python's text.encode(encoding, errors) for the codecs utf-8, ascii
// and latin-1, with the error handlers strict, ignore, replace,
// backslashreplace, xmlcharrefreplace, surrogateescape and surrogatepass.
func Encode(text, encoding, errors string) ([]byte, error) {
	codec, limit, err := findCodec(encoding)
	if err != nil {
		return nil, err
	}
	if limit == 0x80 && isASCII(text) || codec == "utf-8" && utf8.ValidString(text) {
		return []byte(text), nil
	}
	points := codePoints(text)
	var out []byte
	for i := 0; i < len(points); {
		if encodable(codec, limit, points[i]) {
			if codec == "utf-8" {
				out = appendRune(out, points[i])
			} else {
				out = append(out, byte(points[i]))
			}
			i++
			continue
		}
		end := i + 1
		for end < len(points) && !encodable(codec, limit, points[end]) {
			end++
		}
		handled, err := handleEncode(codec, limit, errors, text, points, i, end)
		if err != nil {
			return nil, err
		}
		out = append(out, handled...)
		i = end
	}
	return out, nil
}

func isSurrogate(r rune) bool { return r >= 0xd800 && r <= 0xdfff }

func encodable(codec string, limit rune, r rune) bool {
	if codec == "utf-8" {
		return !isSurrogate(r)
	}
	return r < limit
}

// findCodec returns the codec's name in messages, and the first code point that
// a one-byte codec cannot encode.
func findCodec(encoding string) (codec string, limit rune, err error) {
	switch strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(encoding)) {
	case "utf_8", "utf8", "u8", "utf", "cp65001":
		return "utf-8", 0, nil
	case "ascii", "us_ascii", "646", "ansi_x3.4_1968":
		return "ascii", 0x80, nil
	case "latin_1", "latin1", "iso_8859_1", "iso8859_1", "8859", "l1", "latin", "cp819":
		return "latin-1", 0x100, nil
	}
	return "", 0, LookupError.Errorf("unknown encoding: %s", encoding)
}

func handleEncode(codec string, limit rune, errors, text string, points []rune, start, end int) ([]byte, error) {
	failed := func() error {
		reason := "surrogates not allowed"
		if codec != "utf-8" {
			reason = fmt.Sprintf("ordinal not in range(%d)", limit)
		}
		return NewUnicodeEncodeError(codec, text, start, end, reason)
	}
	var out []byte
	for _, r := range points[start:end] {
		switch errors {
		case "ignore":
		case "replace":
			out = append(out, '?')
		case "backslashreplace":
			out = append(out, escapedRune(r)...)
		case "xmlcharrefreplace":
			out = fmt.Appendf(out, "&#%d;", r)
		case "surrogateescape":
			if r < 0xdc80 || r > 0xdcff {
				return nil, failed()
			}
			out = append(out, byte(r&0xff))
		case "surrogatepass":
			if !isSurrogate(r) || codec != "utf-8" {
				return nil, failed()
			}
			out = appendRune(out, r)
		case "strict", "":
			return nil, failed()
		default:
			return nil, LookupError.Errorf("unknown error handler name '%s'", errors)
		}
	}
	return out, nil
}

// Decode is Python's data.decode(encoding, errors) for the codecs of [Encode].
func Decode(data []byte, encoding, errors string) (string, error) {
	codec, limit, err := findCodec(encoding)
	if err != nil {
		return "", err
	}
	if codec == "utf-8" && utf8.Valid(data) {
		return string(data), nil
	}
	var out []byte
	for i := 0; i < len(data); {
		if codec != "utf-8" && rune(data[i]) < limit {
			out = utf8.AppendRune(out, rune(data[i]))
			i++
			continue
		}
		size, reason := 1, fmt.Sprintf("ordinal not in range(%d)", limit)
		if codec == "utf-8" {
			r, width := utf8.DecodeRune(data[i:])
			if r != utf8.RuneError || width > 1 {
				out = append(out, data[i:i+width]...)
				i += width
				continue
			}
			size, reason = invalidUTF8(data[i:])
		}
		handled, err := handleDecode(codec, errors, data, i, i+size, reason)
		if err != nil {
			return "", err
		}
		out = append(out, handled...)
		if errors == "surrogatepass" {
			size = len(handled)
		}
		i += size
	}
	return string(out), nil
}

// invalidUTF8 says how many bytes at the start belong to the broken sequence,
// and what is wrong with it in CPython's words.
func invalidUTF8(data []byte) (size int, reason string) {
	var need int
	low, high := byte(0x80), byte(0xbf)
	switch c := data[0]; {
	case c >= 0xc2 && c <= 0xdf:
		need = 1
	case c >= 0xe0 && c <= 0xef:
		need = 2
		switch c {
		case 0xe0:
			low = 0xa0
		case 0xed:
			high = 0x9f
		}
	case c >= 0xf0 && c <= 0xf4:
		need = 3
		switch c {
		case 0xf0:
			low = 0x90
		case 0xf4:
			high = 0x8f
		}
	default:
		return 1, "invalid start byte"
	}
	for i := 1; i <= need; i++ {
		if i >= len(data) {
			return i, "unexpected end of data"
		}
		if data[i] < low || data[i] > high {
			return i, "invalid continuation byte"
		}
		low, high = 0x80, 0xbf
	}
	return 1, "invalid start byte"
}

func handleDecode(codec, errors string, data []byte, start, end int, reason string) ([]byte, error) {
	switch errors {
	case "ignore":
		return nil, nil
	case "replace":
		return []byte("\ufffd"), nil
	case "backslashreplace":
		var out []byte
		for _, b := range data[start:end] {
			out = fmt.Appendf(out, `\x%02x`, b)
		}
		return out, nil
	case "surrogateescape":
		var out []byte
		for _, b := range data[start:end] {
			if b < 0x80 {
				return nil, NewUnicodeDecodeError(codec, data, start, end, reason)
			}
			out = appendRune(out, 0xdc00|rune(b))
		}
		return out, nil
	case "surrogatepass":
		r, size := decodeRune(string(data[start:]))
		if size == 3 && isSurrogate(r) {
			return data[start : start+3], nil
		}
		return nil, NewUnicodeDecodeError(codec, data, start, end, reason)
	case "strict", "":
		return nil, NewUnicodeDecodeError(codec, data, start, end, reason)
	}
	return nil, LookupError.Errorf("unknown error handler name '%s'", errors)
}

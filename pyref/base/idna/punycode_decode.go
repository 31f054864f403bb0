package idna

import (
	"bytes"
	"fmt"
	"math/big"
	"slices"
	"unicode"
)

// A DecodeError is what Python says of bytes that it cannot decode: a
// UnicodeDecodeError of the codec, or, where the codec is empty, a bare UnicodeError
// with the reason and what was compared.
type DecodeError struct {
	Codec      string
	Data       []byte
	Start, End int
	Reason     string
	Compared   [][]byte
}

func (e *DecodeError) Error() string {
	return fmt.Sprintf("cannot decode %q: position %d: %s", e.Data, e.Start, e.Reason)
}

// positioned is the first Python 3 whose errors tell the place.
const positioned = 13

// notASCII is the error of the codec ascii for the first byte that is none of its.
func notASCII(data []byte) *DecodeError {
	i := slices.IndexFunc(data, func(b byte) bool { return b >= 0x80 })
	if i < 0 {
		return nil
	}
	return &DecodeError{Codec: "ascii", Data: data, Start: i, End: i + 1, Reason: "ordinal not in range(128)"}
}

// DecodePunycode is Python's data.decode("punycode", errors). The handlers are
// strict, replace and ignore. The error is a *DecodeError.
func DecodePunycode(data []byte, handler string, minor int) ([]rune, error) {
	d := punycodeDecoder{strict: handler == "strict", minor: minor}
	digits := data
	if dash := bytes.LastIndexByte(data, '-'); dash >= 0 {
		text := data[:dash]
		if failed := notASCII(text); failed != nil && d.strict {
			if minor >= positioned {
				failed.Data = data
			}
			return nil, failed
		}
		for _, b := range text {
			switch {
			case b < 0x80:
				d.text = append(d.text, rune(b))
			case handler == "replace":
				d.text = append(d.text, unicode.ReplacementChar)
			}
		}
		d.offset = dash + 1
		digits = data[dash+1:]
	}
	d.data, d.digits = data, upper(digits)
	if failed := notASCII(digits); failed != nil && minor < positioned {
		return nil, failed
	}
	if err := d.insert(); err != nil {
		return nil, err
	}
	return d.text, nil
}

// A punycodeDecoder is at work: text is what there is so far.
type punycodeDecoder struct {
	strict bool
	minor  int
	data   []byte
	digits []byte
	offset int // of the digits in the data
	text   []rune
}

// insert puts the characters that the digits say where they belong. Numbers may have
// any length.
func (d *punycodeDecoder) insert() error {
	char, position, bias := big.NewInt(punyInitialN), big.NewInt(-1), punyInitialBias
	for at := 0; at < len(d.digits); {
		next, delta, err := d.number(at, bias)
		if err != nil || delta == nil {
			// What follows could not be understood.
			return err
		}
		position.Add(position, delta)
		position.Add(position, big.NewInt(1))
		places := big.NewInt(int64(len(d.text) + 1))
		char.Add(char, new(big.Int).Div(position, places))
		if char.Cmp(big.NewInt(unicode.MaxRune)) > 0 {
			if d.strict {
				at := int(position.Int64())
				return d.failed(at-1, at, fmt.Sprintf("Invalid character U+%x", char))
			}
			char.SetInt64('?')
		}
		position.Mod(position, places)
		d.text = slices.Insert(d.text, int(position.Int64()), rune(char.Int64()))
		bias = adapted(delta, len(d.text), at == 0)
		at = next
	}
	return nil
}

// number reads a variable-length integer. It is nil if it is none and that is no error.
func (d *punycodeDecoder) number(at, bias int) (next int, n *big.Int, err error) {
	n = new(big.Int)
	weight := big.NewInt(1)
	for k := punyBase; ; k += punyBase {
		if at >= len(d.digits) {
			if d.strict {
				text := "incomplete punycode string"
				if d.minor < positioned {
					text = "incomplete punicode string"
				}
				return 0, nil, d.failed(at, at+1, text)
			}
			return 0, nil, nil
		}
		c := d.digits[at]
		at++
		var digit int
		switch {
		case c >= 'A' && c <= 'Z':
			digit = int(c - 'A')
		case c >= '0' && c <= '9':
			digit = int(c-'0') + 26
		case d.strict && d.minor >= positioned:
			return 0, nil, d.failed(at-1, at, fmt.Sprintf("Invalid extended code point '%d'", c))
		case d.strict:
			return 0, nil, d.failed(at-1, at, fmt.Sprintf("Invalid extended code point '%c'", c))
		default:
			return 0, nil, nil
		}
		n.Add(n, new(big.Int).Mul(big.NewInt(int64(digit)), weight))
		threshold := min(max(k-bias, punyTMin), punyTMax)
		if digit < threshold {
			return at, n, nil
		}
		weight.Mul(weight, big.NewInt(int64(punyBase-threshold)))
	}
}

func (d *punycodeDecoder) failed(start, end int, reason string) error {
	if d.minor < positioned {
		return &DecodeError{Reason: reason}
	}
	return &DecodeError{Codec: "punycode", Data: d.data, Start: d.offset + start, End: d.offset + end, Reason: reason}
}

// adapted is the next bias.
func adapted(delta *big.Int, points int, first bool) int {
	if delta.IsInt64() {
		return punyAdapt(int(delta.Int64()), points, first)
	}
	delta = new(big.Int).Set(delta)
	divide := func(n int64) { delta.Div(delta, big.NewInt(n)) }
	if first {
		divide(punyDamp)
	} else {
		divide(2)
	}
	delta.Add(delta, new(big.Int).Div(delta, big.NewInt(int64(points))))
	k := 0
	for ; !delta.IsInt64() || delta.Int64() > (punyBase-punyTMin)*punyTMax/2; k += punyBase {
		divide(punyBase - punyTMin)
	}
	rest := int(delta.Int64())
	return k + (punyBase-punyTMin+1)*rest/(rest+punySkew)
}

func upper(data []byte) []byte {
	out := bytes.Clone(data)
	for i, b := range out {
		if b >= 'a' && b <= 'z' {
			out[i] = b - 'a' + 'A'
		}
	}
	return out
}

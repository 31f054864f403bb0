package trace

import (
	"encoding/hex"
	"fmt"
	"math/big"
	"strconv"
	"unicode/utf8"
)

// checkText finds out whether the text of a leaf is one that an encoder
// writes, and turns it into the form that Text has in memory.
func (v *Value) checkText() error {
	var err error
	switch v.Kind {
	case Int:
		n, ok := new(big.Int).SetString(v.Text, 10)
		if !ok || n.String() != v.Text {
			return fmt.Errorf("%q is not a decimal number", v.Text)
		}
	case Float:
		f, perr := strconv.ParseFloat(v.Text, 64)
		if perr != nil {
			return fmt.Errorf("%q is not a float", v.Text)
		}
		v.Text = FloatRepr(f)
	case Bytes, Bytearray, Memoryview:
		v.Text, err = fromLatin1(v.Text)
	case "surrogates":
		var raw []byte
		if raw, err = hex.DecodeString(v.Text); err == nil {
			err = checkSurrogates(string(raw))
		}
		v.Kind, v.Text = Str, string(raw)
	}
	return err
}

// checkSurrogates wants text that is UTF-8 but for surrogates, and has one:
// any other text travels as it is.
func checkSurrogates(s string) error {
	if utf8.ValidString(s) {
		return fmt.Errorf("%q has none", s)
	}
	for rest := s; rest != ""; {
		r, size := utf8.DecodeRuneInString(rest)
		if isSurrogate(rest) {
			size = 3
		} else if r == utf8.RuneError && size == 1 {
			return fmt.Errorf("%q is not text", s)
		}
		rest = rest[size:]
	}
	return nil
}

func (d digestForm) check() error {
	switch d.Kind {
	case Str, Bytes, Bytearray, Memoryview:
	default:
		return fmt.Errorf("a %q has none", d.Kind)
	}
	if d.Len <= 0 {
		return fmt.Errorf("a length of %d", d.Len)
	}
	if sum, err := hex.DecodeString(d.SHA256); err != nil || len(sum) != 32 {
		return fmt.Errorf("%q is not a SHA-256 in hex", d.SHA256)
	}
	return nil
}

// maxNesting bounds how deep the brackets of a value nest, so that a hostile
// subject cannot exhaust the stack. An honest one shows no more than about 50
// values inside each other, with at most three brackets each.
const maxNesting = 256

// nesting is how deep the brackets of some JSON nest.
func nesting(data []byte) int {
	depth, deepest, quoted := 0, 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case c == '"':
			quoted = !quoted
		case quoted && c == '\\':
			i++
		case quoted:
		case c == '{' || c == '[':
			depth++
			deepest = max(deepest, depth)
		case c == '}' || c == ']':
			depth--
		}
	}
	return deepest
}

package socket

import (
	"strings"
	"unicode/utf8"

	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/pyref/base/codecs"
)

// isText reports whether a Go string is what Python's str can hold: UTF-8, where lone
// surrogates may stand as three bytes each. Any other is what Python has bytes for.
func isText(s string) bool {
	for i := 0; i < len(s); {
		r, size := codecs.DecodeRune(s[i:])
		if size == 1 && r >= utf8.RuneSelf {
			return false
		}
		i += size
	}
	return true
}

// checkText fails for text that no string of C holds: with UnicodeEncodeError for a lone
// surrogate, and with ValueError for a NUL. Bytes pass that are no text.
func checkText(s string) error {
	if err := checkEncodable(s); err != nil {
		return err
	}
	if strings.Contains(s, "\x00") {
		return pyerr.ValueError.New("embedded null character")
	}
	return nil
}

// checkPath fails with ValueError for a NUL in what Python takes as it takes paths: any
// other byte goes.
func checkPath(s string) error {
	if strings.Contains(s, "\x00") {
		return pyerr.ValueError.New("embedded null byte")
	}
	return nil
}

// checkTexts is checkText of several.
func checkTexts(texts ...string) error {
	for _, s := range texts {
		if err := checkText(s); err != nil {
			return err
		}
	}
	return nil
}

// checkEncodable fails with UnicodeEncodeError for text with a lone surrogate.
func checkEncodable(s string) error {
	if utf8.ValidString(s) || !isText(s) {
		return nil
	}
	_, err := encoded("utf-8", s)
	return err
}

// encoded is text as a codec encodes it. It fails with UnicodeEncodeError.
func encoded(encoding, text string) (string, error) {
	codec, err := codecs.Lookup(encoding, fileHost.Python, "")
	if err != nil {
		return "", failedCodec(err)
	}
	data, err := codec.Encode(text, "strict")
	if err != nil {
		return "", failedCodec(err)
	}
	return string(data), nil
}

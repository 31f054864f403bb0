package codecs

import (
	"errors"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"
)

// multibyteScheme is one of the encodings of East Asia, by the library.
type multibyteScheme struct {
	noSurrogates
	encoding encoding.Encoding
}

const (
	illegalMultibyte    = "illegal multibyte sequence"
	incompleteMultibyte = "incomplete multibyte sequence"
)

// longestSequence bounds the bytes of one character.
const longestSequence = 4

func (s multibyteScheme) decode(out *[]byte, data []byte, final bool) (int, fault) {
	decoder := s.encoding.NewDecoder()
	i := 0
	for i < len(data) {
		n, text, complete := s.one(decoder, data[i:])
		switch {
		case !complete && !final:
			return i, fault{}
		case !complete:
			return i, fault{len(data) - i, incompleteMultibyte}
		case text == nil:
			return i, fault{1, illegalMultibyte}
		}
		*out = append(*out, text...)
		i += n
	}
	return i, fault{}
}

// one decodes one character; text is nil if there is none.
func (s multibyteScheme) one(decoder transform.Transformer, data []byte) (n int, text []byte, complete bool) {
	var dst [16]byte
	for n = 1; n <= min(len(data), longestSequence); n++ {
		decoder.Reset()
		written, read, err := decoder.Transform(dst[:], data[:n], false)
		if errors.Is(err, transform.ErrShortSrc) {
			continue
		}
		if err != nil || read != n {
			return 0, nil, true
		}
		text = append([]byte{}, dst[:written]...)
		if r, _ := utf8.DecodeRune(text); r == utf8.RuneError {
			return 0, nil, true
		}
		return n, text, true
	}
	return 0, nil, len(data) >= longestSequence
}

func (s multibyteScheme) encode(out *[]byte, text string) (int, fault) {
	encoder := s.encoding.NewEncoder()
	i := 0
	for i < len(text) {
		r, size := DecodeRune(text[i:])
		if IsSurrogate(r) {
			return i, fault{1, illegalMultibyte}
		}
		b, err := encoder.Bytes([]byte(text[i : i+size]))
		if err != nil {
			return i, fault{1, illegalMultibyte}
		}
		*out = append(*out, b...)
		i += size
	}
	return i, fault{}
}

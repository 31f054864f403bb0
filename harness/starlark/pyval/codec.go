package pyval

import (
	"errors"

	"github.com/pyparity/pyparity/pyref/base/codecs"
)

// codecsOf is the Python, 3.13, whose encodings texts and bytes have: values do
// not know the version that their program runs on.
const codecsOf = 13

// Encode is Python's text.encode(encoding, errors), for the text encodings of
// pyref/base/codecs.
func Encode(text, encoding, errors string) ([]byte, error) {
	codec, err := codecs.Lookup(encoding, codecsOf, "codecs.encode()")
	if err != nil {
		return nil, codecError(err)
	}
	data, err := codec.Encode(text, errors)
	return data, codecError(err)
}

// Decode is Python's data.decode(encoding, errors), for the text encodings of
// pyref/base/codecs.
func Decode(data []byte, encoding, errors string) (string, error) {
	codec, err := codecs.Lookup(encoding, codecsOf, "codecs.decode()")
	if err != nil {
		return "", codecError(err)
	}
	text, err := codec.Decode(data, errors)
	return text, codecError(err)
}

// codecError is the exception of what a codec says.
func codecError(err error) error {
	var (
		encode *codecs.EncodeError
		decode *codecs.DecodeError
		lookup *codecs.LookupError
		kind   *codecs.HandlerError
	)
	switch {
	case errors.As(err, &encode):
		return NewUnicodeEncodeError(encode.Encoding, encode.Text, encode.Start, encode.End, encode.Reason)
	case errors.As(err, &decode):
		return NewUnicodeDecodeError(decode.Encoding, decode.Data, decode.Start, decode.End, decode.Reason)
	case errors.As(err, &lookup):
		return LookupError.Errorf("%s", lookup.Text)
	case errors.As(err, &kind):
		return TypeError.Errorf("%s", kind.Text)
	}
	return err
}

package pyval

import (
	"errors"
	"slices"
	"strings"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/pyref/base/codecs"
)

// Encode is Python's text.encode(encoding, errors), for the text encodings of
// pyref/base/codecs. A nil thread is one of the default version.
func Encode(thread *starlark.Thread, text, encoding, errors string) ([]byte, error) {
	codec, err := lookupCodec(thread, encoding, "codecs.encode()")
	if err != nil {
		return nil, err
	}
	data, err := codec.Encode(text, errors)
	return data, chained(thread, "encoding", encoding, CodecError(err))
}

// Decode is Python's data.decode(encoding, errors), for the text encodings of
// pyref/base/codecs.
func Decode(thread *starlark.Thread, data []byte, encoding, errors string) (string, error) {
	codec, err := lookupCodec(thread, encoding, "codecs.decode()")
	if err != nil {
		return "", err
	}
	text, err := codec.Decode(data, errors)
	return text, chained(thread, "decoding", encoding, CodecError(err))
}

func lookupCodec(thread *starlark.Thread, encoding, instead string) (*codecs.Codec, error) {
	codec, err := codecs.Lookup(encoding, Python(thread).Minor, instead)
	if err != nil {
		return nil, CodecError(err)
	}
	codec.Warn = func(text string) error { return Warn(thread, DeprecationWarning, text) }
	return codec, nil
}

// chained is an exception of a codec as it comes from the registry: before 3.12 that
// made one that has nothing but a text anew, with the codec's name.
func chained(thread *starlark.Thread, doing, encoding string, err error) error {
	e, ok := AsException(err)
	if !ok || Python(thread).AtLeast(3, 12) || len(e.Args) != 1 || hasShortcut(encoding) {
		return err
	}
	return e.Class.Errorf("%s with '%s' codec failed (%s: %s)", doing, encoding, e.Class.Short, e.Text())
}

// hasShortcut reports whether str and bytes know an encoding without the registry.
func hasShortcut(encoding string) bool {
	name := strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return '_'
		}
		return r
	}, strings.ToLower(encoding))
	return slices.Contains([]string{
		"utf_8", "utf8", "utf_16", "utf16", "utf_32", "utf32", "ascii", "us_ascii", "latin1", "latin_1", "iso_8859_1", "iso8859_1",
	}, name)
}

// CodecError is the exception of what a codec says.
func CodecError(err error) error {
	var (
		encode *codecs.EncodeError
		decode *codecs.DecodeError
		lookup *codecs.LookupError
		kind   *codecs.HandlerError
		plain  *codecs.PlainError
	)
	switch {
	case errors.As(err, &encode):
		e := NewUnicodeEncodeError(encode.Encoding, encode.Text, encode.First.Start, encode.First.End, encode.First.Reason)
		return e.at(encode.Place)
	case errors.As(err, &decode):
		e := NewUnicodeDecodeError(decode.Encoding, decode.Data, decode.First.Start, decode.First.End, decode.First.Reason)
		return e.at(decode.Place)
	case errors.As(err, &lookup):
		return LookupError.Errorf("%s", lookup.Text)
	case errors.As(err, &kind):
		return TypeError.Errorf("%s", kind.Text)
	case errors.As(err, &plain):
		args := []starlark.Value{starlark.String(plain.Text)}
		for _, data := range plain.Compared {
			args = append(args, starlark.Bytes(data))
		}
		return NewException(UnicodeError, args...)
	}
	return err
}

package socket

import (
	"errors"

	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/pyref/base/codecs"
	"github.com/pyparity/pyparity/pyref/base/streams"
)

// fileHost makes the exceptions of files.
var fileHost = &streams.Host{
	Python: 13,
	Raise:  func(class string, args ...any) error { return fileClasses[class].New(args...) },
	Failed: failedCodec,
	Blocking: func(err error) bool {
		return errors.Is(err, pyerr.BlockingIOError)
	},
}

// failedCodec is the exception of what a codec says.
func failedCodec(err error) error {
	var (
		encode *codecs.EncodeError
		decode *codecs.DecodeError
		lookup *codecs.LookupError
		kind   *codecs.HandlerError
		plain  *codecs.PlainError
	)
	switch {
	case errors.As(err, &encode):
		return pyerr.UnicodeEncodeError.New(encode.Encoding, encode.Text, encode.Start, encode.End, encode.Reason)
	case errors.As(err, &decode):
		return pyerr.UnicodeDecodeError.New(decode.Encoding, decode.Data, decode.Start, decode.End, decode.Reason)
	case errors.As(err, &lookup):
		return pyerr.LookupError.New(lookup.Text)
	case errors.As(err, &kind):
		return pyerr.TypeError.New(kind.Text)
	case errors.As(err, &plain):
		return pyerr.UnicodeError.New(plain.Text)
	}
	return err
}

var fileClasses = map[string]*pyerr.Class{
	streams.AttributeError:       pyerr.AttributeError,
	streams.BlockingIOError:      pyerr.BlockingIOError,
	streams.MemoryError:          pyerr.MemoryError,
	streams.OSError:              pyerr.OSError,
	streams.TypeError:            pyerr.TypeError,
	streams.UnsupportedOperation: pyerr.UnsupportedOperation,
	streams.ValueError:           pyerr.ValueError,
}

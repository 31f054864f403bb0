package codecs

import "fmt"

// A Place is where something cannot be converted, [Start, End), and why.
type Place struct {
	Start, End int
	Reason     string
}

// An EncodeError is Python's UnicodeEncodeError: code points of Text cannot be
// encoded.
type EncodeError struct {
	Encoding, Text string
	Place
	// First is the place that the error was made for, which Python's keeps in its
	// args: where a handler has taken care of that one, the same error is used for the
	// next, whose attributes it has then.
	First Place
}

func (e *EncodeError) Error() string {
	return fmt.Sprintf("'%s' codec can't encode characters in position %d-%d: %s", e.Encoding, e.Start, e.End-1, e.Reason)
}

// A DecodeError is Python's UnicodeDecodeError: bytes of Data cannot be decoded.
type DecodeError struct {
	Encoding string
	Data     []byte
	Place
	First Place // as that of an EncodeError
}

func (e *DecodeError) Error() string {
	return fmt.Sprintf("'%s' codec can't decode bytes in position %d-%d: %s", e.Encoding, e.Start, e.End-1, e.Reason)
}

// A LookupError is Python's: there is no such encoding, or no such error handler.
type LookupError struct{ Text string }

func (e *LookupError) Error() string { return e.Text }

// A HandlerError is the TypeError of a handler that is for the other direction.
type HandlerError struct{ Text string }

func (e *HandlerError) Error() string { return e.Text }

// A PlainError is Python's UnicodeError itself, which knows no place: some encodings
// that Python code defines raise it. What it compared comes behind the text in its
// args.
type PlainError struct {
	Text     string
	Compared [][]byte
}

func (e *PlainError) Error() string { return e.Text }

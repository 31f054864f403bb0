package codecs

import "fmt"

// An EncodeError is Python's UnicodeEncodeError: the code points [Start, End) of
// Text cannot be encoded.
type EncodeError struct {
	Encoding, Text string
	Start, End     int
	Reason         string
}

func (e *EncodeError) Error() string {
	return fmt.Sprintf("'%s' codec can't encode characters in position %d-%d: %s", e.Encoding, e.Start, e.End-1, e.Reason)
}

// A DecodeError is Python's UnicodeDecodeError: the bytes [Start, End) of Data
// cannot be decoded.
type DecodeError struct {
	Encoding   string
	Data       []byte
	Start, End int
	Reason     string
}

func (e *DecodeError) Error() string {
	return fmt.Sprintf("'%s' codec can't decode bytes in position %d-%d: %s", e.Encoding, e.Start, e.End-1, e.Reason)
}

// A LookupError is Python's: there is no such encoding, or no such error handler.
type LookupError struct{ Text string }

func (e *LookupError) Error() string { return e.Text }

// A StreamError is the UnicodeError of a stream that does not begin as it has to.
type StreamError struct{ Text string }

func (e *StreamError) Error() string { return e.Text }

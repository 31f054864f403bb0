package codecs

import (
	"fmt"
	"strings"
)

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

// A StreamError is that of a stream that does not begin with its byte order mark.
// Since 3.13 it is a UnicodeDecodeError in Python, and a UnicodeError before.
type StreamError struct {
	Encoding string
	Data     []byte
	Width    int // how many bytes the mark would take
}

// Reason is what is wrong.
func (e *StreamError) Reason() string { return "Stream does not start with BOM" }

func (e *StreamError) Error() string {
	return strings.ToUpper(e.Encoding) + " stream does not start with BOM"
}

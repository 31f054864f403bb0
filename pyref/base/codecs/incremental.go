package codecs

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
)

// A Decoder decodes a stream piece by piece: Python's IncrementalDecoder.
type Decoder struct {
	codec   *Codec
	scheme  scheme
	errors  string
	pending []byte // of a sequence that is not complete
	order   byteOrder
	begun   bool
}

// NewDecoder returns a decoder with an error handler.
func (c *Codec) NewDecoder(errors string) *Decoder {
	return &Decoder{codec: c, scheme: stream(c.scheme), errors: errors}
}

// Reset makes the decoder ready for the start of a stream.
func (d *Decoder) Reset() {
	d.pending, d.order, d.begun = nil, nil, false
	if s, ok := d.scheme.(numbered); ok {
		s.reset()
		return
	}
	d.scheme = stream(d.codec.scheme)
}

// Pending are bytes that were given and not decoded yet.
func (d *Decoder) Pending() []byte { return d.pending }

// Flags is what the decoder knows beside what is pending, as the number that Python
// has for it: of UTF-16 and UTF-32 whether the mark is still to come (2) or said the
// other byte order (1), of a signature whether it is still to come (1).
func (d *Decoder) Flags() uint64 {
	if s, ok := d.scheme.(numbered); ok {
		return s.state()
	}
	switch {
	case d.codec.mark == signature && !d.begun:
		return 1
	case d.codec.mark == byteOrderMark && d.order == nil:
		return 2
	case d.codec.mark == byteOrderMark && d.order == byteOrder(binary.BigEndian):
		return 1
	}
	return 0
}

// SetFlags makes the decoder one that has nothing pending and knows what the flags
// say.
func (d *Decoder) SetFlags(flags uint64) {
	d.Reset()
	if s, ok := d.scheme.(numbered); ok {
		s.restore(flags)
	}
	switch d.codec.mark {
	case signature:
		d.begun = flags == 0
	case byteOrderMark:
		switch flags {
		case 0:
			d.order = binary.LittleEndian
		case 1:
			d.order = binary.BigEndian
		}
	}
}

// Decode decodes what is pending and data; if final, nothing more will come. It
// fails as [Codec.Decode] does; what was pending then still is.
func (d *Decoder) Decode(data []byte, final bool) (string, error) {
	input := data
	if len(d.pending) > 0 {
		input = append(append([]byte{}, d.pending...), data...)
	}
	if c := d.codec.coder; c != nil {
		text, rest, err := c.decodePiece(input, d.errors, final)
		if err == nil {
			d.pending = append([]byte{}, rest...)
		}
		return text, err
	}
	s, name := d.scheme, d.codec.failing
	if s, ok := s.(complaining); ok {
		s.complaint() // of what could not be decoded
	}
	begun, order := true, d.order
	switch d.codec.mark {
	case signature:
		if !d.begun {
			if len(input) < 3 && bytes.HasPrefix(utf8Signature, input) {
				d.pending = append([]byte{}, input...)
				return "", nil
			}
			// Positions count from behind it.
			input = bytes.TrimPrefix(input, utf8Signature)
		}
	case byteOrderMark:
		width := d.codec.width()
		skip := 0
		if order == nil {
			var ok bool
			if order, ok = d.codec.order(input); ok {
				skip = width
			} else if len(input) >= width {
				// It is decoded all the same, and may fail at that.
				_, used, err := decodeWith(d.codec.ordered(binary.LittleEndian), name+"-le", d.errors, input, final)
				if err == nil && used >= width {
					err = d.codec.noMark(input)
				}
				if err == nil {
					d.pending = append([]byte{}, input...)
				}
				return "", err
			} else {
				if final && len(input) > 0 {
					return d.finish(d.codec.scheme, name+"-le", input)
				}
				d.pending = append([]byte{}, input...)
				return "", nil
			}
		}
		s, name = d.codec.ordered(order), name+suffix(order)
		if skip > 0 {
			s = &skipping{s, skip}
		}
	}
	text, used, err := decodeWith(s, name, d.errors, input, final)
	if err == nil {
		err = d.codec.complain(s)
	}
	if err != nil {
		return "", err
	}
	if err := d.codec.complain(s); err != nil {
		return "", err
	}
	d.pending = append([]byte{}, input[used:]...)
	d.begun, d.order = begun, order
	return text, nil
}

// noMark is the error of a stream that does not begin with its byte order mark.
func (c *Codec) noMark(data []byte) error {
	if c.python < positioned {
		return &PlainError{Text: strings.ToUpper(c.Name) + " stream does not start with BOM"}
	}
	place := Place{0, c.width(), "Stream does not start with BOM"}
	return &DecodeError{Encoding: c.Name, Data: data, Place: place, First: place}
}

func (d *Decoder) finish(s scheme, name string, input []byte) (string, error) {
	text, _, err := decodeWith(s, name, d.errors, input, true)
	if err == nil {
		d.pending = nil
	}
	return text, err
}

// An Encoder encodes a stream piece by piece: Python's IncrementalEncoder.
type Encoder struct {
	codec   *Codec
	scheme  scheme
	errors  string
	begun   bool
	pending string // what may be the first of a pair, or has to wait
}

// NewEncoder returns an encoder with an error handler. The mark that a stream of
// the encoding begins with comes before the first text; if begun, it has been
// written already.
func (c *Codec) NewEncoder(errors string, begun bool) *Encoder {
	return &Encoder{codec: c, scheme: stream(c.scheme), errors: errors, begun: begun}
}

// Begin says whether the mark has been written.
func (e *Encoder) Begin(begun bool) { e.begun = begun }

// Encode encodes a piece. It fails as [Codec.Encode] does.
func (e *Encoder) Encode(text string) ([]byte, error) {
	if c := e.codec.coder; c != nil {
		data, rest, err := c.encodePiece(e.pending+text, e.errors)
		if err == nil {
			e.pending = rest
		}
		return data, err
	}
	pending := ""
	if s, ok := e.scheme.(pairing); ok {
		text = e.pending + text
		pending = text[len(text)-s.waits(text):]
		text = text[:len(text)-len(pending)]
	}
	name := e.codec.failing
	if e.begun && e.codec.mark == byteOrderMark {
		name += "-le"
	}
	data, err := encodeWith(e.scheme, name, e.errors, e.codec.python, text)
	if err != nil {
		if failed, ok := errors.AsType[*EncodeError](err); ok {
			failed.Text += pending
		}
		// Python's encoder of a signature counts it as written before it encodes.
		e.begun = e.begun || e.codec.mark == signature
		return nil, err
	}
	e.pending = pending
	if e.codec.mark != noMark && !e.begun {
		data = append(e.codec.begin(), data...)
	}
	e.begun = true
	return data, nil
}

// HasMark reports whether streams of the encoding begin with a byte order mark
// that Python's own encoder writes only at the start of a file.
func (c *Codec) HasMark() bool { return c.mark == byteOrderMark }

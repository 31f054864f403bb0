package codecs

import "encoding/binary"

// A mark is what a stream begins with.
type mark uint8

const (
	noMark        mark = iota
	signature          // UTF-8's, which may be missing
	byteOrderMark      // that of UTF-16 and UTF-32
)

var utf8Signature = []byte("\xef\xbb\xbf")

// Encode is Python's text.encode: what a whole text is in the encoding. It fails
// with an EncodeError or a PlainError, or a LookupError for an unknown handler.
func (c *Codec) Encode(text, errors string) ([]byte, error) {
	if c.coder != nil {
		return c.coder.encode(text, errors)
	}
	s := stream(c.scheme)
	data, err := encodeWith(s, c.failing, errors, c.python, text)
	if s, ok := s.(stateful); ok {
		s.end(&data)
	}
	if err != nil || c.mark == noMark {
		return data, err
	}
	return append(c.begin(), data...), nil
}

// begin is the mark.
func (c *Codec) begin() []byte {
	if c.mark == signature {
		return append([]byte{}, utf8Signature...)
	}
	var out []byte
	c.scheme.encode(&out, "\ufeff")
	return out
}

// Decode is Python's data.decode: the text of whole data. It fails with a
// DecodeError or a PlainError, or a LookupError for an unknown handler.
func (c *Codec) Decode(data []byte, errors string) (string, error) {
	if c.coder != nil {
		return c.coder.decode(data, errors)
	}
	s, name, skip := stream(c.scheme), c.failing, 0
	switch c.mark {
	case signature:
		if len(data) >= 3 && string(data[:3]) == string(utf8Signature) {
			// Positions count from behind it.
			data = data[3:]
		}
	case byteOrderMark:
		if order, ok := c.order(data); ok {
			s, skip = c.ordered(order), c.width()
			name += suffix(order)
		} else {
			name += "-le"
		}
	}
	if skip > 0 {
		s = &skipping{s, skip}
	}
	text, _, err := decodeWith(s, name, errors, data, true)
	if err == nil {
		err = c.complain(s)
	}
	if err != nil {
		return "", err
	}
	return text, nil
}

// complaining schemes decode what they warn of.
type complaining interface {
	complaint() string // since it was asked for last
}

func (c *Codec) complain(s scheme) error {
	if s, ok := s.(complaining); ok {
		if text := s.complaint(); text != "" && c.Warn != nil {
			return c.Warn(text)
		}
	}
	return nil
}

// skipping is a scheme that leaves out the mark, which still counts in
// positions.
type skipping struct {
	scheme
	mark int
}

func (s *skipping) decode(out *[]byte, data []byte, final bool) (int, fault) {
	mark := min(s.mark, len(data))
	s.mark = 0
	n, f := s.scheme.decode(out, data[mark:], final)
	return n + mark, f
}

func suffix(order byteOrder) string {
	if order == byteOrder(binary.BigEndian) {
		return "-be"
	}
	return "-le"
}

// width is how many bytes the mark takes.
func (c *Codec) width() int {
	if _, ok := c.scheme.(utf16Scheme); ok {
		return 2
	}
	return 4
}

func (c *Codec) ordered(order byteOrder) scheme {
	if c.width() == 2 {
		return utf16Scheme{order}
	}
	return utf32Scheme{order}
}

// order reads the mark at the start of data.
func (c *Codec) order(data []byte) (byteOrder, bool) {
	for _, order := range []byteOrder{binary.LittleEndian, binary.BigEndian} {
		switch {
		case c.width() == 2 && len(data) >= 2 && order.Uint16(data) == 0xfeff,
			c.width() == 4 && len(data) >= 4 && order.Uint32(data) == 0xfeff:
			return order, true
		}
	}
	return nil, false
}

package codecs

import "slices"

// A scheme is how one encoding maps between bytes and code points, without names
// and handlers.
type scheme interface {
	// decode appends the text of data to out up to the end, to a fault, or, if more
	// may come, to a sequence that is not complete. It returns how many bytes that
	// were.
	decode(out *[]byte, data []byte, final bool) (n int, f fault)
	// encode appends the bytes of text to out up to the end or to a fault. It
	// returns how many bytes of text that were.
	encode(out *[]byte, text string) (n int, f fault)
	// surrogate reads a surrogate that is encoded as if it were a character; the
	// length is 0 if there is none. Pass is the other direction.
	surrogate(data []byte) (r rune, n int)
	pass(r rune) []byte
}

// A stateful scheme keeps what the bytes of a stream mean beside their values, and
// is one stream's.
type stateful interface {
	scheme
	// fresh is one as at the start of a stream.
	fresh() scheme
	// end appends what a text ends with.
	end(out *[]byte)
}

// A pairing scheme encodes some pairs of characters as one.
type pairing interface {
	// waits is how many bytes at the end of text have to wait for what follows them.
	waits(text string) int
}

// stream is a scheme as at the start of a stream.
func stream(s scheme) scheme {
	if s, ok := s.(stateful); ok {
		return s.fresh()
	}
	return s
}

// noSurrogates is for schemes that have no form for surrogates.
type noSurrogates struct{}

func (noSurrogates) surrogate([]byte) (rune, int) { return 0, 0 }
func (noSurrogates) pass(rune) []byte             { return nil }

// A plain scheme encodes what the handlers of Python's own make without asking them:
// there is no error that a fault before could have been the first of.
type plain interface {
	asksNoHandlers()
}

// A unitary scheme has no bytes that are not several.
type unitary interface {
	// unit is how many bytes belong together.
	unit() int
}

// decodeWith decodes data with the handler for faults, and returns how many bytes
// were used.
func decodeWith(s scheme, name, errors string, data []byte, final bool) (string, int, error) {
	var out []byte
	var first Place
	i := 0
	for {
		n, f := s.decode(&out, data[i:], final)
		i += n
		if f.reason == "" {
			return string(out), i, nil
		}
		place := Place{i, i + f.size, f.reason}
		if first.Reason == "" {
			first = place
		}
		failed := &DecodeError{Encoding: name, Data: data, Place: place, First: first}
		text, size, err := handleDecode(errors, failed, s)
		if err != nil {
			return "", 0, err
		}
		out = append(out, text...)
		i += size
	}
}

// encodeWith encodes text with the handler for faults.
func encodeWith(s scheme, name, errors string, python int, text string) ([]byte, error) {
	out := make([]byte, 0, len(text))
	var first Place
	i, points := 0, 0
	for {
		n, f := s.encode(&out, text[i:])
		points += Len(text[i : i+n])
		i += n
		if f.reason == "" {
			return out, nil
		}
		bad := runes(text[i:], f.size)
		if _, ok := s.(plain); ok {
			first = Place{}
			if taken := escaped(errors, bad); taken > 0 && taken < len(bad) {
				bad = bad[:taken]
			}
		}
		place := Place{points, points + len(bad), f.reason}
		if first.Reason == "" {
			first = place
		}
		failed := &EncodeError{Encoding: name, Text: text, Place: place, First: first}
		instead, raw, err := handleEncode(errors, failed, bad, s, python)
		if err != nil {
			return nil, err
		}
		if s, ok := s.(unitary); ok && len(raw)%s.unit() != 0 {
			return nil, failed
		}
		out = append(out, raw...)
		if _, again := s.encode(&out, instead); again.reason != "" {
			return nil, failed
		}
		points += len(bad)
		_, rest := Cut(text[i:], len(bad))
		i = len(text) - len(rest)
	}
}

// runes are the first code points of text.
func runes(text string, n int) []rune {
	list := make([]rune, n)
	for i := range list {
		r, size := DecodeRune(text)
		list[i] = r
		text = text[size:]
	}
	return list
}

// escaped is how many code points at the start surrogateescape makes bytes of.
func escaped(errors string, bad []rune) int {
	if errors != "surrogateescape" {
		return 0
	}
	i := slices.IndexFunc(bad, func(r rune) bool { return r < 0xdc80 || r > 0xdcff })
	if i < 0 {
		return len(bad)
	}
	return i
}

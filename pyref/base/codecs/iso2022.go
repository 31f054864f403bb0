package codecs

// A designation is a set of characters that an ISO 2022 encoding switches to.
type designation struct {
	mark   byte // the last byte of the escape sequence that names the set
	plane  int  // 0 to 2: G0 to G2
	double bool // characters have two bytes
	decode func(python int, sequence uint32) (string, bool)
	encode func(python int, text string) (sequence uint32, size int, ok bool)
}

// iso2022Kind is what one of the encodings has.
type iso2022Kind struct {
	noShift      bool // SO and SI are characters as others
	g2           bool // ESC N takes one character of G2
	designations []designation
}

// iso2022Scheme is one of the ISO 2022 encodings, with the state of a stream.
type iso2022Scheme struct {
	noSurrogates
	python  int
	kind    *iso2022Kind
	g       [3]*designation // nil is ASCII
	shifted bool
	foreign bool // within an escape sequence that is none of ISO 2022
}

const (
	escape   = 0x1b
	shiftOut = 0x0e
	shiftIn  = 0x0f

	// longestEscape bounds an escape sequence.
	longestEscape = 16
)

func (s *iso2022Scheme) fresh() scheme {
	return &iso2022Scheme{python: s.python, kind: s.kind}
}

func (s *iso2022Scheme) decode(out *[]byte, data []byte, final bool) (int, fault) {
	return decodeEach(s.one, out, data, final)
}

// one decodes a character or takes an escape sequence, of n bytes.
func (s *iso2022Scheme) one(out *[]byte, data []byte) (n int, complete, ok bool) {
	c := data[0]
	plain := func() (int, bool, bool) {
		*out = AppendRune(*out, rune(c))
		return 1, true, true
	}
	switch {
	case s.foreign:
		s.foreign = !endsEscape(c)
		return plain()
	case c == escape:
		return s.escaped(out, data)
	case c == shiftIn && !s.kind.noShift, c == shiftOut && !s.kind.noShift:
		s.shifted = c == shiftOut
		return 1, true, true
	case c == '\n':
		s.shifted = false
		return plain()
	case c >= 0x80:
		return 1, true, false
	}
	set := s.g[0]
	if s.shifted {
		set = s.g[1]
	}
	if c < 0x20 || set == nil {
		return plain()
	}
	sequence, n := uint32(c), 1
	if set.double {
		if len(data) < 2 {
			return 0, false, false
		}
		sequence, n = sequence<<8|uint32(data[1]), 2
	}
	text, ok := set.decode(s.python, sequence)
	*out = append(*out, text...)
	return n, true, ok
}

// endsEscape reports whether a byte is the last of an escape sequence.
func endsEscape(c byte) bool { return c >= '@' && c <= 'Z' }

func (s *iso2022Scheme) escaped(out *[]byte, data []byte) (n int, complete, ok bool) {
	if len(data) < 2 {
		return 0, false, false
	}
	switch data[1] {
	case '(', ')', '$', '.', '&':
		return s.designate(data)
	case 'N':
		if s.kind.g2 {
			return s.single(out, data)
		}
	}
	s.foreign = true
	*out = append(*out, escape)
	return 1, true, true
}

// designate takes the escape sequence that chooses a set.
func (s *iso2022Scheme) designate(data []byte) (n int, complete, ok bool) {
	for n = 1; n < longestEscape && (n >= len(data) || !endsEscape(data[n])); n++ {
		if n >= len(data) {
			return 0, false, false
		}
		if s.kind.noShift && n+1 < len(data) && data[n] == '&' && data[n+1] == '@' {
			n += 2
		}
	}
	if n >= longestEscape {
		return 1, true, false
	}
	n++
	if n > len(data) {
		return 0, false, false
	}
	plane, double := 0, true
	switch {
	case n == 3 && data[1] == '$', n == 4 && data[1] == '$' && data[2] == '(':
	case n == 4 && data[1] == '$' && data[2] == ')':
		plane = 1
	case n == 3 && data[1] == '(':
		double = false
	case n == 3 && data[1] == ')':
		plane, double = 1, false
	case n == 3 && data[1] == '.' && s.kind.g2:
		plane, double = 2, false
	case n == 6 && s.kind.noShift && string(data[3:6]) == "\x1b$B":
	default:
		return n, true, false
	}
	mark := data[n-1]
	if mark == 'B' && !double {
		s.g[plane] = nil
		return n, true, true
	}
	set := s.kind.set(mark, double)
	if set != nil {
		s.g[plane] = set
	}
	return n, true, set != nil
}

// single decodes the one character of G2 behind ESC N.
func (s *iso2022Scheme) single(out *[]byte, data []byte) (n int, complete, ok bool) {
	if len(data) < 3 {
		return 0, false, false
	}
	if s.g[2] == nil {
		if data[2] >= 0x80 {
			return 3, true, false
		}
		*out = append(*out, data[2])
		return 3, true, true
	}
	text, ok := s.g[2].decode(s.python, uint32(data[2]))
	*out = append(*out, text...)
	return 3, true, ok
}

func (s *iso2022Scheme) encode(out *[]byte, text string) (int, fault) {
	i := 0
	for i < len(text) {
		r, size := DecodeRune(text[i:])
		if r < 0x80 {
			s.end(out)
			*out = append(*out, byte(r))
			i += size
			continue
		}
		size, ok := s.designated(out, text[i:])
		if !ok {
			return i, fault{1, illegalMultibyte}
		}
		i += size
	}
	return i, fault{}
}

// end returns to ASCII.
func (s *iso2022Scheme) end(out *[]byte) {
	if s.g[0] != nil {
		*out = append(*out, escape, '(', 'B')
		s.g[0] = nil
	}
	if s.shifted {
		*out = append(*out, shiftIn)
		s.shifted = false
	}
}

// designated encodes the first character of text, or two, in the first set that has
// it.
func (s *iso2022Scheme) designated(out *[]byte, text string) (size int, ok bool) {
	for i := range s.kind.designations {
		d := &s.kind.designations[i]
		if d.encode == nil {
			continue
		}
		sequence, size, ok := d.encode(s.python, text)
		if !ok {
			continue
		}
		s.choose(out, d)
		*out = appendSequence(*out, sequence)
		return size, true
	}
	return 0, false
}

// choose writes what switches to a set.
func (s *iso2022Scheme) choose(out *[]byte, d *designation) {
	if d.plane == 0 && s.shifted {
		*out = append(*out, shiftIn)
		s.shifted = false
	}
	if current := s.g[d.plane]; current == nil || current.mark != d.mark || current.double != d.double {
		switch {
		case !d.double:
			*out = append(*out, escape, "()"[d.plane], d.mark)
		case d.mark == 'B':
			*out = append(*out, escape, '$', d.mark)
		default:
			*out = append(*out, escape, '$', "()"[d.plane], d.mark)
		}
		s.g[d.plane] = d
	}
	if d.plane == 1 && !s.shifted {
		*out = append(*out, shiftOut)
		s.shifted = true
	}
}

func (s *iso2022Scheme) waits(text string) int {
	for _, d := range s.kind.designations {
		if d.mark == 'Q' || d.mark == 'O' {
			return charactersOf(jisx0213[d.mark], s.python).waits(text)
		}
	}
	return 0
}

// jisx0213 are the encodings whose tables hold the two editions of JIS X 0213.
var jisx0213 = map[byte]string{'Q': "euc_jis_2004", 'O': "euc_jisx0213"}

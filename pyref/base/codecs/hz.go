package codecs

// hzScheme is HZ: GB 2312 in seven bits, between ~{ and ~}.
type hzScheme struct {
	noSurrogates
	python int
	inside bool // between ~{ and ~}
}

func (s *hzScheme) fresh() scheme { return &hzScheme{python: s.python} }

func (s *hzScheme) decode(out *[]byte, data []byte, final bool) (int, fault) {
	i := 0
	for i < len(data) {
		c := data[i]
		switch {
		case c >= 0x80:
			return i, fault{1, illegalMultibyte}
		case c != '~' && !s.inside:
			*out = append(*out, c)
			i++
			continue
		case len(data)-i < 2 && !final:
			return i, fault{}
		case len(data)-i < 2:
			return i, fault{len(data) - i, incompleteMultibyte}
		case c == '~' && !s.tilde(out, data[i+1]):
			return i, fault{1, illegalMultibyte}
		case c != '~':
			text, ok := gb2312.decode(s.python, uint32(c)<<8|uint32(data[i+1]))
			if !ok {
				return i, fault{1, illegalMultibyte}
			}
			*out = append(*out, text...)
		}
		i += 2
	}
	return i, fault{}
}

// tilde takes what follows a tilde.
func (s *hzScheme) tilde(out *[]byte, c byte) bool {
	switch {
	case c == '~' && !s.inside:
		*out = append(*out, '~')
	case c == '{' && !s.inside:
		s.inside = true
	case c == '\n' && !s.inside:
		// The line goes on.
	case c == '}' && s.inside:
		s.inside = false
	default:
		return false
	}
	return true
}

func (s *hzScheme) encode(out *[]byte, text string) (int, fault) {
	i := 0
	for i < len(text) {
		r, size := DecodeRune(text[i:])
		if r < 0x80 {
			s.end(out)
			*out = append(*out, byte(r))
			if r == '~' {
				*out = append(*out, '~')
			}
			i += size
			continue
		}
		sequence, _, ok := gb2312.encode(s.python, text[i:])
		if !ok {
			return i, fault{1, illegalMultibyte}
		}
		if !s.inside {
			*out = append(*out, "~{"...)
			s.inside = true
		}
		*out = appendSequence(*out, sequence)
		i += size
	}
	return i, fault{}
}

func (s *hzScheme) end(out *[]byte) {
	if s.inside {
		*out = append(*out, "~}"...)
		s.inside = false
	}
}

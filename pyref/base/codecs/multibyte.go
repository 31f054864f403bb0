package codecs

import "slices"

// multibyteScheme is one of the encodings of East Asia that keep no state.
type multibyteScheme struct {
	noSurrogates
	*characters
	fourBytes bool // as in GB 18030
	composed  bool // has EUC-KR's sequences of eight bytes
}

const (
	illegalMultibyte    = "illegal multibyte sequence"
	incompleteMultibyte = "incomplete multibyte sequence"
)

func (s multibyteScheme) decode(out *[]byte, data []byte, final bool) (int, fault) {
	return decodeEach(s.one, out, data, final)
}

// decodeEach decodes by what takes one character, or says how many bytes are none.
func decodeEach(
	one func(out *[]byte, data []byte) (n int, complete, ok bool), out *[]byte, data []byte, final bool,
) (int, fault) {
	i := 0
	for i < len(data) {
		n, complete, ok := one(out, data[i:])
		switch {
		case !complete && !final:
			return i, fault{}
		case !complete:
			return i, fault{len(data) - i, incompleteMultibyte}
		case !ok:
			return i, fault{n, illegalMultibyte}
		}
		i += n
	}
	return i, fault{}
}

// one decodes one character, or says how many bytes are none.
func (s multibyteScheme) one(out *[]byte, data []byte) (n int, complete, ok bool) {
	switch {
	case s.fourBytes && len(data) > 1 && data[0] >= 0x80 && data[1] >= '0' && data[1] <= '9':
		return s.four(out, data)
	case s.composed && len(data) > 1 && data[0] == filler[0] && data[1] == filler[1]:
		return s.eight(out, data)
	}
	sequence := uint32(0)
	for i, b := range data {
		sequence = sequence<<8 | uint32(b)
		if r, ok := s.meanings[sequence]; ok {
			*out = AppendRune(*out, r)
			return i + 1, true, true
		}
		if pair, ok := s.pairs[sequence]; ok {
			*out = append(*out, pair...)
			return i + 1, true, true
		}
		if !s.incomplete[sequence] {
			return max(s.illegal[sequence], 1), true, false
		}
	}
	return 0, false, false
}

func (s multibyteScheme) encode(out *[]byte, text string) (int, fault) {
	i := 0
	for i < len(text) {
		sequence, size, ok := s.sequence(text[i:])
		if !ok {
			r, one := DecodeRune(text[i:])
			if !s.beyond(out, r) {
				return i, fault{1, illegalMultibyte}
			}
			size = one
		} else {
			*out = appendSequence(*out, sequence)
		}
		i += size
	}
	return i, fault{}
}

// sequence is that of the first character of text, or of its first two.
func (c *characters) sequence(text string) (sequence uint32, size int, ok bool) {
	r, size := DecodeRune(text)
	if c.joining[r] && len(text) > size {
		_, second := DecodeRune(text[size:])
		if sequence, ok := c.joined[text[:size+second]]; ok {
			return sequence, size + second, true
		}
	}
	sequence, ok = c.sequences[r]
	return sequence, size, ok
}

// waits is how many bytes at the end of text have to wait for what follows them:
// a character that may be the first of a pair.
func (c *characters) waits(text string) int {
	start := len(text)
	for start > 0 {
		start--
		if text[start]&0xc0 != 0x80 {
			break
		}
	}
	if start == len(text) {
		return 0
	}
	if r, size := DecodeRune(text[start:]); c.joining[r] {
		return size
	}
	return 0
}

func appendSequence(out []byte, sequence uint32) []byte {
	for shift := 24; shift >= 0; shift -= 8 {
		if shift == 0 || sequence>>shift != 0 {
			out = append(out, byte(sequence>>shift))
		}
	}
	return out
}

// beyond encodes what has no sequence of the table.
func (s multibyteScheme) beyond(out *[]byte, r rune) bool {
	switch {
	case s.fourBytes:
		i := slices.IndexFunc(s.linear, func(run linearRun) bool { return r >= run.point && int(r-run.point) < run.count })
		if i < 0 {
			return false
		}
		at := s.linear[i].at + int(r-s.linear[i].point)
		*out = append(*out, byte(0x81+at/12600), byte('0'+at/1260%10), byte(0x81+at/10%126), byte('0'+at%10))
		return true
	case s.composed && r >= firstSyllable && r <= lastSyllable:
		at := int(r - firstSyllable)
		*out = append(*out, filler[0], filler[1], 0xa4, leading[at/588], 0xa4, byte(0xbf+at/28%21), 0xa4, trailing[at%28])
		return true
	}
	return false
}

// four decodes four bytes of GB 18030.
func (s multibyteScheme) four(out *[]byte, data []byte) (n int, complete, ok bool) {
	if len(data) < 4 {
		return 0, false, false
	}
	a, b, c, d := int(data[0]), int(data[1]), int(data[2]), int(data[3])
	if c < 0x81 || c > 0xfe || a < 0x81 || a > 0xfe || d < '0' || d > '9' {
		return 1, true, false
	}
	at := ((a-0x81)*10+b-'0')*1260 + (c-0x81)*10 + d - '0'
	i := slices.IndexFunc(s.linear, func(run linearRun) bool { return at >= run.at && at-run.at < run.count })
	if i < 0 {
		return 1, true, false
	}
	*out = AppendRune(*out, s.linear[i].point+rune(at-s.linear[i].at))
	return 4, true, true
}

// EUC-KR writes a syllable that KS X 1001 lacks as a filler and its three letters.
const (
	filler        = "\xa4\xd4"
	firstSyllable = '가'
	lastSyllable  = '힣'
	leading       = "\xa1\xa2\xa4\xa7\xa8\xa9\xb1\xb2\xb3\xb5\xb6\xb7\xb8\xb9\xba\xbb\xbc\xbd\xbe"
	trailing      = "\xd4\xa1\xa2\xa3\xa4\xa5\xa6\xa7\xa9\xaa\xab\xac\xad\xae\xaf\xb0\xb1\xb2\xb4\xb5\xb6\xb7\xb8\xba\xbb\xbc\xbd\xbe"
)

// eight decodes a filler and three letters.
func (s multibyteScheme) eight(out *[]byte, data []byte) (n int, complete, ok bool) {
	if len(data) < 8 {
		return 0, false, false
	}
	index := func(letters string, b byte) int {
		for i := range len(letters) {
			if letters[i] == b {
				return i
			}
		}
		return -1
	}
	first, vowel, last := index(leading, data[3]), int(data[5])-0xbf, index(trailing, data[7])
	if data[2] != 0xa4 || data[4] != 0xa4 || data[6] != 0xa4 || first < 0 || vowel < 0 || vowel > 20 || last < 0 {
		return 1, true, false
	}
	*out = AppendRune(*out, firstSyllable+rune(first*588+vowel*28+last))
	return 8, true, true
}

package codecs

import "strings"

// The sets of the ISO 2022 encodings are parts of the EUC encodings, which have
// them with the high bits set.

// inTable is a set of double bytes that an EUC encoding has, behind a prefix that
// may be none; pairs says whether only characters of two are encoded, or all.
func inTable(mark byte, plane int, module string, prefix uint32, pairsOnly bool) designation {
	const high = 0x8080
	return designation{
		mark: mark, plane: plane, double: true,
		decode: func(python int, sequence uint32) (string, bool) {
			if sequence&high != 0 {
				return "", false
			}
			table := charactersOf(module, python)
			sequence |= high | prefix
			if pair, ok := table.pairs[sequence]; ok {
				return pair, true
			}
			r, ok := table.meanings[sequence]
			if !ok {
				return "", false
			}
			return string(AppendRune(nil, r)), true
		},
		encode: func(python int, text string) (uint32, int, bool) {
			table := charactersOf(module, python)
			sequence, size, ok := table.sequence(text)
			r, single := DecodeRune(text)
			if python < 12 && size > single {
				// Pairs were found in the EUC encodings only.
				sequence, ok = table.sequences[r]
				size = single
			}
			if r == '～' && strings.HasPrefix(module, "euc_jis") {
				// EUC writes the wave dash for it, ISO 2022 does not.
				return 0, 0, false
			}
			if !ok || sequence&high != high || sequence&0xff00 < 0xa100 || sequence>>16 != prefix>>16 || pairsOnly && (!table.joining[r] || size == single) {
				return 0, 0, false
			}
			return sequence & 0x7f7f, size, true
		},
	}
}

// ofPlaneTwo leaves the rows of a set that JIS X 0213's second plane has: in EUC the
// others are those of JIS X 0212.
func ofPlaneTwo(d designation) designation {
	has := func(sequence uint32) bool {
		row := sequence>>8 - 0x20
		return row == 1 || row >= 3 && row <= 5 || row == 8 || row >= 12 && row <= 15 || row >= 78 && row <= 94
	}
	all := d
	d.decode = func(python int, sequence uint32) (string, bool) {
		if !has(sequence) {
			return "", false
		}
		return all.decode(python, sequence)
	}
	d.encode = func(python int, text string) (uint32, int, bool) {
		sequence, size, ok := all.encode(python, text)
		return sequence, size, ok && has(sequence)
	}
	return d
}

// single is a set of single bytes; encode may be nil.
func single(mark byte, plane int, decode func(c rune) rune, encode func(r rune) rune) designation {
	d := designation{
		mark: mark, plane: plane,
		decode: func(_ int, sequence uint32) (string, bool) {
			r := decode(rune(sequence))
			if r < 0 {
				return "", false
			}
			return string(r), true
		},
	}
	if encode != nil {
		d.encode = func(_ int, text string) (uint32, int, bool) {
			r, size := DecodeRune(text)
			c := encode(r)
			return uint32(c), size, c >= 0
		}
	}
	return d
}

var (
	jisx0208    = inTable('B', 0, "euc_jp", 0, false)
	jisx0208Old = inTable('@', 0, "euc_jp", 0, false)
	jisx0212    = inTable('D', 0, "euc_jp", 0x8f0000, false)
	ksx1001     = inTable('C', 0, "euc_kr", 0, false)
	ksx1001G1   = inTable('C', 1, "euc_kr", 0, false)
	gb2312      = inTable('A', 0, "gb2312", 0, false)

	jisx0213Pairs2004 = inTable('Q', 0, "euc_jis_2004", 0, true)
	jisx0213One2004   = inTable('Q', 0, "euc_jis_2004", 0, false)
	jisx0213Two2004   = ofPlaneTwo(inTable('P', 0, "euc_jis_2004", 0x8f0000, false))
	jisx0213Pairs2000 = inTable('O', 0, "euc_jisx0213", 0, true)
	jisx0213One2000   = inTable('O', 0, "euc_jisx0213", 0, false)
	jisx0213Two2000   = ofPlaneTwo(inTable('P', 0, "euc_jisx0213", 0x8f0000, false))

	jisx0201Roman    = single('J', 0, romanOf, romanFor)
	jisx0201Katakana = single('I', 0, func(c rune) rune {
		if c >= 0x21 && c <= 0x5f {
			return 0xff40 + c
		}
		return -1
	}, func(r rune) rune {
		if r >= 0xff61 && r <= 0xff9f {
			return r - 0xff40
		}
		return -1
	})
	latin1 = single('A', 2, func(c rune) rune {
		if c < 0x80 {
			return c + 0x80
		}
		return -1
	}, nil)
	greek = single('F', 2, func(c rune) rune {
		if c >= 0x80 {
			return c ^ 0x80
		}
		return greekOf(c | 0x80)
	}, nil)
)

func romanOf(c rune) rune {
	switch {
	case c == '\\':
		return '¥'
	case c == '~':
		return '‾'
	case c < 0x80:
		return c
	}
	return -1
}

func romanFor(r rune) rune {
	switch {
	case r == '¥':
		return '\\'
	case r == '‾':
		return '~'
	case r < 0x80 && r != '\\' && r != '~':
		return r
	}
	return -1
}

// greekOf is ISO 8859-7 as it was in 1987, at or above a0.
func greekOf(c rune) rune {
	switch {
	case c < 0xa0:
		return c
	case c == 0xa1:
		return 0x2018
	case c == 0xa2:
		return 0x2019
	case c == 0xaf:
		return 0x2015
	case c < 0xc0 && 0x288f3bc9>>(c-0xa0)&1 != 0:
		return c
	case c >= 0xb4 && c <= 0xfe && (c >= 0xd4 || 0xbffffd77>>(c-0xb4)&1 != 0):
		return c + 0x2d0
	}
	return -1
}

var iso2022 = map[string]*iso2022Kind{
	"iso2022_kr":   {designations: []designation{ksx1001G1}},
	"iso2022_jp":   {noShift: true, designations: []designation{jisx0208, jisx0201Roman, jisx0208Old}},
	"iso2022_jp_1": {noShift: true, designations: []designation{jisx0208, jisx0212, jisx0201Roman, jisx0208Old}},
	"iso2022_jp_2": {noShift: true, g2: true, designations: []designation{
		jisx0208, jisx0212, ksx1001, gb2312, jisx0201Roman, jisx0208Old, latin1, greek}},
	"iso2022_jp_2004": {noShift: true, designations: []designation{jisx0213Pairs2004, jisx0208, jisx0213One2004, jisx0213Two2004}},
	"iso2022_jp_3":    {noShift: true, designations: []designation{jisx0213Pairs2000, jisx0208, jisx0213One2000, jisx0213Two2000}},
	"iso2022_jp_ext": {noShift: true, designations: []designation{
		jisx0208, jisx0212, jisx0201Roman, jisx0201Katakana, jisx0208Old}},
}

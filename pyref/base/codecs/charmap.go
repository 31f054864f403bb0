package codecs

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// A charmap is what the bytes of an encoding mean.
type charmap struct {
	runes [256]rune // -1: nothing
	bytes map[rune]byte
}

// charmapOf returns the charmap of a Python's module, nil if it has none.
func charmapOf(module string, python int) *charmap {
	version, lines := table("charmaps", max(python, oldest))
	all, ok := charmapsOf.Load(version)
	if !ok {
		m := map[string]*charmap{}
		for line := range lines {
			name, meanings, _ := strings.Cut(strings.TrimSpace(line), " ")
			m[name] = parseCharmap(meanings)
		}
		all, _ = charmapsOf.LoadOrStore(version, m)
	}
	return all.(map[string]*charmap)[module]
}

var charmapsOf sync.Map // of map[string]*charmap, by the Python

// parseCharmap reads a line of the table: POINT, FIRST-LAST or a full stop for the
// bytes in their order, and behind them POINT=BYTE where a point is encoded as
// another byte than the first that means it, or as none.
func parseCharmap(meanings string) *charmap {
	m := &charmap{bytes: map[rune]byte{}}
	b := 0
	mean := func(r rune) {
		m.runes[b] = r
		if _, known := m.bytes[r]; !known && r >= 0 {
			m.bytes[r] = byte(b)
		}
		b++
	}
	for word := range strings.FieldsSeq(meanings) {
		if word == "." {
			mean(-1)
			continue
		}
		if point, instead, ok := strings.Cut(word, "="); ok {
			if instead == "" {
				delete(m.bytes, hexadecimal(point))
			} else {
				m.bytes[hexadecimal(point)] = byte(hexadecimal(instead))
			}
			continue
		}
		first, last, ok := strings.Cut(word, "-")
		if !ok {
			last = first
		}
		for r := hexadecimal(first); r <= hexadecimal(last); r++ {
			mean(r)
		}
	}
	return m
}

func hexadecimal(digits string) rune {
	n, err := strconv.ParseInt(digits, 16, 32)
	if err != nil {
		panic(fmt.Sprintf("codecs: a generated table has %q", digits))
	}
	return rune(n)
}

// charmapScheme is an encoding of one byte a character.
type charmapScheme struct {
	noSurrogates
	charmap *charmap
}

const undefined = "character maps to <undefined>"

func (s charmapScheme) decode(out *[]byte, data []byte, _ bool) (int, fault) {
	for i, b := range data {
		r := s.charmap.runes[b]
		if r < 0 {
			return i, fault{1, undefined}
		}
		*out = AppendRune(*out, r)
	}
	return len(data), fault{}
}

func (s charmapScheme) unknown(r rune) bool {
	_, ok := s.charmap.bytes[r]
	return !ok
}

func (s charmapScheme) encode(out *[]byte, text string) (int, fault) {
	i := 0
	for i < len(text) {
		r, size := DecodeRune(text[i:])
		b, ok := s.charmap.bytes[r]
		if !ok {
			return i, fault{run(text[i:], s.unknown), undefined}
		}
		*out = append(*out, b)
		i += size
	}
	return i, fault{}
}

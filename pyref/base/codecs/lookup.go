package codecs

import (
	"embed"
	"encoding/binary"
	"fmt"
	"iter"
	"strings"
	"sync"
)

// A Codec is an encoding by its name.
type Codec struct {
	// Name is Python's codecs.lookup(…).name, such as "iso8859-1".
	Name string

	// Warn is given the DeprecationWarnings of decoding, which fails with what it
	// returns. It may be nil.
	Warn func(text string) error

	python  int
	failing string // the name in errors, such as "latin-1"
	scheme  scheme
	coder   coder // in the place of a scheme
	mark    mark  // what a stream begins with
}

// tables are what live CPythons have, written by gen: for each Python a file of
// names, one of what the bytes of the encodings mean that have one a character, and
// one of those of East Asia, which have several. One that is like that of the Python
// before is not there. Of the names of characters, each has those that are new in it.
//
//go:generate go run ./gen
//go:embed names/*.txt charmaps/*.txt multibyte/*.txt charnames/*.txt
var tables embed.FS

// table reads the table of a Python, or of the one before it that has one.
func table(kind string, python int) (version int, lines iter.Seq[string]) {
	for version = python; ; version-- {
		data, err := tables.ReadFile(fmt.Sprintf("%s/cpython-3.%d.txt", kind, version))
		if err == nil {
			return version, strings.Lines(string(data))
		}
		if version < oldest {
			panic("codecs: there is no table of " + kind)
		}
	}
}

// oldest is the first Python that has tables.
const oldest = 9

type entry struct {
	module, name string
	text         bool
}

// entries are the codecs of a Python by their names: a line says the module, its
// name, whether it is for text, and its aliases.
func entries(python int) map[string]entry {
	python = max(python, oldest)
	if m, ok := entriesOf.Load(python); ok {
		return m.(map[string]entry)
	}
	m := map[string]entry{}
	_, lines := table("names", python)
	for line := range lines {
		fields := strings.Fields(line)
		e := entry{fields[0], fields[1], fields[2] == "1"}
		for _, alias := range append(fields[3:], fields[0]) {
			m[strings.ToLower(alias)] = e
		}
	}
	entriesOf.Store(python, m)
	return m
}

var entriesOf sync.Map // of map[string]entry, by the Python

// normalised is the name that Python looks for: runs of what is no letter, digit
// or full stop are one underscore.
func normalised(encoding string) string {
	var b strings.Builder
	gap := false
	for i := range len(encoding) {
		c := encoding[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '.':
			if gap && b.Len() > 0 {
				b.WriteByte('_')
			}
			gap = false
			b.WriteByte(c)
		case c < 0x80:
			gap = true
		}
	}
	return strings.ToLower(b.String())
}

// Lookup finds an encoding by any of its names. It fails with a LookupError for
// one that is not known, or not for text; python is the minor version whose names
// count, and instead what it recommends for what is not for text, such as
// "codecs.open()", or empty.
func Lookup(encoding string, python int, instead string) (*Codec, error) {
	e, ok := entries(python)[normalised(encoding)]
	switch {
	case !ok:
		return nil, &LookupError{"unknown encoding: " + encoding}
	case !e.text:
		text := fmt.Sprintf("'%s' is not a text encoding", encoding)
		if instead != "" {
			text += "; use " + instead + " to handle arbitrary codecs"
		}
		return nil, &LookupError{text}
	}
	c := &Codec{Name: e.name, python: python, failing: e.name}
	switch e.module {
	case "idna", "punycode", "undefined":
		c.coder = coderOf(e.module, python)
	case "unicode_escape":
		c.scheme, c.failing = &escapeScheme{python: python}, "unicodeescape"
	case "raw_unicode_escape":
		c.scheme, c.failing = rawEscapeScheme{}, "rawunicodeescape"
	case "utf_8":
		c.scheme = utf8Scheme{}
	case "utf_8_sig":
		c.scheme, c.mark, c.failing = utf8Scheme{}, signature, "utf-8"
	case "utf_7":
		c.scheme, c.failing = utf7Scheme{}, "utf7"
	case "utf_16":
		c.scheme, c.mark = utf16Scheme{binary.LittleEndian}, byteOrderMark
	case "utf_16_le":
		c.scheme = utf16Scheme{binary.LittleEndian}
	case "utf_16_be":
		c.scheme = utf16Scheme{binary.BigEndian}
	case "utf_32":
		c.scheme, c.mark = utf32Scheme{binary.LittleEndian}, byteOrderMark
	case "utf_32_le":
		c.scheme = utf32Scheme{binary.LittleEndian}
	case "utf_32_be":
		c.scheme = utf32Scheme{binary.BigEndian}
	case "ascii":
		c.scheme = ordinalScheme{limit: 0x80}
	case "latin_1", "charmap":
		// That of charmaps without a map.
		c.scheme, c.failing = ordinalScheme{limit: 0x100}, "latin-1"
	case "hz":
		c.scheme = &hzScheme{python: python}
	default:
		if kind := iso2022[e.module]; kind != nil {
			c.scheme = &iso2022Scheme{python: python, kind: kind}
		} else if m := charmapOf(e.module, python); m != nil {
			c.scheme, c.failing = charmapScheme{charmap: m}, "charmap"
		} else if m := charactersOf(e.module, python); m != nil {
			c.scheme = multibyteScheme{characters: m, fourBytes: e.module == "gb18030", composed: e.module == "euc_kr"}
		} else {
			return nil, &LookupError{"unknown encoding: " + encoding}
		}
	}
	return c, nil
}

package codecs

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// charNames are the names of a Python's characters.
type charNames struct {
	python int
	names  map[rune]string
	runs   []charRun
	meant  map[string]rune // by a name or by an alias of it
}

// A charRun is a run of characters whose names are a prefix and their number.
type charRun struct {
	first, last rune
	prefix      string
	read        bool // and not written
}

// charNamesOf reads the tables: each Python's has what is new in it. A line is
// NUMBER NAME, FIRST-LAST PREFIX for a run, with a < before the space where such names
// are only read, or NUMBER>MEANT NAME for a code point of private use under which
// CPython keeps an alias, or the name of a sequence, which means no character.
func charNamesOf(python int) *charNames {
	python = max(python, oldest)
	if c, ok := charNamesRead.Load(python); ok {
		return c.(*charNames)
	}
	c := &charNames{python: python, names: map[rune]string{}, meant: map[string]rune{}}
	for version := oldest; version <= python; version++ {
		data, err := tables.ReadFile(fmt.Sprintf("charnames/cpython-3.%d.txt", version))
		if err != nil {
			continue // this Python has the names of the one before
		}
		for line := range strings.Lines(string(data)) {
			c.add(strings.TrimSuffix(line, "\n"))
		}
	}
	charNamesRead.Store(python, c)
	return c
}

var charNamesRead sync.Map // of *charNames, by the Python

func (c *charNames) add(line string) {
	numbers, name, _ := strings.Cut(line, " ")
	if first, last, run := strings.Cut(numbers, "-"); run {
		last, read := strings.CutSuffix(last, "<")
		c.runs = append(c.runs, charRun{hexadecimal(first), hexadecimal(last), name, read})
		return
	}
	number, meant, other := strings.Cut(numbers, ">")
	c.names[hexadecimal(number)] = name
	switch {
	case !other:
		c.meant[name] = hexadecimal(number)
	case meant != "":
		c.meant[name] = hexadecimal(meant)
	}
}

// name is that of a character, or empty.
func (c *charNames) name(r rune) string {
	if name := c.names[r]; name != "" {
		return name
	}
	for _, run := range c.runs {
		if run.has(r) && !run.read {
			return run.name(r)
		}
	}
	return ""
}

func (c charRun) has(r rune) bool { return r >= c.first && r <= c.last }

func (c charRun) name(r rune) string { return fmt.Sprintf("%s%X", c.prefix, r) }

// anyCase is the first Python in which the names of Hangul and of unified ideographs
// may be written in small letters, too, and must not begin with a nought.
const anyCase = 14

const (
	hangulPrefix    = "HANGUL SYLLABLE "
	ideographPrefix = "CJK UNIFIED IDEOGRAPH-"
)

// named finds a character by its name.
func (c *charNames) named(name string) (rune, bool) {
	upper := upperASCII(name)
	if c.python < anyCase && upper != name && (strings.HasPrefix(upper, hangulPrefix) || strings.HasPrefix(upper, ideographPrefix)) {
		return 0, false
	}
	if r, ok := c.meant[upper]; ok {
		return r, true
	}
	dash := strings.LastIndexByte(upper, '-') + 1
	prefix, number := upper[:dash], upper[dash:]
	if len(number) == 5 && c.python < anyCase && prefix == ideographPrefix {
		number = strings.TrimPrefix(number, "0")
	}
	r, err := strconv.ParseUint(number, 16, 31)
	if err != nil {
		return 0, false
	}
	for _, run := range c.runs {
		if run.has(rune(r)) && run.name(rune(r)) == prefix+number {
			return rune(r), true
		}
	}
	return 0, false
}

func upperASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			r -= 'a' - 'A'
		}
		return r
	}, s)
}

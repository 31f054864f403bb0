package codecs

import (
	"fmt"
	"maps"
	"strconv"
	"strings"
	"sync"
)

// A characters is what sequences of bytes mean in an encoding of East Asia. A
// sequence is the number that its bytes make, the first the highest: since the
// first of several is above 7f, its length is known from that.
type characters struct {
	meanings   map[uint32]rune
	pairs      map[uint32]string // of those that are two characters
	sequences  map[rune]uint32
	joined     map[string]uint32 // of pairs
	joining    map[rune]bool     // what pairs begin with
	incomplete map[uint32]bool   // what more bytes have to follow
	illegal    map[uint32]int    // how many bytes are, where that is more than one
	linear     []linearRun
}

// A linearRun is code points that follow each other in GB 18030's four bytes.
type linearRun struct {
	point rune
	count int
	at    int
}

// charactersOf returns the table of an encoding of a Python, nil if there is none.
func charactersOf(module string, python int) *characters {
	python = max(python, oldest)
	all, ok := charactersFor.Load(python)
	if !ok {
		_, lines := table("multibyte", python)
		texts := map[string][]string{}
		name := ""
		for line := range lines {
			line = strings.TrimSuffix(line, "\n")
			switch {
			case line == "":
				name = ""
			case name == "":
				name, line, _ = strings.Cut(line, " ")
				texts[name] = []string{line}
			default:
				texts[name] = append(texts[name], line)
			}
		}
		all, _ = charactersFor.LoadOrStore(python, &characterTables{texts: texts, parsed: map[string]*characters{}})
	}
	tables := all.(*characterTables)
	tables.mu.Lock()
	defer tables.mu.Unlock()
	return tables.of(module)
}

var charactersFor sync.Map // of *characterTables, by the Python

// characterTables are the tables of a Python, of which those are parsed that were
// asked for.
type characterTables struct {
	mu     sync.Mutex
	texts  map[string][]string // the name of the base, and lines
	parsed map[string]*characters
}

func (t *characterTables) of(name string) *characters {
	if c := t.parsed[name]; c != nil {
		return c
	}
	text := t.texts[name]
	if text == nil {
		return nil
	}
	c := &characters{
		meanings: map[uint32]rune{}, pairs: map[uint32]string{}, sequences: map[rune]uint32{},
		joined: map[string]uint32{}, joining: map[rune]bool{}, incomplete: map[uint32]bool{}, illegal: map[uint32]int{},
	}
	if base := t.of(text[0]); base != nil {
		maps.Copy(c.meanings, base.meanings)
		maps.Copy(c.pairs, base.pairs)
	} else {
		for r := range rune(0x80) {
			c.meanings[uint32(r)] = r
		}
	}
	exceptions := c.read(text[1:])
	c.invert()
	for _, line := range exceptions {
		point, sequence, _ := strings.Cut(line[1:], " ")
		if line[0] == '<' {
			delete(c.sequences, hexadecimal(point))
		} else {
			c.sequences[hexadecimal(point)] = sequenceOf(sequence)
		}
	}
	t.parsed[name] = c
	return c
}

// read takes the lines but for those about encoding, which it returns.
func (c *characters) read(lines []string) (exceptions []string) {
	for _, line := range lines {
		switch rest := line[1:]; line[0] {
		case '?':
			for sequence := range sequencesIn(rest) {
				c.incomplete[sequence] = true
			}
		case '!':
			var sequence uint32
			var size int
			if _, err := fmt.Sscanf(rest, "%x %d", &sequence, &size); err != nil {
				panic("codecs: a generated table has " + line)
			}
			c.illegal[sequence] = size
		case '-':
			for sequence := range sequencesIn(rest) {
				delete(c.meanings, sequence)
				delete(c.pairs, sequence)
			}
		case '=':
			digits, points, _ := strings.Cut(rest, " ")
			first, second, isPair := strings.Cut(points, "+")
			c.mean(sequenceOf(digits), hexadecimal(first))
			if isPair {
				delete(c.meanings, sequenceOf(digits))
				c.pairs[sequenceOf(digits)] = string([]rune{hexadecimal(first), hexadecimal(second)})
			}
		case '<', '>':
			exceptions = append(exceptions, line)
		case '*':
			var run linearRun
			if _, err := fmt.Sscanf(rest, "%x %d %d", &run.point, &run.count, &run.at); err != nil {
				panic("codecs: a generated table has " + line)
			}
			c.linear = append(c.linear, run)
		default:
			digits, text, _ := strings.Cut(line, " ")
			sequence := sequenceOf(digits)
			for _, r := range text {
				c.mean(sequence, r)
				sequence++
			}
		}
	}
	return exceptions
}

func (c *characters) mean(sequence uint32, r rune) {
	delete(c.pairs, sequence)
	c.meanings[sequence] = r
}

// invert finds the first sequence of each character.
func (c *characters) invert() {
	for sequence, r := range c.meanings {
		if known, ok := c.sequences[r]; !ok || sequence < known {
			c.sequences[r] = sequence
		}
	}
	for sequence, pair := range c.pairs {
		c.joined[pair] = sequence
		first, _ := DecodeRune(pair)
		c.joining[first] = true
	}
}

func sequenceOf(digits string) uint32 {
	n, err := strconv.ParseUint(digits, 16, 32)
	if err != nil {
		panic(fmt.Sprintf("codecs: a generated table has %q", digits))
	}
	return uint32(n)
}

// sequencesIn are those of FIRST-LAST.
func sequencesIn(digits string) func(yield func(uint32) bool) {
	first, last, _ := strings.Cut(digits, "-")
	return func(yield func(uint32) bool) {
		for sequence := sequenceOf(first); sequence <= sequenceOf(last); sequence++ {
			if !yield(sequence) {
				return
			}
		}
	}
}

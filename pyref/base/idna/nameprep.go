package idna

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

//go:generate sh -c "python3 mktables.py > stringprep.txt"

//go:embed stringprep.txt
var stringprepText string

// stringprepTables are RFC 3454's tables for Unicode 3.2, in the form in which CPython's idna codec
// uses them.
type stringprepTables struct {
	unassigned codeSet // A.1
	nothing    codeSet // B.1
	prohibited codeSet // C.1.2, C.2.2, C.3 to C.9
	randal     codeSet // D.1
	left       codeSet // D.2
	// fold is B.2; normal is what NFKC makes of the characters whose decomposition was corrected
	// after Unicode 3.2.
	fold, normal map[rune][]rune
}

// codeSet is a set of code points as ascending ranges.
type codeSet []codeRange

type codeRange struct{ low, high rune }

func (s codeSet) has(c rune) bool {
	_, found := slices.BinarySearchFunc(s, c, func(r codeRange, c rune) int {
		switch {
		case r.high < c:
			return -1
		case r.low > c:
			return 1
		}
		return 0
	})
	return found
}

var stringprep = sync.OnceValue(parseStringprep)

// parseStringprep reads the embedded table. Its lines are "name entry…", see mktables.py.
func parseStringprep() *stringprepTables {
	tables := &stringprepTables{fold: make(map[rune][]rune), normal: make(map[rune][]rune)}
	sets := map[string]*codeSet{
		"unassigned": &tables.unassigned, "nothing": &tables.nothing, "prohibited": &tables.prohibited,
		"randal": &tables.randal, "left": &tables.left,
	}
	maps := map[string]map[rune][]rune{"fold": tables.fold, "normal": tables.normal}
	for line := range strings.Lines(stringprepText) {
		words := strings.Fields(line)
		for _, entry := range words[1:] {
			if set, ok := sets[words[0]]; ok {
				low, high, isRange := strings.Cut(entry, "-")
				if !isRange {
					high = low
				}
				*set = append(*set, codeRange{codePoint(low), codePoint(high)})
				continue
			}
			from, to, _ := strings.Cut(entry, "=")
			for c := range strings.SplitSeq(to, "+") {
				maps[words[0]][codePoint(from)] = append(maps[words[0]][codePoint(from)], codePoint(c))
			}
		}
	}
	return tables
}

func codePoint(hex string) rune {
	value, err := strconv.ParseInt(hex, 16, 32)
	if err != nil {
		return unicode.ReplacementChar
	}
	return rune(value)
}

// nameprep is RFC 3491 for query strings: unassigned code points are allowed. Positions in its error
// are of the prepared label, as in CPython.
func nameprep(label []rune, minor int) ([]rune, *Error) {
	tables := stringprep()
	var folded []rune
	for _, c := range label {
		if !tables.nothing.has(c) {
			folded = append(folded, tables.folded(c, minor)...)
		}
	}
	prepared := tables.normalised(folded)
	for i, c := range prepared {
		if tables.prohibited.has(c) {
			return nil, &Error{Reason: InvalidCharacter, Char: c, Start: i, End: i + 1}
		}
	}
	if i := slices.IndexFunc(prepared, tables.randal.has); i < 0 {
		return prepared, nil
	}
	if i := slices.IndexFunc(prepared, tables.left.has); i >= 0 {
		return nil, &Error{Reason: BidiMixed, Start: i, End: i + 1}
	}
	for _, i := range []int{0, len(prepared) - 1} {
		if !tables.randal.has(prepared[i]) {
			return nil, &Error{Reason: BidiEnds, Start: i, End: i + 1}
		}
	}
	return prepared, nil
}

// lastLoose is the last Python 3 that lowers letters by the Unicode of its own, and firstOf14 the
// first whose Unicode is 14.
const (
	lastLoose = 13
	firstOf14 = 11
)

// capitals14 are the capitals that Unicode 14 brought: Vithkuqi, and some of Glagolitic and Latin.
var capitals14 = codeSet{
	{0x2c2f, 0x2c2f}, {0xa7c0, 0xa7c0}, {0xa7d0, 0xa7d0}, {0xa7d6, 0xa7d6}, {0xa7d8, 0xa7d8},
	{0x10570, 0x1057a}, {0x1057c, 0x1058a}, {0x1058c, 0x10592}, {0x10594, 0x10595},
}

// folded is what table B.2 makes of a character. A fold to a letter that Unicode 3.2 does not have,
// or from one, is none of RFC 3454's: CPython did it up to lastLoose.
func (t *stringprepTables) folded(c rune, minor int) []rune {
	if !t.unassigned.has(c) {
		to, ok := t.fold[c]
		if !ok || (minor > lastLoose && slices.ContainsFunc(to, t.unassigned.has)) {
			return []rune{c}
		}
		return to
	}
	small := unicode.ToLower(c)
	switch {
	case minor > lastLoose, small == c, minor < firstOf14 && capitals14.has(c):
		return []rune{c}
	case t.unassigned.has(small):
		return []rune{small}
	}
	return t.folded(small, minor)
}

// normalised is NFKC as of Unicode 3.2: characters that it does not have stay as they are.
func (t *stringprepTables) normalised(text []rune) []rune {
	var out, run []rune
	flush := func() {
		out = append(out, []rune(norm.NFKC.String(string(run)))...)
		run = nil
	}
	for _, c := range text {
		switch to, corrected := t.normal[c]; {
		case corrected:
			run = append(run, to...)
		case isSurrogate(c) || (t.unassigned.has(c) && !norm.NFKC.IsNormalString(string(c))):
			flush()
			out = append(out, c)
		default:
			run = append(run, c)
		}
	}
	flush()
	return out
}

// isSurrogate tells of code points that a Python str can hold and a Go string cannot.
func isSurrogate(c rune) bool { return 0xd800 <= c && c <= 0xdfff }

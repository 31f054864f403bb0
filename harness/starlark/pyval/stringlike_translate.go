package pyval

import (
	"strings"
	"unicode"

	"go.starlark.net/starlark"
)

// expandTabs puts spaces up to the next column in place of each tab.
func expandTabs(c *call, s stringlike) (starlark.Value, error) {
	size := 8
	if c.args[0] != nil {
		var err error
		if size, err = smallIndex(c.thread, c.args[0]); err != nil {
			return nil, err
		}
	}
	return s.wrap(s.mapUnits(func(column int, r rune) (string, int) {
		switch {
		case r == '\n' || r == '\r':
			return "", -column
		case r != '\t':
			return "", 1
		case size <= 0:
			return "", 0
		}
		spaces := size - column%size
		return strings.Repeat(" ", spaces), spaces
	})), nil
}

// mapUnits replaces tabs by what f returns, which also says how far the column moves.
func (s stringlike) mapUnits(f func(column int, r rune) (string, int)) string {
	var b strings.Builder
	column := 0
	rest := s.data
	for _, r := range s.runes() {
		unit := 1
		if s.text {
			unit = len(appendRune(nil, r))
		}
		text, move := f(column, r)
		column += move
		if r != '\t' {
			text = rest[:unit]
		}
		b.WriteString(text)
		rest = rest[unit:]
	}
	return b.String()
}

// titled reports whether capitals begin the words, and nothing else is one.
func (s stringlike) titled() bool {
	found, inWord := false, false
	for _, r := range s.runes() {
		switch {
		case unicode.IsUpper(r) || unicode.IsTitle(r):
			if inWord {
				return false
			}
			inWord, found = true, true
		case unicode.IsLower(r):
			if !inWord {
				return false
			}
		default:
			inWord = false
		}
	}
	return found
}

// translateBytes is bytes.translate: a table of 256 bytes, or None, and bytes that are
// left out.
func translateBytes(c *call) (starlark.Value, error) {
	s := c.stringlike()
	var table, left []byte
	var err error
	if c.args[0] != starlark.None {
		if table, err = bytesOf(c.args[0]); err != nil {
			return nil, err
		}
		if len(table) != 256 {
			return nil, ValueError.Errorf("translation table must be 256 characters long")
		}
	}
	if c.args[1] != nil {
		if left, err = bytesOf(c.args[1]); err != nil {
			return nil, err
		}
	}
	out := make([]byte, 0, len(s.data))
	for i := range len(s.data) {
		b := s.data[i]
		if strings.IndexByte(string(left), b) >= 0 {
			continue
		}
		if table != nil {
			b = table[b]
		}
		out = append(out, b)
	}
	return s.wrap(string(out)), nil
}

// bytesTable is bytes.maketrans.
func bytesTable(c *call) (starlark.Value, error) {
	from, err := bytesOf(c.args[0])
	if err != nil {
		return nil, err
	}
	to, err := bytesOf(c.args[1])
	switch {
	case err != nil:
		return nil, err
	case len(from) != len(to):
		return nil, ValueError.Errorf("maketrans arguments must have same length")
	}
	table := make([]byte, 256)
	for i := range table {
		table[i] = byte(i)
	}
	for i, b := range from {
		table[b] = to[i]
	}
	return starlark.Bytes(table), nil
}

// translateText is str.translate: the table is asked for each character by its number.
func translateText(c *call) (starlark.Value, error) {
	var out []byte
	for _, r := range c.stringlike().runes() {
		v, err := GetItem(c.thread, c.args[0], starlark.MakeInt(int(r)))
		if e, ok := AsException(err); ok && e.Class.Subclass(LookupError) {
			out = appendRune(out, r)
			continue
		}
		if err != nil {
			return nil, err
		}
		switch v := v.(type) {
		case starlark.NoneType:
		case starlark.String:
			out = append(out, v...)
		case starlark.Int:
			i, ok := v.Int64()
			if !ok || i < 0 || i > unicode.MaxRune {
				return nil, ValueError.Errorf("character mapping must be in range(0x%x)", unicode.MaxRune+1)
			}
			out = appendRune(out, rune(i))
		default:
			return nil, TypeError.Errorf("character mapping must return integer, None or str")
		}
	}
	return starlark.String(out), nil
}

// textTable is str.maketrans of two texts, and of a third whose characters are left
// out, or of a dict, whose keys become numbers.
func textTable(c *call) (starlark.Value, error) {
	table := starlark.NewDict(0)
	if c.args[1] == nil {
		d, ok := c.args[0].(*starlark.Dict)
		if !ok {
			return nil, TypeError.Errorf("if you give only one argument to maketrans it must be a dict")
		}
		for _, item := range d.Items() {
			key := item[0]
			if text, ok := key.(starlark.String); ok {
				points := codePoints(string(text))
				if len(points) != 1 {
					return nil, ValueError.Errorf("string keys in translate table must be of length 1")
				}
				key = starlark.MakeInt(int(points[0]))
			} else if !isInt(key) {
				return nil, TypeError.Errorf("keys in translate table must be strings or integers")
			}
			if err := DictSet(table, key, item[1]); err != nil {
				return nil, err
			}
		}
		return table, nil
	}
	var texts [3][]rune
	for i, arg := range c.args {
		if arg == nil {
			continue
		}
		text, ok := arg.(starlark.String)
		switch {
		case !ok && i == 0:
			return nil, TypeError.Errorf("first maketrans argument must be a string if there is a second argument")
		case !ok:
			return nil, TypeError.Errorf("maketrans() argument %d must be str, not %s", i+1, TypeName(arg))
		}
		texts[i] = codePoints(string(text))
	}
	if len(texts[0]) != len(texts[1]) {
		return nil, ValueError.Errorf("the first two maketrans arguments must have equal length")
	}
	for i, r := range texts[0] {
		_ = table.SetKey(starlark.MakeInt(int(r)), starlark.MakeInt(int(texts[1][i]))) // a fresh dict of ints cannot refuse
	}
	for _, r := range texts[2] {
		_ = table.SetKey(starlark.MakeInt(int(r)), starlark.None)
	}
	return table, nil
}

// isIdentifier reports whether a text could be a name.
func isIdentifier(s stringlike) bool {
	for i, r := range s.runes() {
		if r != '_' && !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r)) {
			return false
		}
	}
	return s.data != ""
}

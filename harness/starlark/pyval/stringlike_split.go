package pyval

import (
	"slices"
	"strings"

	"go.starlark.net/starlark"
)

func splitStrings(c *call, s stringlike, fromRight bool) (starlark.Value, error) {
	most := -1
	if c.args[1] != nil {
		var err error
		if most, err = smallIndex(c.thread, c.args[1]); err != nil {
			return nil, err
		}
	}
	if c.args[0] == nil || c.args[0] == starlark.None {
		return s.wrapAll(s.fields(most, fromRight)), nil
	}
	sep, ok := s.same(c.args[0])
	switch {
	case !ok && s.text:
		return nil, TypeError.Errorf("must be str or None, not %s", TypeName(c.args[0]))
	case !ok:
		return nil, TypeError.Errorf("a bytes-like object is required, not '%s'", TypeName(c.args[0]))
	case sep == "":
		return nil, ValueError.Errorf("empty separator")
	}
	if most < 0 {
		return s.wrapAll(strings.Split(s.data, sep)), nil
	}
	if !fromRight {
		return s.wrapAll(strings.SplitN(s.data, sep, most+1)), nil
	}
	parts := strings.Split(s.data, sep)
	if extra := len(parts) - 1 - most; extra > 0 {
		parts = append([]string{strings.Join(parts[:extra+1], sep)}, parts[extra+1:]...)
	}
	return s.wrapAll(parts), nil
}

// fields splits at runs of white space, at most so many times.
func (s stringlike) fields(most int, fromRight bool) []string {
	type piece struct{ from, to int }
	var words []piece
	start := -1
	at := 0
	for at < len(s.data) {
		r, size := rune(s.data[at]), 1
		if s.text {
			r, size = decodeRune(s.data[at:])
		}
		switch space := s.space(r); {
		case space && start >= 0:
			words = append(words, piece{start, at})
			start = -1
		case !space && start < 0:
			start = at
		}
		at += size
	}
	if start >= 0 {
		words = append(words, piece{start, len(s.data)})
	}
	if most >= 0 && len(words) > most {
		if fromRight {
			keep := len(words) - most
			words = append([]piece{{0, words[keep-1].to}}, words[keep:]...)
		} else {
			words = append(words[:most:most], piece{words[most].from, len(s.data)})
		}
	}
	parts := make([]string, len(words))
	for i, w := range words {
		parts[i] = s.data[w.from:w.to]
	}
	return parts
}

// lineEnds are what splitlines splits a str at; bytes only at the first two.
var lineEnds = []rune{'\n', '\r', '\v', '\f', 0x1c, 0x1d, 0x1e, 0x85, 0x2028, 0x2029}

func splitLines(c *call, s stringlike) (starlark.Value, error) {
	keep := false
	if c.args[0] != nil {
		var err error
		if keep, err = Truth(c.thread, c.args[0]); err != nil {
			return nil, err
		}
	}
	ends := lineEnds
	if !s.text {
		ends = lineEnds[:2]
	}
	var lines []string
	start := 0
	for at := 0; at < len(s.data); {
		r, size := rune(s.data[at]), 1
		if s.text {
			r, size = decodeRune(s.data[at:])
		}
		if !slices.Contains(ends, r) {
			at += size
			continue
		}
		if r == '\r' && at+1 < len(s.data) && s.data[at+1] == '\n' {
			size = 2
		}
		end := at
		if keep {
			end += size
		}
		lines = append(lines, s.data[start:end])
		at += size
		start = at
	}
	if start < len(s.data) {
		lines = append(lines, s.data[start:])
	}
	return s.wrapAll(lines), nil
}

// stripper takes characters off the ends: those of the argument, or white
// space.
func stripper(left, right bool) func(c *call, s stringlike) (starlark.Value, error) {
	return func(c *call, s stringlike) (starlark.Value, error) {
		drop := s.space
		if c.args[0] != nil && c.args[0] != starlark.None {
			chars, ok := s.same(c.args[0])
			if !ok && s.text {
				return nil, TypeError.Errorf("%s arg must be None or str", c.name)
			}
			if !ok {
				return nil, TypeError.Errorf("a bytes-like object is required, not '%s'", TypeName(c.args[0]))
			}
			set := s.points(chars)
			drop = func(r rune) bool { return slices.Contains(set, r) }
		}
		points := s.points(s.data)
		from, to := 0, len(points)
		for left && from < to && drop(points[from]) {
			from++
		}
		for right && to > from && drop(points[to-1]) {
			to--
		}
		return s.wrap(s.join(points[from:to])), nil
	}
}

// points are the units: code points, or bytes.
func (s stringlike) points(data string) []rune {
	if s.text {
		return codePoints(data)
	}
	points := make([]rune, len(data))
	for i := range len(data) {
		points[i] = rune(data[i])
	}
	return points
}

func (s stringlike) join(points []rune) string {
	if s.text {
		return fromPoints(points)
	}
	data := make([]byte, len(points))
	for i, p := range points {
		data[i] = byte(p)
	}
	return string(data)
}

// padder pads to a width; left and right are the shares of each side.
func padder(left, right int) func(c *call, s stringlike) (starlark.Value, error) {
	return func(c *call, s stringlike) (starlark.Value, error) {
		width, err := smallIndex(c.thread, c.args[0])
		if err != nil {
			return nil, err
		}
		fill := " "
		if c.args[1] != nil {
			var ok bool
			if fill, ok = s.same(c.args[1]); !ok || s.units(fill) != 1 {
				if ok && s.text {
					return nil, TypeError.Errorf("The fill character must be exactly one character long")
				}
				if s.text {
					return nil, TypeError.Errorf("The fill character must be a unicode character, not %s", TypeName(c.args[1]))
				}
				return nil, TypeError.Errorf("%s() argument 2 must be a byte string of length 1, not %s", c.name, TypeName(c.args[1]))
			}
		}
		missing := width - s.units(s.data)
		if missing <= 0 {
			return s.wrap(s.data), nil
		}
		before := missing * left
		if left == right {
			before = missing/2 + (missing & width & 1)
		}
		return s.wrap(strings.Repeat(fill, before) + s.data + strings.Repeat(fill, missing-before)), nil
	}
}

func zeroFill(c *call, s stringlike) (starlark.Value, error) {
	width, err := smallIndex(c.thread, c.args[0])
	if err != nil {
		return nil, err
	}
	zeros := strings.Repeat("0", max(width-s.units(s.data), 0))
	if s.data != "" && (s.data[0] == '+' || s.data[0] == '-') {
		return s.wrap(s.data[:1] + zeros + s.data[1:]), nil
	}
	return s.wrap(zeros + s.data), nil
}

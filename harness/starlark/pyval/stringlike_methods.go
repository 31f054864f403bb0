package pyval

import (
	"strings"
	"unicode"

	"go.starlark.net/starlark"
)

// stringlikeMethods are those that str, bytes and bytearray share.
func stringlikeMethods() map[string]method {
	on := func(parameters string, f func(c *call, s stringlike) (starlark.Value, error)) method {
		return def(parameters, func(c *call) (starlark.Value, error) { return f(c, c.stringlike()) })
	}
	mapped := func(f func(s stringlike) string) method {
		return on("", func(_ *call, s stringlike) (starlark.Value, error) { return s.wrap(f(s)), nil })
	}
	tested := func(f func(s stringlike) bool) method {
		return on("", func(_ *call, s stringlike) (starlark.Value, error) { return starlark.Bool(f(s)), nil })
	}
	located := func(last, raises bool) method {
		return on("sub start? end? ~", func(c *call, s stringlike) (starlark.Value, error) {
			at, err := s.find(c, last)
			if err == nil && at < 0 && raises {
				if s.text {
					return nil, ValueError.Errorf("substring not found")
				}
				return nil, ValueError.Errorf("subsection not found")
			}
			return starlark.MakeInt(at), err
		})
	}
	affixed := func(has func(string, string) bool) method {
		return on("prefix start? end? ~", func(c *call, s stringlike) (starlark.Value, error) {
			ok, err := s.affix(c, has)
			return starlark.Bool(ok), err
		})
	}
	return map[string]method{
		"find": located(false, false), "rfind": located(true, false),
		"index": located(false, true), "rindex": located(true, true),
		"startswith": affixed(strings.HasPrefix), "endswith": affixed(strings.HasSuffix),
		"count": on("sub start? end? ~", func(c *call, s stringlike) (starlark.Value, error) {
			n, err := s.count(c)
			return starlark.MakeInt(n), err
		}),

		"upper": mapped(stringlike.upper), "lower": mapped(stringlike.lower),
		"capitalize": mapped(stringlike.capitalize), "swapcase": mapped(stringlike.swapcase),
		"title": mapped(stringlike.title),

		"isalnum": tested(func(s stringlike) bool {
			return s.all(func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
		}),
		"isalpha": tested(func(s stringlike) bool { return s.all(unicode.IsLetter) }),
		"isdigit": tested(func(s stringlike) bool { return s.all(unicode.IsDigit) }),
		"isspace": tested(func(s stringlike) bool { return s.all(s.space) }),
		"isascii": tested(func(s stringlike) bool { return isASCII(s.data) }),
		"islower": tested(func(s stringlike) bool { return s.cased(unicode.IsLower, unicode.IsUpper) }),
		"istitle": tested(stringlike.titled),
		"isupper": tested(func(s stringlike) bool { return s.cased(unicode.IsUpper, unicode.IsLower) }),

		"join": on("iterable", joinStrings), "replace": on("old new count?=", replaceStrings),
		"split":        on("sep?= maxsplit?=", func(c *call, s stringlike) (starlark.Value, error) { return splitStrings(c, s, false) }),
		"rsplit":       on("sep?= maxsplit?=", func(c *call, s stringlike) (starlark.Value, error) { return splitStrings(c, s, true) }),
		"splitlines":   on("keepends?=", splitLines),
		"partition":    on("sep", func(c *call, s stringlike) (starlark.Value, error) { return partition(c, s, false) }),
		"rpartition":   on("sep", func(c *call, s stringlike) (starlark.Value, error) { return partition(c, s, true) }),
		"strip":        on("chars?", stripper(true, true)),
		"lstrip":       on("chars?", stripper(true, false)),
		"rstrip":       on("chars?", stripper(false, true)),
		"removeprefix": on("prefix", func(c *call, s stringlike) (starlark.Value, error) { return removeAffix(c, s, strings.CutPrefix) }),
		"removesuffix": on("suffix", func(c *call, s stringlike) (starlark.Value, error) { return removeAffix(c, s, strings.CutSuffix) }),
		"ljust":        on("width fillchar?", padder(0, 1)),
		"rjust":        on("width fillchar?", padder(1, 0)),
		"center":       on("width fillchar?", padder(1, 1)),
		"zfill":        on("width", zeroFill),
		"expandtabs":   on("tabsize?=", expandTabs),
	}
}

// runes are the units as characters; a byte is its ASCII character, and none at
// all above.
func (s stringlike) runes() []rune {
	if s.text {
		return codePoints(s.data)
	}
	runes := make([]rune, len(s.data))
	for i := range len(s.data) {
		runes[i] = rune(s.data[i])
		if s.data[i] >= 0x80 {
			runes[i] = -1
		}
	}
	return runes
}

func (s stringlike) all(is func(rune) bool) bool {
	runes := s.runes()
	for _, r := range runes {
		if !is(r) {
			return false
		}
	}
	return len(runes) > 0
}

// cased reports whether there is a letter of the case and none of the other.
func (s stringlike) cased(is, isNot func(rune) bool) bool {
	found := false
	for _, r := range s.runes() {
		if isNot(r) {
			return false
		}
		found = found || is(r)
	}
	return found
}

// space is Python's idea of white space, which Go's lacks U+001C to U+001F of.
func (s stringlike) space(r rune) bool {
	if !s.text {
		return r == ' ' || r >= '\t' && r <= '\r'
	}
	return unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f
}

// mapCase applies f to each character of a str, and to ASCII letters of bytes.
func (s stringlike) mapCase(f func(i int, r rune) rune) string {
	if !s.text {
		data := []byte(s.data)
		for i, b := range data {
			if b < 0x80 {
				data[i] = byte(f(i, rune(b)))
			}
		}
		return string(data)
	}
	points := codePoints(s.data)
	for i, r := range points {
		points[i] = f(i, r)
	}
	return fromPoints(points)
}

func (s stringlike) upper() string {
	upper := s.mapCase(func(_ int, r rune) rune { return unicode.ToUpper(r) })
	if s.text {
		return strings.ReplaceAll(upper, "ß", "SS")
	}
	return upper
}

func (s stringlike) lower() string {
	return s.mapCase(func(_ int, r rune) rune { return unicode.ToLower(r) })
}

func (s stringlike) capitalize() string {
	return s.mapCase(func(i int, r rune) rune {
		if i == 0 {
			return unicode.ToTitle(r)
		}
		return unicode.ToLower(r)
	})
}

func (s stringlike) swapcase() string {
	return s.mapCase(func(_ int, r rune) rune {
		if unicode.IsUpper(r) {
			return unicode.ToLower(r)
		}
		return unicode.ToUpper(r)
	})
}

func (s stringlike) title() string {
	inWord := false
	return s.mapCase(func(_ int, r rune) rune {
		first := !inWord
		inWord = unicode.IsLetter(r)
		if first {
			return unicode.ToTitle(r)
		}
		return unicode.ToLower(r)
	})
}

func joinStrings(c *call, s stringlike) (starlark.Value, error) {
	items, err := ToSlice(c.thread, c.args[0])
	if err != nil {
		if !isIterable(c.thread, c.args[0]) {
			return nil, TypeError.Errorf("can only join an iterable")
		}
		return nil, err
	}
	parts := make([]string, len(items))
	for i, item := range items {
		part, ok := s.same(item)
		if !ok && s.text {
			return nil, TypeError.Errorf("sequence item %d: expected str instance, %s found", i, TypeName(item))
		}
		if !ok {
			return nil, TypeError.Errorf("sequence item %d: expected a bytes-like object, %s found", i, TypeName(item))
		}
		parts[i] = part
	}
	return s.wrap(strings.Join(parts, s.data)), nil
}

func replaceStrings(c *call, s stringlike) (starlark.Value, error) {
	old, err := s.operand(c, 0)
	if err != nil {
		return nil, err
	}
	with, err := s.operand(c, 1)
	if err != nil {
		return nil, err
	}
	n := -1
	if c.args[2] != nil {
		if n, err = smallIndex(c.thread, c.args[2]); err != nil {
			return nil, err
		}
	}
	if old == "" && !s.text {
		return s.wrap(insertBetweenBytes(s.data, with, n)), nil
	}
	return s.wrap(strings.Replace(s.data, old, with, n)), nil
}

// insertBetweenBytes is replace(b"", with) of bytes, where Go would insert
// between characters.
func insertBetweenBytes(data, with string, n int) string {
	var b strings.Builder
	for i := 0; i <= len(data); i++ {
		if n < 0 || i < n {
			b.WriteString(with)
		}
		if i < len(data) {
			b.WriteByte(data[i])
		}
	}
	return b.String()
}

func partition(c *call, s stringlike, last bool) (starlark.Value, error) {
	sep, ok := s.same(c.args[0])
	switch {
	case !ok && s.text:
		return nil, TypeError.Errorf("must be str, not %s", TypeName(c.args[0]))
	case !ok:
		return nil, TypeError.Errorf("a bytes-like object is required, not '%s'", TypeName(c.args[0]))
	case sep == "":
		return nil, ValueError.Errorf("empty separator")
	}
	at := strings.Index(s.data, sep)
	if last {
		at = strings.LastIndex(s.data, sep)
	}
	switch {
	case at >= 0:
		return starlark.Tuple{s.wrap(s.data[:at]), s.wrap(sep), s.wrap(s.data[at+len(sep):])}, nil
	case last:
		return starlark.Tuple{s.wrap(""), s.wrap(""), s.wrap(s.data)}, nil
	}
	return starlark.Tuple{s.wrap(s.data), s.wrap(""), s.wrap("")}, nil
}

func removeAffix(c *call, s stringlike, cut func(string, string) (string, bool)) (starlark.Value, error) {
	affix, err := s.operand(c, 0)
	if err != nil {
		return nil, err
	}
	rest, _ := cut(s.data, affix)
	return s.wrap(rest), nil
}

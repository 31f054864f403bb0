package pyval

import (
	"strings"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/trace"
)

// A stringlike is a str, bytes or bytearray as their shared methods see it:
// units are code points of a str and bytes of the others.
type stringlike struct {
	self starlark.Value
	data string
	text bool
}

func (c *call) stringlike() stringlike {
	switch self := c.self.(type) {
	case starlark.String:
		return stringlike{self, string(self), true}
	case starlark.Bytes:
		return stringlike{self, string(self), false}
	}
	return stringlike{c.self, string(c.self.(*Bytearray).Bytes()), false}
}

// wrap makes a value of self's type.
func (s stringlike) wrap(data string) starlark.Value {
	if s.text {
		return starlark.String(data)
	}
	return likeBytes(s.self, []byte(data))
}

func (s stringlike) wrapAll(parts []string) *starlark.List {
	items := make([]starlark.Value, len(parts))
	for i, p := range parts {
		items[i] = s.wrap(p)
	}
	return starlark.NewList(items)
}

// operand reads an argument that has to be of self's kind.
func (s stringlike) operand(c *call, i int) (string, error) {
	v := c.args[i]
	if !s.text {
		data, err := bytesOf(v)
		return string(data), err
	}
	if text, ok := v.(starlark.String); ok {
		return string(text), nil
	}
	if len(c.args) == 1 {
		return "", TypeError.Errorf("%s() argument must be str, not %s", c.name, TypeName(v))
	}
	return "", TypeError.Errorf("%s() argument %d must be str, not %s", c.name, i+1, TypeName(v))
}

// units is the length as Python counts it.
func (s stringlike) units(data string) int {
	if s.text {
		return trace.CodePoints(data)
	}
	return len(data)
}

// offset is where a unit begins in data.
func (s stringlike) offset(data string, unit int) int {
	if !s.text || isASCII(data) {
		return min(unit, len(data))
	}
	at := 0
	for ; unit > 0 && at < len(data); unit-- {
		_, size := decodeRune(data[at:])
		at += size
	}
	return at
}

// window applies the optional arguments start and end, which begin at i. Empty
// tells a window that even the empty string is not in.
func (s stringlike) window(c *call, i int) (data string, start int, empty bool, err error) {
	n := s.units(s.data)
	if start, err = optionalIndex(c, i, 0, n); err != nil {
		return "", 0, false, err
	}
	end, err := optionalIndex(c, i+1, n, n)
	if err != nil {
		return "", 0, false, err
	}
	end = min(end, n)
	if start > end {
		return "", start, true, nil
	}
	from := s.offset(s.data, start)
	return s.data[from : from+s.offset(s.data[from:], end-start)], start, false, nil
}

func optionalIndex(c *call, i, absent, length int) (int, error) {
	if c.args[i] == nil || c.args[i] == starlark.None {
		return absent, nil
	}
	n, err := sliceIndex(c.thread, c.args[i], absent)
	if err != nil {
		return 0, err
	}
	if n < 0 {
		n = max(n+length, 0)
	}
	return n, nil
}

// searched reads what find, count and the like look for: for bytes also a
// single number.
func (s stringlike) searched(c *call) (string, error) {
	if s.text {
		if text, ok := c.args[0].(starlark.String); ok {
			return string(text), nil
		}
		if Python(c.thread).AtLeast(3, 13) {
			return "", TypeError.Errorf("%s() argument 1 must be str, not %s", c.name, argumentType(c.args[0]))
		}
		return "", TypeError.Errorf("must be str, not %s", TypeName(c.args[0]))
	}
	if !isBytesLike(c.args[0]) {
		if _, ok := asInt(c.args[0]); !ok {
			return "", TypeError.Errorf("argument should be integer or bytes-like object, not '%s'", TypeName(c.args[0]))
		}
	}
	data, err := byteOrBytes(c.thread, c.args[0])
	return string(data), err
}

// argumentType is how Argument Clinic names the type of a wrong argument.
func argumentType(v starlark.Value) string {
	if v == starlark.None {
		return "None"
	}
	return TypeName(v)
}

func (s stringlike) find(c *call, last bool) (int, error) {
	sub, err := s.searched(c)
	if err != nil {
		return 0, err
	}
	data, start, empty, err := s.window(c, 1)
	if err != nil || empty {
		return -1, err
	}
	at := strings.Index(data, sub)
	if last {
		at = strings.LastIndex(data, sub)
	}
	if at < 0 {
		return -1, nil
	}
	return start + s.units(data[:at]), nil
}

func (s stringlike) count(c *call) (int, error) {
	sub, err := s.searched(c)
	if err != nil {
		return 0, err
	}
	data, _, empty, err := s.window(c, 1)
	switch {
	case err != nil || empty:
		return 0, err
	case sub == "":
		return s.units(data) + 1, nil
	}
	return strings.Count(data, sub), nil
}

// affix is startswith and endswith: the argument is one or a tuple of them.
func (s stringlike) affix(c *call, has func(data, affix string) bool) (bool, error) {
	data, _, empty, err := s.window(c, 1)
	if err != nil {
		return false, err
	}
	candidates, isTuple := c.args[0].(starlark.Tuple)
	if !isTuple {
		candidates = starlark.Tuple{c.args[0]}
	}
	for _, candidate := range candidates {
		affix, ok := s.same(candidate)
		if !ok {
			return false, s.badAffix(c.name, candidate, isTuple)
		}
		if !empty && has(data, affix) {
			return true, nil
		}
	}
	return false, nil
}

func (s stringlike) badAffix(name string, v starlark.Value, inTuple bool) error {
	kind := "bytes"
	if s.text {
		kind = "str"
	}
	switch {
	case inTuple && !s.text:
		return TypeError.Errorf("a bytes-like object is required, not '%s'", TypeName(v))
	case inTuple:
		return TypeError.Errorf("tuple for %s must only contain str, not %s", name, TypeName(v))
	}
	return TypeError.Errorf("%s first arg must be %s or a tuple of %s, not %s", name, kind, kind, TypeName(v))
}

// same is the data of a value of self's kind.
func (s stringlike) same(v starlark.Value) (string, bool) {
	if text, ok := PlainValue(v).(starlark.String); ok || s.text {
		return string(text), ok && s.text
	}
	data, err := bytesOf(v)
	return string(data), err == nil
}

package pyval

import (
	"bytes"
	"math/big"
	"slices"
	"strings"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

func listItems(l *starlark.List) []starlark.Value {
	items := make([]starlark.Value, l.Len())
	for i := range items {
		items[i] = l.Index(i)
	}
	return items
}

// maxRepeat bounds what a repetition may allocate.
const maxRepeat = 1 << 30

// repeat is * of a sequence and an int, in either order.
func repeat(thread *starlark.Thread, x, y starlark.Value) (starlark.Value, error) {
	seq, count := x, y
	if !isSequence(seq) {
		seq, count = y, x
	}
	if !isSequence(seq) {
		return nil, unsupported(syntax.STAR, x, y)
	}
	if _, ok := asInt(count); !ok {
		if o, isObject := count.(Object); !isObject || !hasSpecial(o, "__index__") {
			return nil, TypeError.Errorf("can't multiply sequence by non-int of type '%s'", TypeName(count))
		}
	}
	times, err := Index(thread, count)
	if err != nil {
		return nil, err
	}
	if !times.IsInt64() {
		return nil, OverflowError.Errorf("cannot fit '%s' into an index-sized integer", TypeName(count))
	}
	return repeated(seq, int(min(max(times.Int64(), 0), maxRepeat+1)))
}

func hasSpecial(o Object, name string) bool {
	m, err := special(o, name)
	return err == nil && m != nil
}

func isSequence(v starlark.Value) bool {
	switch v.(type) {
	case starlark.String, starlark.Bytes, *Bytearray, starlark.Tuple, *starlark.List:
		return true
	}
	return false
}

func repeated(seq starlark.Value, n int) (starlark.Value, error) {
	size, err := Len(nil, seq)
	if err != nil {
		return nil, err
	}
	if size > 0 && n > maxRepeat/size {
		return nil, NewException(MemoryError)
	}
	switch s := seq.(type) {
	case starlark.String:
		return starlark.String(strings.Repeat(string(s), n)), nil
	case starlark.Bytes:
		return starlark.Bytes(strings.Repeat(string(s), n)), nil
	case *Bytearray:
		return NewBytearray(bytes.Repeat(s.Bytes(), n)), nil
	case starlark.Tuple:
		return slices.Repeat(s, n), nil
	}
	return starlark.NewList(slices.Repeat(listItems(seq.(*starlark.List)), n)), nil
}

// Contains is Python's item in v.
func Contains(thread *starlark.Thread, v, item starlark.Value) (bool, error) {
	v = underlying(v, "__contains__")
	switch v := v.(type) {
	case starlark.String:
		s, ok := PlainValue(item).(starlark.String)
		if !ok {
			return false, TypeError.Errorf("'in <string>' requires string as left operand, not %s", TypeName(item))
		}
		return strings.Contains(string(v), string(s)), nil
	case starlark.Bytes, *Bytearray:
		return containsBytes(thread, v, item)
	case *starlark.Dict:
		found, err := DictGet(v, item)
		return found != nil, err
	case *starlark.Set, *Frozenset:
		s, _ := asSet(v)
		return setHas(s, item)
	case *Class:
		if v.Enum != nil {
			return v.containsMember(thread, item)
		}
	case *Enum:
		if v.Of.Enum.Flag {
			return v.containsFlag(item)
		}
	case Object:
		if result, found, err := callSpecial(thread, v, "__contains__", item); found || err != nil {
			return err == nil && bool(result.Truth()), err
		}
	}
	it, err := Iterate(thread, v)
	if err != nil {
		if Python(thread).AtLeast(3, 14) {
			return false, TypeError.Errorf("argument of type '%s' is not a container or iterable", TypeName(v))
		}
		return false, TypeError.Errorf("argument of type '%s' is not iterable", TypeName(v))
	}
	for {
		x, err := it.Next(thread)
		if x == nil || err != nil {
			return false, err
		}
		if same, err := sameItem(thread, x, item); same || err != nil {
			return same, err
		}
	}
}

// sameItem is how containers look for an item: x is item or x == item.
func sameItem(thread *starlark.Thread, x, item starlark.Value) (bool, error) {
	if identical(x, item) {
		return true, nil
	}
	equal, err := compare(thread, syntax.EQL, x, item)
	if err != nil {
		return false, err
	}
	return Truth(thread, equal)
}

func containsBytes(thread *starlark.Thread, v, item starlark.Value) (bool, error) {
	data, err := bytesOf(v)
	if err != nil {
		return false, err
	}
	sub, err := byteOrBytes(thread, item)
	return err == nil && bytes.Contains(data, sub), err
}

// byteOrBytes reads what may be searched for in bytes: a number or bytes.
func byteOrBytes(thread *starlark.Thread, v starlark.Value) ([]byte, error) {
	if isBytesLike(v) {
		return bytesOf(v)
	}
	if _, ok := asInt(v); !ok {
		return bytesOf(v)
	}
	b, err := byteValue(thread, v, "byte must be in range(0, 256)")
	return []byte{b}, err
}

// byteValue reads an int in range(256).
func byteValue(thread *starlark.Thread, v starlark.Value, outOfRange string) (byte, error) {
	i, err := Index(thread, v)
	if err != nil {
		return 0, err
	}
	if !i.IsInt64() || i.Int64() < 0 || i.Int64() > 255 {
		return 0, ValueError.Errorf("%s", outOfRange)
	}
	return byte(i.Int64()), nil
}

// containsMember is item in an enum's class.
func (c *Class) containsMember(thread *starlark.Thread, item starlark.Value) (bool, error) {
	if e, ok := item.(*Enum); ok && e.Of == c {
		return true, nil
	}
	if !c.Enum.Python.AtLeast(3, 12) {
		if _, ok := item.(*Enum); !ok {
			if err := c.Enum.warnOfContains(thread); err != nil {
				return false, err
			}
			return false, TypeError.Errorf("unsupported operand type(s) for 'in': '%s' and '%s'", TypeName(item), TypeName(c))
		}
		return false, nil
	}
	i, ok := asInt(item)
	switch {
	case ok && c.Enum.Flag:
		// The flags keep bits that have no name, so that no int is invalid.
		return true, nil
	case !ok:
		f, isFloat := item.(starlark.Float)
		if i, ok = wholeFloat(float64(f)); !isFloat || !ok {
			return false, nil
		}
	}
	for _, m := range c.Enum.members {
		if m.Value.Cmp(i) == 0 {
			return true, nil
		}
	}
	return false, nil
}

// warnOfContains is what 3.10 and 3.11 announce where in raises TypeError.
func (i *EnumInfo) warnOfContains(thread *starlark.Thread) error {
	const start = "in 3.12 __contains__ will no longer raise TypeError, but will return True "
	switch {
	case i.Python.AtLeast(3, 11):
		return Warn(thread, DeprecationWarning, start+"or\nFalse depending on whether the value is a member or the value of a member")
	case i.Python.AtLeast(3, 10):
		return Warn(thread, DeprecationWarning, start+"if\nobj is a member or a member's value")
	}
	return nil
}

// containsFlag is item in a flag's member: whether all of its bits are set.
func (e *Enum) containsFlag(item starlark.Value) (bool, error) {
	other, ok := item.(*Enum)
	if !ok || other.Of != e.Of {
		return false, TypeError.Errorf("unsupported operand type(s) for 'in': '%s' and '%s'", TypeName(item), e.Of.Short)
	}
	return other.Value.Cmp(new(big.Int).And(other.Value, e.Value)) == 0, nil
}

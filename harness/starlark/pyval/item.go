package pyval

import (
	"go.starlark.net/starlark"
)

// GetItem is Python's v[key]; a slice is a [SliceValue] as key.
func GetItem(thread *starlark.Thread, v, key starlark.Value) (starlark.Value, error) {
	if d, ok := v.(*Derived); ok && !hasSpecial(d, "__getitem__") {
		return d.item(thread, key)
	}
	switch v := v.(type) {
	case *starlark.Dict:
		if _, ok := key.(*SliceValue); ok && !Python(thread).AtLeast(3, 12) {
			return nil, unhashable(key)
		}
		found, err := DictGet(v, key)
		if err == nil && found == nil {
			return nil, NewException(KeyError, key)
		}
		return found, err
	case starlark.String:
		points := codePoints(string(v))
		return itemOrSlice(thread, points, key, "string", "string index out of range",
			func(r rune) starlark.Value { return starlark.String(appendRune(nil, r)) },
			func(s []rune) starlark.Value { return starlark.String(fromPoints(s)) })
	case starlark.Bytes:
		return itemOrSlice(thread, []byte(v), key, "byte", "index out of range",
			byteNumber, func(s []byte) starlark.Value { return starlark.Bytes(s) })
	case *Bytearray:
		return itemOrSlice(thread, v.Bytes(), key, "bytearray", "bytearray index out of range",
			byteNumber, func(s []byte) starlark.Value { return NewBytearray(s) })
	case starlark.Tuple:
		return itemOrSlice(thread, v, key, "tuple", "tuple index out of range",
			itself, func(s []starlark.Value) starlark.Value { return starlark.Tuple(s) })
	case *starlark.List:
		return itemOrSlice(thread, listItems(v), key, "list", "list index out of range",
			itself, func(s []starlark.Value) starlark.Value { return starlark.NewList(s) })
	case *Range:
		return rangeItem(thread, v, key)
	case *Memoryview:
		return v.get(thread, key)
	case *View:
		if v.class == mappingProxyType {
			return GetItem(thread, v.dict, key)
		}
	case *Class:
		if v.Enum != nil {
			if name, ok := PlainValue(key).(starlark.String); ok && v.Named(string(name)) != nil {
				return v.Named(string(name)), nil
			}
			return nil, NewException(KeyError, key)
		}
		if f := v.made("__class_getitem__"); f != nil {
			return Call(thread, Bound(f, v), starlark.Tuple{key}, nil)
		}
		if !Python(thread).AtLeast(3, 11) {
			return nil, TypeError.Errorf("'%s' object is not subscriptable", TypeName(v))
		}
		return nil, TypeError.Errorf("type '%s' is not subscriptable", v.Short)
	case Object:
		if result, found, err := callSpecial(thread, v, "__getitem__", key); found || err != nil {
			return result, err
		}
	}
	return nil, TypeError.Errorf("'%s' object is not subscriptable", TypeName(v))
}

func byteNumber(b byte) starlark.Value       { return starlark.MakeInt(int(b)) }
func itself(v starlark.Value) starlark.Value { return v }

// itemOrSlice indexes or slices a sequence. What names the type in the message
// about a wrong index type, outOfRange is the message about a wrong index.
func itemOrSlice[T any](thread *starlark.Thread, items []T, key starlark.Value, what, outOfRange string, one func(T) starlark.Value, many func([]T) starlark.Value) (starlark.Value, error) {
	if s, ok := key.(*SliceValue); ok {
		at, err := s.over(thread, len(items))
		if err != nil {
			return nil, err
		}
		return many(pick(items, at)), nil
	}
	i, err := itemIndex(thread, key, len(items), what, outOfRange)
	if err != nil {
		return nil, err
	}
	return one(items[i]), nil
}

// itemIndex reads an index, negative ones from the end.
func itemIndex(thread *starlark.Thread, key starlark.Value, length int, what, outOfRange string) (int, error) {
	i, err := Index(thread, key)
	if err != nil && hasIndex(key) {
		return 0, err
	}
	if err != nil {
		switch {
		case what == "string" && Python(thread).AtLeast(3, 11):
			return 0, TypeError.Errorf("string indices must be integers, not '%s'", TypeName(key))
		case what == "string":
			return 0, TypeError.Errorf("string indices must be integers")
		}
		return 0, TypeError.Errorf("%s indices must be integers or slices, not %s", what, TypeName(key))
	}
	if !i.IsInt64() {
		return 0, IndexError.Errorf("cannot fit '%s' into an index-sized integer", TypeName(key))
	}
	n := int(i.Int64())
	if n < 0 {
		n += length
	}
	if n < 0 || n >= length {
		return 0, IndexError.Errorf("%s", outOfRange)
	}
	return n, nil
}

func rangeItem(thread *starlark.Thread, r *Range, key starlark.Value) (starlark.Value, error) {
	if s, ok := key.(*SliceValue); ok {
		at, err := s.over(thread, r.Len())
		if err != nil {
			return nil, err
		}
		return &Range{start: r.start + int64(at.start)*r.step, stop: r.start + int64(at.stop)*r.step, step: r.step * int64(at.step)}, nil
	}
	i, err := itemIndex(thread, key, r.Len(), "range", "range object index out of range")
	if err != nil {
		return nil, err
	}
	return r.at(i), nil
}

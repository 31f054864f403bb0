package pyval

import (
	"slices"

	"go.starlark.net/starlark"
)

// SetItem is Python's v[key] = x.
func SetItem(thread *starlark.Thread, v, key, x starlark.Value) error {
	switch v := underlying(v, "__setitem__").(type) {
	case *starlark.Dict:
		return DictSet(v, key, x)
	case *starlark.List:
		return setListItem(thread, v, key, x)
	case *Bytearray:
		return v.set(thread, key, x)
	case *Memoryview:
		return v.set(thread, key, x)
	case Object:
		if _, found, err := callSpecial(thread, v, "__setitem__", key, x); found || err != nil {
			return err
		}
	}
	return TypeError.Errorf("'%s' object does not support item assignment", TypeName(v))
}

func setListItem(thread *starlark.Thread, l *starlark.List, key, x starlark.Value) error {
	s, ok := key.(*SliceValue)
	if !ok {
		i, err := itemIndex(thread, key, l.Len(), "list", "list assignment index out of range")
		if err != nil {
			return err
		}
		return l.SetIndex(i, x)
	}
	if !isIterable(thread, x) {
		if Python(thread).AtLeast(3, 13) {
			return TypeError.Errorf("must assign iterable to extended slice")
		}
		return TypeError.Errorf("can only assign an iterable")
	}
	with, err := ToSlice(thread, x)
	if err != nil {
		return err
	}
	items, err := replaceSpan(thread, listItems(l), s, with, "sequence")
	if err != nil {
		return err
	}
	return setItemsOf(l, items)
}

func isIterable(thread *starlark.Thread, v starlark.Value) bool { return IsIterable(thread, v) }

// IsIterable reports whether the value can be iterated over, be it that this raises
// something.
func IsIterable(thread *starlark.Thread, v starlark.Value) bool {
	if o, ok := v.(Object); ok && hasSpecial(o, "__iter__") {
		return true
	}
	_, err := Iterate(thread, v)
	return err == nil
}

// replaceSpan is items[s] = with. A slice with gaps takes exactly as many
// items as it has. The items change in place unless their number does.
func replaceSpan[T any](thread *starlark.Thread, items []T, s *SliceValue, with []T, what string) ([]T, error) {
	at, err := s.over(thread, len(items))
	if err != nil {
		return nil, err
	}
	if end := max(at.start, at.stop); at.step == 1 && len(with) != end-at.start {
		return slices.Concat(items[:at.start], with, items[end:]), nil
	}
	if len(with) != at.count {
		return nil, ValueError.Errorf("attempt to assign %s of size %d to extended slice of size %d", what, len(with), at.count)
	}
	for i, x := range with {
		items[at.start+i*at.step] = x
	}
	return items, nil
}

// setItemsOf makes a list hold just items.
func setItemsOf(l *starlark.List, items []starlark.Value) error {
	if err := l.Clear(); err != nil {
		return err
	}
	for _, x := range items {
		if err := l.Append(x); err != nil {
			return err
		}
	}
	return nil
}

// DelItem is Python's del v[key], as dict.pop and list.pop also need it.
func DelItem(thread *starlark.Thread, v, key starlark.Value) error {
	switch v := underlying(v, "__delitem__").(type) {
	case *starlark.Dict:
		found, err := DictPop(v, key)
		if err == nil && found == nil {
			return NewException(KeyError, key)
		}
		return err
	case *starlark.List:
		i, err := itemIndex(thread, key, v.Len(), "list", "list assignment index out of range")
		if err != nil {
			return err
		}
		return setItemsOf(v, slices.Delete(listItems(v), i, i+1))
	}
	return TypeError.Errorf("'%s' object doesn't support item deletion", TypeName(v))
}

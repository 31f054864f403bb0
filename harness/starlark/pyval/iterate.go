package pyval

import (
	"go.starlark.net/starlark"
)

// An Iterator yields values one after the other; nil without an error is the
// end.
type Iterator interface {
	Next(thread *starlark.Thread) (starlark.Value, error)
}

// Iterate is Python's iter(v).
func Iterate(thread *starlark.Thread, v starlark.Value) (Iterator, error) {
	v = underlying(v, "__iter__")
	if it := iterateSequence(v); it != nil {
		return it, nil
	}
	switch v := v.(type) {
	case *Iter:
		return v, nil
	case *Class:
		if v.Enum != nil {
			return sliceOf(v.Members()), nil
		}
	case *Enum:
		if v.Of.Enum.Flag && v.Of.Enum.Python.AtLeast(3, 11) {
			return sliceOf(v.parts()), nil
		}
	case Object:
		it, found, err := callSpecial(thread, v, "__iter__")
		if err != nil {
			return nil, err
		}
		if found {
			return objectIterator(it)
		}
		if v.PyClass().Made && hasSpecial(v, "__getitem__") {
			return &itemIterator{object: v}, nil
		}
	case starlark.Iterable:
		return &sliceIterator{items: drain(v)}, nil
	}
	return nil, TypeError.Errorf("'%s' object is not iterable", TypeName(v))
}

// IterValue is what Python's iter(v) returns: what the object's own __iter__ does, or an
// iterator over the items.
func IterValue(thread *starlark.Thread, v starlark.Value) (starlark.Value, error) {
	if o, ok := v.(Object); ok {
		it, found, err := callSpecial(thread, o, "__iter__")
		if err != nil {
			return nil, err
		}
		if found {
			_, err = objectIterator(it)
			return it, err
		}
	}
	it, err := Iterate(thread, v)
	switch it := it.(type) {
	case nil:
		return nil, err
	case *Iter:
		return it, nil
	case *itemIterator:
		return NewIter("iterator", it), nil
	}
	return NewIter(iteratorName(Python(thread), v), it), nil
}

// iteratorName is the class of what iterates over a value.
func iteratorName(python Version, v starlark.Value) string {
	switch v := underlying(v, "__iter__").(type) {
	case starlark.String:
		if python.AtLeast(3, 11) && isASCII(string(v)) {
			return "str_ascii_iterator"
		}
		return "str_iterator"
	case *Memoryview:
		if python.AtLeast(3, 10) {
			return "memory_iterator"
		}
		return "iterator"
	case *starlark.Dict:
		return "dict_keyiterator"
	case *Frozenset:
		return "set_iterator"
	case *Class, *Enum:
		return "generator"
	case *View:
		return TypeName(v)[:len(TypeName(v))-1] + "iterator"
	default:
		return TypeName(v) + "_iterator"
	}
}

// Next is Python's next(v), with StopIteration at the end.
func Next(thread *starlark.Thread, v starlark.Value) (starlark.Value, error) {
	if it, ok := v.(*Iter); ok {
		x, err := it.Next(thread)
		if x == nil && err == nil {
			err = NewException(StopIteration)
		}
		return x, err
	}
	if o, ok := v.(Object); ok {
		if x, found, err := callSpecial(thread, o, "__next__"); found || err != nil {
			return x, err
		}
	}
	return nil, TypeError.Errorf("'%s' object is not an iterator", TypeName(v))
}

// iterateSequence iterates over the types whose items are known; a list is
// followed as it changes.
func iterateSequence(v starlark.Value) Iterator {
	switch v := v.(type) {
	case starlark.String:
		points := codePoints(string(v))
		items := make([]starlark.Value, len(points))
		for i, r := range points {
			items[i] = starlark.String(appendRune(nil, r))
		}
		return &sliceIterator{items: items}
	case starlark.Bytes:
		return &sliceIterator{items: byteItems([]byte(v))}
	case *Bytearray:
		return &sliceIterator{items: byteItems(v.Bytes())}
	case starlark.Tuple:
		return &sliceIterator{items: v}
	case *starlark.List:
		return &listIterator{list: v}
	case *starlark.Dict:
		return &sliceIterator{items: v.Keys()}
	case *starlark.Set:
		return &sliceIterator{items: setItems(v)}
	case *Frozenset:
		return &sliceIterator{items: v.Items()}
	case *Range:
		return &rangeIterator{r: v}
	case *View:
		return &sliceIterator{items: v.items()}
	case *Memoryview:
		return &viewIterator{view: v}
	}
	return nil
}

func sliceOf(members []*Enum) *sliceIterator {
	items := make([]starlark.Value, len(members))
	for i, m := range members {
		items[i] = m
	}
	return &sliceIterator{items: items}
}

func byteItems(data []byte) []starlark.Value {
	items := make([]starlark.Value, len(data))
	for i, b := range data {
		items[i] = starlark.MakeInt(int(b))
	}
	return items
}

func drain(v starlark.Iterable) []starlark.Value {
	it := v.Iterate()
	defer it.Done()
	var items []starlark.Value
	var x starlark.Value
	for it.Next(&x) {
		items = append(items, x)
	}
	return items
}

// ToSlice lists what v yields.
func ToSlice(thread *starlark.Thread, v starlark.Value) ([]starlark.Value, error) {
	it, err := Iterate(thread, v)
	if err != nil {
		return nil, err
	}
	var items []starlark.Value
	for {
		x, err := it.Next(thread)
		if err != nil {
			return nil, err
		}
		if x == nil {
			return items, nil
		}
		items = append(items, x)
	}
}

func toTuple(thread *starlark.Thread, v starlark.Value) (starlark.Tuple, error) {
	if t, ok := v.(starlark.Tuple); ok {
		return t, nil
	}
	items, err := ToSlice(thread, v)
	return starlark.Tuple(items), err
}

type sliceIterator struct {
	items []starlark.Value
	next  int
}

func (s *sliceIterator) Next(*starlark.Thread) (starlark.Value, error) {
	if s.next >= len(s.items) {
		return nil, nil
	}
	s.next++
	return s.items[s.next-1], nil
}

type listIterator struct {
	list *starlark.List
	next int
}

func (l *listIterator) Next(*starlark.Thread) (starlark.Value, error) {
	if l.next >= l.list.Len() {
		return nil, nil
	}
	l.next++
	return l.list.Index(l.next - 1), nil
}

type viewIterator struct {
	view *Memoryview
	next int
}

func (i *viewIterator) Next(*starlark.Thread) (starlark.Value, error) {
	n, err := i.view.Len()
	if err != nil || i.next >= n {
		return nil, err
	}
	i.next++
	return i.view.Item(i.next - 1)
}

// objectIterator wraps what an object's __iter__ returned.
func objectIterator(it starlark.Value) (Iterator, error) {
	if i, ok := it.(*Iter); ok {
		return i, nil
	}
	o, ok := it.(Object)
	if !ok || !hasSpecial(o, "__next__") {
		if seq := iterateSequence(it); seq != nil {
			return seq, nil
		}
		return nil, TypeError.Errorf("iter() returned non-iterator of type '%s'", TypeName(it))
	}
	return nextIterator{o}, nil
}

// itemIterator asks an object for one item after the other until IndexError.
type itemIterator struct {
	object Object
	next   int
}

func (i *itemIterator) Next(thread *starlark.Thread) (starlark.Value, error) {
	v, _, err := callSpecial(thread, i.object, "__getitem__", starlark.MakeInt(i.next))
	i.next++
	if e, ok := AsException(err); ok && (e.Class.Subclass(IndexError) || e.Class.Subclass(StopIteration)) {
		return nil, nil
	}
	return v, err
}

// nextIterator calls an object's __next__ until StopIteration.
type nextIterator struct{ object Object }

func (n nextIterator) Next(thread *starlark.Thread) (starlark.Value, error) {
	v, found, err := callSpecial(thread, n.object, "__next__")
	if e, ok := AsException(err); ok && e.Class.Subclass(StopIteration) {
		return nil, nil
	}
	if err == nil && !found {
		return nil, TypeError.Errorf("'%s' object is not an iterator", TypeName(n.object))
	}
	return v, err
}

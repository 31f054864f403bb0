package pyval

import (
	"go.starlark.net/starlark"
)

// A Frozenset is Python's frozenset.
type Frozenset struct{ set *starlark.Set }

// NewSet makes a set of the items, which have to be hashable.
func NewSet(items []starlark.Value) (*starlark.Set, error) {
	set := starlark.NewSet(len(items))
	for _, item := range items {
		if err := setAdd(set, item); err != nil {
			return nil, err
		}
	}
	return set, nil
}

// NewFrozenset makes a frozenset of the items, which have to be hashable.
func NewFrozenset(items []starlark.Value) (*Frozenset, error) {
	set, err := NewSet(items)
	if err != nil {
		return nil, err
	}
	return &Frozenset{set}, nil
}

// Items lists what is in it.
func (f *Frozenset) Items() []starlark.Value { return setItems(f.set) }

// Len is how many items there are.
func (f *Frozenset) Len() int { return f.set.Len() }

func (f *Frozenset) String() string { return Repr(f) }

// PyClass is frozenset.
func (f *Frozenset) PyClass() *Class { return FrozensetType }

// Type is Python's name.
func (f *Frozenset) Type() string { return "frozenset" }

// Freeze does nothing: it never changes.
func (f *Frozenset) Freeze() {}

// Truth is false for the empty one.
func (f *Frozenset) Truth() starlark.Bool { return f.set.Len() > 0 }

// Hash does not depend on the order of items.
func (f *Frozenset) Hash() (uint32, error) {
	var sum uint32
	for _, item := range f.Items() {
		h, err := item.Hash()
		if err != nil {
			return 0, err
		}
		sum ^= h*2654435761 + 1
	}
	return sum, nil
}

func setItems(s *starlark.Set) []starlark.Value {
	items := make([]starlark.Value, 0, s.Len())
	it := s.Iterate()
	defer it.Done()
	var v starlark.Value
	for it.Next(&v) {
		items = append(items, v)
	}
	return items
}

func setHas(s *starlark.Set, v starlark.Value) (bool, error) {
	_, found, err := setFind(s, v)
	return found, err
}

// setFind returns the item that equals v, which may have another type: True for
// 1, or an enum member for its number.
func setFind(s *starlark.Set, v starlark.Value) (starlark.Value, bool, error) {
	if err := usable(v, "set element"); err != nil {
		return nil, false, err
	}
	v = PlainValue(v)
	if found, err := s.Has(v); err != nil || found {
		return v, found, err
	}
	if onlyEqualsItsType(v) {
		return nil, false, nil
	}
	for _, item := range setItems(s) {
		if Equal(item, v) {
			return item, true, nil
		}
	}
	return nil, false, nil
}

// onlyEqualsItsType is true where Starlark's own look-up finds all that equals
// the key.
func onlyEqualsItsType(v starlark.Value) bool {
	switch v.(type) {
	case starlark.String, starlark.NoneType:
		return true
	}
	return false
}

func setAdd(s *starlark.Set, v starlark.Value) error {
	found, err := setHas(s, v)
	if err != nil || found {
		return err
	}
	return s.Insert(PlainValue(v))
}

func setRemove(s *starlark.Set, v starlark.Value) (bool, error) {
	item, found, err := setFind(s, v)
	if err != nil || !found {
		return false, err
	}
	return s.Delete(item)
}

// asSet is the set in a set or frozenset.
func asSet(v starlark.Value) (*starlark.Set, bool) {
	switch v := v.(type) {
	case *starlark.Set:
		return v, true
	case *Frozenset:
		return v.set, true
	}
	return nil, false
}

// likeSet wraps items in the type of the operation's left operand.
func likeSet(left starlark.Value, items []starlark.Value) (starlark.Value, error) {
	if _, frozen := left.(*Frozenset); frozen {
		return NewFrozenset(items)
	}
	return NewSet(items)
}

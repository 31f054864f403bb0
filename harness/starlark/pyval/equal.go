package pyval

import (
	"bytes"
	"math"
	"math/big"
	"reflect"
	"slices"

	"go.starlark.net/starlark"
)

// Equal is Python's x == y. What raises is not equal.
func Equal(x, y starlark.Value) bool {
	equal, _ := EqualIn(nil, x, y)
	return equal
}

// EqualIn is Equal, which the steps' code can keep from being known.
func EqualIn(thread *starlark.Thread, x, y starlark.Value) (bool, error) {
	e := &equality{thread: thread}
	equal := e.equal(x, y, 0)
	return equal && e.err == nil, e.err
}

// maxDepth ends comparisons of containers that hold themselves.
const maxDepth = 200

// An equality is one comparison of two values and of what is in them.
type equality struct {
	thread *starlark.Thread // nil: Python code is called in a thread of its own
	err    error            // that ended it
}

func (e *equality) equal(x, y starlark.Value, depth int) bool {
	if depth > maxDepth || e.err != nil {
		return false
	}
	if equal, known := e.byMethod(x, y); known {
		return equal
	}
	x, y = PlainValue(x), PlainValue(y)
	if isNumber(x) && isNumber(y) {
		c, ordered := compareNumbers(x, y)
		return ordered && c == 0
	}
	if isBytesLike(x) && isBytesLike(y) {
		if equal, known := e.equalViews(x, y, depth); known {
			return equal
		}
		a, err1 := bytesOf(x)
		b, err2 := bytesOf(y)
		return err1 == nil && err2 == nil && bytes.Equal(a, b)
	}
	switch x := x.(type) {
	case starlark.String:
		y, ok := y.(starlark.String)
		return ok && x == y
	case starlark.Tuple:
		y, ok := y.(starlark.Tuple)
		return ok && e.equalItems(x, y, depth)
	case *starlark.List:
		y, ok := y.(*starlark.List)
		return ok && (x == y || e.equalItems(listItems(x), listItems(y), depth))
	case *starlark.Dict:
		y, ok := y.(*starlark.Dict)
		return ok && (x == y || e.equalDicts(x, y, depth))
	case *starlark.Set, *Frozenset:
		a, _ := asSet(x)
		b, ok := setLike(y)
		return ok && equalSets(a, b)
	case *Range:
		y, ok := y.(*Range)
		return ok && x.equal(y)
	case *View:
		if x.class == mappingProxyType {
			return e.equal(x.dict, y, depth)
		}
		a, ok1 := setLike(x)
		b, ok2 := setLike(y)
		if ok1 && ok2 {
			return equalSets(a, b)
		}
	case *SliceValue:
		y, ok := y.(*SliceValue)
		return ok && e.equalItems(x.parts(), y.parts(), depth)
	case *starlark.Builtin:
		y, ok := y.(*starlark.Builtin)
		return ok && (x == y || x.Receiver() != nil && x.Name() == y.Name() && identical(x.Receiver(), y.Receiver()))
	case *BoundMethod:
		y, ok := y.(*BoundMethod)
		return ok && (x == y || x.name == y.name && identical(x.self, y.self))
	}
	if bound, ok := x.(interface{ Same(y starlark.Value) bool }); ok {
		return bound.Same(y)
	}
	return identical(x, y)
}

// byMethod asks the objects of classes that Python code gave an __eq__.
func (e *equality) byMethod(x, y starlark.Value) (equal, known bool) {
	for _, side := range [2][2]starlark.Value{{x, y}, {y, x}} {
		v, err := e.ask(side[0], side[1])
		switch {
		case err != nil:
			e.err = err
			return false, true
		case v == nil || v == NotImplemented:
			continue
		}
		if equal, e.err = Truth(e.thread, v); e.err != nil {
			return false, true
		}
		return equal, true
	}
	return false, false
}

func (e *equality) ask(x, y starlark.Value) (starlark.Value, error) {
	class := TypeOf(x)
	f := class.made("__eq__")
	if !class.Made || f == nil {
		return nil, nil
	}
	bound, err := boundIn(f, x)
	switch {
	case err != nil:
		return nil, err
	case e.thread == nil:
		return class.evaluate(bound, starlark.Tuple{y})
	}
	return Call(e.thread, bound, starlark.Tuple{y}, nil)
}

// equalViews compares a memoryview of items that are no bytes, or that have several
// dimensions: shapes are compared, and items by their values, whatever their formats.
func (e *equality) equalViews(x, y starlark.Value, depth int) (equals, known bool) {
	if plainBytes(x) && plainBytes(y) {
		return false, false
	}
	a, done, err := viewOf(x)
	if err != nil {
		return false, false
	}
	defer done()
	b, done, err := viewOf(y)
	if err != nil {
		return false, false
	}
	defer done()
	if a.scalar != b.scalar || !slices.Equal(a.shape(), b.shape()) {
		return false, true
	}
	items, err1 := a.toList()
	others, err2 := b.toList()
	return err1 == nil && err2 == nil && e.equal(items, others, depth+1), true
}

// plainBytes reports whether the value is a row of bytes, as bytes is.
func plainBytes(v starlark.Value) bool {
	m, ok := v.(*Memoryview)
	return !ok || m.format == 'B' && !m.scalar && len(m.inner) == 0
}

// viewOf is the value as a memoryview, and what to call when that is no longer needed.
func viewOf(v starlark.Value) (m *Memoryview, done func(), err error) {
	if m, ok := v.(*Memoryview); ok {
		return m, func() {}, m.check()
	}
	m, err = NewMemoryview(v)
	if err != nil {
		return nil, nil, err
	}
	return m, func() { _ = m.Release() }, nil // nobody else has it
}

// Identical is Python's x is y, for what has an identity.
func Identical(x, y starlark.Value) bool { return identical(x, y) }

// identical is Python's "is", for what has an identity.
func identical(x, y starlark.Value) bool {
	if x == nil || y == nil {
		return x == nil && y == nil
	}
	return reflect.TypeOf(x).Comparable() && reflect.TypeOf(y).Comparable() && x == y
}

func (e *equality) equalItems(x, y []starlark.Value, depth int) bool {
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if !identical(x[i], y[i]) && !e.equal(x[i], y[i], depth+1) {
			return false
		}
	}
	return true
}

func (e *equality) equalDicts(x, y *starlark.Dict, depth int) bool {
	if x.Len() != y.Len() {
		return false
	}
	for _, item := range x.Items() {
		v, err := DictGet(y, item[0])
		if err != nil || v == nil || !e.equal(item[1], v, depth+1) {
			return false
		}
	}
	return true
}

func equalSets(x, y *starlark.Set) bool { return x.Len() == y.Len() && subset(x, y) }

func subset(x, y *starlark.Set) bool {
	for _, item := range setItems(x) {
		if has, err := setHas(y, item); err != nil || !has {
			return false
		}
	}
	return true
}

// compareNumbers orders ints, bools, enum members and floats exactly; NaN has no
// order.
func compareNumbers(x, y starlark.Value) (order int, ordered bool) {
	a, aInt := asInt(x)
	b, bInt := asInt(y)
	switch {
	case aInt && bInt:
		return a.Cmp(b), true
	case aInt:
		order, ordered = compareIntFloat(a, float64(y.(starlark.Float)))
		return order, ordered
	case bInt:
		order, ordered = compareIntFloat(b, float64(x.(starlark.Float)))
		return -order, ordered
	}
	f, g := float64(x.(starlark.Float)), float64(y.(starlark.Float))
	switch {
	case f < g:
		return -1, true
	case f > g:
		return 1, true
	}
	return 0, f == g
}

func compareIntFloat(i *big.Int, f float64) (int, bool) {
	switch {
	case math.IsNaN(f):
		return 0, false
	case math.IsInf(f, 0):
		if f > 0 {
			return -1, true
		}
		return 1, true
	}
	exact := new(big.Float).SetPrec(uint(max(64, i.BitLen()))).SetInt(i)
	return exact.Cmp(big.NewFloat(f)), true
}

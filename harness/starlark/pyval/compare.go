package pyval

import (
	"bytes"
	"cmp"
	"slices"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// compare is Python's x op y for == != < <= > >=.
func compare(thread *starlark.Thread, op syntax.Token, x, y starlark.Value) (starlark.Value, error) {
	if result, done, err := compareByMethod(thread, op, x, y); done || err != nil {
		return result, err
	}
	switch op {
	case syntax.EQL, syntax.NEQ:
		equal, err := EqualIn(thread, x, y)
		return starlark.Bool(equal == (op == syntax.EQL)), err
	}
	less, err := ordered(thread, op, x, y)
	return starlark.Bool(less), err
}

var comparisonMethods = map[syntax.Token]string{
	syntax.EQL: "__eq__", syntax.NEQ: "__ne__", syntax.LT: "__lt__",
	syntax.LE: "__le__", syntax.GT: "__gt__", syntax.GE: "__ge__",
}

// reflected are the comparisons that say the same of y and x.
var reflected = map[syntax.Token]syntax.Token{
	syntax.EQL: syntax.EQL, syntax.NEQ: syntax.NEQ, syntax.LT: syntax.GT,
	syntax.LE: syntax.GE, syntax.GT: syntax.LT, syntax.GE: syntax.LE,
}

// compareByMethod asks the objects that define the comparison: x first, unless the class
// of y derives from that of x, and then the other one.
func compareByMethod(thread *starlark.Thread, op syntax.Token, x, y starlark.Value) (starlark.Value, bool, error) {
	sides := []struct {
		op       syntax.Token
		of, with starlark.Value
	}{{op, x, y}, {reflected[op], y, x}}
	own := TypeOf(y)
	if own.Made && own != TypeOf(x) && own.Subclass(TypeOf(x)) {
		slices.Reverse(sides)
	}
	for _, side := range sides {
		if o, ok := side.of.(Object); ok && (identical(side.of, x) || own.Made) {
			if v, done, err := compareObject(thread, side.op, o, side.with); done || err != nil {
				return v, done, err
			}
		}
	}
	return nil, false, nil
}

// compareObject asks an object that defines the comparison.
func compareObject(thread *starlark.Thread, op syntax.Token, o Object, y starlark.Value) (starlark.Value, bool, error) {
	method := comparisonMethods[op]
	differs := op == syntax.NEQ && o.PyClass().made("__ne__") == nil && o.PyClass().made("__eq__") != nil
	if differs {
		// object.__ne__ turns round what __eq__ says.
		method = "__eq__"
	}
	v, found, err := callSpecial(thread, o, method, y)
	if err != nil || !found || v == NotImplemented {
		return nil, false, err
	}
	if differs {
		equal, err := Truth(thread, v)
		return starlark.Bool(!equal), true, err
	}
	return v, true, nil
}

func holds(op syntax.Token, order int) bool {
	switch op {
	case syntax.LT:
		return order < 0
	case syntax.LE:
		return order <= 0
	case syntax.GT:
		return order > 0
	}
	return order >= 0
}

// ordered is x op y for an operator that needs an order.
func ordered(thread *starlark.Thread, op syntax.Token, x, y starlark.Value) (bool, error) {
	given := [2]starlark.Value{x, y}
	x, y = PlainValue(x), PlainValue(y)
	if isNumber(x) && isNumber(y) {
		order, has := compareNumbers(x, y)
		return has && holds(op, order), nil
	}
	switch a := x.(type) {
	case starlark.String:
		if b, ok := y.(starlark.String); ok {
			return holds(op, cmp.Compare(a, b)), nil
		}
	case starlark.Bytes, *Bytearray:
		// bytes compares with its own kind only, bytearray with any buffer.
		_, isView := y.(*Memoryview)
		_, isArray := x.(*Bytearray)
		if isBytesLike(y) && (isArray || !isView) {
			return orderedBytes(op, x, y)
		}
	case starlark.Tuple:
		if b, ok := y.(starlark.Tuple); ok {
			return orderedItems(thread, op, a, b)
		}
	case *starlark.List:
		if b, ok := y.(*starlark.List); ok {
			return orderedItems(thread, op, listItems(a), listItems(b))
		}
	case *starlark.Set, *Frozenset, *View:
		s, ok1 := setLike(a)
		b, ok2 := setLike(y)
		if ok1 && ok2 {
			return orderedSets(op, s, b), nil
		}
	}
	return false, TypeError.Errorf("'%s' not supported between instances of '%s' and '%s'", op, TypeName(given[0]), TypeName(given[1]))
}

func orderedBytes(op syntax.Token, x, y starlark.Value) (bool, error) {
	a, err := bytesOf(x)
	if err != nil {
		return false, err
	}
	b, err := bytesOf(y)
	if err != nil {
		return false, err
	}
	return holds(op, bytes.Compare(a, b)), nil
}

// orderedItems decides by the first items that differ.
func orderedItems(thread *starlark.Thread, op syntax.Token, x, y []starlark.Value) (bool, error) {
	for i := range min(len(x), len(y)) {
		same, err := sameItem(thread, x[i], y[i])
		if err != nil {
			return false, err
		}
		if !same {
			v, err := compare(thread, op, x[i], y[i])
			if err != nil {
				return false, err
			}
			return Truth(thread, v)
		}
	}
	return holds(op, cmp.Compare(len(x), len(y))), nil
}

// orderedSets: an order of sets is inclusion.
func orderedSets(op syntax.Token, x, y *starlark.Set) bool {
	switch op {
	case syntax.LT:
		return x.Len() < y.Len() && subset(x, y)
	case syntax.LE:
		return subset(x, y)
	case syntax.GT:
		return y.Len() < x.Len() && subset(y, x)
	}
	return subset(y, x)
}

// Less is Python's x < y, as sorted, min and max use it.
func Less(thread *starlark.Thread, x, y starlark.Value) (bool, error) {
	v, err := compare(thread, syntax.LT, x, y)
	if err != nil {
		return false, err
	}
	return bool(v.Truth()), nil
}

// Greater is Python's x > y.
func Greater(thread *starlark.Thread, x, y starlark.Value) (bool, error) {
	v, err := compare(thread, syntax.GT, x, y)
	if err != nil {
		return false, err
	}
	return bool(v.Truth()), nil
}

package pyval

import (
	"slices"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// Binary is Python's x op y. Op is one of Starlark's tokens for a binary operator,
// membership included. AND and OR are none: they decide what is evaluated.
func Binary(thread *starlark.Thread, op syntax.Token, x, y starlark.Value) (starlark.Value, error) {
	switch op {
	case syntax.EQL, syntax.NEQ, syntax.LT, syntax.LE, syntax.GT, syntax.GE:
		return compare(thread, op, x, y)
	case syntax.IN, syntax.NOT_IN:
		has, err := Contains(thread, y, x)
		return starlark.Bool(has == (op == syntax.IN)), err
	}
	if result, done, err := binaryByMethod(thread, op, x, y); done || err != nil {
		return result, err
	}
	x = PlainValue(x)
	if plain := PlainValue(y); op != syntax.PERCENT || isTuple(plain) || isNumber(x) {
		y = plain // what is formatted keeps its class
	}
	if isNumber(x) && isNumber(y) {
		return numeric(thread, op, x, y)
	}
	switch op {
	case syntax.PLUS:
		return concat(op, x, y)
	case syntax.STAR:
		return repeat(thread, x, y)
	case syntax.PERCENT:
		return formatOperator(thread, x, y)
	case syntax.PIPE, syntax.AMP, syntax.CIRCUMFLEX, syntax.MINUS:
		if comparesAsSet(x) || comparesAsSet(y) {
			return combineViews(thread, op, x, y)
		}
		return combine(op, x, y)
	}
	return nil, unsupported(op, x, y)
}

func unsupported(op syntax.Token, x, y starlark.Value) error {
	return TypeError.Errorf("unsupported operand type(s) for %s: '%s' and '%s'", op, TypeName(x), TypeName(y))
}

var binaryMethods = map[syntax.Token][2]string{
	syntax.PLUS: {"__add__", "__radd__"}, syntax.MINUS: {"__sub__", "__rsub__"},
	syntax.STAR: {"__mul__", "__rmul__"}, syntax.SLASH: {"__truediv__", "__rtruediv__"},
	syntax.SLASHSLASH: {"__floordiv__", "__rfloordiv__"}, syntax.PERCENT: {"__mod__", "__rmod__"},
	syntax.AMP: {"__and__", "__rand__"}, syntax.PIPE: {"__or__", "__ror__"},
	syntax.CIRCUMFLEX: {"__xor__", "__rxor__"}, syntax.LTLT: {"__lshift__", "__rlshift__"},
	syntax.GTGT: {"__rshift__", "__rrshift__"},
}

// binaryByMethod asks objects that define the operation.
func binaryByMethod(thread *starlark.Thread, op syntax.Token, x, y starlark.Value) (starlark.Value, bool, error) {
	names := binaryMethods[op]
	if o, ok := x.(Object); ok {
		if result, found, err := callSpecial(thread, o, names[0], y); found || err != nil {
			return result, found, err
		}
	}
	if o, ok := y.(Object); ok && !knowsNumber(x, y) {
		return callSpecial(thread, o, names[1], x)
	}
	return nil, false, nil
}

// knowsNumber reports whether the class of x has an answer for the number y, and is asked
// first: that of y does not derive from it.
func knowsNumber(x, y starlark.Value) bool {
	a, b := PlainValue(x), PlainValue(y)
	if !isNumber(a) || !isNumber(b) || TypeOf(y).Subclass(TypeOf(x)) {
		return false
	}
	_, float1 := a.(starlark.Float)
	_, float2 := b.(starlark.Float)
	return float1 || !float2
}

// concat is + of sequences.
func concat(op syntax.Token, x, y starlark.Value) (starlark.Value, error) {
	switch a := x.(type) {
	case starlark.String:
		if b, ok := y.(starlark.String); ok {
			return a + b, nil
		}
		return nil, cannotConcat("str", y)
	case starlark.Bytes, *Bytearray:
		return concatBytes(x, y)
	case starlark.Tuple:
		if b, ok := y.(starlark.Tuple); ok {
			return append(slices.Clip(a), b...), nil
		}
		return nil, cannotConcat("tuple", y)
	case *starlark.List:
		if b, ok := y.(*starlark.List); ok {
			return starlark.NewList(append(listItems(a), listItems(b)...)), nil
		}
		return nil, cannotConcat("list", y)
	}
	return nil, unsupported(op, x, y)
}

func cannotConcat(to string, v starlark.Value) error {
	return TypeError.Errorf(`can only concatenate %s (not "%s") to %s`, to, TypeName(v), to)
}

func concatBytes(x, y starlark.Value) (starlark.Value, error) {
	if !isBytesLike(y) {
		return nil, TypeError.Errorf("can't concat %s to %s", TypeName(y), TypeName(x))
	}
	a, err := bytesOf(x)
	if err != nil {
		return nil, err
	}
	b, err := bytesOf(y)
	if err != nil {
		return nil, err
	}
	return likeBytes(x, append(a, b...)), nil
}

// likeBytes wraps data in the type of the operation's left operand.
func likeBytes(left starlark.Value, data []byte) starlark.Value {
	if _, ok := left.(*Bytearray); ok {
		return NewBytearray(data)
	}
	return starlark.Bytes(data)
}

// combine is | & ^ - of sets, and | of dicts.
func combine(op syntax.Token, x, y starlark.Value) (starlark.Value, error) {
	if a, ok := x.(*starlark.Dict); ok && op == syntax.PIPE {
		if b, ok := y.(*starlark.Dict); ok {
			return mergeDicts(a, b)
		}
	}
	a, ok1 := asSet(x)
	b, ok2 := asSet(y)
	if !ok1 || !ok2 {
		return nil, unsupported(op, x, y)
	}
	items, err := combineSets(op, a, b)
	if err != nil {
		return nil, err
	}
	return likeSet(x, items)
}

func mergeDicts(a, b *starlark.Dict) (starlark.Value, error) {
	out := starlark.NewDict(a.Len() + b.Len())
	for _, item := range append(a.Items(), b.Items()...) {
		if err := DictSet(out, item[0], item[1]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func combineSets(op syntax.Token, a, b *starlark.Set) ([]starlark.Value, error) {
	var items []starlark.Value
	add := func(from, other *starlark.Set, want bool) error {
		for _, item := range setItems(from) {
			has, err := setHas(other, item)
			if err != nil {
				return err
			}
			if has == want {
				items = append(items, item)
			}
		}
		return nil
	}
	switch op {
	case syntax.AMP:
		err := add(a, b, true)
		return items, err
	case syntax.MINUS:
		err := add(a, b, false)
		return items, err
	case syntax.CIRCUMFLEX:
		if err := add(a, b, false); err != nil {
			return nil, err
		}
		err := add(b, a, false)
		return items, err
	}
	return append(setItems(a), setItems(b)...), nil
}

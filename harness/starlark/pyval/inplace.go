package pyval

import (
	"slices"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// InPlace is Python's x op= y: what x is bound to afterwards. Lists,
// bytearrays, sets and dicts change and stay themselves.
func InPlace(thread *starlark.Thread, op syntax.Token, x, y starlark.Value) (starlark.Value, error) {
	if d, ok := x.(*Derived); ok && slices.Contains(mutable, TypeOf(d.Of)) {
		result, err := InPlace(thread, op, d.Of, y)
		if err == nil && identical(result, d.Of) {
			return d, nil
		}
		return result, err
	}
	switch x := x.(type) {
	case *starlark.List:
		switch op {
		case syntax.PLUS:
			items, err := ToSlice(thread, y)
			if err != nil {
				return nil, err
			}
			return x, setItemsOf(x, append(listItems(x), items...))
		case syntax.STAR:
			product, err := repeat(thread, x, y)
			if err != nil {
				return nil, err
			}
			return x, setItemsOf(x, listItems(product.(*starlark.List)))
		}
	case *Bytearray:
		if op == syntax.PLUS {
			if !isBytesLike(y) {
				return nil, TypeError.Errorf("can't concat %s to bytearray", TypeName(y))
			}
			more, err := bytesOf(y)
			if err != nil {
				return nil, err
			}
			return x, x.extend(more)
		}
	case *starlark.Set:
		if other, ok := asSet(y); ok && binaryMethods[op][0] != "" {
			return inPlaceSet(op, x, other, y)
		}
	case *starlark.Dict:
		if op == syntax.PIPE {
			return x, updateDict(thread, x, "update", starlark.Tuple{y}, nil)
		}
	}
	result, err := Binary(thread, op, x, y)
	if e, ok := AsException(err); ok && e.Class == TypeError && !isSequence(x) {
		if want := unsupported(op, x, y).Error(); e.Error() == want {
			return nil, TypeError.Errorf("unsupported operand type(s) for %s=: '%s' and '%s'", op, TypeName(x), TypeName(y))
		}
	}
	return result, err
}

func inPlaceSet(op syntax.Token, x, other *starlark.Set, y starlark.Value) (starlark.Value, error) {
	switch op {
	case syntax.PIPE, syntax.AMP, syntax.MINUS, syntax.CIRCUMFLEX:
	default:
		return nil, TypeError.Errorf("unsupported operand type(s) for %s=: '%s' and '%s'", op, TypeName(x), TypeName(y))
	}
	items, err := combineSets(op, x, other)
	if err != nil {
		return nil, err
	}
	if err := x.Clear(); err != nil {
		return nil, err
	}
	for _, item := range items {
		if err := setAdd(x, item); err != nil {
			return nil, err
		}
	}
	return x, nil
}

package pyval

import (
	"slices"

	"go.starlark.net/starlark"
)

// A Derived is an object of a class that Python code derived from a class of plain
// values, such as int or str. What the class does not redefine it does as the value.
type Derived struct {
	*Instance
	Of starlark.Value
}

// valued are the classes whose objects are plain values here.
var valued = []*Class{
	IntType, FloatType, StrType, BytesType, TupleType, BytearrayType, ListType, DictType, SetType, FrozensetType,
}

// mutable are those of them whose objects are filled by __init__.
var mutable = []*Class{BytearrayType, ListType, DictType, SetType}

// derive makes what a class of plain values made an object of the class.
func (c *Class) derive(v starlark.Value) starlark.Value {
	if base := c.solid(); c.Made && slices.Contains(valued, base) && TypeOf(v) == base {
		return &Derived{newInstance(c), v}
	}
	return v
}

// PlainValue is the value that C code finds in an object of a class derived from that
// of the value. Any other is itself.
func PlainValue(v starlark.Value) starlark.Value {
	if d, ok := v.(*Derived); ok {
		return d.Of
	}
	return v
}

// plainValues puts the values in the place of the objects.
func plainValues(values []starlark.Value) {
	for i, v := range values {
		values[i] = PlainValue(v)
	}
}

// String is the value's repr, which [Repr] asks the class for first.
func (d *Derived) String() string { return Repr(d.Of) }

// Truth is the value's, which [Truth] asks the class for first.
func (d *Derived) Truth() starlark.Bool { return d.Of.Truth() }

// Hash is the value's.
func (d *Derived) Hash() (uint32, error) { return d.Of.Hash() }

// Attr reads what the class has from Python code, and what was assigned.
func (d *Derived) Attr(name string) (starlark.Value, error) {
	v, err := d.Instance.Attr(name)
	if m, ok := v.(*Method); ok && m.Self == d.Instance {
		return &Method{Func: m.Func, Self: d}, err
	}
	return v, err
}

// item is GetItem of the value; a dict asks its class for what is missing.
func (d *Derived) item(thread *starlark.Thread, key starlark.Value) (starlark.Value, error) {
	v, err := GetItem(thread, d.Of, key)
	if e, ok := AsException(err); ok && e.Class == KeyError {
		if missing := d.class.made("__missing__"); missing != nil {
			return Call(thread, Bound(missing, d), starlark.Tuple{key}, nil)
		}
	}
	if isNumber(d) {
		return nil, TypeError.Errorf("'%s' object is not subscriptable", TypeName(d))
	}
	return v, err
}

// underlying is the value of a derived class's object for an operation that the class
// has no special method of its own for.
func underlying(v starlark.Value, special string) starlark.Value {
	if d, ok := v.(*Derived); ok && !hasSpecial(d, special) {
		return d.Of
	}
	return v
}

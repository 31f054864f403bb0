package pyval

import (
	"slices"

	"go.starlark.net/starlark"
)

// An Opaque object holds more in memory than its attributes, and so cannot be pickled.
type Opaque interface {
	Object
	PyOpaque()
}

// The functions that make an object anew of what __reduce_ex__ returned. Nothing here
// calls them.
var (
	newObject     = NewKeywordFunction("__newobj__", nil)
	reconstructor = NewKeywordFunction("_reconstructor", nil)
)

// reduceEx is object's __reduce_ex__, which calls a __reduce__ of the class's own.
func reduceEx(c *call) (starlark.Value, error) {
	protocol, err := indexInt(c.thread, c.args[0])
	if err != nil {
		return nil, err
	}
	if f, _ := TypeOf(c.self).Attr("__reduce__"); f != nil {
		if u, ok := f.(*unboundMethod); !ok || u.owner != ObjectType {
			own, err := GetAttr(c.thread, c.self, "__reduce__")
			if err != nil {
				return nil, err
			}
			return Call(c.thread, own, nil, nil)
		}
	}
	return reduce(c.thread, c.self, protocol)
}

// indexInt is an argument that C code takes as an int.
func indexInt(thread *starlark.Thread, v starlark.Value) (int, error) {
	if f, ok := v.(starlark.Float); ok {
		if !Python(thread).AtLeast(3, 10) {
			return 0, TypeError.Errorf("integer argument expected, got float")
		}
		return 0, TypeError.Errorf("'%s' object cannot be interpreted as an integer", TypeName(f))
	}
	i, err := Index(thread, v)
	if err != nil {
		if _, isInt := asInt(v); !isInt && !Python(thread).AtLeast(3, 10) {
			return 0, TypeError.Errorf("an integer is required (got type %s)", TypeName(v))
		}
		return 0, err
	}
	if n := i.Int64(); i.IsInt64() && int64(int32(n)) == n {
		return int(n), nil
	}
	return 0, OverflowError.Errorf("Python int too large to convert to C int")
}

// reduce says how the object is made anew: by its class, and by the state that it has.
func reduce(thread *starlark.Thread, v starlark.Value, protocol int) (starlark.Value, error) {
	if protocol < 2 {
		return reduceOld(thread, v, protocol)
	}
	args := starlark.Tuple{TypeOf(v)}
	f, err := findAttr(thread, v, "__getnewargs__")
	if err != nil {
		return nil, err
	}
	if f != nil {
		more, err := Call(thread, f, nil, nil)
		if err != nil {
			return nil, err
		}
		items, ok := more.(starlark.Tuple)
		if !ok {
			return nil, TypeError.Errorf("__getnewargs__ should return a tuple, not '%s'", TypeName(more))
		}
		args = append(args, items...)
	} else if d, ok := v.(*Derived); ok && !slices.Contains(mutable, d.class.solid()) {
		args = append(args, d.Of) // which __getnewargs__ of the value's class says
	}
	state, err := stateOf(thread, v, f == nil)
	if err != nil {
		return nil, err
	}
	return starlark.Tuple{newObject, args, state, starlark.None, starlark.None}, nil
}

// reduceOld is what the first two protocols ask for (copyreg._reduce_ex): the state of
// the class of C code that the object's derives from, as that class makes it, and the
// attributes.
func reduceOld(thread *starlark.Thread, v starlark.Value, protocol int) (starlark.Value, error) {
	class := TypeOf(v)
	base, inner := class.copied(Python(thread)), starlark.Value(starlark.None)
	switch base {
	case class:
		return nil, TypeError.Errorf("cannot pickle '%s' object", class.Short)
	case nil:
		base = ObjectType
	default:
		made, err := Call(thread, base, starlark.Tuple{v}, nil)
		if err != nil {
			return nil, err
		}
		inner = made
	}
	result := starlark.Tuple{reconstructor, starlark.Tuple{class, base, inner}}
	if class.slotted() && class.made("__getstate__") == nil {
		if !Python(thread).AtLeast(3, 11) {
			return nil, TypeError.Errorf("a class that defines __slots__ without defining __getstate__ cannot be pickled")
		}
		return nil, TypeError.Errorf("a class that defines __slots__ without defining __getstate__ cannot be pickled with protocol %d", protocol)
	}
	state, err := stateOf(thread, v, false)
	if err != nil {
		return nil, err
	}
	if yes, err := Truth(thread, state); err != nil || !yes {
		return result, err
	}
	return append(result, state), nil
}

// copied is the class of C code that the first protocols make a copy of what the object
// holds with: before 3.12 any that it derives from, and later one that has a __new__ of
// its own. Nil is object.
func (c *Class) copied(python Version) *Class {
	for _, k := range c.MRO() {
		_, own := k.Attrs["__new__"]
		if k.C && (own || !python.AtLeast(3, 12)) || k == BaseException || builtinType(k).construct != nil {
			return k
		}
	}
	return nil
}

// slotted reports whether Python code gave the class or a base of it __slots__ that
// are not empty.
func (c *Class) slotted() bool {
	v, _ := c.Attr("__slots__")
	return v != nil && bool(v.Truth())
}

// stateOf is __getstate__ of the object, which before 3.11 it only has if its class
// defines it. Complete says that the state has to be all of the object.
func stateOf(thread *starlark.Thread, v starlark.Value, complete bool) (starlark.Value, error) {
	f, err := TypeOf(v).Attr("__getstate__")
	if err != nil {
		return nil, err
	}
	if u, ok := f.(*unboundMethod); f == nil || ok && u.owner == ObjectType {
		return plainState(thread, v, complete)
	}
	own, err := GetAttr(thread, v, "__getstate__")
	if err != nil {
		return nil, err
	}
	return Call(thread, own, nil, nil)
}

// plainState is object's __getstate__: the attributes, or None.
func plainState(thread *starlark.Thread, v starlark.Value, complete bool) (starlark.Value, error) {
	if _, opaque := v.(Opaque); opaque && complete {
		return nil, TypeError.Errorf("cannot pickle '%s' object", TypeName(v))
	}
	dict, err := findAttr(thread, v, "__dict__")
	if e, ok := AsException(err); ok && e.Class.Subclass(AttributeError) || dict == nil && err == nil {
		return starlark.None, nil
	}
	if d, ok := dict.(*starlark.Dict); ok && d.Len() == 0 {
		return starlark.None, nil
	}
	return dict, err
}

package pyval

import (
	"slices"

	"go.starlark.net/starlark"
)

// slotNames are the special methods that stand for slots of the types that C code
// defines. Those that the type has as methods besides are left out.
var slotNames = []string{
	"__repr__", "__str__", "__hash__", "__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__",
	"__getattribute__", "__setattr__", "__delattr__", "__init__", "__call__", "__iter__", "__next__",
	"__len__", "__getitem__", "__setitem__", "__delitem__", "__contains__",
	"__bool__", "__int__", "__float__", "__index__", "__neg__", "__pos__", "__abs__", "__invert__",
	"__divmod__", "__rdivmod__",
}

// methodsToo are slots that are methods in their own right.
var methodsToo = map[*Class][]string{
	ListType: {"__getitem__"}, DictType: {"__getitem__", "__contains__"}, SetType: {"__contains__"}, FrozensetType: {"__contains__"},
}

func standsForSlot(name string) bool {
	for _, names := range binaryMethods {
		if slices.Contains(names[:], name) {
			return true
		}
	}
	return slices.Contains(slotNames, name)
}

// defSlot declares a method that stands for a slot of the class.
func defSlot(parameters string, f func(c *call) (starlark.Value, error)) method {
	m := def(parameters, f)
	m.slot = true
	return m
}

// checkSlot is what the wrapper of a slot says of the arguments.
func (m method) checkSlot(python Version, name string, given, named int) error {
	if m.params.kwargs {
		return nil
	}
	switch want := len(m.params.names); {
	case named > 0:
		return TypeError.Errorf("wrapper %s() takes no keyword arguments", name)
	case given == want:
	case want == 2:
		if !python.AtLeast(3, 14) {
			name = ""
		}
		return TypeError.Errorf("%s expected 2 arguments, got %d", name, given)
	case want == 1:
		return TypeError.Errorf("expected 1 argument, got %d", given)
	default:
		return TypeError.Errorf("expected %d arguments, got %d", want, given)
	}
	return nil
}

// addValueSlots adds what the class of a plain value, such as a str, has of its own
// where every object has something too.
func addValueSlots(methods map[string]method, hashed bool) {
	own := func(name, parameters string, f func(c *call) (starlark.Value, error)) {
		if _, ok := methods[name]; !ok {
			methods[name] = defSlot(parameters, f)
		}
	}
	if _, ok := methods["__repr__"]; !ok {
		methods["__repr__"] = defSlot("", func(c *call) (starlark.Value, error) { return starlark.String(Repr(plainValue(c.self))), nil }).
			ofInstances(func(c *call) (starlark.Value, error) { return text(ReprIn(c.thread, c.self)) })
	}
	own("__eq__", "value", func(c *call) (starlark.Value, error) { return sameness(c, true), nil })
	own("__ne__", "value", func(c *call) (starlark.Value, error) { return sameness(c, false), nil })
	if hashed {
		own("__hash__", "", func(c *call) (starlark.Value, error) { return Hash(c.self) })
	}
}

// plainValue is what a member of an enum is to int.
func plainValue(v starlark.Value) starlark.Value {
	if e, ok := v.(*Enum); ok {
		return e.Int()
	}
	return v
}

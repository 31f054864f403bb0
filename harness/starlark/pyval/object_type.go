package pyval

import "go.starlark.net/starlark"

// objectInfo is what every value has. Where a value is asked for a method of its own,
// that does what the operation does, whichever class has a say in it; read from object
// itself, it is what is left without them.
func objectInfo() *builtinInfo {
	return &builtinInfo{
		construct: callObject,
		methods: map[string]method{
			"__repr__": defSlot("", func(c *call) (starlark.Value, error) { return starlark.String(plainRepr(c.self)), nil }).
				ofInstances(func(c *call) (starlark.Value, error) { return text(ReprIn(c.thread, c.self)) }),
			"__str__": defSlot("", func(c *call) (starlark.Value, error) { return text(ReprIn(c.thread, c.self)) }).
				ofInstances(func(c *call) (starlark.Value, error) { return starlark.String(Str(c.self)), nil }),
			"__eq__": defSlot("value", identity).
				ofInstances(func(c *call) (starlark.Value, error) { return sameness(c, true), nil }),
			"__ne__": defSlot("value", notEqual).
				ofInstances(func(c *call) (starlark.Value, error) { return sameness(c, false), nil }),
			"__lt__": defSlot("value", noOrder),
			"__le__": defSlot("value", noOrder),
			"__gt__": defSlot("value", noOrder),
			"__ge__": defSlot("value", noOrder),
			"__hash__": defSlot("", func(c *call) (starlark.Value, error) { return identityHash(c.self) }).
				ofInstances(func(c *call) (starlark.Value, error) { return Hash(c.self) }),
			"__init__": defSlot("* **", initObject),
			"__getattribute__": defSlot("name", func(c *call) (starlark.Value, error) {
				name, err := attributeName(c)
				if err != nil {
					return nil, err
				}
				return OwnAttr(c.thread, c.self, name)
			}),
			"__setattr__": defSlot("name value", func(c *call) (starlark.Value, error) {
				name, err := attributeName(c)
				if err != nil {
					return nil, err
				}
				return starlark.None, setOwnAttr(c.thread, c.self, name, c.args[1])
			}),
			"__delattr__": defSlot("name", func(c *call) (starlark.Value, error) {
				name, err := attributeName(c)
				if err != nil {
					return nil, err
				}
				return starlark.None, deleteOwnAttr(c.thread, c.self, name)
			}),
			"__format__": def("format_spec", plainFormat).ofInstances(func(c *call) (starlark.Value, error) {
				spec, err := specArgument(c)
				if err != nil {
					return nil, err
				}
				return text(Format(c.thread, c.self, spec))
			}),
			"__dir__": def("", func(c *call) (starlark.Value, error) {
				var names []starlark.Value
				for _, name := range Dir(c.self) {
					names = append(names, starlark.String(name))
				}
				return starlark.NewList(names), nil
			}),
			"__sizeof__":    def("", func(c *call) (starlark.Value, error) { return sizeOf(c.self), nil }),
			"__reduce__":    def("", func(c *call) (starlark.Value, error) { return reduce(c.thread, c.self, 0) }),
			"__reduce_ex__": def("protocol", reduceEx),
			"__getstate__": def("", func(c *call) (starlark.Value, error) {
				return plainState(c.thread, c.self, false)
			}).from(11),
		},
		statics: map[string]method{
			"__init_subclass__": def("", func(*call) (starlark.Value, error) { return starlark.None, nil }),
			"__subclasshook__":  def("* **", subclassHook),
			"__new__":           def("* **", newPlain),
		},
	}
}

func text(s string, err error) (starlark.Value, error) { return starlark.String(s), err }

// plainRepr is object's repr.
func plainRepr(v starlark.Value) string {
	return "<" + TypeOf(v).Qualified() + " object at " + addressOf(v) + ">"
}

// addressOf stands for id().
func addressOf(v starlark.Value) string {
	switch v.(type) {
	case starlark.NoneType, starlark.Bool, starlark.Int, starlark.Float, starlark.String, starlark.Bytes, starlark.Tuple:
		return "0x7f0000000000" // these have no address here
	}
	return address(v)
}

// identity is object's __eq__, which leaves the answer to the other one if the two are
// not the same.
func identity(c *call) (starlark.Value, error) {
	if identical(c.self, c.args[0]) {
		return starlark.True, nil
	}
	return NotImplemented, nil
}

// notEqual is object's __ne__: __eq__ turned round.
func notEqual(c *call) (starlark.Value, error) {
	eq, err := GetAttr(c.thread, c.self, "__eq__")
	if err != nil {
		return nil, err
	}
	equal, err := Call(c.thread, eq, c.args, nil)
	if err != nil || equal == NotImplemented {
		return equal, err
	}
	yes, err := Truth(c.thread, equal)
	return starlark.Bool(!yes), err
}

func noOrder(*call) (starlark.Value, error) { return NotImplemented, nil }

// sameness is __eq__, and with it turned round __ne__. An object that is compared by
// its identity leaves the answer to the other one.
func sameness(c *call, want bool) starlark.Value {
	equal := Equal(c.self, c.args[0])
	if !equal && !answersFor(c.self, c.args[0]) {
		return NotImplemented
	}
	return starlark.Bool(equal == want)
}

// answersFor reports whether the class of x has an answer to whether y is equal to it.
func answersFor(x, y starlark.Value) bool {
	x, y = PlainValue(x), PlainValue(y)
	_, set1 := asSet(x)
	_, set2 := setLike(y)
	if isNumber(x) && isNumber(y) || isBytesLike(x) && isBytesLike(y) || set1 && set2 {
		return true
	}
	_, object := x.(Object)
	return !object && TypeOf(y).Subclass(TypeOf(x))
}

func identityHash(v starlark.Value) (starlark.Value, error) {
	h, err := v.Hash()
	if err != nil {
		h = hashPointer(v)
	}
	return starlark.MakeUint(uint(h)), nil
}

// initObject is object's __init__, which takes what the object was made with if the
// class has its own __new__ and no __init__.
func initObject(c *call) (starlark.Value, error) {
	if len(c.rest)+len(c.kwargs) > 0 {
		return nil, TypeError.Errorf("object.__init__() takes exactly one argument (the instance to initialize)") //nolint:misspell // CPython's word
	}
	return starlark.None, nil
}

// attributeName is the first argument of a method that is about an attribute.
func attributeName(c *call) (string, error) {
	name, ok := c.args[0].(starlark.String)
	if !ok {
		return "", TypeError.Errorf("attribute name must be string, not '%s'", TypeName(c.args[0]))
	}
	return string(name), nil
}

func specArgument(c *call) (string, error) {
	spec, ok := c.args[0].(starlark.String)
	if !ok {
		return "", TypeError.Errorf("__format__() argument must be str, not %s", TypeName(c.args[0]))
	}
	return string(spec), nil
}

// plainFormat is object's __format__, which knows no specification.
func plainFormat(c *call) (starlark.Value, error) {
	spec, err := specArgument(c)
	if err != nil {
		return nil, err
	}
	if spec != "" {
		return nil, TypeError.Errorf("unsupported format string passed to %s.__format__", TypeName(c.self))
	}
	return starlark.String(Str(c.self)), nil
}

// subclassHook is __subclasshook__, which looks at what it is given since 3.13 only.
func subclassHook(c *call) (starlark.Value, error) {
	if n := len(c.rest); n != 1 && Python(c.thread).AtLeast(3, 13) {
		return nil, TypeError.Errorf("%s.__subclasshook__() takes exactly one argument (%d given)", c.self.(*Class).Short, n)
	}
	return NotImplemented, nil
}

// sizeOf is what an object takes in memory: its class says so, or it is no more than
// what every object takes.
func sizeOf(v starlark.Value) starlark.Value {
	size, err := TypeOf(v).Attr("__basicsize__")
	if err != nil || size == nil {
		return starlark.MakeInt(16)
	}
	return size
}

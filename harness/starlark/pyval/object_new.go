package pyval

import "go.starlark.net/starlark"

// newPlain is object.__new__(cls, …), which refuses the classes whose objects hold
// more than it knows of.
func newPlain(c *call) (starlark.Value, error) {
	class, err := c.newClass(ObjectType)
	if err != nil {
		return nil, err
	}
	if maker := class.maker(); maker != nil {
		name := maker.inErrors()
		return nil, TypeError.Errorf("object.__new__(%s) is not safe, use %s.__new__()", class.inErrors(), name)
	}
	return class.blank(c.thread, c.rest[1:], c.kwargs)
}

// newClass is the class that a __new__ of owner is given as its first argument.
func (c *call) newClass(owner *Class) (*Class, error) {
	if len(c.rest) == 0 {
		return nil, TypeError.Errorf("%s.__new__(): not enough arguments", owner.inErrors())
	}
	class, ok := c.rest[0].(*Class)
	switch {
	case !ok:
		return nil, TypeError.Errorf("%s.__new__(X): X is not a type object (%s)", owner.inErrors(), TypeName(c.rest[0]))
	case !class.Subclass(owner):
		return nil, TypeError.Errorf("%[1]s.__new__(%[2]s): %[2]s is not a subtype of %[1]s", owner.inErrors(), class.inErrors())
	}
	return class, nil
}

// maker is the class whose __new__ has to make the objects of c, or nil where that of
// object can.
func (c *Class) maker() *Class {
	for _, k := range c.MRO() {
		if _, own := k.Attrs["__new__"]; own && !k.Made {
			return c.solid()
		}
		if k == BaseException || k != ObjectType && builtinType(k).construct != nil {
			return k
		}
	}
	return nil
}

// NewOf is the __new__ of a class of C code.
func NewOf(owner *Class) starlark.Value {
	return &BoundMethod{self: owner, name: "__new__", method: def("* **", func(c *call) (starlark.Value, error) {
		class, err := c.newClass(owner)
		if err != nil {
			return nil, err
		}
		return class.blank(c.thread, c.rest[1:], c.kwargs)
	})}
}

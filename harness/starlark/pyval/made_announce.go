package pyval

import (
	"go.starlark.net/starlark"
)

// announce tells those that have a say in it of a class that was made: each attribute by
// its __set_name__, and then what the class derives from by __init_subclass__.
func (c *Class) announce(thread *starlark.Thread, kwargs []starlark.Tuple) error {
	for _, name := range c.own {
		v := c.Attrs[name]
		if named, ok := v.(interface{ SetName(name string) }); ok {
			named.SetName(name)
		}
		class := TypeOf(v)
		f := class.made("__set_name__")
		if f == nil {
			continue
		}
		_, err := Call(thread, Bound(f, v), starlark.Tuple{c, starlark.String(name)}, nil)
		if err != nil && !c.python.AtLeast(3, 12) {
			return RuntimeError.Errorf("Error calling __set_name__ on '%s' instance '%s' in '%s'", class.Short, name, c.Short)
		}
		if err != nil {
			return err
		}
	}
	for _, base := range c.MRO()[1:] {
		if f := base.Attrs["__init_subclass__"]; base.Made && f != nil {
			_, err := Call(thread, Bound(f, c), nil, kwargs)
			return err
		}
	}
	if len(kwargs) > 0 {
		return TypeError.Errorf("%s.__init_subclass__() takes no keyword arguments", c.Short)
	}
	return nil
}

// classMethod reports whether a function that a class was made with under that name is
// bound to the class, as type does it for these.
func classMethod(name string) bool { return name == "__init_subclass__" || name == "__class_getitem__" }

package pyval

import (
	"slices"
	"weak"

	"go.starlark.net/starlark"
)

// typeInfo is what every class has.
func typeInfo() *builtinInfo {
	return &builtinInfo{
		construct: callType,
		methods: map[string]method{
			"mro": def("", func(c *call) (starlark.Value, error) { return starlark.NewList(c.self.(*Class).mroTuple()), nil }),
			"__call__": defSlot("* **", func(c *call) (starlark.Value, error) {
				return Call(c.thread, c.self, c.rest, c.kwargs)
			}),
			"__subclasses__": def("", func(c *call) (starlark.Value, error) { return c.self.(*Class).subclasses(), nil }),
			"__instancecheck__": def("instance", func(c *call) (starlark.Value, error) {
				return starlark.Bool(IsInstance(c.args[0], c.self.(*Class))), nil
			}),
			"__subclasscheck__": def("subclass", func(c *call) (starlark.Value, error) {
				class, ok := c.args[0].(*Class)
				if !ok {
					return nil, TypeError.Errorf("issubclass() arg 1 must be a class")
				}
				return starlark.Bool(class.Subclass(c.self.(*Class))), nil
			}),
		},
		statics: map[string]method{
			"__prepare__": def("* **", func(*call) (starlark.Value, error) { return starlark.NewDict(0), nil }),
		},
	}
}

// Derived tells the bases of the class of it, for __subclasses__.
func (c *Class) Derived() *Class {
	members.Lock()
	defer members.Unlock()
	for _, base := range c.Bases {
		base.deriving = append(base.deriving, weak.Make(c))
	}
	return c
}

// subclasses are the classes that derive from the class directly and are still there.
func (c *Class) subclasses() *starlark.List {
	members.RLock()
	defer members.RUnlock()
	var list []starlark.Value
	for _, p := range c.deriving {
		if k := p.Value(); k != nil && slices.Contains(k.Bases, c) {
			list = append(list, k)
		}
	}
	return starlark.NewList(list)
}

package pyval

import "go.starlark.net/starlark"

// objectInfo is what every value has.
func objectInfo() *builtinInfo {
	return &builtinInfo{
		construct: callObject,
		methods: map[string]method{
			"__repr__": defSlot(func(c *call) (starlark.Value, error) { return starlark.String(Repr(c.self)), nil }),
			"__str__":  defSlot(func(c *call) (starlark.Value, error) { return starlark.String(Str(c.self)), nil }),
			"__eq__":   def("value", func(c *call) (starlark.Value, error) { return sameness(c, true), nil }),
			"__ne__":   def("value", func(c *call) (starlark.Value, error) { return sameness(c, false), nil }),
			"__getattribute__": def("name", func(c *call) (starlark.Value, error) {
				return OwnAttr(c.thread, c.self, Str(c.args[0]))
			}),
			"__setattr__": def("name value", func(c *call) (starlark.Value, error) {
				return starlark.None, setOwnAttr(c.thread, c.self, Str(c.args[0]), c.args[1])
			}),
			"__hash__": defSlot(func(c *call) (starlark.Value, error) { return Hash(c.self) }),
			"__format__": def("format_spec", func(c *call) (starlark.Value, error) {
				s, err := Format(c.thread, c.self, Str(c.args[0]))
				return starlark.String(s), err
			}),
		},
	}
}

// sameness is __eq__, and with it turned round __ne__. An object that is compared by
// its identity leaves the answer to the other one.
func sameness(c *call, want bool) starlark.Value {
	equal := Equal(c.self, c.args[0])
	if _, ok := c.self.(Object); ok && !equal {
		return NotImplemented
	}
	return starlark.Bool(equal == want)
}

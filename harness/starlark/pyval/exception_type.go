package pyval

import "go.starlark.net/starlark"

// exceptionInfo is what every exception has.
func exceptionInfo() *builtinInfo {
	return &builtinInfo{
		construct: callException,
		methods: map[string]method{
			"with_traceback": def("tb", func(c *call) (starlark.Value, error) { return c.self, nil }),
			"add_note": def("note", func(c *call) (starlark.Value, error) {
				e := c.self.(*Exception)
				notes, ok := e.attrs["__notes__"].(*starlark.List)
				if !ok {
					notes = starlark.NewList(nil)
					e.setAttr("__notes__", notes)
				}
				return starlark.None, notes.Append(c.args[0])
			}),
		},
	}
}

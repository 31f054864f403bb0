package pyval

import "go.starlark.net/starlark"

// enumInfo is what every member of an enum has.
func enumInfo() *builtinInfo {
	itself := func(c *call) (starlark.Value, error) { return c.self, nil }
	return &builtinInfo{methods: map[string]method{
		"__copy__": def("", itself).from(12),
		"__dir__": def("", func(c *call) (starlark.Value, error) {
			return stringList(c.self.(*Enum).dir()), nil
		}),
		"__deepcopy__": def("memo", itself).from(12),
		"__reduce_ex__": def("proto", func(c *call) (starlark.Value, error) {
			e := c.self.(*Enum)
			if e.Of.Enum.Python.AtLeast(3, 12) {
				return starlark.Tuple{e.Of, starlark.Tuple{e.Int()}}, nil
			}
			// The module's constants are found by their names.
			return e.Attr("name")
		}),
	}}
}

// flagInfo is what the members of a flag have besides.
func flagInfo() *builtinInfo {
	return &builtinInfo{methods: map[string]method{
		"__contains__": def("other", func(c *call) (starlark.Value, error) {
			has, err := Contains(c.thread, c.self, c.args[0])
			return starlark.Bool(has), err
		}),
		"__iter__": def("", func(c *call) (starlark.Value, error) {
			it, err := Iterate(c.thread, c.self)
			if err != nil {
				return nil, err
			}
			return NewIter("generator", it), nil
		}).from(11),
		"__len__": def("", func(c *call) (starlark.Value, error) {
			n, err := Len(c.thread, c.self)
			return starlark.MakeInt(n), err
		}).from(11),
	}}
}

// attribute is where an attribute that was assigned is kept: of a member, or of the
// class, for which member is nil.
type attribute struct {
	member *Enum
	name   string
}

// assigned is the value that the attribute was assigned, or nil.
func (i *EnumInfo) assigned(member *Enum, name string) starlark.Value {
	if v, ok := i.attributes.Load(attribute{member, name}); ok {
		return v.(starlark.Value)
	}
	return nil
}

func (i *EnumInfo) assign(member *Enum, name string, v starlark.Value) {
	i.attributes.Store(attribute{member, name}, v)
}

// unassign reports whether there was such an attribute.
func (i *EnumInfo) unassign(member *Enum, name string) bool {
	_, was := i.attributes.LoadAndDelete(attribute{member, name})
	return was
}

// readOnly is the error of setting or deleting name and value, or nil.
func (e *Enum) readOnly(what, name string) error {
	switch {
	case name != "name" && name != "value":
		return nil
	case e.Of.Enum.Python.AtLeast(3, 11):
		return AttributeError.Errorf("<enum 'Enum'> cannot %s attribute '%s'", what, name)
	}
	return AttributeError.Errorf("can't %s attribute", what)
}

// dir is __dir__: in order of names since 3.11, and before that what every member has,
// what int has, in the order of its tables, and what Enum has.
func (e *Enum) dir() []string {
	if e.Of.Enum.Python.AtLeast(3, 11) {
		return Dir(e)
	}
	return []string{
		"__class__", "__doc__", "__module__",
		"conjugate", "bit_length", "to_bytes", "from_bytes", "as_integer_ratio",
		"real", "imag", "numerator", "denominator", "name", "value",
	}
}

func stringList(texts []string) *starlark.List {
	items := make([]starlark.Value, len(texts))
	for i, text := range texts {
		items[i] = starlark.String(text)
	}
	return starlark.NewList(items)
}

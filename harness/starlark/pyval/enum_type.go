package pyval

import (
	"slices"

	"go.starlark.net/starlark"
)

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

// namespace is __dict__: what the enum keeps of a member, and what was assigned to it.
func (e *Enum) namespace() *starlark.Dict {
	d := starlark.NewDict(4)
	add := func(name string, v starlark.Value) { _ = d.SetKey(starlark.String(name), v) } // a fresh dict of strings cannot refuse
	info := e.Of.Enum
	order := slices.Index(info.members, e)
	name := starlark.Value(starlark.None)
	if e.Member != "" {
		name = starlark.String(e.Member)
	}
	if order < 0 && !info.Python.AtLeast(3, 11) {
		add("_name_", name)
	}
	add("_value_", e.Int())
	add("_name_", name)
	if order >= 0 {
		add("__objclass__", e.Of)
		if info.Python.AtLeast(3, 11) {
			add("_sort_order_", starlark.MakeInt(e.sortOrder(order)))
		}
	}
	assigned := starlark.StringDict{}
	info.attributes.Range(func(key, v any) bool {
		if at := key.(attribute); at.member == e {
			assigned[at.name] = v.(starlark.Value)
		}
		return true
	})
	for _, name := range assigned.Keys() {
		add(name, assigned[name])
	}
	return d
}

// sortOrder is how many members the class listed when the one at the index was made.
func (e *Enum) sortOrder(index int) int {
	n := 0
	for _, m := range e.Of.Enum.members[:index] {
		if !e.Of.Enum.Flag || singleBit(m.Value) {
			n++
		}
	}
	return n
}

func stringList(texts []string) *starlark.List {
	items := make([]starlark.Value, len(texts))
	for i, text := range texts {
		items[i] = starlark.String(text)
	}
	return starlark.NewList(items)
}

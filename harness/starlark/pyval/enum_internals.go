package pyval

import (
	"cmp"
	"maps"
	"math/big"
	"slices"
	"strings"

	"go.starlark.net/starlark"
)

// byValue lists the names of all members and aliases in the order in which the class
// was made of them.
func (i *EnumInfo) byValue() []string {
	return slices.SortedFunc(maps.Keys(i.byName), func(a, b string) int {
		return cmp.Or(i.byName[a].Value.Cmp(i.byName[b].Value), strings.Compare(a, b))
	})
}

func (i *EnumInfo) memberMap() *starlark.Dict {
	d := starlark.NewDict(len(i.byName))
	for _, name := range i.byValue() {
		_ = d.SetKey(starlark.String(name), i.byName[name]) // a fresh dict of strings cannot refuse
	}
	return d
}

// internal is what the class keeps for itself of its members, or nil.
func (i *EnumInfo) internal(c *Class, name string) starlark.Value {
	switch name {
	case "__members__":
		return proxyOf(i.memberMap())
	case "_member_map_":
		return i.memberMap()
	case "_member_names_":
		var names []starlark.Value
		for _, m := range c.Members() {
			names = append(names, starlark.String(m.Member))
		}
		return starlark.NewList(names)
	case "_value2member_map_":
		d := starlark.NewDict(len(i.members))
		for _, m := range i.members {
			_ = d.SetKey(m.Int(), m) // nor can one of ints
		}
		return d
	case "_member_type_":
		return IntType
	case "__doc__":
		return starlark.String("An enumeration.")
	case "_missing_":
		return &BoundMethod{self: c, name: name, method: def("value", i.missing)}
	}
	if m, ok := enumClassMethods()[name]; ok {
		return &BoundMethod{self: c, name: name, method: m}
	}
	return i.masks(name)
}

// masks are what a flag has besides.
func (i *EnumInfo) masks(name string) starlark.Value {
	if !i.Flag {
		return nil
	}
	switch {
	case name == "_flag_mask_" && i.Python.AtLeast(3, 11):
		return starlark.MakeBigInt(i.mask)
	case name == "_singles_mask_" && i.Python.AtLeast(3, 12):
		return starlark.MakeBigInt(i.singles)
	case name == "_all_bits_" && i.Python.AtLeast(3, 11):
		all := new(big.Int).Lsh(big.NewInt(1), uint(i.mask.BitLen()))
		return starlark.MakeBigInt(all.Sub(all, big.NewInt(1)))
	}
	return nil
}

// missing is _missing_: what the class makes of a value that no member has.
func (i *EnumInfo) missing(c *call) (starlark.Value, error) {
	class := c.self.(*Class)
	if !i.Flag {
		return starlark.None, nil
	}
	value, ok := asInt(c.args[0])
	if !ok {
		return nil, ValueError.Errorf("%s is not a valid %s", Repr(c.args[0]), class.Short)
	}
	return class.Lookup(value)
}

// enumClassMethods are those of the class of enum's classes.
func enumClassMethods() map[string]method {
	methods := map[string]method{}
	addSequenceMethods(methods, "__len__", "__getitem__", "__contains__", "__iter__")
	return methods
}

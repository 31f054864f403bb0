package pyval

import (
	"maps"
	"slices"

	"go.starlark.net/starlark"
)

// GetsetType is the class of what stands in a class for an attribute that C code
// computes for its objects.
var GetsetType = &Class{Short: "getset_descriptor"}

// namespace is __dict__ of the class: what it has of its own, and the bases have not. In
// order of their definition for a class that Python code made, of names for others.
func (c *Class) namespace() *View {
	d := starlark.NewDict(len(c.Attrs))
	add := func(name string, v starlark.Value) {
		if v != nil {
			_ = d.SetKey(starlark.String(name), v) // a fresh dict of strings cannot refuse
		}
	}
	members.RLock()
	defer members.RUnlock()
	for _, name := range c.own {
		add(name, c.Attrs[name])
	}
	module, _ := c.Attr("__module__")
	add("__module__", module)
	if c.Made {
		if c.addsDict() {
			add("__dict__", &Plain{Class: GetsetType})
		}
		if c.addsWeakref() {
			add("__weakref__", &Plain{Class: GetsetType})
		}
		if c.Attrs["__doc__"] == nil {
			add("__doc__", starlark.None)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.Attrs)) {
		// What type computes, and what a class of Python code has from its base.
		if name != "__basicsize__" && (c.Made || c.C || name != "__new__") {
			add(name, c.Attrs[name])
		}
	}
	if c.Enum != nil {
		for name, m := range c.Enum.byName {
			add(name, m)
		}
	}
	for _, name := range slices.Sorted(slices.Values(builtinType(c).names())) {
		add(name, builtinType(c).classAttr(c, c, name))
	}
	if _, found, _ := d.Get(starlark.String("__doc__")); !found {
		add("__doc__", starlark.None)
	}
	return proxyOf(d)
}

// addsDict reports whether the objects of the class have a __dict__ that those of its
// bases have not.
func (c *Class) addsDict() bool {
	return (c.dict || c.Attrs["__slots__"] == nil) && !c.baseHas((*Class).HasDict)
}

// addsWeakref is addsDict for weak references, which objects of variable size do not
// take.
func (c *Class) addsWeakref() bool {
	return c.weaklyReferenced() && !c.baseHas((*Class).weaklyReferenced) && !c.variable()
}

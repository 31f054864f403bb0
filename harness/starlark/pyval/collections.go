package pyval

import (
	"slices"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// addSequenceMethods adds special methods that the operations already know.
func addSequenceMethods(methods map[string]method, names ...string) {
	all := map[string]method{
		"__len__": def("", func(c *call) (starlark.Value, error) {
			n, err := Len(c.thread, c.self)
			return starlark.MakeInt(n), err
		}),
		"__getitem__": def("key", func(c *call) (starlark.Value, error) { return GetItem(c.thread, c.self, c.args[0]) }),
		"__setitem__": def("key value", func(c *call) (starlark.Value, error) {
			return starlark.None, SetItem(c.thread, c.self, c.args[0], c.args[1])
		}),
		"__contains__": def("item", func(c *call) (starlark.Value, error) {
			has, err := Contains(c.thread, c.self, c.args[0])
			return starlark.Bool(has), err
		}),
		"__iter__": def("", func(c *call) (starlark.Value, error) {
			return IterValue(c.thread, c.self)
		}),
		"__delitem__": def("key", func(c *call) (starlark.Value, error) {
			return starlark.None, DelItem(c.thread, c.self, c.args[0])
		}),
	}
	for name, op := range map[string]syntax.Token{"__add__": syntax.PLUS, "__mul__": syntax.STAR, "__rmul__": syntax.STAR, "__mod__": syntax.PERCENT} {
		all[name] = def("value", func(c *call) (starlark.Value, error) {
			if op == syntax.STAR {
				if _, err := Index(c.thread, c.args[0]); err != nil {
					return nil, err
				}
			}
			return Binary(c.thread, op, c.self, c.args[0])
		})
	}
	for _, name := range names {
		methods[name] = all[name]
	}
}

// sequenceMethods are what tuple, list and range share.
func sequenceMethods() map[string]method {
	methods := map[string]method{
		"count": def("value", func(c *call) (starlark.Value, error) {
			items, err := ToSlice(c.thread, c.self)
			n := 0
			for _, item := range items {
				if Equal(item, c.args[0]) {
					n++
				}
			}
			return starlark.MakeInt(n), err
		}),
		"index": def("value start? stop?", sequenceIndex),
	}
	addSequenceMethods(methods, "__len__", "__getitem__", "__contains__", "__iter__")
	return methods
}

func sequenceIndex(c *call) (starlark.Value, error) {
	items, err := ToSlice(c.thread, c.self)
	if err != nil {
		return nil, err
	}
	start, err := optionalIndex(c, 1, 0, len(items))
	if err != nil {
		return nil, err
	}
	stop, err := optionalIndex(c, 2, len(items), len(items))
	if err != nil {
		return nil, err
	}
	for i := start; i < min(stop, len(items)); i++ {
		if Equal(items[i], c.args[0]) {
			return starlark.MakeInt(i), nil
		}
	}
	if _, ok := c.self.(starlark.Tuple); ok {
		return nil, ValueError.Errorf("tuple.index(x): x not in tuple")
	}
	if Python(c.thread).AtLeast(3, 14) {
		return nil, ValueError.Errorf("list.index(x): x not in list")
	}
	return nil, ValueError.Errorf("%s is not in %s", Repr(c.args[0]), TypeName(c.self))
}

func tupleInfo() *builtinInfo {
	methods := sequenceMethods()
	addSequenceMethods(methods, "__add__", "__mul__", "__rmul__")
	return &builtinInfo{construct: callCollection("tuple", func(items []starlark.Value) (starlark.Value, error) {
		return starlark.Tuple(items), nil
	}), methods: methods}
}

// callCollection is calling a class that takes one iterable, or nothing.
func callCollection(name string, build func(items []starlark.Value) (starlark.Value, error)) NewFunc {
	return func(thread *starlark.Thread, _ *Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		if len(kwargs) > 0 {
			return nil, TypeError.Errorf("%s() takes no keyword arguments", name)
		}
		if len(args) > 1 {
			return nil, TypeError.Errorf("%s expected at most 1 argument, got %d", name, len(args))
		}
		if len(args) == 0 {
			return build(nil)
		}
		if t, ok := args[0].(starlark.Tuple); ok && name == "tuple" {
			return t, nil
		}
		items, err := ToSlice(thread, args[0])
		if err != nil {
			return nil, err
		}
		return build(slices.Clone(items))
	}
}

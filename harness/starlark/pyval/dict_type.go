package pyval

import (
	"go.starlark.net/starlark"
)

func dictInfo() *builtinInfo {
	on := func(parameters string, f func(c *call, d *starlark.Dict) (starlark.Value, error)) method {
		return def(parameters, func(c *call) (starlark.Value, error) { return f(c, c.self.(*starlark.Dict)) })
	}
	methods := map[string]method{
		"keys":   on("", func(_ *call, d *starlark.Dict) (starlark.Value, error) { return keysView(d), nil }),
		"values": on("", func(_ *call, d *starlark.Dict) (starlark.Value, error) { return valuesView(d), nil }),
		"items":  on("", func(_ *call, d *starlark.Dict) (starlark.Value, error) { return itemsView(d), nil }),
		"get": on("key default?", func(c *call, d *starlark.Dict) (starlark.Value, error) {
			v, err := DictGet(d, c.args[0])
			if err == nil && v == nil {
				v = orNone(c.args[1])
			}
			return v, err
		}),
		"pop": on("key default?", func(c *call, d *starlark.Dict) (starlark.Value, error) {
			v, err := DictPop(d, c.args[0])
			if err == nil && v == nil {
				if c.args[1] == nil {
					return nil, NewException(KeyError, c.args[0])
				}
				v = c.args[1]
			}
			return v, err
		}),
		"setdefault": on("key default?", func(c *call, d *starlark.Dict) (starlark.Value, error) {
			v, err := DictGet(d, c.args[0])
			if err != nil || v != nil {
				return v, err
			}
			v = orNone(c.args[1])
			return v, DictSet(d, c.args[0], v)
		}),
		"popitem": on("", func(_ *call, d *starlark.Dict) (starlark.Value, error) {
			items := d.Items()
			if len(items) == 0 {
				return nil, NewException(KeyError, starlark.String("popitem(): dictionary is empty"))
			}
			last := items[len(items)-1]
			_, _, err := d.Delete(last[0])
			return last, err
		}),
		"clear": on("", func(_ *call, d *starlark.Dict) (starlark.Value, error) { return starlark.None, d.Clear() }),
		"copy": on("", func(_ *call, d *starlark.Dict) (starlark.Value, error) {
			return mergeDicts(d, starlark.NewDict(0))
		}),
		"update": on("* **", func(c *call, d *starlark.Dict) (starlark.Value, error) {
			return starlark.None, updateDict(c.thread, d, "update", c.rest, c.kwargs)
		}),
	}
	addSequenceMethods(methods, "__len__", "__getitem__", "__setitem__", "__delitem__", "__contains__", "__iter__")
	return &builtinInfo{
		construct: callDict, methods: methods,
		statics: map[string]method{"fromkeys": def("iterable value?", fromKeys)},
	}
}

func callDict(thread *starlark.Thread, _ *Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	d := starlark.NewDict(len(kwargs))
	return d, updateDict(thread, d, "dict", args, kwargs)
}

// updateDict is dict.update and the rest of the constructor: a mapping or pairs,
// then named values.
func updateDict(thread *starlark.Thread, d *starlark.Dict, name string, args starlark.Tuple, kwargs []starlark.Tuple) error {
	if len(args) > 1 {
		return TypeError.Errorf("%s expected at most 1 argument, got %d", name, len(args))
	}
	if len(args) == 1 {
		other, ok := args[0].(*starlark.Dict)
		if view, isView := args[0].(*View); isView && view.class == mappingProxyType {
			other, ok = view.dict, true
		}
		if ok {
			for _, item := range other.Items() {
				if err := DictSet(d, item[0], item[1]); err != nil {
					return err
				}
			}
		} else if err := updateFromPairs(thread, d, args[0]); err != nil {
			return err
		}
	}
	for _, kw := range kwargs {
		if err := DictSet(d, kw[0], kw[1]); err != nil {
			return err
		}
	}
	return nil
}

// fromKeys is dict.fromkeys, which makes a dict of the class that it is called on.
func fromKeys(c *call) (starlark.Value, error) {
	d, err := Call(c.thread, c.self, nil, nil)
	if err != nil {
		return nil, err
	}
	keys, err := ToSlice(c.thread, c.args[0])
	if err != nil {
		return nil, err
	}
	for _, key := range keys {
		if err := SetItem(c.thread, d, key, orNone(c.args[1])); err != nil {
			return nil, err
		}
	}
	return d, nil
}

func updateFromPairs(thread *starlark.Thread, d *starlark.Dict, pairs starlark.Value) error {
	items, err := ToSlice(thread, pairs)
	if err != nil {
		return err
	}
	for i, item := range items {
		if !isIterable(thread, item) {
			if Python(thread).AtLeast(3, 14) {
				return TypeError.Errorf("object is not iterable")
			}
			return TypeError.Errorf("cannot convert dictionary update sequence element #%d to a sequence", i)
		}
		pair, err := ToSlice(thread, item)
		if err != nil {
			return err
		}
		if len(pair) != 2 {
			return ValueError.Errorf("dictionary update sequence element #%d has length %d; 2 is required", i, len(pair))
		}
		if err := DictSet(d, pair[0], pair[1]); err != nil {
			return err
		}
	}
	return nil
}

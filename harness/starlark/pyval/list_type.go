package pyval

import (
	"slices"

	"go.starlark.net/starlark"
)

func listInfo() *builtinInfo {
	methods := sequenceMethods()
	addSequenceMethods(methods, "__setitem__", "__delitem__", "__add__", "__mul__", "__rmul__")
	// changed replaces the items by what f makes of a copy of them.
	changed := func(parameters string, f func(c *call, items []starlark.Value) ([]starlark.Value, error)) method {
		return def(parameters, func(c *call) (starlark.Value, error) {
			list := c.self.(*starlark.List)
			items, err := f(c, listItems(list))
			if err != nil {
				return nil, err
			}
			return starlark.None, setItemsOf(list, items)
		})
	}
	methods["append"] = def("object", func(c *call) (starlark.Value, error) {
		return starlark.None, c.self.(*starlark.List).Append(c.args[0])
	})
	methods["clear"] = changed("", func(*call, []starlark.Value) ([]starlark.Value, error) { return nil, nil })
	methods["copy"] = def("", func(c *call) (starlark.Value, error) {
		return starlark.NewList(listItems(c.self.(*starlark.List))), nil
	})
	methods["extend"] = changed("iterable", func(c *call, items []starlark.Value) ([]starlark.Value, error) {
		more, err := ToSlice(c.thread, c.args[0])
		return append(items, more...), err
	})
	methods["insert"] = changed("index object", func(c *call, items []starlark.Value) ([]starlark.Value, error) {
		at, err := smallIndex(c.thread, c.args[0])
		return slices.Insert(items, insertionPoint(at, len(items)), c.args[1]), err
	})
	methods["remove"] = changed("value", func(c *call, items []starlark.Value) ([]starlark.Value, error) {
		at := slices.IndexFunc(items, func(v starlark.Value) bool { return Equal(v, c.args[0]) })
		if at < 0 {
			return nil, ValueError.Errorf("list.remove(x): x not in list")
		}
		return slices.Delete(items, at, at+1), nil
	})
	methods["reverse"] = changed("", func(_ *call, items []starlark.Value) ([]starlark.Value, error) {
		slices.Reverse(items)
		return items, nil
	})
	methods["sort"] = def("* **", func(c *call) (starlark.Value, error) {
		if len(c.rest) > 0 {
			return nil, TypeError.Errorf("sort() takes no positional arguments")
		}
		list := c.self.(*starlark.List)
		items, err := Sort(c.thread, "sort", listItems(list), c.kwargs)
		if err != nil {
			return nil, err
		}
		return starlark.None, setItemsOf(list, items)
	})
	methods["pop"] = def("index?", listPop)
	return &builtinInfo{construct: callCollection("list", func(items []starlark.Value) (starlark.Value, error) {
		return starlark.NewList(items), nil
	}), methods: methods}
}

func listPop(c *call) (starlark.Value, error) {
	list := c.self.(*starlark.List)
	if list.Len() == 0 {
		return nil, IndexError.Errorf("pop from empty list")
	}
	at := list.Len() - 1
	if c.args[0] != nil {
		i, err := smallIndex(c.thread, c.args[0])
		if err != nil {
			return nil, err
		}
		if i < 0 {
			i += list.Len()
		}
		if i < 0 || i >= list.Len() {
			return nil, IndexError.Errorf("pop index out of range")
		}
		at = i
	}
	items := listItems(list)
	popped := items[at]
	return popped, setItemsOf(list, slices.Delete(items, at, at+1))
}

// Sort orders items as sorted does; kwargs are key and reverse.
func Sort(thread *starlark.Thread, name string, items []starlark.Value, kwargs []starlark.Tuple) ([]starlark.Value, error) {
	c := &call{thread: thread, name: name}
	if err := parseParams("key?= reverse?=").bind(c, "", nil, kwargs); err != nil {
		return nil, err
	}
	type entry struct{ key, item starlark.Value }
	entries := make([]entry, len(items))
	for i, item := range items {
		entries[i] = entry{item, item}
		if c.args[0] != nil && c.args[0] != starlark.None {
			key, err := Call(thread, c.args[0], starlark.Tuple{item}, nil)
			if err != nil {
				return nil, err
			}
			entries[i].key = key
		}
	}
	reverse := false
	if c.args[1] != nil {
		n, err := smallIndex(thread, c.args[1])
		if err != nil {
			return nil, err
		}
		reverse = n != 0
	}
	var failed error
	less := func(a, b entry) bool {
		if failed != nil {
			return false
		}
		var is bool
		is, failed = Less(thread, a.key, b.key)
		return is
	}
	slices.SortStableFunc(entries, func(a, b entry) int {
		if reverse {
			a, b = b, a
		}
		switch {
		case less(a, b):
			return -1
		case less(b, a):
			return 1
		}
		return 0
	})
	for i, e := range entries {
		items[i] = e.item
	}
	return items, failed
}

package pyval

import (
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// A View is what dict.keys, dict.values and dict.items return: it follows the
// dict.
type View struct {
	class *Class
	dict  *starlark.Dict
	item  func(key, value starlark.Value) starlark.Value
}

var (
	dictKeysType     = &Class{Short: "dict_keys"}
	dictValuesType   = &Class{Short: "dict_values"}
	dictItemsType    = &Class{Short: "dict_items"}
	mappingProxyType = &Class{Short: "mappingproxy"}
)

// setLike is a set, or what of a dict compares as one.
func setLike(v starlark.Value) (*starlark.Set, bool) {
	if comparesAsSet(v) {
		s, err := NewSet(v.(*View).items())
		return s, err == nil
	}
	return asSet(v)
}

// comparesAsSet reports whether the value is the view of a dict's keys or items.
func comparesAsSet(v starlark.Value) bool {
	view, ok := v.(*View)
	return ok && (view.class == dictKeysType || view.class == dictItemsType)
}

// combineViews is | & ^ or - where one side is such a view; the other one is any
// iterable.
func combineViews(thread *starlark.Thread, op syntax.Token, x, y starlark.Value) (starlark.Value, error) {
	var sides [2]*starlark.Set
	for i, v := range []starlark.Value{x, y} {
		items, err := ToSlice(thread, v)
		if err != nil {
			return nil, err
		}
		if sides[i], err = NewSet(items); err != nil {
			return nil, err
		}
	}
	items, err := combineSets(op, sides[0], sides[1])
	if err != nil {
		return nil, err
	}
	return NewSet(items)
}

func keysView(d *starlark.Dict) *View {
	return &View{dictKeysType, d, func(k, _ starlark.Value) starlark.Value { return k }}
}

func valuesView(d *starlark.Dict) *View {
	return &View{dictValuesType, d, func(_, v starlark.Value) starlark.Value { return v }}
}

func itemsView(d *starlark.Dict) *View {
	return &View{dictItemsType, d, func(k, v starlark.Value) starlark.Value { return starlark.Tuple{k, v} }}
}

func (v *View) items() []starlark.Value {
	items := make([]starlark.Value, 0, v.dict.Len())
	for _, item := range v.dict.Items() {
		items = append(items, v.item(item[0], item[1]))
	}
	return items
}

func (v *View) String() string { return Repr(v) }

// PyClass is the view's own class.
func (v *View) PyClass() *Class { return v.class }

// Type is the class's name.
func (v *View) Type() string { return v.class.Short }

// Freeze does nothing: the view has no contents of its own.
func (v *View) Freeze() {}

// Truth is false while the dict is empty.
func (v *View) Truth() starlark.Bool { return v.dict.Len() > 0 }

// Hash fails: the dict can change.
func (v *View) Hash() (uint32, error) { return 0, unhashable(v) }

// viewInfo has what the views of a dict's keys, values and items share; their
// attribute mapping is there since 3.10.
func viewInfo() *builtinInfo {
	methods := map[string]method{}
	addSequenceMethods(methods, "__len__", "__iter__", "__contains__")
	return &builtinInfo{
		methods: methods,
		getters: getters{"mapping": func(self starlark.Value) (starlark.Value, error) {
			return proxyOf(self.(*View).dict), nil
		}},
	}
}

// proxyOf is a view of a dict that looks like one.
func proxyOf(d *starlark.Dict) *View {
	proxy := keysView(d)
	proxy.class = mappingProxyType
	return proxy
}

// proxyInfo has what a proxy lets through.
func proxyInfo() *builtinInfo {
	methods := map[string]method{}
	for name, m := range dictInfo().methods {
		switch name {
		case "copy", "get", "items", "keys", "values", "__contains__", "__getitem__", "__iter__", "__len__":
			methods[name] = method{params: m.params, call: func(c *call) (starlark.Value, error) {
				through := *c
				through.self = c.self.(*View).dict
				return m.call(&through)
			}}
		}
	}
	return &builtinInfo{methods: methods}
}

package pyval

import (
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// setMethods are what set and frozenset share.
func setMethods() map[string]method {
	combined := func(op syntax.Token) method {
		return def("*", func(c *call) (starlark.Value, error) {
			left, _ := asSet(c.self)
			for _, arg := range c.rest {
				right, err := toSet(c.thread, arg)
				if err != nil {
					return nil, err
				}
				items, err := combineSets(op, left, right)
				if err != nil {
					return nil, err
				}
				if left, err = NewSet(items); err != nil {
					return nil, err
				}
			}
			return likeSet(c.self, setItems(left))
		})
	}
	related := func(is func(a, b *starlark.Set) (bool, error)) method {
		return def("other", func(c *call) (starlark.Value, error) {
			left, _ := asSet(c.self)
			right, err := toSet(c.thread, c.args[0])
			if err != nil {
				return nil, err
			}
			holds, err := is(left, right)
			return starlark.Bool(holds), err
		})
	}
	methods := map[string]method{
		"union": combined(syntax.PIPE), "intersection": combined(syntax.AMP),
		"difference": combined(syntax.MINUS), "symmetric_difference": combined(syntax.CIRCUMFLEX),
		"issubset":   related(func(a, b *starlark.Set) (bool, error) { return subset(a, b), nil }),
		"issuperset": related(func(a, b *starlark.Set) (bool, error) { return subset(b, a), nil }),
		"isdisjoint": related(func(a, b *starlark.Set) (bool, error) {
			items, err := combineSets(syntax.AMP, a, b)
			return len(items) == 0, err
		}),
		"copy": def("", func(c *call) (starlark.Value, error) {
			s, _ := asSet(c.self)
			return likeSet(c.self, setItems(s))
		}),
	}
	addSequenceMethods(methods, "__len__", "__contains__", "__iter__")
	return methods
}

func toSet(thread *starlark.Thread, v starlark.Value) (*starlark.Set, error) {
	if s, ok := asSet(v); ok {
		return s, nil
	}
	items, err := ToSlice(thread, v)
	if err != nil {
		return nil, err
	}
	return NewSet(items)
}

func frozensetInfo() *builtinInfo {
	return &builtinInfo{construct: callCollection("frozenset", func(items []starlark.Value) (starlark.Value, error) {
		return NewFrozenset(items)
	}), methods: setMethods()}
}

func setInfo() *builtinInfo {
	methods := setMethods()
	on := func(parameters string, f func(c *call, s *starlark.Set) (starlark.Value, error)) method {
		return def(parameters, func(c *call) (starlark.Value, error) { return f(c, c.self.(*starlark.Set)) })
	}
	methods["add"] = on("object", func(c *call, s *starlark.Set) (starlark.Value, error) {
		return starlark.None, setAdd(s, c.args[0])
	})
	methods["discard"] = on("object", func(c *call, s *starlark.Set) (starlark.Value, error) {
		_, err := setRemove(s, c.args[0])
		return starlark.None, err
	})
	methods["remove"] = on("object", func(c *call, s *starlark.Set) (starlark.Value, error) {
		found, err := setRemove(s, c.args[0])
		if err == nil && !found {
			return nil, NewException(KeyError, c.args[0])
		}
		return starlark.None, err
	})
	methods["clear"] = on("", func(_ *call, s *starlark.Set) (starlark.Value, error) { return starlark.None, s.Clear() })
	methods["pop"] = on("", func(_ *call, s *starlark.Set) (starlark.Value, error) {
		items := setItems(s)
		if len(items) == 0 {
			return nil, NewException(KeyError, starlark.String("pop from an empty set"))
		}
		_, err := s.Delete(items[0])
		return items[0], err
	})
	methods["update"] = on("*", func(c *call, s *starlark.Set) (starlark.Value, error) {
		for _, arg := range c.rest {
			items, err := ToSlice(c.thread, arg)
			if err != nil {
				return nil, err
			}
			for _, item := range items {
				if err := setAdd(s, item); err != nil {
					return nil, err
				}
			}
		}
		return starlark.None, nil
	})
	return &builtinInfo{construct: callCollection("set", func(items []starlark.Value) (starlark.Value, error) {
		return NewSet(items)
	}), methods: methods}
}

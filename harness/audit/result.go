package audit

import (
	"fmt"
	"slices"
	"strings"

	"go.starlark.net/starlark"
)

// results makes the mutants that return something else.
func (b *builder) results() {
	result := b.callable.Result
	if result == "" {
		b.result("True instead of None", func(v starlark.Value) starlark.Value {
			if v == starlark.None {
				return starlark.True
			}
			return v
		})
		return
	}
	b.result("None", func(starlark.Value) starlark.Value { return starlark.None })
	if item, ok := strings.CutPrefix(result, "["); ok {
		b.list(strings.TrimSuffix(item, "]"))
		return
	}
	kinds := strings.Split(result, ",")
	if len(kinds) == 1 {
		for fault, alter := range inOrder(b.kind(result).Result) {
			b.result(fault, alter)
		}
		return
	}
	b.result("a list instead of a tuple", func(v starlark.Value) starlark.Value {
		if t, ok := v.(starlark.Tuple); ok {
			return starlark.NewList(slices.Clone(t))
		}
		return v
	})
	for i, kind := range kinds {
		b.result(fmt.Sprintf("item %d is None", i), item(i, func(starlark.Value) starlark.Value { return starlark.None }))
		for fault, alter := range inOrder(b.kind(kind).Result) {
			b.result(fmt.Sprintf("item %d: %s", i, fault), item(i, alter))
		}
	}
}

// list makes the mutants of a list; item may be the kinds of a tuple.
func (b *builder) list(of string) {
	elements := func(change func([]starlark.Value) []starlark.Value) func(starlark.Value) starlark.Value {
		return func(v starlark.Value) starlark.Value {
			if l, ok := v.(*starlark.List); ok {
				return starlark.NewList(change(slices.Collect(l.Elements())))
			}
			return v
		}
	}
	b.result("reversed", elements(func(items []starlark.Value) []starlark.Value {
		slices.Reverse(items)
		return items
	}))
	b.result("without its last item", elements(func(items []starlark.Value) []starlark.Value { return items[:max(len(items)-1, 0)] }))
	b.result("with an item twice", elements(func(items []starlark.Value) []starlark.Value { return append(items, items[:min(1, len(items))]...) }))
	b.result("a tuple", func(v starlark.Value) starlark.Value {
		if l, ok := v.(*starlark.List); ok {
			return starlark.Tuple(slices.Collect(l.Elements()))
		}
		return v
	})
	kinds := strings.Split(of, ",")
	for i, kind := range kinds {
		for fault, alter := range inOrder(b.kind(kind).Result) {
			change := alter
			if len(kinds) > 1 {
				fault, change = fmt.Sprintf("item %d: %s", i, fault), item(i, alter)
			}
			b.result("of its items: "+fault, elements(func(items []starlark.Value) []starlark.Value {
				for i := range items {
					items[i] = change(items[i])
				}
				return items
			}))
		}
	}
}

// item alters one item of a tuple.
func item(i int, alter func(starlark.Value) starlark.Value) func(starlark.Value) starlark.Value {
	return func(v starlark.Value) starlark.Value {
		t, ok := v.(starlark.Tuple)
		if !ok || i >= len(t) {
			return v
		}
		t = slices.Clone(t)
		t[i] = alter(t[i])
		return t
	}
}

func (b *builder) result(fault string, alter func(starlark.Value) starlark.Value) {
	b.add("result", fault, Returning(alter))
}

// Returning makes a fault that alters what is returned.
func Returning(alter func(starlark.Value) starlark.Value) Wrap {
	return func(right Call, _ starlark.Value) Call {
		return func(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
			v, err := right(thread, args, kwargs)
			if err != nil {
				return nil, err
			}
			return alter(v), nil
		}
	}
}

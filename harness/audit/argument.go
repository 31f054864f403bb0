package audit

import (
	"fmt"
	"slices"
	"strings"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// A parameter is one of a Callable's Args.
type parameter struct {
	name, kind         string
	optional           bool
	byPosition, byName bool
}

// parameters reads Args.
func (c Callable) parameters() []parameter {
	var params []parameter
	byPosition := true
	for word := range strings.FieldsSeq(c.Args) {
		switch word {
		case "/":
			for i := range params {
				params[i].byName = false
			}
			continue
		case "*":
			byPosition = false
			continue
		}
		name, kind, ok := strings.Cut(word, ":")
		if !ok {
			panic(fmt.Sprintf("%s: the parameter %q has no kind", c.Name, word))
		}
		name, optional := strings.CutSuffix(name, "?")
		params = append(params, parameter{name: name, kind: kind, optional: optional, byPosition: byPosition, byName: true})
	}
	return params
}

// arguments makes the mutants that take their arguments in another way.
func (b *builder) arguments() {
	params := b.callable.parameters()
	positional := len(slices.DeleteFunc(slices.Clone(params), func(p parameter) bool { return !p.byPosition }))
	named := slices.ContainsFunc(params, func(p parameter) bool { return p.byName })
	b.argument("a surplus one is dropped", func(args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Tuple, []starlark.Tuple) {
		return args[:min(len(args), positional)], kwargs
	})
	if named {
		b.argument("an unknown keyword is dropped", func(args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Tuple, []starlark.Tuple) {
			return args, slices.DeleteFunc(slices.Clone(kwargs), func(kw starlark.Tuple) bool {
				return !slices.ContainsFunc(params, func(p parameter) bool { return p.byName && p.name == text(kw[0]) })
			})
		})
	} else {
		b.argument("keywords are taken by position", func(args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Tuple, []starlark.Tuple) {
			for _, kw := range kwargs {
				args = append(slices.Clip(args), kw[1])
			}
			return args[:min(len(args), positional)], nil
		})
	}
	for i, p := range params {
		b.parameter(i, p)
	}
}

func (b *builder) parameter(i int, p parameter) {
	for fault, alter := range inOrder(b.kind(p.kind).Argument) {
		b.argument(p.name+": "+fault, func(args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Tuple, []starlark.Tuple) {
			if p.byPosition && i < len(args) {
				args = slices.Clone(args)
				args[i] = alter(args[i])
			}
			return args, alterNamed(kwargs, p.name, alter)
		})
	}
	if p.optional {
		b.argument(p.name+" is ignored", func(args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Tuple, []starlark.Tuple) {
			// What follows it by position cannot be kept without it.
			if p.byPosition && i == len(args)-1 {
				args = args[:i]
			}
			return args, without(kwargs, p.name)
		})
	}
	if p.byName {
		b.add("argument", p.name+" is refused as a keyword", func(right Call, _ starlark.Value) Call {
			return func(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
				if len(without(kwargs, p.name)) < len(kwargs) {
					return nil, pyval.TypeError.Errorf("an unexpected keyword argument '%s'", p.name)
				}
				return right(thread, args, kwargs)
			}
		})
	}
}

func text(v starlark.Value) string {
	s, _ := starlark.AsString(v)
	return s
}

func without(kwargs []starlark.Tuple, name string) []starlark.Tuple {
	return slices.DeleteFunc(slices.Clone(kwargs), func(kw starlark.Tuple) bool { return text(kw[0]) == name })
}

func alterNamed(kwargs []starlark.Tuple, name string, alter func(starlark.Value) starlark.Value) []starlark.Tuple {
	kwargs = slices.Clone(kwargs)
	for i, kw := range kwargs {
		if text(kw[0]) == name {
			kwargs[i] = starlark.Tuple{kw[0], alter(kw[1])}
		}
	}
	return kwargs
}

type takes = func(args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Tuple, []starlark.Tuple)

func (b *builder) argument(fault string, alter takes) {
	b.add("argument", fault, func(right Call, _ starlark.Value) Call {
		return func(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
			args, kwargs = alter(args, kwargs)
			return right(thread, args, kwargs)
		}
	})
}

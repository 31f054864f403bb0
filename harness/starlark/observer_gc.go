package starlark

import (
	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// gcModule is the observer gc.
func gcModule() *starlarkstruct.Module {
	return observerModule("gc", pythonFunction("collect", "", func(thread *starlark.Thread, _ []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
		unlocked(thread, pyval.Collect)
		return starlark.None, nil
	}))
}

// observerModule makes a module of functions.
func observerModule(name string, functions ...*pyval.Function) *starlarkstruct.Module {
	m := &starlarkstruct.Module{Name: name, Members: starlark.StringDict{}}
	for _, f := range functions {
		m.Members[f.Name()] = f
	}
	return m
}

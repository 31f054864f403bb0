package behaviour

import (
	"maps"
	"slices"
	"strings"

	"go.starlark.net/syntax"
)

// predeclared reports whether every step has the name.
func (f *function) predeclared(name string) bool {
	_, observer := observers[name]
	return observer || isBuiltin(name) || slices.Contains(f.modules, name)
}

// undefined reports a name that is read and not there.
func (f *function) undefined(name *syntax.Ident) {
	if d, ok := directives[name.Name]; ok {
		f.at(name.NamePos, "give it a line of its own at the top; "+d.hint, "the directive %s inside a step", name.Name)
		return
	}
	if name.Name == "lasts" {
		f.at(name.NamePos, "give it a line of its own after the step that it bounds", "lasts inside a step")
		return
	}
	if f.ever[name.Name] {
		f.at(name.NamePos, "assign it in a step before", "name '%s' is read before it is assigned", name.Name)
		return
	}
	candidates := slices.Concat(builtins, f.modules, slices.Collect(maps.Keys(f.assigned)),
		slices.Collect(maps.Keys(observers)), slices.Collect(maps.Keys(directives)), []string{"lasts"})
	hint := "assign it in a step before; available are the modules under test, the observers " +
		strings.Join(slices.Sorted(maps.Keys(observers)), ", ") + ", and the builtins"
	if near := closest(name.Name, candidates, 1); len(near) > 0 {
		hint = "did you mean " + near[0] + "?"
	}
	f.at(name.NamePos, hint, "name '%s' is never assigned", name.Name)
}

// assignable reports an assignment to a name that has its meaning already.
func (f *function) assignable(name *syntax.Ident) {
	_, directive := directives[name.Name]
	switch {
	case f.predeclared(name.Name) || directive || name.Name == "lasts":
		f.at(name.NamePos, "choose another name", "name '%s' has its meaning in the case language", name.Name)
	case strings.HasPrefix(name.Name, "__"):
		f.at(name.NamePos, "choose a name without them", "name '%s' starts with two underscores", name.Name)
	}
}

package pyval

import (
	"slices"
	"strings"

	"go.starlark.net/starlark"
)

// getterSince are the minor versions of Python that attributes came with; the others
// were always there.
var getterSince = map[string]int{"mapping": 10}

// State is the public state of a value that is shown as an object: what an
// [Object] says of itself, and for the rest the plain attributes that its
// builtin type has. In order of names.
func State(python Version, v starlark.Value) []Attr {
	if o, ok := v.(Object); ok {
		return o.PyState()
	}
	info := builtinType(TypeOf(v))
	names := make([]string, 0, len(info.getters))
	for name := range info.getters {
		if python.AtLeast(3, getterSince[name]) && !strings.HasPrefix(name, "_") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	state := make([]Attr, 0, len(names))
	for _, name := range names {
		value, err := info.getters[name](v)
		if e, ok := AsException(err); ok {
			value = e
		}
		state = append(state, Attr{Name: name, Value: value})
	}
	return state
}

package pyval

import (
	"slices"

	"go.starlark.net/starlark"
)

// State is the public state of a value that is shown as an object: what an
// [Object] says of itself, and for the rest the plain attributes that its
// builtin type has. In order of names.
func State(v starlark.Value) []Attr {
	if o, ok := v.(Object); ok {
		return o.PyState()
	}
	info := builtinType(TypeOf(v))
	names := make([]string, 0, len(info.getters))
	for name := range info.getters {
		names = append(names, name)
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

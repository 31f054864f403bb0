package pyval

import (
	"maps"
	"slices"
	"sync"

	"go.starlark.net/starlark"
)

// A Dictionary holds the attributes that Python code has given to an object, its
// __dict__. The zero value is empty.
type Dictionary struct {
	mu     sync.Mutex
	values starlark.StringDict
}

// Get returns nil for what is not there.
func (d *Dictionary) Get(name string) starlark.Value {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.values[name]
}

// Set adds an attribute or replaces it.
func (d *Dictionary) Set(name string, v starlark.Value) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.values == nil {
		d.values = starlark.StringDict{}
	}
	d.values[name] = v
}

// Copy is a dict of what there is now, in order of names.
func (d *Dictionary) Copy() *starlark.Dict {
	d.mu.Lock()
	defer d.mu.Unlock()
	c := starlark.NewDict(len(d.values))
	for _, name := range slices.Sorted(maps.Keys(d.values)) {
		_ = c.SetKey(starlark.String(name), d.values[name]) // a fresh dict of strings cannot refuse
	}
	return c
}

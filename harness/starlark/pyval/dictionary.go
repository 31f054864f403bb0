package pyval

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"go.starlark.net/starlark"
)

// A Dictionary holds the attributes that Python code has given to an object, its
// __dict__. The zero value is empty.
type Dictionary struct {
	mu     sync.Mutex
	values starlark.StringDict
	order  []string // in which they were set first
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
	if _, ok := d.values[name]; !ok {
		d.order = append(d.order, name)
	}
	d.values[name] = v
}

// Delete removes an attribute and reports whether it was there.
func (d *Dictionary) Delete(name string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, ok := d.values[name]
	delete(d.values, name)
	d.order = slices.DeleteFunc(d.order, func(other string) bool { return other == name })
	return ok
}

// Names lists what there is, in order.
func (d *Dictionary) Names() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Sorted(maps.Keys(d.values))
}

// State is the part of it that is public, as an observation shows it.
func (d *Dictionary) State() []Attr {
	var state []Attr
	for _, name := range d.Names() {
		if !strings.HasPrefix(name, "_") {
			state = append(state, Attr{Name: name, Value: d.Get(name)})
		}
	}
	return state
}

// Merged is the state of two kinds of attributes, in order of names.
func Merged(a, b []Attr) []Attr {
	return slices.SortedFunc(slices.Values(slices.Concat(a, b)), func(x, y Attr) int { return strings.Compare(x.Name, y.Name) })
}

// Copy is a dict of what there is now, in the order in which it was set.
func (d *Dictionary) Copy() *starlark.Dict {
	d.mu.Lock()
	defer d.mu.Unlock()
	c := starlark.NewDict(len(d.values))
	for _, name := range d.order {
		_ = c.SetKey(starlark.String(name), d.values[name]) // a fresh dict of strings cannot refuse
	}
	return c
}

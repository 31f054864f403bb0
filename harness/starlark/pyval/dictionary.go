package pyval

import (
	"slices"
	"strings"
	"sync"

	"go.starlark.net/starlark"
)

// A Dictionary holds the attributes that Python code has given to an object, its
// __dict__. The zero value is empty.
type Dictionary struct {
	mu   sync.Mutex
	dict *starlark.Dict // what the steps have as __dict__
}

// Get returns nil for what is not there.
func (d *Dictionary) Get(name string) starlark.Value {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.dict == nil {
		return nil
	}
	v, found, _ := d.dict.Get(starlark.String(name)) // a str can be looked for in any dict
	if !found {
		return nil
	}
	return v
}

// Set adds an attribute or replaces it.
func (d *Dictionary) Set(name string, v starlark.Value) {
	d.mu.Lock()
	defer d.mu.Unlock()
	_ = d.live().SetKey(starlark.String(name), v) // which nobody froze, nor iterates over meanwhile
}

// live makes the dict on first use.
func (d *Dictionary) live() *starlark.Dict {
	if d.dict == nil {
		d.dict = new(starlark.Dict)
	}
	return d.dict
}

// Delete removes an attribute and reports whether it was there.
func (d *Dictionary) Delete(name string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, found, _ := d.live().Delete(starlark.String(name)) // see Set
	return found
}

// Names lists the attributes, in order of names.
func (d *Dictionary) Names() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var names []string
	for _, key := range d.live().Keys() {
		if name, ok := key.(starlark.String); ok {
			names = append(names, string(name))
		}
	}
	slices.Sort(names)
	return names
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

// Dict is the object's __dict__: what is done to it shows in the object.
func (d *Dictionary) Dict() *starlark.Dict {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.live()
}

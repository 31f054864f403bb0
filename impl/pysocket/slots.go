package pysocket

import (
	"sync"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// Slots are _closed and _io_refs, which Python code keeps and any Python code may
// assign. The socket itself has them, as a bool and an int; here is what was
// assigned that is none, or that they were deleted.
type slots struct {
	mu       sync.Mutex
	assigned map[string]starlark.Value // nil: deleted
}

// slotNames are the slots, and how the socket has them.
var slotNames = map[string]struct {
	get func(o *object) starlark.Value
	set func(o *object, v starlark.Value)
}{
	"_closed": {
		func(o *object) starlark.Value { return starlark.Bool(o.sock.Closed()) },
		func(o *object, v starlark.Value) { o.sock.SetClosed(bool(v.Truth())) },
	},
	"_io_refs": {
		func(o *object) starlark.Value { return starlark.MakeInt(o.sock.OpenFiles()) },
		func(o *object, v starlark.Value) {
			n := 0
			if i, ok := v.(starlark.Int); ok {
				n, _ = starlark.AsInt32(i)
			}
			o.sock.SetOpenFiles(n)
		},
	},
}

// slot reads a slot. What was assigned counts until the socket changes it.
func (o *object) slot(name string) (starlark.Value, error) {
	o.slots.mu.Lock()
	defer o.slots.mu.Unlock()
	own := slotNames[name].get(o)
	v, assigned := o.slots.assigned[name]
	switch {
	case !assigned:
		return own, nil
	case v == nil:
		return nil, o.emptySlot(name, false)
	case name == "_closed" && v.Truth() != own.Truth():
		return own, nil
	}
	if i, ok := v.(starlark.Int); ok && name == "_io_refs" && !pyval.Equal(i, own) {
		return own, nil
	}
	return v, nil
}

// setSlot assigns a slot, or deletes it: v is nil.
func (o *object) setSlot(name string, v starlark.Value) error {
	o.slots.mu.Lock()
	defer o.slots.mu.Unlock()
	if old, assigned := o.slots.assigned[name]; v == nil && assigned && old == nil {
		return o.emptySlot(name, true)
	}
	if o.slots.assigned == nil {
		o.slots.assigned = map[string]starlark.Value{}
	}
	o.slots.assigned[name] = v
	if v != nil {
		slotNames[name].set(o, v)
	}
	return nil
}

// empty makes them those of an object whose __init__ has not assigned them yet.
func (s *slots) empty() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.assigned = map[string]starlark.Value{"_closed": nil, "_io_refs": nil}
}

// forget drops what was assigned: Python code assigns the slot itself.
func (s *slots) forget(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.assigned, name)
}

// emptySlot is the AttributeError of a slot that is empty. To delete it says no more
// than its name.
func (o *object) emptySlot(name string, deleting bool) error {
	if deleting {
		return pyval.AttributeError.Errorf("%s", name)
	}
	return pyval.EmptySlot(o.m.python, o.class, name)
}

package pyio

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// An Instance is what every object here has: a class, and attributes that Python
// code has set.
type Instance struct {
	class *pyval.Class
	mu    sync.Mutex
	dict  starlark.StringDict
	room  pyval.Dictionary // the slots of a class that Python code derived
}

// NewInstance makes what an object of the class is built on.
func NewInstance(class *pyval.Class) *Instance {
	return &Instance{class: class, dict: starlark.StringDict{}}
}

// PyClass is the object's class.
func (i *Instance) PyClass() *pyval.Class { return i.class }

// Type is the class's name.
func (i *Instance) Type() string { return i.class.Short }

// Freeze does nothing: files are shared as they are.
func (i *Instance) Freeze() {}

// Truth is true for every file.
func (i *Instance) Truth() starlark.Bool { return true }

// Hash is by identity.
func (i *Instance) Hash() (uint32, error) { return uint32(reflect.ValueOf(i).Pointer() >> 4), nil }

// Slots are the values of those of a derived class.
func (i *Instance) Slots() *pyval.Dictionary { return &i.room }

func (i *Instance) lookup(name string) starlark.Value {
	for _, class := range i.class.MRO() {
		if v, ok := class.Attrs[name]; ok {
			return v
		}
	}
	return nil
}

// typeName is how errors about attributes name the class: one of C code by its
// full name.
func (i *Instance) typeName() string {
	if i.class.Module == "_io" {
		return i.class.Qualified()
	}
	return i.class.Short
}

// Get reads an attribute of self, the object that is built on i.
func (i *Instance) Get(self starlark.Value, name string) (starlark.Value, error) {
	found := i.lookup(name)
	if d, ok := found.(*Descriptor); ok {
		return d.Get(self)
	}
	if slot, ok := found.(*pyval.Slot); ok {
		return slot.Get(self.(pyval.Slotted))
	}
	if name == "__dict__" {
		return i.attributes(), nil
	}
	i.mu.Lock()
	own, ok := i.dict[name]
	i.mu.Unlock()
	switch v := found.(type) {
	case pyval.Binder:
		if !ok {
			return v.BindTo(self)
		}
	case nil:
		switch {
		case ok, strings.HasPrefix(name, "__"):
			return own, nil
		}
		return nil, pyval.AttributeError.Errorf("'%s' object has no attribute '%s'", i.typeName(), name)
	}
	if ok {
		return own, nil
	}
	return pyval.Bound(found, self), nil
}

// Set sets an attribute of self.
func (i *Instance) Set(self starlark.Value, name string, v starlark.Value) error {
	if d, ok := i.lookup(name).(*Descriptor); ok {
		if d.Set != nil {
			return d.Set(self, v)
		}
		return d.readOnly(i, false)
	}
	if slot, ok := i.lookup(name).(*pyval.Slot); ok {
		return slot.Set(i, v)
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.dict[name] = v
	return nil
}

// DelField deletes an attribute that Python code has set.
func (i *Instance) DelField(name string) error {
	if d, ok := i.lookup(name).(*Descriptor); ok {
		return d.readOnly(i, true)
	}
	if slot, ok := i.lookup(name).(*pyval.Slot); ok {
		return slot.Set(i, nil)
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if _, ok := i.dict[name]; ok {
		delete(i.dict, name)
		return nil
	}
	return starlark.NoSuchAttrError(name)
}

// Assigned are the attributes that Python code has set, in order of names.
func (i *Instance) Assigned() []pyval.Attr {
	i.mu.Lock()
	defer i.mu.Unlock()
	var assigned []pyval.Attr
	for _, name := range slices.Sorted(maps.Keys(i.dict)) {
		assigned = append(assigned, pyval.Attr{Name: name, Value: i.dict[name]})
	}
	return assigned
}

// attributes is a dict of what Python code has set, in order of names.
func (i *Instance) attributes() *starlark.Dict {
	d := starlark.NewDict(1)
	for _, attr := range i.Assigned() {
		_ = d.SetKey(starlark.String(attr.Name), attr.Value) // a fresh dict of strings cannot refuse
	}
	return d
}

// AttrNames lists the attributes, in order.
func (i *Instance) AttrNames() []string {
	names := i.class.AttrNames()
	i.mu.Lock()
	defer i.mu.Unlock()
	for name := range i.dict {
		names = append(names, name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// State is the public state of self.
func (i *Instance) State(self starlark.Value) []pyval.Attr {
	var state []pyval.Attr
	for _, name := range i.AttrNames() {
		computed := i.described(name)
		i.mu.Lock()
		_, own := i.dict[name]
		i.mu.Unlock()
		if !computed && !own || strings.HasPrefix(name, "_") {
			continue
		}
		v, err := pyval.Described(self, name, func() (starlark.Value, error) { return i.Get(self, name) })
		if e, ok := pyval.AsException(err); ok {
			v = e
		} else if err != nil {
			v = pyval.SystemError.Errorf("%v", err)
		}
		state = append(state, pyval.Attr{Name: name, Value: v})
	}
	if i.class.Made {
		return pyval.Merged(state, pyval.SlotState(self.(pyval.Slotted)))
	}
	return state
}

// described reports whether a class of the object computes the attribute, be it that
// a derived one has something else in its place.
func (i *Instance) described(name string) bool {
	for _, class := range i.class.MRO() {
		if _, ok := class.Attrs[name].(*Descriptor); ok {
			return true
		}
	}
	return false
}

// A Descriptor is an attribute that a class computes for its instances.
type Descriptor struct {
	Name  string
	Kind  *pyval.Class // MemberKind, GetsetKind or PropertyKind
	Owner *pyval.Class
	Get   func(self starlark.Value) (starlark.Value, error)
	Set   func(self, v starlark.Value) error // nil: it cannot be set

	// Python is the version whose words a property uses.
	Python pyval.Version
	// Function is what a property calls to read the attribute.
	Function starlark.Value
}

// The kinds of descriptor.
var (
	MemberKind   = pyval.MemberType
	GetsetKind   = pyval.GetsetType
	PropertyKind = &pyval.Class{Short: "property"}
)

func (d *Descriptor) readOnly(i *Instance, deleting bool) error {
	switch d.Kind {
	case MemberKind:
		return pyval.AttributeError.Errorf("readonly attribute")
	case GetsetKind:
		return pyval.AttributeError.Errorf("attribute '%s' of '%s' objects is not writable", d.Name, d.Owner.Qualified())
	}
	what, function := "set", "setter"
	if deleting {
		what, function = "delete", "deleter"
	}
	switch {
	case d.Python.AtLeast(3, 11):
		return pyval.AttributeError.Errorf("property '%s' of '%s' object has no %s", d.Name, i.class.Short, function)
	case d.Python.AtLeast(3, 10):
		return pyval.AttributeError.Errorf("can't %s attribute '%s'", what, d.Name)
	}
	return pyval.AttributeError.Errorf("can't %s attribute", what)
}

// PyClass is the kind.
func (d *Descriptor) PyClass() *pyval.Class { return d.Kind }

// PyState is nothing.
func (d *Descriptor) PyState() []pyval.Attr { return nil }

// Attr reads an attribute of the descriptor itself.
func (d *Descriptor) Attr(name string) (starlark.Value, error) {
	switch name {
	case "__name__":
		return starlark.String(d.Name), nil
	case "__objclass__":
		return d.Owner, nil
	}
	if d.Kind != PropertyKind {
		return nil, nil
	}
	switch name {
	case "fget":
		return d.Function, nil
	case "fset", "fdel":
		return starlark.None, nil
	}
	return nil, nil
}

// AttrNames is empty.
func (d *Descriptor) AttrNames() []string { return nil }

// String is Python's repr.
func (d *Descriptor) String() string {
	switch d.Kind {
	case MemberKind:
		return fmt.Sprintf("<member '%s' of '%s' objects>", d.Name, d.Owner.Qualified())
	case GetsetKind:
		return fmt.Sprintf("<attribute '%s' of '%s' objects>", d.Name, d.Owner.Qualified())
	}
	return fmt.Sprintf("<property object at %p>", d)
}

// Type is the kind's name.
func (d *Descriptor) Type() string { return d.Kind.Short }

// Freeze does nothing: a descriptor never changes.
func (d *Descriptor) Freeze() {}

// Truth is true for every descriptor.
func (d *Descriptor) Truth() starlark.Bool { return true }

// Hash lets descriptors be keys.
func (d *Descriptor) Hash() (uint32, error) { return starlark.String(d.Name).Hash() }

package pyval

import (
	"go.starlark.net/starlark"
)

// An Instance is an object of a class that Python code made of object alone. What
// the class defines of special methods, operations find as attributes.
type Instance struct {
	class *Class
	slots Dictionary
	dict  Dictionary
}

var (
	_ Object               = (*Instance)(nil)
	_ starlark.HasSetField = (*Instance)(nil)
	_ Slotted              = (*Instance)(nil)
)

func newInstance(class *Class) *Instance {
	i := &Instance{class: class}
	Finalise(i, nil)
	return i
}

// PyClass is the object's class.
func (i *Instance) PyClass() *Class { return i.class }

// PyState is what was assigned and is public.
func (i *Instance) PyState() []Attr { return Merged(SlotState(i), i.dict.State()) }

// Slots are the values of those of the class.
func (i *Instance) Slots() *Dictionary { return &i.slots }

// Attr reads what was assigned, and then what the class has.
func (i *Instance) Attr(name string) (starlark.Value, error) {
	if slot := i.class.Slot(name); slot != nil {
		return slot.Get(i)
	}
	if name == "__dict__" {
		if !i.class.HasDict() {
			return nil, nil
		}
		return i.dict.Dict(), nil
	}
	if v := i.dict.Get(name); v != nil {
		return v, nil
	}
	return i.class.instanceAttr(name, i), nil
}

// instanceAttr is an attribute of a class that Python code made, as an instance
// shows it, or nil.
func (c *Class) instanceAttr(name string, self starlark.Value) starlark.Value {
	for _, k := range c.MRO() {
		if v, ok := k.Attrs[name]; ok {
			return Bound(v, self)
		}
	}
	if name == "__doc__" {
		return starlark.None
	}
	return nil
}

// SetField assigns an attribute; a nil value deletes it.
func (i *Instance) SetField(name string, v starlark.Value) error {
	slot := i.class.Slot(name)
	switch {
	case slot != nil:
		return slot.Set(i, v)
	case !i.class.HasDict():
		return starlark.NoSuchAttrError(name)
	case v != nil:
		i.dict.Set(name, v)
	case !i.dict.Delete(name):
		return starlark.NoSuchAttrError(name)
	}
	return nil
}

// DelField deletes an attribute.
func (i *Instance) DelField(name string) error { return i.SetField(name, nil) }

// AttrNames lists the attributes, of the class too.
func (i *Instance) AttrNames() []string { return append(i.class.AttrNames(), i.dict.Names()...) }

// String is object's repr.
func (i *Instance) String() string {
	return "<" + i.class.Qualified() + " object at " + address(i) + ">"
}

// Type is the class's name.
func (i *Instance) Type() string { return i.class.Short }

// Freeze does nothing.
func (i *Instance) Freeze() {}

// Truth is true; what the class says, [Truth] asks.
func (i *Instance) Truth() starlark.Bool { return true }

// Hash is by identity.
func (i *Instance) Hash() (uint32, error) { return hashPointer(i), nil }

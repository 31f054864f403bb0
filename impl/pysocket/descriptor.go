package pysocket

import (
	"fmt"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// A descriptor is an attribute that a class computes for its instances, as it
// stands in the class.
type descriptor struct {
	name  string
	kind  *pyval.Class
	owner *pyval.Class
	get   func(o *object) starlark.Value
}

// The kinds of descriptor that the classes use: those of C code, and property.
var (
	memberKind   = &pyval.Class{Short: "member_descriptor"}
	getsetKind   = &pyval.Class{Short: "getset_descriptor"}
	propertyKind = &pyval.Class{Short: "property"}
)

var _ pyval.Typed = (*descriptor)(nil)

// addDescriptors adds family, type, proto and timeout. Python code overrides the
// first two, to return members of enums where the C class has ints.
func (m *module) addDescriptors() {
	for _, d := range []*descriptor{
		{"family", memberKind, m.rawClass, func(o *object) starlark.Value { return starlark.MakeInt(o.sock.Family()) }},
		{"type", memberKind, m.rawClass, func(o *object) starlark.Value { return starlark.MakeInt(o.sock.Type()) }},
		{"proto", memberKind, m.rawClass, func(o *object) starlark.Value { return starlark.MakeInt(o.sock.Proto()) }},
		{"timeout", getsetKind, m.rawClass, func(o *object) starlark.Value { return seconds(o.sock.GetTimeout()) }},
		{"family", propertyKind, m.class, func(o *object) starlark.Value {
			return m.addressFamily.Member(int64(o.sock.Family()))
		}},
		{"type", propertyKind, m.class, func(o *object) starlark.Value {
			return m.socketKind.Member(int64(o.sock.Type()))
		}},
	} {
		d.owner.Attrs[d.name] = d
	}
}

// readOnly is the AttributeError of an assignment to the attribute.
func (d *descriptor) readOnly(o *object) error {
	switch {
	case d.kind == memberKind:
		return pyval.AttributeError.Errorf("readonly attribute")
	case d.kind == getsetKind:
		return pyval.AttributeError.Errorf("attribute '%s' of '%s' objects is not writable", d.name, d.owner.Qualified())
	case o.m.python.AtLeast(3, 11):
		return pyval.AttributeError.Errorf("property '%s' of '%s' object has no setter", d.name, o.class.Short)
	case o.m.python.AtLeast(3, 10):
		return pyval.AttributeError.Errorf("can't set attribute '%s'", d.name)
	}
	return pyval.AttributeError.Errorf("can't set attribute")
}

// PyClass is the kind.
func (d *descriptor) PyClass() *pyval.Class { return d.kind }

// String is Python's repr.
func (d *descriptor) String() string {
	switch d.kind {
	case memberKind:
		return fmt.Sprintf("<member '%s' of '%s' objects>", d.name, d.owner.Qualified())
	case getsetKind:
		return fmt.Sprintf("<attribute '%s' of '%s' objects>", d.name, d.owner.Qualified())
	}
	return fmt.Sprintf("<property object at %p>", d)
}

// Type is the kind's name.
func (d *descriptor) Type() string { return d.kind.Short }

// Freeze does nothing: a descriptor never changes.
func (d *descriptor) Freeze() {}

// Truth is true for every descriptor.
func (d *descriptor) Truth() starlark.Bool { return true }

// Hash lets descriptors be keys.
func (d *descriptor) Hash() (uint32, error) { return starlark.String(d.name).Hash() }

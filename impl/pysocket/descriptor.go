package pysocket

import (
	"fmt"
	"sync/atomic"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// A descriptor is an attribute that a class computes for its instances, as it
// stands in the class.
type descriptor struct {
	name  string
	kind  *pyval.Class
	owner *pyval.Class
	get   func(o *object) starlark.Value
	of    *pyval.Class                            // of a property: the enum that it makes a member of
	set   func(o *object, v starlark.Value) error // nil: it cannot be; of a nil v it deletes
	state []pyval.Attr                            // its own attributes, in order of names
	named atomic.Value                            // string: the name in the last class that a property was put into
}

// The kinds of descriptor that the classes use: those of C code, and property.
var (
	memberKind   = pyval.MemberType
	getsetKind   = pyval.GetsetType
	propertyKind = &pyval.Class{Short: "property"}
)

var _ pyval.Object = (*descriptor)(nil)

// addDescriptors adds family, type, proto and timeout. Python code overrides the
// first two, to return members of enums where the C class has ints.
func (m *module) addDescriptors() {
	for _, d := range []*descriptor{
		{name: "family", kind: memberKind, owner: m.rawClass, get: func(o *object) starlark.Value { return starlark.MakeInt(o.sock.Family()) }},
		{name: "type", kind: memberKind, owner: m.rawClass, get: func(o *object) starlark.Value { return starlark.MakeInt(o.sock.Type()) }},
		{name: "proto", kind: memberKind, owner: m.rawClass, get: func(o *object) starlark.Value { return starlark.MakeInt(o.sock.Proto()) }},
		{name: "timeout", kind: getsetKind, owner: m.rawClass, get: func(o *object) starlark.Value { return seconds(o.sock.GetTimeout()) }},
		{name: "_closed", kind: memberKind, owner: m.class, set: func(o *object, v starlark.Value) error { return o.setSlot("_closed", v) }},
		{name: "_io_refs", kind: memberKind, owner: m.class, set: func(o *object, v starlark.Value) error { return o.setSlot("_io_refs", v) }},
		{name: "__weakref__", kind: getsetKind, owner: m.class, get: func(*object) starlark.Value { return starlark.None }},
		{name: "family", kind: propertyKind, owner: m.class, of: m.addressFamily, get: func(o *object) starlark.Value {
			return starlark.MakeInt(o.sock.Family())
		}},
		{name: "type", kind: propertyKind, owner: m.class, of: m.socketKind, get: func(o *object) starlark.Value {
			return starlark.MakeInt(o.sock.Type())
		}},
	} {
		if d.kind == propertyKind {
			d.state = m.propertyState(d)
		}
		d.owner.Attrs[d.name] = d
	}
}

// propertyState is what a property has: the function that reads it, and no
// others.
func (m *module) propertyState(d *descriptor) []pyval.Attr {
	get := pycall.Def(d.name, "self", func(c *pycall.Call) (starlark.Value, error) {
		o, ok := c.Args[0].(*object)
		if !ok || !o.python() {
			return nil, m.noSuper(c.Args[0])
		}
		return d.readWith(o, func(f starlark.Value, args starlark.Tuple) (starlark.Value, error) {
			return pyval.Call(c.Thread, f, args, nil)
		})
	})
	return []pyval.Attr{
		{Name: "fdel", Value: starlark.None},
		{Name: "fget", Value: pycall.PythonMethod(m.python, d.owner, get)},
		{Name: "fset", Value: starlark.None},
	}
}

// noSuper is what super() says in a method whose self is no socket.socket.
func (m *module) noSuper(self starlark.Value) error { return m.noSuperOf(m.class, self) }

// noSuperOf is noSuper in a method of a class.
func (m *module) noSuperOf(class *pyval.Class, self starlark.Value) error {
	if !m.python.AtLeast(3, 13) {
		return pyval.TypeError.Errorf("super(type, obj): obj must be an instance or subtype of type")
	}
	return pyval.TypeError.Errorf("super(type, obj): obj (instance of %s) is not an instance or subtype of type (%s).",
		nameInC(pyval.TypeOf(self)), nameInC(class))
}

// read reads the attribute of an object.
func (d *descriptor) read(o *object) (starlark.Value, error) {
	return d.readWith(o, o.m.evaluator())
}

// readWith reads it with what calls the converter of the module, should Python code
// have put another one in its place.
func (d *descriptor) readWith(o *object, call pyval.EvaluateFunc) (starlark.Value, error) {
	switch {
	case d.get == nil:
		return o.slot(d.name)
	case d.of == nil:
		return d.get(o), nil
	case !o.m.own(converter):
		return call(o.m.global(converter), starlark.Tuple{d.get(o), d.of})
	}
	n, _ := starlark.AsInt32(d.get(o))
	return d.of.Member(int64(n)), nil
}

// converter is the name of what makes members of enums of numbers.
const converter = "_intenum_converter"

// readOnly is the AttributeError of an assignment to the attribute, or of its
// deletion.
func (d *descriptor) readOnly(o *object, deletion bool) error {
	what, newer := "set", "setter"
	if deletion {
		what, newer = "delete", "deleter"
	}
	switch {
	case d.kind == memberKind:
		return pyval.AttributeError.Errorf("readonly attribute")
	case d.kind == getsetKind:
		return pyval.AttributeError.Errorf("attribute '%s' of '%s' objects is not writable", d.name, nameInC(d.owner))
	case o.m.python.AtLeast(3, 11):
		name := d.name
		if given, ok := d.named.Load().(string); ok {
			name = given
		}
		return pyval.AttributeError.Errorf("property '%s' of '%s' object has no %s", name, o.class.Short, newer)
	}
	return pyval.AttributeError.Errorf("can't %s attribute", what)
}

// SetName is __set_name__ of a property, which errors name by it.
func (d *descriptor) SetName(name string) { d.named.Store(name) }

// PyClass is the kind.
func (d *descriptor) PyClass() *pyval.Class { return d.kind }

// PyState is what a property was made of.
func (d *descriptor) PyState() []pyval.Attr { return d.state }

// Attr reads an attribute of the descriptor itself.
func (d *descriptor) Attr(name string) (starlark.Value, error) {
	switch name {
	case "__get__", "__set__", "__delete__":
		return d.protocol(name), nil
	}
	if d.kind != propertyKind {
		switch name {
		case "__name__":
			return starlark.String(d.name), nil
		case "__qualname__":
			return starlark.String(d.owner.Short + "." + d.name), nil
		case "__objclass__":
			return d.owner, nil
		}
	}
	for _, attr := range d.state {
		if attr.Name == name {
			return attr.Value, nil
		}
	}
	return nil, nil
}

// protocol is what the interpreter calls of a descriptor.
func (d *descriptor) protocol(name string) starlark.Value {
	parameters := map[string]string{"__get__": "instance owner?", "__set__": "instance value", "__delete__": "instance"}[name]
	return pyval.NewFunction(name, parameters, func(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
		switch {
		case name == "__get__" && args[0] == starlark.None && (args[1] == nil || args[1] == starlark.None):
			return nil, pyval.TypeError.Errorf("__get__(None, None) is invalid")
		case name == "__get__" && args[0] == starlark.None:
			return d, nil
		case name == "__get__" && d.kind == propertyKind:
			get, _ := d.Attr("fget")
			return pyval.Call(thread, get, args[:1], nil)
		}
		o, err := d.applies(args[0])
		switch {
		case err != nil:
			return nil, err
		case name == "__get__":
			return d.read(o)
		}
		var value starlark.Value // of __delete__
		if name == "__set__" {
			value = args[1]
		}
		if d.set == nil {
			return nil, d.readOnly(o, value == nil)
		}
		return starlark.None, d.set(o, value)
	})
}

// applies finds the object that the descriptor is used on. A property takes
// anything, and its function fails where it uses it.
func (d *descriptor) applies(v starlark.Value) (*object, error) {
	o, ok := v.(*object)
	switch {
	case ok && o.class.Subclass(d.owner):
		return o, nil
	case d.kind == propertyKind:
		return nil, pyval.AttributeError.Errorf("'%s' object has no attribute '%s'", pyval.TypeName(v), d.name)
	}
	return nil, pyval.TypeError.Errorf("descriptor '%s' for '%s' objects doesn't apply to a '%s' object", d.name, nameInC(d.owner), pyval.TypeName(v))
}

// AttrNames lists the attributes of the descriptor itself, in order.
func (d *descriptor) AttrNames() []string {
	var names []string
	for _, attr := range d.state {
		names = append(names, attr.Name)
	}
	return names
}

// String is Python's repr.
func (d *descriptor) String() string {
	switch d.kind {
	case memberKind:
		return fmt.Sprintf("<member '%s' of '%s' objects>", d.name, nameInC(d.owner))
	case getsetKind:
		return fmt.Sprintf("<attribute '%s' of '%s' objects>", d.name, nameInC(d.owner))
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

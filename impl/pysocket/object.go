package pysocket

import (
	"strings"
	"unsafe"
	"weak"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/socket"
)

// An object is an instance of socket.socket or of its base. It is the only
// holder of its socket: when Python code drops it, the socket is collected too.
type object struct {
	m     *module
	class *pyval.Class
	sock  *socket.Socket
	slots slots
	// room and dict are the slots and the attributes of an instance of a class that
	// Python code derived.
	room, dict pyval.Dictionary
}

var (
	_ pyval.Object         = (*object)(nil)
	_ starlark.HasSetField = (*object)(nil)
	_ pyval.Opaque         = (*object)(nil)
	_ pyval.Slotted        = (*object)(nil)
)

// wrap returns the Python object of a socket, an instance of socket.socket.
func (m *module) wrap(sock *socket.Socket) *object {
	return m.instance(m.class, sock)
}

func (m *module) instance(class *pyval.Class, sock *socket.Socket) *object {
	m.mu.Lock()
	defer m.mu.Unlock()
	if class != m.class {
		m.others[sock.Fileno()] = class
	} else {
		delete(m.others, sock.Fileno())
	}
	if o := objectOf(sock); o != nil { // it was there before __init__
		o.class = class
		o.slots.forget("_closed")
		o.slots.forget("_io_refs")
		return o
	}
	o := &object{m: m, class: class, sock: sock}
	sock.Value = weak.Make(o)
	// Who has a __del__ of its own has it in place of the C class's, which closes.
	pyval.Finalise(o, func(o *object) { o.sock.Detach() })
	return o
}

// objectOf is the object that holds the socket, or nil. The socket does not hold it,
// or else the garbage collector would find a circle where __del__ is.
func objectOf(sock *socket.Socket) *object {
	p, _ := sock.Value.(weak.Pointer[object])
	return p.Value()
}

// PyClass is the object's class.
func (o *object) PyClass() *pyval.Class { return o.class }

// PyState is what the classes' descriptors show.
func (o *object) PyState() []pyval.Attr {
	var state []pyval.Attr
	for _, name := range o.class.AttrNames() {
		if strings.HasPrefix(name, "_") || !o.described(name) {
			continue
		}
		v, err := pyval.Described(o, name, func() (starlark.Value, error) { return o.Attr(name) })
		if e, ok := pyval.AsException(err); ok {
			v = e
		}
		if v != nil {
			state = append(state, pyval.Attr{Name: name, Value: v})
		}
	}
	return pyval.Merged(state, pyval.Merged(pyval.SlotState(o), o.dict.State()))
}

// Slots are the values of those of a derived class.
func (o *object) Slots() *pyval.Dictionary { return &o.room }

// described reports whether a class of the object computes the attribute, be it that
// a derived one has something else in its place.
func (o *object) described(name string) bool {
	for _, class := range o.class.MRO() {
		if _, ok := class.Attrs[name].(*descriptor); ok {
			return true
		}
	}
	return false
}

// lookup finds an attribute of the class, as it stands there.
func (o *object) lookup(name string) starlark.Value {
	for _, class := range o.class.MRO() {
		if v, ok := class.Attrs[name]; ok {
			return v
		}
	}
	return nil
}

// nativeIn reports whether what the class has of the name, if anything, is as this
// module made it: Python code may derive a class or assign to it.
func nativeIn(class *pyval.Class, name string) bool {
	switch v := class.Current(name).(type) {
	case nil:
		return true
	case *pycall.Function:
		return v.Name() == name && v.Of() != nil
	case *descriptor:
		return v.name == name
	}
	return false
}

// Attr reads a descriptor or binds a method.
func (o *object) Attr(name string) (starlark.Value, error) {
	v := o.lookup(name)
	if slot, ok := v.(*pyval.Slot); ok {
		return slot.Get(o)
	}
	if d, ok := v.(*descriptor); ok && o.class.Made && d.kind != propertyKind || !o.class.Made {
		return o.classAttr(name, v)
	}
	if name == "__dict__" && o.class.HasDict() {
		return o.dict.Dict(), nil
	}
	if assigned := o.dict.Get(name); assigned != nil {
		return assigned, nil
	}
	return o.classAttr(name, v)
}

// PyAttr is Attr in a call, which the converter of the module is called in.
func (o *object) PyAttr(thread *starlark.Thread, name string) (starlark.Value, error) {
	d, ok := o.lookup(name).(*descriptor)
	if !ok || d.of == nil || o.m.own(converter) {
		return o.Attr(name)
	}
	return d.readWith(o, func(f starlark.Value, args starlark.Tuple) (starlark.Value, error) {
		return pyval.Call(thread, f, args, nil)
	})
}

// python reports whether Python code defines the object's class, as it does
// socket.socket.
func (o *object) python() bool { return o.class.Subclass(o.m.class) }

// classAttr is what the attribute of the class that v is shows of the object.
func (o *object) classAttr(name string, v starlark.Value) (starlark.Value, error) {
	switch v := v.(type) {
	case *descriptor:
		return v.read(o)
	case pyval.Binder:
		return v.BindTo(o)
	case nil:
		// A special method that is not there is asked for by operations, which have
		// errors of their own.
		if o.python() || strings.HasPrefix(name, "__") {
			return nil, nil
		}
		return nil, pyval.AttributeError.Errorf("'%s' object has no attribute '%s'", nameInC(o.class), name)
	default:
		return pyval.Bound(v, o), nil
	}
}

// AttrNames lists the class's attributes, in order, and those of the object's own.
func (o *object) AttrNames() []string { return append(o.class.AttrNames(), o.dict.Names()...) }

// nameInC is how C code names a class in errors: one of C code by its full name.
func nameInC(class *pyval.Class) string {
	if class.Module == "_socket" {
		return class.Qualified()
	}
	return class.Short
}

// SetField sets what can be set of a socket: the slots of Python code. A nil value
// deletes.
func (o *object) SetField(name string, value starlark.Value) error {
	if name == "__class__" && value != nil {
		return o.setClass(value)
	}
	found := o.lookup(name)
	if slot, ok := found.(*pyval.Slot); ok {
		return slot.Set(o, value)
	}
	if _, ok := found.(*descriptor); !ok && o.class.HasDict() {
		return o.assign(name, value)
	}
	switch v := found.(type) {
	case *descriptor:
		if v.set != nil {
			return v.set(o, value)
		}
		return v.readOnly(o, value == nil)
	case nil:
		hint := ""
		if o.m.python.AtLeast(3, 13) {
			hint = " and no __dict__ for setting new attributes"
		}
		return pyval.AttributeError.Errorf("'%s' object has no attribute '%s'%s", nameInC(o.class), name, hint)
	default:
		return pyval.AttributeError.Errorf("'%s' object attribute '%s' is read-only", nameInC(o.class), name)
	}
}

// DelField deletes an attribute.
func (o *object) DelField(name string) error { return o.SetField(name, nil) }

// PyOpaque says that the object cannot be pickled: what it is of, C code keeps.
func (o *object) PyOpaque() {}

// assign sets an attribute of the object's own, or deletes it.
func (o *object) assign(name string, value starlark.Value) error {
	if value != nil {
		o.dict.Set(name, value)
		return nil
	}
	switch {
	case o.dict.Delete(name):
		return nil
	case !o.m.python.AtLeast(3, 11):
		return pyval.AttributeError.Errorf("%s", name)
	}
	return pyval.AttributeError.Errorf("'%s' object has no attribute '%s'", o.class.Short, name)
}

// setClass is the assignment of __class__. It passes between classes that the steps
// derived alike, so that what one has room for, so has the other.
func (o *object) setClass(value starlark.Value) error {
	class := value.(*pyval.Class) // pyval has seen to it, and that the classes may change
	switch {
	case class == o.class:
		return nil
	case !class.Subclass(o.m.class) || !o.class.Made || !class.Made || !o.class.HasDict() || !class.HasDict():
		return pyval.TypeError.Errorf("__class__ assignment: '%s' object layout differs from '%s'", class.Short, o.class.Short)
	}
	o.class = class
	return nil
}

// Type is the class's name.
func (o *object) Type() string { return o.class.Short }

// Freeze does nothing: sockets are shared as they are.
func (o *object) Freeze() {}

// Truth is true for every socket.
func (o *object) Truth() starlark.Bool { return true }

// Hash is by identity.
func (o *object) Hash() (uint32, error) { return uint32(uintptr(unsafe.Pointer(o)) >> 4), nil }

// self is the object that a method of the C class is called on; the descriptor
// has checked its class.
func self(c *pycall.Call) *object { return c.Self.(*object) }

package pyval

import (
	"go.starlark.net/starlark"
)

// A madeDescriptor is an object of a class that the steps made, which stands in a class
// and says itself what its attribute is: the class has __get__, __set__ or __delete__.
type madeDescriptor struct {
	v     starlark.Value
	class *Class
}

// descriptorOf is the descriptor that a class has for the attribute, or nil.
func descriptorOf(class *Class, name string) *madeDescriptor {
	v := class.Current(name)
	if v == nil {
		return nil
	}
	d := &madeDescriptor{v, TypeOf(v)}
	if !d.class.Made || !d.has("__get__") && !d.assigns() {
		return nil
	}
	return d
}

func (d *madeDescriptor) has(method string) bool { return d.class.made(method) != nil }

// assigns reports whether it takes assignments, and so goes before what an object has.
func (d *madeDescriptor) assigns() bool { return d.has("__set__") || d.has("__delete__") }

// get reads the attribute of an object, or of its class: the object is None.
func (d *madeDescriptor) get(thread *starlark.Thread, object starlark.Value, class *Class) (starlark.Value, error) {
	if !d.has("__get__") {
		return d.v, nil
	}
	return d.call(thread, "__get__", object, class)
}

// set assigns the attribute, or deletes it: to is nil.
func (d *madeDescriptor) set(thread *starlark.Thread, object, to starlark.Value) error {
	method, args := "__set__", []starlark.Value{object, to}
	if to == nil {
		method, args = "__delete__", args[:1]
	}
	if !d.has(method) {
		return AttributeError.Errorf("%s", method)
	}
	_, err := d.call(thread, method, args...)
	return err
}

func (d *madeDescriptor) call(thread *starlark.Thread, method string, args ...starlark.Value) (starlark.Value, error) {
	f := Bound(d.class.made(method), d.v)
	if thread == nil {
		return d.class.evaluate(f, args)
	}
	return Call(thread, f, args, nil)
}

// described is what plain finds as an attribute of v, unless a descriptor of the steps
// says what it is.
func described(thread *starlark.Thread, v starlark.Value, name string, plain func() (starlark.Value, error)) (starlark.Value, error) {
	class := TypeOf(v)
	of, isClass := v.(*Class)
	if isClass {
		class = of
	}
	var d *madeDescriptor
	if class.Made {
		d = descriptorOf(class, name)
	}
	switch {
	case d == nil && (isClass || !class.Made):
		return plain()
	case d == nil:
		a, err := plain()
		if b, ok := a.(Binder); ok && err == nil && identical(a, class.Current(name)) {
			return b.BindTo(v)
		}
		return a, err
	case isClass:
		return d.get(thread, starlark.None, class)
	case d.assigns() && d.has("__get__"):
		return d.get(thread, v, class)
	}
	a, err := plain()
	if err != nil || a == nil || !identical(a, d.v) {
		return a, err
	}
	return d.get(thread, v, class)
}

// Described is the attribute of an object as an observation shows it, where plain is
// what the object says without the descriptors of the steps.
func Described(v starlark.Value, name string, plain func() (starlark.Value, error)) (starlark.Value, error) {
	if class := TypeOf(v); class.Made && class.made("__getattribute__") != nil {
		return findAttr(nil, v, name)
	}
	return described(nil, v, name, plain)
}

// assignedBy is the descriptor of the steps that takes assignments to the attribute of
// the object, or nil.
func assignedBy(v starlark.Value, name string) *madeDescriptor {
	if _, isClass := v.(*Class); isClass {
		return nil
	}
	class := TypeOf(v)
	if !class.Made {
		return nil
	}
	if d := descriptorOf(class, name); d != nil && d.assigns() {
		return d
	}
	return nil
}

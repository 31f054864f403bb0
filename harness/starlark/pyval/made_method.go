package pyval

import (
	"go.starlark.net/starlark"
)

// A Binder is what of a class's attributes is bound to the instance that shows it.
type Binder interface {
	starlark.Value
	// BindTo fails where the instance is none of what a method of C code is for.
	BindTo(self starlark.Value) (starlark.Value, error)
}

// Bound is an attribute of a class as an instance shows it: a function bound to the
// instance, anything else as it is.
func Bound(v, self starlark.Value) starlark.Value {
	switch f := v.(type) {
	case *starlark.Function:
		return &Method{Func: f, Self: self}
	case Binder:
		if bound, err := f.BindTo(self); err == nil {
			return bound
		}
	}
	return v
}

// boundIn is Bound, which fails where the method of C code is not for the instance.
func boundIn(v, self starlark.Value) (starlark.Value, error) {
	if b, ok := v.(Binder); ok {
		return b.BindTo(self)
	}
	return Bound(v, self), nil
}

// A Method is a function of the steps, bound to an object.
type Method struct {
	Func *starlark.Function
	Self starlark.Value
}

var (
	_ starlark.Callable = (*Method)(nil)
	_ starlark.HasAttrs = (*Method)(nil)
)

// CallInternal calls the function with the object before the arguments.
func (m *Method) CallInternal(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	return Call(thread, m.Func, append(starlark.Tuple{m.Self}, args...), kwargs)
}

// Attr reads the function and the object.
func (m *Method) Attr(name string) (starlark.Value, error) {
	switch name {
	case "__func__":
		return m.Func, nil
	case "__self__":
		return m.Self, nil
	case "__name__", "__qualname__":
		return starlark.String(m.Name()), nil
	}
	return functionAttr(m.Func, name), nil
}

// AttrNames lists what Attr answers to.
func (m *Method) AttrNames() []string { return []string{"__func__", "__self__"} }

// Name is __name__.
func (m *Method) Name() string { return functionName(m.Func) }

// PyClass is the class that type() shows.
func (m *Method) PyClass() *Class { return MethodType }

func (m *Method) String() string { return Repr(m) }

// Type is the class's name.
func (m *Method) Type() string { return MethodType.Short }

// Freeze does nothing.
func (m *Method) Freeze() {}

// Truth is always true.
func (m *Method) Truth() starlark.Bool { return true }

// Hash is that of the function.
func (m *Method) Hash() (uint32, error) { return m.Func.Hash() }

// Same reports whether y is the same function, bound to the same object.
func (m *Method) Same(y starlark.Value) bool {
	other, ok := y.(*Method)
	return ok && m.Func == other.Func && identical(m.Self, other.Self)
}

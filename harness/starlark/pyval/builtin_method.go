package pyval

import (
	"fmt"
	"slices"
	"strings"

	"go.starlark.net/starlark"
)

// A BoundMethod is a method of a builtin type with its self.
type BoundMethod struct {
	self   starlark.Value
	owner  *Class // that defines it; nil: the class of self
	name   string
	method method
	byName bool // called as x.name(…)
}

// CallInternal calls the method.
func (b *BoundMethod) CallInternal(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	owner := ownerName(b.self)
	if b.byName && b.owner != nil {
		owner = b.owner.Short
	}
	m := b.method
	if m.instance != nil {
		m.call = m.instance
	}
	return m.invoke(thread, owner, b.name, heldBy(b.self, b.owner), args, kwargs)
}

// heldBy is what a method of the class works on: of an object of a derived class the
// value.
func heldBy(self starlark.Value, owner *Class) starlark.Value {
	if slices.Contains(valued, owner) {
		return PlainValue(self)
	}
	return self
}

// CalledByName returns what x.name(…) calls, where b is x.name: that is not bound
// first, and so errors name the class that defines it.
func (b *BoundMethod) CalledByName() starlark.Callable {
	called := *b
	called.byName = true
	return &called
}

// ownerName is the class that errors name: of an exception the one that has the methods
// of all.
func ownerName(self starlark.Value) string {
	switch self := self.(type) {
	case *Class:
		return self.Short
	case *Exception:
		return BaseException.Short
	}
	return TypeName(self)
}

// Attr answers __self__, and what the method tells of itself.
func (b *BoundMethod) Attr(name string) (starlark.Value, error) {
	switch name {
	case "__self__":
		return b.self, nil
	case "__qualname__":
		if b.method.slot && b.owner != nil {
			return starlark.String(b.owner.Short + "." + b.name), nil
		}
		return starlark.String(ownerName(b.self) + "." + b.name), nil
	case "__objclass__":
		if b.method.slot && b.owner != nil {
			return b.owner, nil
		}
	case "__text_signature__":
		return b.method.textSignature(), nil
	}
	return nil, nil
}

// AttrNames is empty: a method has no public attributes.
func (b *BoundMethod) AttrNames() []string { return nil }

// Name is __name__.
func (b *BoundMethod) Name() string { return b.name }

func (b *BoundMethod) String() string {
	if b.method.slot {
		return fmt.Sprintf("<method-wrapper '%s' of %s object at %s>", b.name, TypeName(b.self), addressOf(b.self))
	}
	return fmt.Sprintf("<built-in method %s of %s object at %s>", b.name, TypeName(b.self), addressOf(b.self))
}

// PyClass is the class of what Python implements in C.
func (b *BoundMethod) PyClass() *Class {
	if b.method.slot {
		return MethodWrapper
	}
	return BuiltinFunctionType
}

// Type is the class's name.
func (b *BoundMethod) Type() string { return b.PyClass().Short }

// Freeze does nothing.
func (b *BoundMethod) Freeze() {}

// Truth is always true.
func (b *BoundMethod) Truth() starlark.Bool { return true }

// Hash is by identity.
func (b *BoundMethod) Hash() (uint32, error) { return hashPointer(b), nil }

// An unboundMethod is a method read from its class: it takes self first.
type unboundMethod struct {
	owner  *Class
	name   string
	method method
}

// BindTo is the method of an object.
func (u *unboundMethod) BindTo(self starlark.Value) (starlark.Value, error) {
	if err := CheckBinding(u.owner, u.name, self); err != nil {
		return nil, err
	}
	m := u.method
	m.instance = nil // that of the class is asked for
	return &BoundMethod{self: self, owner: u.owner, name: u.name, method: m}, nil
}

// CheckBinding is what the descriptor of a method of C code says of an object that it is
// to be bound to.
func CheckBinding(owner *Class, name string, self starlark.Value) error {
	if TypeOf(self).Subclass(owner) {
		return nil
	}
	return TypeError.Errorf("descriptor '%s' for '%s' objects doesn't apply to a '%s' object", name, owner.inErrors(), TypeName(self))
}

// CallInternal calls the method of the first argument.
func (u *unboundMethod) CallInternal(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	if err := CheckSelf(u.owner, u.name, u.owner.Short+"."+u.name, u.method.slot, args); err != nil {
		return nil, err
	}
	return u.method.invoke(thread, u.owner.Short, u.name, heldBy(args[0], u.owner), args[1:], kwargs)
}

// CheckSelf is what the descriptor of a method of C code says of the object that the
// method is called on by way of its class, which is the first argument.
func CheckSelf(owner *Class, name, qualname string, slot bool, args starlark.Tuple) error {
	switch {
	case len(args) == 0 && slot:
		return TypeError.Errorf("descriptor '%s' of '%s' object needs an argument", name, owner.inErrors())
	case len(args) == 0:
		return TypeError.Errorf("unbound method %s() needs an argument", qualname)
	case slot && !TypeOf(args[0]).Subclass(owner):
		return TypeError.Errorf("descriptor '%s' requires a '%s' object but received a '%s'", name, owner.inErrors(), TypeName(args[0]))
	}
	return CheckBinding(owner, name, args[0])
}

// Attr answers what the method tells of itself.
func (u *unboundMethod) Attr(name string) (starlark.Value, error) {
	switch name {
	case "__qualname__":
		return starlark.String(u.owner.Short + "." + u.name), nil
	case "__objclass__":
		return u.owner, nil
	case "__text_signature__":
		return u.method.textSignature(), nil
	}
	return nil, nil
}

// AttrNames is empty: a method has no public attributes.
func (u *unboundMethod) AttrNames() []string { return nil }

// textSignature is __text_signature__ of a method that takes its arguments by position.
func (m method) textSignature() starlark.Value {
	if m.params.rest || m.params.hasKeywords() || m.params.required != len(m.params.names) {
		return starlark.None
	}
	parts := append([]string{"$self"}, m.params.names...)
	return starlark.String("(" + strings.Join(append(parts, "/"), ", ") + ")")
}

// Name is __name__.
func (u *unboundMethod) Name() string { return u.name }

func (u *unboundMethod) String() string {
	return fmt.Sprintf("<%s '%s' of '%s' objects>", u.kind(), u.name, u.owner.inErrors())
}

// PyRepr is Python's repr: since 3.15 it leaves out that a method is of object.
func (u *unboundMethod) PyRepr(thread *starlark.Thread) (string, error) {
	if u.owner == ObjectType && Python(thread).AtLeast(3, 15) {
		return fmt.Sprintf("<%s '%s'>", u.kind(), u.name), nil
	}
	return u.String(), nil
}

func (u *unboundMethod) kind() string {
	if u.method.slot {
		return "slot wrapper"
	}
	return "method"
}

// PyClass is the class that type() shows.
func (u *unboundMethod) PyClass() *Class {
	if u.method.slot {
		return WrapperDescriptor
	}
	return MethodDescriptor
}

func (u *unboundMethod) Type() string          { return u.PyClass().Short }
func (u *unboundMethod) Freeze()               {}
func (u *unboundMethod) Truth() starlark.Bool  { return true }
func (u *unboundMethod) Hash() (uint32, error) { return hashPointer(u), nil }

// Same reports whether y is the same method.
func (u *unboundMethod) Same(y starlark.Value) bool {
	other, ok := y.(*unboundMethod)
	return ok && u.owner == other.owner && u.name == other.name
}

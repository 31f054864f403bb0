package pyval

import (
	"fmt"
	"strings"

	"go.starlark.net/starlark"
)

// A method is a function of a builtin type.
type method struct {
	params params
	call   func(c *call) (starlark.Value, error)
	slot   bool // it stands for a slot of the class, which takes no arguments
	since  int  // the minor version of Python that it came with; 0: it was always there
}

// A call is one call of a method.
type call struct {
	thread *starlark.Thread
	name   string
	self   starlark.Value
	args   []starlark.Value // by parameter, nil where left out
	rest   starlark.Tuple   // what * takes
	kwargs []starlark.Tuple // what ** takes
}

// def declares a method; params is described at [parseParams].
func def(parameters string, f func(c *call) (starlark.Value, error)) method {
	return method{params: parseParams(parameters), call: f}
}

// defSlot declares a method that stands for a slot of the class.
func defSlot(f func(c *call) (starlark.Value, error)) method {
	m := def("", f)
	m.slot = true
	return m
}

// from says which minor version of Python the method came with.
func (m method) from(minor int) method {
	m.since = minor
	return m
}

func (m method) invoke(thread *starlark.Thread, owner, name string, self starlark.Value, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	c := &call{thread: thread, name: name, self: self}
	switch {
	case m.slot && len(kwargs) > 0:
		return nil, TypeError.Errorf("wrapper %s() takes no keyword arguments", name)
	case m.slot && len(args) > 0:
		return nil, TypeError.Errorf("expected 0 arguments, got %d", len(args))
	}
	if err := m.params.bind(c, owner, args, kwargs); err != nil {
		return nil, err
	}
	return m.call(c)
}

// A BoundMethod is a method of a builtin type with its self.
type BoundMethod struct {
	self   starlark.Value
	name   string
	method method
}

// CallInternal calls the method.
func (b *BoundMethod) CallInternal(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	return b.method.invoke(thread, ownerName(b.self), b.name, b.self, args, kwargs)
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

// Attr answers __self__ and __qualname__.
func (b *BoundMethod) Attr(name string) (starlark.Value, error) {
	switch name {
	case "__self__":
		return b.self, nil
	case "__qualname__":
		return starlark.String(ownerName(b.self) + "." + b.name), nil
	}
	return nil, nil
}

// AttrNames is empty: a method has no public attributes.
func (b *BoundMethod) AttrNames() []string { return nil }

// Name is __name__.
func (b *BoundMethod) Name() string { return b.name }

func (b *BoundMethod) String() string {
	return fmt.Sprintf("<built-in method %s of %s object at %s>", b.name, TypeName(b.self), address(b))
}

// PyClass is the class of everything that Python implements in C.
func (b *BoundMethod) PyClass() *Class { return BuiltinFunctionType }

// Type is the class's name.
func (b *BoundMethod) Type() string { return BuiltinFunctionType.Short }

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

// CallInternal calls the method of the first argument.
func (u *unboundMethod) CallInternal(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	if len(args) == 0 {
		return nil, TypeError.Errorf("unbound method %s.%s() needs an argument", u.owner.Short, u.name)
	}
	if !IsInstance(args[0], u.owner) {
		return nil, TypeError.Errorf("descriptor '%s' for '%s' objects doesn't apply to a '%s' object", u.name, u.owner.Short, TypeName(args[0]))
	}
	return u.method.invoke(thread, u.owner.Short, u.name, args[0], args[1:], kwargs)
}

func (u *unboundMethod) Name() string { return u.name }
func (u *unboundMethod) String() string {
	return fmt.Sprintf("<method '%s' of '%s' objects>", u.name, u.owner.Short)
}
func (u *unboundMethod) PyClass() *Class       { return MethodDescriptor }
func (u *unboundMethod) Type() string          { return MethodDescriptor.Short }
func (u *unboundMethod) Freeze()               {}
func (u *unboundMethod) Truth() starlark.Bool  { return true }
func (u *unboundMethod) Hash() (uint32, error) { return hashPointer(u), nil }

// A Function is a builtin function with Python's argument rules.
type Function struct {
	module string // where messages name it
	name   string
	method method
}

// NewFunction declares a builtin function. The name is that of messages, which
// name some functions with their module: "time.sleep". Params are described at
// parseParams: "x y? key?= *".
func NewFunction(name, parameters string, f func(thread *starlark.Thread, args []starlark.Value, rest starlark.Tuple) (starlark.Value, error)) *Function {
	module, short := cutModule(name)
	return &Function{module: module, name: short, method: def(parameters, func(c *call) (starlark.Value, error) {
		return f(c.thread, c.args, c.rest)
	})}
}

func cutModule(name string) (module, short string) {
	if at := strings.LastIndexByte(name, '.'); at >= 0 {
		return name[:at], name[at+1:]
	}
	return "", name
}

// CallInternal calls the function.
func (f *Function) CallInternal(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	return f.method.invoke(thread, f.module, f.name, nil, args, kwargs)
}

// Name is __name__.
func (f *Function) Name() string { return f.name }

func (f *Function) String() string { return "<built-in function " + f.name + ">" }

// PyClass is the class of everything that Python implements in C.
func (f *Function) PyClass() *Class { return BuiltinFunctionType }

// Type is the class's name.
func (f *Function) Type() string { return BuiltinFunctionType.Short }

// Freeze does nothing.
func (f *Function) Freeze() {}

// Truth is always true.
func (f *Function) Truth() starlark.Bool { return true }

// Hash is by identity.
func (f *Function) Hash() (uint32, error) { return hashPointer(f), nil }

// NewKeywordFunction is [NewFunction] for a function that sorts its arguments
// out by itself.
func NewKeywordFunction(name string, f func(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error)) *Function {
	return &Function{name: name, method: def("* **", func(c *call) (starlark.Value, error) {
		return f(c.thread, c.rest, c.kwargs)
	})}
}

package pycall

import (
	"fmt"
	"slices"
	"unsafe"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// A Function is a function as Python code sees it: of a module, unbound in its
// class, or bound to an object.
type Function struct {
	python   pyval.Version
	name     string
	qualname string
	module   string       // empty: None
	owner    *pyval.Class // of a method
	self     starlark.Value
	byName   bool    // called as x.name(…)
	method   *Method // exactly one of method and def is set
	def      *Definition
	dict     *pyval.Dictionary      // of a function that Python code defines
	home     *starlarkstruct.Module // where it is defined: __globals__, or __self__ of C code's
}

var (
	_ starlark.Callable    = (*Function)(nil)
	_ starlark.HasAttrs    = (*Function)(nil)
	_ starlark.HasSetField = (*Function)(nil)
	_ pyval.Typed          = (*Function)(nil)
)

// Builtin returns the function of a module that C code defines.
func Builtin(python pyval.Version, module string, m Method) *Function {
	return &Function{python: python, module: module, name: m.Name, qualname: m.Name, method: &m}
}

// Python returns the function of a module that Python code defines.
func Python(python pyval.Version, module string, d Definition) *Function {
	return &Function{python: python, module: module, name: d.Name, qualname: d.Name, def: &d, dict: new(pyval.Dictionary)}
}

// BuiltinMethod returns a method that C code defines for a class, unbound.
func BuiltinMethod(python pyval.Version, owner *pyval.Class, m Method) *Function {
	return &Function{python: python, owner: owner, name: m.Name, qualname: owner.Short + "." + m.Name, method: &m}
}

// PythonMethod returns a method that Python code defines in a class, unbound.
func PythonMethod(python pyval.Version, owner *pyval.Class, d Definition) *Function {
	return &Function{
		python: python, owner: owner, module: owner.Module, name: d.Name, qualname: owner.Short + "." + d.Name,
		def: &d, dict: new(pyval.Dictionary),
	}
}

// Bind returns the method bound to an object of its class.
func (f *Function) Bind(self starlark.Value) *Function {
	bound := *f
	bound.self = self
	return &bound
}

// Of is the class that the function is a method of, unbound; else nil.
func (f *Function) Of() *pyval.Class {
	if f.self != nil {
		return nil
	}
	return f.owner
}

// BindTo is the function as an attribute of the class shows it at an object: a bound one
// stays as it is, and so does that of a module of C code.
func (f *Function) BindTo(self starlark.Value) (starlark.Value, error) {
	if f.self != nil || f.def == nil && f.owner == nil {
		return f, nil
	}
	if f.def == nil {
		if err := pyval.CheckBinding(f.owner, f.name, self); err != nil {
			return nil, err
		}
	}
	return f.Bind(self), nil
}

// CalledByName returns what x.name(…) calls, where f is x.name.
func (f *Function) CalledByName() starlark.Callable {
	called := *f
	called.byName = true
	return &called
}

// CallInternal checks the arguments against the convention and calls the
// function.
func (f *Function) CallInternal(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	c := &Call{Thread: thread, Python: f.python, Args: args, Kwargs: kwargs, releases: new([]func())}
	defer c.end()
	if f.def != nil {
		if f.self != nil {
			c.Args = append(starlark.Tuple{f.self}, args...)
		}
		if err := f.def.bind(c, f.errorName()); err != nil {
			return nil, err
		}
		return f.def.Func(c)
	}
	if f.owner != nil {
		if err := f.takeSelf(c); err != nil {
			return nil, err
		}
	}
	// Up to 3.10 a call with keywords binds a method first.
	asMethod := c.Self != nil && (f.self == nil || f.byName && (len(kwargs) == 0 || f.python.AtLeast(3, 11)))
	name := f.errorName()
	if !asMethod {
		name = f.boundName()
	}
	if err := f.method.check(c, name, asMethod); err != nil {
		return nil, err
	}
	return f.method.Func(c)
}

// takeSelf finds the object that a C method is called on: the bound one, or the
// first argument (method_check_args).
func (f *Function) takeSelf(c *Call) error {
	if f.self != nil {
		c.Self = f.self
		return nil
	}
	if err := pyval.CheckSelf(f.owner, f.name, f.qualname, f.method.slot(), c.Args); err != nil {
		return err
	}
	c.Self, c.Args = c.Args[0], c.Args[1:]
	return nil
}

// errorName is how the interpreter names the function in errors: Python
// functions by their qualified name, by their bare one before 3.10; C functions
// of a module with it.
func (f *Function) errorName() string {
	switch {
	case f.def != nil && !f.python.AtLeast(3, 10):
		return f.name
	case f.def == nil && f.module != "":
		return f.module + "." + f.qualname
	}
	return f.qualname
}

// boundName is the qualified name of a method of C code that is bound, which is
// that of its object's class wherever it comes from, unless it stands for a slot;
// and the errorName of any other function.
func (f *Function) boundName() string {
	if f.PyClass() == pyval.BuiltinFunctionType && f.self != nil && !f.method.slot() {
		return pyval.TypeOf(f.self).Short + "." + f.name
	}
	return f.errorName()
}

// Name is __name__.
func (f *Function) Name() string { return f.name }

// PyClass is the class that type() shows.
func (f *Function) PyClass() *pyval.Class {
	switch {
	case f.def != nil && f.self != nil:
		return pyval.MethodType
	case f.def != nil:
		return pyval.FunctionType
	case f.owner != nil && f.self == nil && f.method.slot():
		return pyval.WrapperDescriptor
	case f.owner != nil && f.self == nil:
		return pyval.MethodDescriptor
	case f.owner != nil && f.method.slot():
		return pyval.MethodWrapper
	}
	return pyval.BuiltinFunctionType
}

// PyRepr is Python's repr, which is that of the object too that a method is bound to.
func (f *Function) PyRepr(thread *starlark.Thread) (string, error) {
	if f.def == nil || f.self == nil {
		return f.String(), nil
	}
	self, err := pyval.ReprIn(thread, f.self)
	return fmt.Sprintf("<bound method %s of %s>", f.qualname, self), err
}

// String is Python's repr.
func (f *Function) String() string {
	switch {
	case f.def != nil && f.self != nil:
		return fmt.Sprintf("<bound method %s of %s>", f.qualname, pyval.Repr(f.self))
	case f.def != nil:
		return fmt.Sprintf("<function %s at %#x>", f.qualname, f.address())
	case f.self != nil && f.method.slot():
		return fmt.Sprintf("<method-wrapper '%s' of %s object at %p>", f.name, pyval.TypeName(f.self), f.self)
	case f.self != nil:
		return fmt.Sprintf("<built-in method %s of %s object at %#x>", f.name, pyval.TypeName(f.self), f.address())
	case f.owner != nil && f.method.slot():
		return fmt.Sprintf("<slot wrapper '%s' of '%s' objects>", f.name, f.owner.Qualified())
	case f.owner != nil:
		return fmt.Sprintf("<method '%s' of '%s' objects>", f.name, f.owner.Qualified())
	}
	return fmt.Sprintf("<built-in function %s>", f.name)
}

// address stands for id(): the same for all bindings of one function.
func (f *Function) address() uintptr {
	if f.def != nil {
		return uintptr(unsafe.Pointer(f.def))
	}
	return uintptr(unsafe.Pointer(f.method))
}

// Type is the class's name.
func (f *Function) Type() string { return f.PyClass().Short }

// Freeze does nothing: a function is never changed.
func (f *Function) Freeze() {}

// Truth is true for every function.
func (f *Function) Truth() starlark.Bool { return true }

// Same reports whether y is the same function, bound to the same object.
func (f *Function) Same(y starlark.Value) bool {
	other, ok := y.(*Function)
	return ok && f.address() == other.address() && f.def == other.def && pyval.Identical(f.self, other.self)
}

// Hash lets functions be keys. What is bound to objects that differ has hashes that do,
// where the objects have any.
func (f *Function) Hash() (uint32, error) {
	h := uint32(f.address() >> 4)
	if f.self != nil {
		if of, err := f.self.Hash(); err == nil {
			h = h*31 + of
		}
	}
	return h, nil
}

var functionAttrs = []string{"__name__", "__qualname__", "__module__", "__self__", "__func__", "__objclass__"}

// AttrNames lists what Attr answers to.
func (f *Function) AttrNames() []string {
	return slices.DeleteFunc(slices.Clone(functionAttrs), func(name string) bool {
		v, err := f.Attr(name)
		return v == nil || err != nil
	})
}

// SetField sets an attribute of a function that Python code defines; a method hands
// on those of its function, and cannot set them.
func (f *Function) SetField(name string, v starlark.Value) error {
	if f.PyClass() != pyval.FunctionType {
		return starlark.NoSuchAttrError(name)
	}
	f.dict.Set(name, v)
	return nil
}

// get is __get__: it binds a function to an object, and leaves what is bound.
func (f *Function) get(_ *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
	switch {
	case args[0] == starlark.None && (args[1] == nil || args[1] == starlark.None):
		return nil, pyval.TypeError.Errorf("__get__(None, None) is invalid")
	case args[0] == starlark.None || f.self != nil:
		return f, nil
	case f.def == nil && !pyval.TypeOf(args[0]).Subclass(f.owner):
		return nil, pyval.TypeError.Errorf("descriptor '%s' for '%s' objects doesn't apply to a '%s' object",
			f.name, f.owner.Qualified(), pyval.TypeName(args[0]))
	}
	return f.Bind(args[0]), nil
}

// call is __call__.
func (f *Function) call(thread *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	return pyval.Call(thread, f, args, kwargs)
}

// Attr reads the function's names, what it is bound to and what was assigned.
func (f *Function) Attr(name string) (starlark.Value, error) {
	if f.dict != nil {
		if v := f.dict.Get(name); v != nil {
			return v, nil
		}
	}
	switch name {
	case "__call__":
		return starlark.NewBuiltin(name, f.call), nil
	case "__get__":
		if f.PyClass() != pyval.BuiltinFunctionType {
			return pyval.NewFunction(name, "instance owner?", f.get), nil
		}
	case "__dict__":
		if f.dict != nil {
			return f.dict.Dict(), nil
		}
	case "__closure__", "__defaults__", "__globals__", "__kwdefaults__":
		if f.def != nil {
			return f.defined(name), nil
		}
	case "__code__":
		if f.def != nil {
			return f.code(), nil
		}
	case "__text_signature__":
		if f.def == nil {
			return f.method.textSignature(f.python), nil
		}
	case "__annotations__":
		if f.def != nil {
			return starlark.NewDict(0), nil
		}
	case "__name__":
		return starlark.String(f.name), nil
	case "__qualname__":
		if f.def == nil && f.self != nil {
			return starlark.String(f.boundName()), nil
		}
		return starlark.String(f.qualname), nil
	case "__module__":
		if f.module != "" {
			return starlark.String(f.module), nil
		}
		if f.PyClass() == pyval.BuiltinFunctionType {
			return starlark.None, nil
		}
	case "__self__":
		switch {
		case f.self != nil:
			return f.self, nil
		case f.home != nil && f.PyClass() == pyval.BuiltinFunctionType:
			return f.home, nil
		}
	case "__func__":
		if f.PyClass() == pyval.MethodType {
			unbound := *f
			unbound.self = nil
			return &unbound, nil
		}
	case "__objclass__":
		if f.def == nil && f.owner != nil && (f.self == nil || f.method.slot()) {
			return f.owner, nil
		}
	}
	return nil, nil
}

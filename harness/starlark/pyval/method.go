package pyval

import (
	"strings"

	"go.starlark.net/starlark"
)

// A method is a function of a builtin type.
type method struct {
	params params
	call   func(c *call) (starlark.Value, error)
	// instance is what it does where an instance of the class is asked for it, if that is
	// not call.
	instance func(c *call) (starlark.Value, error)
	slot     bool // it stands for a slot of the class
	since    int  // the minor version of Python that it came with; 0: it was always there
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

// ofInstances says what an instance's own method does.
func (m method) ofInstances(f func(c *call) (starlark.Value, error)) method {
	m.instance = f
	return m
}

// from says which minor version of Python the method came with.
func (m method) from(minor int) method {
	m.since = minor
	return m
}

func (m method) invoke(thread *starlark.Thread, owner, name string, self starlark.Value, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	c := &call{thread: thread, name: name, self: self}
	if m.slot {
		if err := m.checkSlot(Python(thread), name, len(args), len(kwargs)); err != nil {
			return nil, err
		}
	}
	if err := m.params.bind(c, owner, args, kwargs); err != nil {
		return nil, err
	}
	switch self.(type) {
	case starlark.String, starlark.Bytes, *Bytearray:
		// These keep none of their arguments, and show them only with format.
		if name != "format_map" {
			plainValues(c.args)
		}
		if name != "format" {
			plainValues(c.rest)
		}
	}
	return m.call(c)
}

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

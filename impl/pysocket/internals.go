package pysocket

import (
	"fmt"
	"path"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/pyref/base/unix"
)

// addInternals adds what is no part of the API, and what Python programs use and
// see all the same: the default of create_connection's timeout, which libraries
// hand on, the addresses of loopback, the capsule for extension modules, and what
// a module has of itself.
func (m *module) addInternals(members starlark.StringDict) {
	members["_GLOBAL_DEFAULT_TIMEOUT"] = m.unsetTimeout
	members["_LOCALHOST"] = starlark.String("127.0.0.1")
	members["_LOCALHOST_V6"] = starlark.String("::1")
	members["CAPI"] = &capsule{&pyval.Plain{Class: capsuleClass}}
	blocking := starlark.NewSet(1)
	_ = blocking.Insert(starlark.MakeInt(int(unix.EAGAIN))) // EWOULDBLOCK is the same; a fresh set of ints cannot refuse
	members["_blocking_errnos"] = blocking
	members["_GiveupOnSendfile"] = m.giveUp
	m.addOfItself(members)
}

// addOfItself adds what the import system gives to a module. In the loader and in
// __builtins__ there is nothing: they are the interpreter's.
func (m *module) addOfItself(members starlark.StringDict) {
	of := m.names.Module
	all := make([]starlark.Value, len(of.All))
	for i, name := range of.All {
		all[i] = starlark.String(name)
	}
	loader := &record{class: loaderClass, state: []pyval.Attr{
		{Name: "name", Value: starlark.String("socket")}, {Name: "path", Value: starlark.String(of.File)},
	}}
	members["__all__"] = starlark.NewList(all)
	members["__builtins__"] = starlark.NewDict(0)
	members["__doc__"] = starlark.None // the text is CPython's own, as is that of the classes
	members["__file__"] = starlark.String(of.File)
	members["__loader__"] = loader
	members["__package__"] = starlark.String(of.Package)
	cached := fmt.Sprintf("%s/__pycache__/socket.cpython-%d%d.pyc", path.Dir(of.File), m.python.Major, m.python.Minor)
	members["__spec__"] = &record{class: specClass, state: []pyval.Attr{
		{Name: "cached", Value: starlark.String(cached)}, {Name: "has_location", Value: starlark.True}, {Name: "loader", Value: loader},
		{Name: "loader_state", Value: starlark.None}, {Name: "name", Value: starlark.String("socket")},
		{Name: "origin", Value: starlark.String(of.File)}, {Name: "parent", Value: starlark.String(of.Package)},
		{Name: "submodule_search_locations", Value: starlark.None},
	}}
	if of.Cached != nil {
		members["__cached__"] = starlark.String(*of.Cached)
	}
}

// intEnumConverter is Python's socket._intenum_converter: the member of the enum
// with a value, or the value itself.
func (m *module) intEnumConverter() pycall.Definition {
	return pycall.Def("_intenum_converter", "value, enum_klass", func(c *pycall.Call) (starlark.Value, error) {
		member, err := pyval.Call(c.Thread, c.Args[1], starlark.Tuple{c.Args[0]}, nil)
		if e, ok := pyval.AsException(err); ok && e.Class.Subclass(pyval.ValueError) {
			return c.Args[0], nil
		}
		return member, err
	})
}

var (
	loaderClass = &pyval.Class{Module: "_frozen_importlib_external", Short: "SourceFileLoader"}
	specClass   = &pyval.Class{Module: "_frozen_importlib", Short: "ModuleSpec"}
	// What an abstract class keeps for those that are registered.
	abcDataClass = &pyval.Class{Module: "_abc", Short: "_abc_data"}
)

// A record is an object that has some attributes to read and nothing else.
type record struct {
	pyval.Plain
	class *pyval.Class
	state []pyval.Attr
}

// PyClass is the object's class.
func (r *record) PyClass() *pyval.Class { return r.class }

// PyState is all that there is.
func (r *record) PyState() []pyval.Attr { return r.state }

// Attr reads an attribute.
func (r *record) Attr(name string) (starlark.Value, error) {
	for _, attr := range r.state {
		if attr.Name == name {
			return attr.Value, nil
		}
	}
	return nil, nil
}

// AttrNames lists the attributes.
func (r *record) AttrNames() []string {
	names := make([]string, len(r.state))
	for i, attr := range r.state {
		names[i] = attr.Name
	}
	return names
}

// String is Python's repr.
func (r *record) String() string { return fmt.Sprintf("<%s object at %p>", r.class.Qualified(), r) }

// Type is the class's name.
func (r *record) Type() string { return r.class.Short }

var capsuleClass = &pyval.Class{Short: "PyCapsule"}

// A capsule is Python's socket.CAPI. There is nothing in it: no C code comes here.
type capsule struct{ *pyval.Plain }

// String is Python's repr.
func (c *capsule) String() string { return fmt.Sprintf(`<capsule object "_socket.CAPI" at %p>`, c) }

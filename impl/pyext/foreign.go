package main

/*
#include "module.h"
*/
import "C"

import (
	"strings"
	"unsafe"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// A foreign is an object of a class that the port does not know. It is what the
// object's special methods make of it. It is valid until the call ends.
type foreign struct {
	call   *call
	object *C.PyObject
}

// A foreignBuffer is a foreign that has the buffer protocol: a memoryview, an
// array.
type foreignBuffer struct{ foreign }

var (
	_ pyval.Object = (*foreign)(nil)
	_ pyval.Buffer = (*foreignBuffer)(nil)
)

func (c *call) foreign(o *C.PyObject) (starlark.Value, error) {
	f := foreign{call: c, object: o}
	if C.PyObject_CheckBuffer(o) != 0 {
		return &foreignBuffer{f}, nil
	}
	return &f, nil
}

// PyBuffer lends the object's memory.
func (f *foreignBuffer) PyBuffer() (data []byte, readonly bool, release func(), err error) {
	f.call.locked(func() { data, readonly, err = f.call.borrow(f.object) })
	return data, readonly, func() {}, err
}

// PyClass is the class by its name, and by what it derives from as far as that
// matters: int.
func (f *foreign) PyClass() (class *pyval.Class) {
	f.call.locked(func() { class = f.call.classOf(f.object) })
	return class
}

func (c *call) classOf(o *C.PyObject) *pyval.Class {
	class := &pyval.Class{Short: c.typeAttr(o.ob_type, "__name__"), Module: c.typeAttr(o.ob_type, "__module__")}
	if class.Module == "builtins" {
		class.Module = ""
	}
	if C.PyType_GetFlags(o.ob_type)&C.Py_TPFLAGS_LONG_SUBCLASS != 0 {
		class.Bases = []*pyval.Class{pyval.IntType}
	}
	return class
}

// typeAttr is an attribute of a type that is a str.
func (c *call) typeAttr(t *C.PyTypeObject, name string) string {
	o := C.PyObject_GetAttrString((*C.PyObject)(unsafe.Pointer(t)), constant(name))
	if o != nil {
		defer C.Py_DecRef(o)
		if C.PyType_GetFlags(o.ob_type)&C.Py_TPFLAGS_UNICODE_SUBCLASS != 0 {
			if text, err := c.text(o); err == nil {
				return text
			}
		}
	}
	C.PyErr_Clear()
	return ""
}

// Attr is a special method, looked up in the class as the interpreter does, or
// any other attribute.
func (f *foreign) Attr(name string) (v starlark.Value, err error) {
	f.call.locked(func() {
		if strings.HasPrefix(name, "__") {
			v = f.call.special(f.object, name)
		} else {
			v, err = f.call.attribute(f.object, name)
		}
	})
	return v, err
}

func (c *call) special(o *C.PyObject, name string) starlark.Value {
	method := c.owned(C.PyObject_GetAttrString((*C.PyObject)(unsafe.Pointer(o.ob_type)), constant(name)))
	if method == nil {
		C.PyErr_Clear()
		return nil
	}
	return c.callable(name, method, o)
}

// attribute is an attribute of an object, which may be a method.
func (c *call) attribute(o *C.PyObject, name string) (starlark.Value, error) {
	found := c.owned(C.PyObject_GetAttrString(o, constant(name)))
	if found == nil {
		err := c.exception()
		if e, ok := pyval.AsException(err); ok && e.Class.Subclass(pyval.AttributeError) {
			return nil, nil
		}
		return nil, err
	}
	v, err := c.fromPython(found, 0)
	if _, unknown := v.(*foreign); unknown {
		return c.callable(name, found), nil
	}
	return v, err
}

// callable calls Python code with what it is called with, behind the first arguments.
func (c *call) callable(name string, o *C.PyObject, first ...*C.PyObject) starlark.Value {
	return starlark.NewBuiltin(name, func(_ *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (v starlark.Value, err error) {
		c.locked(func() { v, err = c.callObject(o, first, args) })
		return v, err
	})
}

func (c *call) callObject(o *C.PyObject, first []*C.PyObject, args starlark.Tuple) (starlark.Value, error) {
	arguments := C.PyTuple_New(C.Py_ssize_t(len(first) + len(args)))
	if arguments == nil {
		return nil, c.exception()
	}
	defer C.Py_DecRef(arguments)
	for i, arg := range first {
		C.PyTuple_SetItem(arguments, C.Py_ssize_t(i), borrowed(arg))
	}
	for i, arg := range args {
		converted, err := c.toPython(arg)
		if err != nil {
			return nil, err
		}
		C.PyTuple_SetItem(arguments, C.Py_ssize_t(len(first)+i), converted)
	}
	result := c.owned(C.PyObject_Call(o, arguments, nil))
	if result == nil {
		return nil, c.exception()
	}
	return c.fromPython(result, 0)
}

// AttrNames lists nothing: nobody asks a foreign object what it has.
func (f *foreign) AttrNames() []string { return nil }

// PyState is nothing that is observed.
func (f *foreign) PyState() []pyval.Attr { return nil }

// String is Python's repr.
func (f *foreign) String() (text string) {
	f.call.locked(func() {
		repr := f.call.owned(C.PyObject_Repr(f.object))
		if repr == nil {
			C.PyErr_Clear()
			return
		}
		text, _ = f.call.text(repr)
	})
	return text
}

// Type is the class's name.
func (f *foreign) Type() string { return f.PyClass().Short }

// Freeze does nothing.
func (f *foreign) Freeze() {}

// Truth is Python's bool; an object that refuses is true.
func (f *foreign) Truth() (truth starlark.Bool) {
	f.call.locked(func() {
		answer := C.PyObject_IsTrue(f.object)
		if answer < 0 {
			C.PyErr_Clear()
		}
		truth = answer != 0
	})
	return truth
}

// Hash is by identity.
func (f *foreign) Hash() (uint32, error) { return uint32(uintptr(unsafe.Pointer(f.object)) >> 4), nil }

package main

/*
#include "module.h"
*/
import "C"

import (
	"fmt"
	"runtime/cgo"
	"unsafe"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// newPortObject is the Python object of one of the port's that is no socket: a new
// reference. It keeps its owner alive, and if the object ends with it, it is the one
// that Python code holds it by: what CPython does to a file that nobody refers to
// any more happens when this goes.
func newPortObject(v starlark.Value, owner *C.PyObject, ends bool) (*C.PyObject, error) {
	if ext.portObject == nil {
		return nil, fmt.Errorf("the port returned a %T", v)
	}
	o := C.PyType_GenericNew(ext.portObject, nil, nil)
	if o == nil {
		return nil, errRaised
	}
	object := (*C.port_object)(unsafe.Pointer(o))
	object.handle = C.uintptr_t(cgo.NewHandle(v))
	if owner != nil {
		object.owner = borrowed(owner)
	}
	if ends {
		object.ends = 1
	}
	return o, nil
}

func valueOf(self *C.port_object) starlark.Value {
	return cgo.Handle(self.handle).Value().(starlark.Value)
}

// portObjectFree ends the object.
//
//export portObjectFree
func portObjectFree(self *C.port_object) {
	defer recovered(func() { C.PyErr_Clear() })
	if self.ends != 0 {
		var kind, value, traceback *C.PyObject
		C.PyErr_Fetch(&kind, &value, &traceback) //nolint:gocritic // what cgo makes of it
		end(valueOf(self))
		C.PyErr_Restore(kind, value, traceback)
	}
	cgo.Handle(self.handle).Delete()
	if self.owner != nil {
		C.Py_DecRef(self.owner)
	}
}

// end calls __del__. Nobody hears of its errors.
func end(v starlark.Value) {
	c := &call{}
	defer c.end()
	c.release()
	if object, ok := v.(starlark.HasAttrs); ok {
		if del, err := object.Attr("__del__"); err == nil && del != nil {
			_, _ = pyval.Call(&c.thread, del, nil, nil)
		}
	}
	c.hold()
	C.PyErr_Clear()
}

// portObjectGet is __getattribute__.
//
//export portObjectGet
func portObjectGet(self *C.port_object, name *C.PyObject) (result *C.PyObject) {
	defer recovered(func() { result = nil })
	c := &call{object: self}
	defer c.end()
	text, err := c.text(name)
	if err != nil {
		return c.result(nil, err)
	}
	object, ok := valueOf(self).(starlark.HasAttrs)
	if !ok || text == "__class__" || text == "__dict__" {
		return C.PyObject_GenericGetAttr((*C.PyObject)(unsafe.Pointer(self)), name)
	}
	c.release()
	v, err := object.Attr(text)
	c.hold()
	if v == nil && err == nil {
		return C.PyObject_GenericGetAttr((*C.PyObject)(unsafe.Pointer(self)), name)
	}
	return c.result(v, err)
}

// portObjectSet is __setattr__ and __delattr__.
//
//export portObjectSet
func portObjectSet(self *C.port_object, name, value *C.PyObject) (status C.int) {
	defer recovered(func() { status = -1 })
	c := &call{object: self}
	defer c.end()
	text, err := c.text(name)
	var v starlark.Value
	if err == nil && value != nil {
		v, err = c.fromPython(value, 0)
	}
	if err == nil {
		object, ok := valueOf(self).(starlark.HasSetField)
		switch {
		case !ok:
			err = pyval.AttributeError.Errorf("'%s' object has no attribute '%s'", pyval.TypeName(valueOf(self)), text)
		case value == nil:
			err = pyval.AttributeError.Errorf("cannot delete attribute '%s'", text)
		default:
			err = object.SetField(text, v)
		}
	}
	if err != nil {
		c.raise(err)
		return -1
	}
	return 0
}

// portObjectRepr is __repr__.
//
//export portObjectRepr
func portObjectRepr(self *C.port_object) (result *C.PyObject) {
	defer recovered(func() { result = nil })
	return (&call{}).result(starlark.String(valueOf(self).String()), nil)
}

// portObjectCall is __call__: the object is a method of one that it belongs to.
//
//export portObjectCall
func portObjectCall(self *C.port_object, args, kwargs *C.PyObject) (result *C.PyObject) {
	defer recovered(func() { result = nil })
	c := &call{calls: true}
	defer c.end()
	f, ok := valueOf(self).(starlark.Callable)
	if !ok {
		c.raise(pyval.TypeError.Errorf("'%s' object is not callable", pyval.TypeName(valueOf(self))))
		return nil
	}
	if self.owner != nil && self.owner.ob_type == ext.portObject {
		c.object = (*C.port_object)(unsafe.Pointer(self.owner))
	}
	return c.result(c.invoke(f, args, kwargs))
}

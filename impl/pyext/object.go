package main

/*
#include <stdlib.h>
#include "module.h"
*/
import "C"

import (
	"runtime/cgo"
	"unsafe"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/pysocket"
)

// portOf is the port's object behind an instance of the class.
func portOf(self *C.socket_object) pysocket.Instance {
	if self.handle == 0 { // before __init__
		bind(self, ext.port.Blank())
	}
	return cgo.Handle(self.handle).Value().(pysocket.Instance)
}

// bind puts the port's object behind an instance.
func bind(self *C.socket_object, object pysocket.Instance) {
	portFree(self)
	self.handle = C.uintptr_t(cgo.NewHandle(object))
	ext.instances[object] = self
	self.error = (*[0]byte)(C.oserror)
	show(self)
}

// show writes down what C code reads of an instance, as it is now.
func show(self *C.socket_object) {
	object := portOf(self)
	fd, timeout := object.Descriptor()
	self.fd, self.timeout = C.int(fd), C.int64_t(timeout)
}

// portInit is __init__: it calls the port's class.
//
//export portInit
func portInit(self *C.socket_object, args, kwargs *C.PyObject) (status C.int) {
	defer recovered(func() { status = -1 })
	c := &call{}
	ext.calling(+1)
	defer ext.calling(-1)
	defer c.end()
	defer C.making(C.making(self)) // back to the one before, at the end
	class := ext.class
	if ext.pythonClass != nil && C.PyType_IsSubtype(self.ob_base.ob_type, ext.pythonClass) != 0 {
		class = ext.port.PythonClass
	}
	made, err := c.invoke(class, args, kwargs)
	if err != nil {
		c.raise(err)
		return -1
	}
	bind(self, made.(pysocket.Instance))
	return 0
}

// portFree drops the port's object.
//
//export portFree
func portFree(self *C.socket_object) {
	if self.handle != 0 {
		delete(ext.instances, portOf(self))
		cgo.Handle(self.handle).Delete()
		self.handle = 0
	}
}

// portCollected is what happens once nothing refers to the object.
//
//export portCollected
func portCollected(self *C.socket_object) {
	defer recovered(func() { C.PyErr_WriteUnraisable(nil) })
	if self.handle == 0 {
		return
	}
	object := portOf(self)
	// It may happen while an exception is under way, which must stay.
	var kind, value, traceback *C.PyObject
	C.PyErr_Fetch(&kind, &value, &traceback) //nolint:gocritic // what cgo makes of it
	c := call{}
	c.release()
	object.Collected(func(_ *pyval.Class, prefix string) {
		c.hold()
		defer c.release()
		text := C.CString(prefix)
		defer C.free(unsafe.Pointer(text))
		if C.warn_unclosed((*C.PyObject)(unsafe.Pointer(self)), text) != 0 {
			C.PyErr_WriteUnraisable((*C.PyObject)(unsafe.Pointer(self)))
		}
	})
	c.hold()
	show(self)
	C.PyErr_Restore(kind, value, traceback)
}

// portRepr is __repr__.
//
//export portRepr
func portRepr(self *C.socket_object) (result *C.PyObject) {
	defer recovered(func() { result = nil })
	return (&call{}).result(starlark.String(portOf(self).String()), nil)
}

// portGet reads the n-th attribute that the class computes.
//
//export portGet
func portGet(self *C.socket_object, n C.int) (result *C.PyObject) {
	defer recovered(func() { result = nil })
	c := &call{self: self}
	defer c.end()
	return c.result(portOf(self).Attr(ext.attributes[n]))
}

// portSet assigns to it, which the port refuses.
//
//export portSet
func portSet(self *C.socket_object, n C.int) (status C.int) {
	defer recovered(func() { status = -1 })
	err := portOf(self).SetField(ext.attributes[n], starlark.None)
	if err != nil {
		(&call{}).raise(err)
		return -1
	}
	return 0
}

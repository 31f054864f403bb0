package main

/*
#include <stdlib.h>
#include "module.h"
*/
import "C"

import (
	"maps"
	"slices"
	"unsafe"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
)

// portInstall puts the port in place of what Lib/socket.py, the given module,
// defines itself: its functions, and the methods of its class. The class stays the
// one that Python code subclasses; its instances are the port's socket.socket.
//
//export portInstall
func portInstall(module *C.PyObject) (result *C.PyObject) {
	defer recovered(func() { result = nil })
	if err := ext.install(module); err != nil {
		(&call{}).raise(err)
		return nil
	}
	return borrowed(&C._Py_NoneStruct)
}

func (e *extension) install(module *C.PyObject) error {
	class := C.PyObject_GetAttrString(module, constant("socket"))
	unset := C.PyObject_GetAttrString(module, constant("_GLOBAL_DEFAULT_TIMEOUT"))
	if class == nil || unset == nil {
		return errRaised
	}
	if e.portObject == nil {
		e.portObject = (*C.PyTypeObject)(unsafe.Pointer(C.new_port_class()))
		if e.portObject == nil {
			return errRaised
		}
	}
	e.python, e.pythonClass, e.unset = borrowed(module), (*C.PyTypeObject)(unsafe.Pointer(class)), unset
	for _, enum := range e.port.Enums {
		class := C.PyObject_GetAttrString(module, constant(enum.Short))
		if class == nil {
			return errRaised
		}
		e.enums[(*C.PyTypeObject)(unsafe.Pointer(class))] = enum
	}
	for _, f := range e.port.Functions {
		def, err := e.method(f)
		if err != nil {
			return err
		}
		if err := setAttr(module, f.Name(), C.PyCFunction_NewEx(def, nil, nil)); err != nil {
			return err
		}
	}
	// Without a method of its own the class has the base's, which makes the port's
	// object by the class of the instance.
	if C.PyObject_SetAttrString(class, constant("__init__"), nil) != 0 {
		return errRaised
	}
	for _, name := range slices.Sorted(maps.Keys(e.port.PythonClass.Attrs)) {
		if name == "__init__" {
			continue
		}
		if err := e.installAttr(class, name, e.port.PythonClass.Attrs[name]); err != nil {
			return err
		}
	}
	for _, slot := range []string{"_closed", "_io_refs"} {
		if err := e.installComputed(class, slot); err != nil {
			return err
		}
	}
	return nil
}

func (e *extension) installAttr(class *C.PyObject, name string, v starlark.Value) error {
	switch v := v.(type) {
	case *pycall.Function:
		def, err := e.method(v)
		if err != nil {
			return err
		}
		e.bound[len(e.functions)-1] = true
		return setAttr(class, name, C.PyDescr_NewMethod(e.pythonClass, def))
	case *starlark.List: // __slots__
		return nil
	}
	return e.installComputed(class, name)
}

func (e *extension) installComputed(class *C.PyObject, name string) error {
	e.attributes = append(e.attributes, name)
	def := (*C.PyGetSetDef)(C.calloc(1, C.sizeof_PyGetSetDef))
	C.describe(def, constant(name), C.int(len(e.attributes)-1))
	return setAttr(class, name, C.PyDescr_NewGetSet(e.pythonClass, def))
}

// setAttr sets an attribute to a new reference, which it takes.
func setAttr(o *C.PyObject, name string, value *C.PyObject) error {
	if value == nil {
		return errRaised
	}
	defer C.Py_DecRef(value)
	if C.PyObject_SetAttrString(o, constant(name), value) != 0 {
		return errRaised
	}
	return nil
}

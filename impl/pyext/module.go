package main

/*
#cgo LDFLAGS: -Wl,--unresolved-symbols=ignore-all
#include <stdlib.h>
#include "module.h"
*/
import "C"

import (
	"fmt"
	"maps"
	"slices"
	"unsafe"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/pysocket"
)

// An extension is the module as it was imported. It is used with the interpreter
// lock held.
type extension struct {
	functions  []*pycall.Function // by trampoline, methods first
	methods    int
	attributes []string     // that instances compute, by the descriptor's closure
	class      *pyval.Class // of the port's sockets
	pyClass    *C.PyTypeObject
	exceptions map[*pyval.Class]*C.PyObject // that the module defines
	builtins   *C.PyObject
	port       *pysocket.Extension
	// instances are the Python objects of the port's sockets, which have one each.
	instances map[pysocket.Instance]*C.socket_object
	// refused are the exceptions of auditing hooks, until no call is under way.
	refused map[*pyval.Exception]*C.PyObject
	calls   int

	// Where the port stands for Lib/socket.py's own code too:
	python      *C.PyObject // the module
	pythonClass *C.PyTypeObject
	unset       *C.PyObject // the default of create_connection's timeout
	enums       map[*C.PyTypeObject]*pyval.Class
	bound       map[int]bool // functions that are methods of pythonClass
	portObject  *C.PyTypeObject
}

var ext = &extension{
	exceptions: map[*pyval.Class]*C.PyObject{},
	instances:  map[pysocket.Instance]*C.socket_object{},
	refused:    map[*pyval.Exception]*C.PyObject{},
	bound:      map[int]bool{},
	enums:      map[*C.PyTypeObject]*pyval.Class{},
}

// portModule fills the new module.
//
//export portModule
func portModule(module *C.PyObject) (status C.int) {
	defer recovered(func() { status = -1 })
	if err := ext.fill(module); err != nil {
		if C.PyErr_Occurred() == nil {
			setError(C.PyExc_SystemError, err.Error())
		}
		return -1
	}
	return 0
}

func (e *extension) fill(module *C.PyObject) error {
	builtins := C.CString("builtins")
	defer C.free(unsafe.Pointer(builtins))
	if e.builtins = C.PyImport_ImportModule(builtins); e.builtins == nil {
		return errRaised
	}
	port, err := pysocket.NewExtension(pysocket.Options{Python: runningPython(), Waiting: waiting, Audit: audit})
	if err != nil {
		return err
	}
	members := port.Members
	e.port, e.class = port, port.Class
	if err := e.makeClass(); err != nil {
		return err
	}
	// In the order of names, so that every process has the same trampolines.
	for _, name := range slices.Sorted(maps.Keys(members)) {
		value, err := e.member(members[name])
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := add(module, name, value); err != nil {
			return err
		}
	}
	class := (*C.PyObject)(unsafe.Pointer(e.pyClass))
	return add(module, "CAPI", C.new_capi(class, C.PyExc_OSError, C.PyExc_TimeoutError))
}

// add gives the module a member, whose reference it takes.
func add(module *C.PyObject, name string, value *C.PyObject) error {
	if value == nil {
		return errRaised
	}
	defer C.Py_DecRef(value)
	if C.PyModule_AddObjectRef(module, permanent(name), value) != 0 {
		return errRaised
	}
	return nil
}

// member is what stands in Python's module for a member of the port's: a new
// reference.
func (e *extension) member(v starlark.Value) (*C.PyObject, error) {
	switch v := v.(type) {
	case *pycall.Function:
		def, err := e.method(v)
		if err != nil {
			return nil, err
		}
		return C.PyCFunction_NewEx(def, nil, nil), nil
	case *pyval.Class:
		if v == e.class {
			class := (*C.PyObject)(unsafe.Pointer(e.pyClass))
			C.Py_IncRef(class)
			return class, nil
		}
		return e.exceptionClass(v)
	}
	var c call
	return c.toPython(v)
}

// method is the table entry of a function. It is never freed, like C's tables.
func (e *extension) method(f *pycall.Function) (*C.PyMethodDef, error) {
	n := len(e.functions)
	if n >= C.TRAMPOLINES {
		return nil, fmt.Errorf("more than %d functions and methods", n)
	}
	e.functions = append(e.functions, f)
	def := (*C.PyMethodDef)(C.calloc(1, C.sizeof_PyMethodDef))
	e.define(def, n, f.Name())
	return def, nil
}

func (e *extension) define(def *C.PyMethodDef, n int, name string) {
	def.ml_name = permanent(name)
	def.ml_meth = C.trampoline(C.int(n))
	def.ml_flags = C.METH_VARARGS | C.METH_KEYWORDS
}

// makeClass makes the class of sockets, with what the port's has.
func (e *extension) makeClass() error {
	var methods []*pycall.Function
	for _, name := range slices.Sorted(maps.Keys(e.class.Attrs)) {
		if f, ok := e.class.Attrs[name].(*pycall.Function); ok {
			methods = append(methods, f)
		} else {
			e.attributes = append(e.attributes, name)
		}
	}
	if e.methods = len(methods); e.methods > C.TRAMPOLINES {
		return fmt.Errorf("%d methods", len(methods))
	}
	table := unsafe.Slice((*C.PyMethodDef)(C.calloc(C.size_t(len(methods)+1), C.sizeof_PyMethodDef)), len(methods)+1)
	for i, f := range methods {
		e.functions = append(e.functions, f)
		e.define(&table[i], i, f.Name())
	}
	descriptors := unsafe.Slice((*C.PyGetSetDef)(C.calloc(C.size_t(len(e.attributes)+1), C.sizeof_PyGetSetDef)), len(e.attributes)+1)
	for i, name := range e.attributes {
		C.describe(&descriptors[i], permanent(name), C.int(i))
	}
	e.pyClass = (*C.PyTypeObject)(unsafe.Pointer(C.new_class(&table[0], &descriptors[0])))
	if e.pyClass == nil {
		return errRaised
	}
	return nil
}

// runningPython is the version of the interpreter.
func runningPython() pyval.Version {
	return pyval.Version{Major: int(C.Py_Version >> 24), Minor: int(C.Py_Version >> 16 & 0xff)}
}

// permanent is a C string that is never freed.
func permanent(s string) *C.char { return C.CString(s) }

package main

/*
#include <stdlib.h>
#include "module.h"
*/
import "C"

import (
	"cmp"
	"errors"
	"fmt"
	"unsafe"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// raise sets the Python exception for an error of the port.
func (c *call) raise(err error) {
	if C.PyErr_Occurred() != nil {
		return
	}
	e, ok := pyval.AsException(err)
	if !ok {
		setError(C.PyExc_SystemError, err.Error())
		return
	}
	o, err := c.exceptionObject(e)
	if err != nil {
		c.raise(fmt.Errorf("raise %s: %w", e.Class.Qualified(), err))
		return
	}
	setException(o)
	C.Py_DecRef(o)
}

func setException(o *C.PyObject) { C.PyErr_SetObject((*C.PyObject)(unsafe.Pointer(o.ob_type)), o) }

// exceptionObject makes the exception, or finds the one that Python code raised
// before: a new reference.
func (c *call) exceptionObject(e *pyval.Exception) (*C.PyObject, error) {
	if o := cmp.Or(c.raised[e], ext.refused[e]); o != nil {
		return borrowed(o), nil
	}
	class, err := ext.exceptionClass(e.Class)
	if err != nil {
		return nil, err
	}
	defer C.Py_DecRef(class)
	arguments := e.Args
	if exceptions, _ := e.Attr("exceptions"); exceptions != nil && len(arguments) == 2 {
		// A group keeps what it was made of, and its arguments may be empty by now.
		arguments = starlark.Tuple{arguments[0], exceptions}
	}
	args, err := c.toPython(arguments)
	if err != nil {
		return nil, err
	}
	defer C.Py_DecRef(args)
	o := C.PyObject_Call(class, args, nil)
	if o == nil {
		return nil, errRaised
	}
	return o, nil
}

// exceptionClass is a builtin class, or one that the module defines: a new
// reference.
func (e *extension) exceptionClass(class *pyval.Class) (*C.PyObject, error) {
	if class.Module == "" {
		if o := C.PyObject_GetAttrString(e.builtins, constant(class.Short)); o != nil {
			return o, nil
		}
		return nil, errRaised
	}
	if o := e.exceptions[class]; o != nil {
		return borrowed(o), nil
	}
	if o := e.pythonsOwn(class); o != nil {
		return o, nil
	}
	base, err := e.exceptionClass(class.Bases[0])
	if err != nil {
		return nil, err
	}
	defer C.Py_DecRef(base)
	o := C.PyErr_NewException(constant(class.Qualified()), base, nil)
	if o == nil {
		return nil, errRaised
	}
	e.exceptions[class] = o
	return borrowed(o), nil
}

// pythonsOwn is the class of that name where Python code defines it, or nil: a new
// reference.
func (e *extension) pythonsOwn(class *pyval.Class) *C.PyObject {
	home := e.python
	if class.Module != "socket" {
		home = C.PyImport_ImportModule(constant(class.Module))
		defer C.Py_DecRef(home)
	}
	if home != nil {
		if o := C.PyObject_GetAttrString(home, constant(class.Short)); o != nil {
			return o
		}
	}
	C.PyErr_Clear()
	return nil
}

// takeException takes the exception that Python has set: a new reference.
func takeException() *C.PyObject {
	var kind, value, traceback *C.PyObject
	C.PyErr_Fetch(&kind, &value, &traceback)              //nolint:gocritic // what cgo makes of it
	C.PyErr_NormalizeException(&kind, &value, &traceback) //nolint:gocritic // what cgo makes of it
	for _, o := range []*C.PyObject{kind, traceback} {
		if o != nil {
			C.Py_DecRef(o)
		}
	}
	return value
}

// exception is what Python code raised when the port called it back, as the
// port's own code can look at it.
func (c *call) exception() error {
	o := c.owned(takeException())
	if o == nil {
		return errors.New("a call of Python code failed and raised nothing")
	}
	e := pyval.NewException(c.knownClass(o))
	if c.raised == nil {
		c.raised = map[*pyval.Exception]*C.PyObject{}
	}
	c.raised[e] = o
	return e
}

// knownClass is the nearest class of an exception that the port knows: a builtin one,
// or io's for what a file cannot do.
func (c *call) knownClass(o *C.PyObject) *pyval.Class {
	mro := c.owned(C.PyObject_GetAttrString((*C.PyObject)(unsafe.Pointer(o.ob_type)), constant("__mro__")))
	if mro == nil {
		C.PyErr_Clear()
		return pyval.Builtin("Exception")
	}
	for i := range C.PyTuple_Size(mro) {
		class := (*C.PyTypeObject)(unsafe.Pointer(C.PyTuple_GetItem(mro, i)))
		if unsupported := ext.port.UnsupportedOperation; c.typeAttr(class, "__module__") == unsupported.Module && c.typeAttr(class, "__name__") == unsupported.Short {
			return unsupported
		}
		if c.typeAttr(class, "__module__") != "builtins" {
			continue
		}
		if known := pyval.Builtin(c.typeAttr(class, "__name__")); known != nil {
			return known
		}
	}
	return pyval.Builtin("Exception")
}

// warn issues a warning of the port where Python made the call.
func (c *call) warn(category *pyval.Class, text string) (err error) {
	c.locked(func() {
		class, failed := ext.exceptionClass(category)
		if failed != nil {
			C.PyErr_Clear()
			return
		}
		defer C.Py_DecRef(class)
		message := C.CString(text)
		defer C.free(unsafe.Pointer(message))
		if C.PyErr_WarnEx(class, message, 1) != 0 {
			err = c.exception()
		}
	})
	return err
}

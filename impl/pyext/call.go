package main

/*
#include <stdlib.h>
#include "module.h"
*/
import "C"

import (
	"errors"
	"fmt"
	"unsafe"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// A call is one call of the port from Python: what it has borrowed until it ends,
// and whether it has the interpreter lock. It has it when it is made.
type call struct {
	thread  starlark.Thread
	self    *C.socket_object // what a method was called on
	object  *C.port_object   // or this
	calls   bool             // it is a call, and no look at an attribute
	state   *C.PyThreadState // nil while it has the lock
	buffers []*C.Py_buffer
	objects []*C.PyObject // new references
	// raised are the exceptions of Python code that the port was told of, to be
	// raised again as they are.
	raised map[*pyval.Exception]*C.PyObject
}

// errRaised says that Python has an exception set already.
var errRaised = errors.New("a Python exception was raised")

// portCall calls the n-th function of the port.
//
//export portCall
func portCall(n C.int, self, args, kwargs *C.PyObject) (result *C.PyObject) {
	defer recovered(func() { result = nil })
	c := &call{calls: true}
	ext.calling(+1)
	defer ext.calling(-1)
	defer c.end()
	f := ext.functions[n]
	if int(n) < ext.methods || ext.bound[int(n)] {
		c.self = (*C.socket_object)(unsafe.Pointer(self))
		f = f.Bind(portOf(c.self))
	}
	v, err := c.invoke(f, args, kwargs)
	if c.self != nil {
		show(c.self)
	}
	return c.result(v, err)
}

// invoke calls a function of the port with Python's arguments, without the lock.
func (c *call) invoke(f starlark.Callable, args, kwargs *C.PyObject) (starlark.Value, error) {
	positional, err := c.tuple(args, 0)
	if err != nil {
		return nil, err
	}
	named, err := c.named(kwargs)
	if err != nil {
		return nil, err
	}
	pyval.SetWarner(&c.thread, c.warn)
	c.release()
	defer c.hold()
	return f.CallInternal(&c.thread, positional, named)
}

// named are the arguments given by name.
func (c *call) named(kwargs *C.PyObject) ([]starlark.Tuple, error) {
	if kwargs == nil {
		return nil, nil
	}
	var named []starlark.Tuple
	var at C.Py_ssize_t
	var key, value *C.PyObject
	for C.PyDict_Next(kwargs, &at, &key, &value) != 0 { //nolint:gocritic // what cgo makes of it
		name, err := c.fromPython(key, 0)
		if err != nil {
			return nil, err
		}
		v, err := c.fromPython(value, 0)
		if err != nil {
			return nil, err
		}
		named = append(named, starlark.Tuple{name, v})
	}
	return named, nil
}

// result hands what the port returned to Python: a new reference, or nil with an
// exception set.
func (c *call) result(v starlark.Value, err error) *C.PyObject {
	switch {
	case C.PyErr_Occurred() != nil: // by a handler of a signal
		return nil
	case err != nil:
		c.raise(err)
		return nil
	}
	o, err := c.toPython(v)
	if err != nil {
		c.raise(err)
	}
	return o
}

// hold takes the interpreter lock, and release gives it back.
func (c *call) hold() {
	if c.state != nil {
		C.PyEval_RestoreThread(c.state)
		c.state = nil
	}
}

func (c *call) release() { c.state = C.PyEval_SaveThread() }

// locked runs f with the lock, from within the port.
func (c *call) locked(f func()) {
	if c.state == nil {
		f()
		return
	}
	c.hold()
	defer c.release()
	f()
}

// end gives back what the call has borrowed.
func (c *call) end() {
	c.hold()
	for _, view := range c.buffers {
		C.PyBuffer_Release(view)
		C.free(unsafe.Pointer(view))
	}
	for _, o := range c.objects {
		C.Py_DecRef(o)
	}
}

// owned notes a new reference, to be dropped when the call ends.
func (c *call) owned(o *C.PyObject) *C.PyObject {
	if o != nil {
		c.objects = append(c.objects, o)
	}
	return o
}

// recovered turns a panic, which must not cross into C, into a SystemError.
func recovered(failed func()) {
	if r := recover(); r != nil {
		setError(C.PyExc_SystemError, fmt.Sprintf("panic: %v", r))
		failed()
	}
}

func setError(class *C.PyObject, text string) {
	s := C.CString(text)
	defer C.free(unsafe.Pointer(s))
	C.PyErr_SetString(class, s)
}

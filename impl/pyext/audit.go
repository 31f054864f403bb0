package main

/*
#include <stdlib.h>
#include "module.h"
*/
import "C"

import (
	"unsafe"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/pysocket"
)

// newEvent is the auditing event of an object that is being made.
const newEvent = "socket.__new__"

// audit raises an auditing event of the port in the interpreter. It is on the
// thread of the call that Python made, which has given the lock back.
func audit(event string, args func() starlark.Tuple) (err error) {
	c := &call{}
	state := C.PyGILState_Ensure()
	defer C.PyGILState_Release(state)
	defer c.end()
	values := args()
	if self := C.being_made(); self != nil && event == newEvent && len(values) > 0 {
		// The port has a socket already, and Python's object is not bound to it yet.
		values[0] = &foreign{call: c, object: (*C.PyObject)(unsafe.Pointer(self))}
	}
	defer disown(unbound(values))
	tuple, err := c.toPython(values)
	if err != nil {
		return err
	}
	c.owned(tuple)
	if C.audit(constant(event), tuple) == 0 {
		return nil
	}
	o := takeException()
	e := pyval.NewException(c.knownClass(o))
	ext.refused[e] = o
	return e
}

// unbound are the sockets among values for which there is no Python object: the port
// has just made them for itself, as create_connection does.
func unbound(values starlark.Tuple) (sockets []pysocket.Instance) {
	for _, v := range values {
		if sock, ok := v.(pysocket.Instance); ok && ext.instances[sock] == nil {
			sockets = append(sockets, sock)
		}
	}
	return sockets
}

// disown parts sockets from the Python objects that they had for an event: the end of
// such an object must not close a socket that the port goes on with.
func disown(sockets []pysocket.Instance) {
	for _, sock := range sockets {
		if self := ext.instances[sock]; self != nil {
			portFree(self)
		}
	}
}

// calling counts the calls that Python has made, and forgets what hooks raised when
// the last has ended: nobody can ask for it any more.
func (e *extension) calling(by int) {
	if e.calls += by; e.calls > 0 {
		return
	}
	for refusal, o := range e.refused {
		delete(e.refused, refusal)
		C.Py_DecRef(o)
	}
}

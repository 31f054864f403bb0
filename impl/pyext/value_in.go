package main

/*
#include <stdlib.h>
#include "module.h"
*/
import "C"

import (
	"fmt"
	"math/big"
	"unsafe"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// nesting is how deep lists and tuples within arguments become the port's: the
// module has no use for deeper ones, which may contain themselves.
const nesting = 4

// lent is how long bytes have to be for the port to read them where they are.
// Those that it may keep (names, addresses) are shorter, and copied.
const lent = 4096

// fromPython is an argument as the port takes it. It is valid until the call
// ends.
func (c *call) fromPython(o *C.PyObject, depth int) (starlark.Value, error) {
	switch o {
	case &C._Py_NoneStruct:
		return starlark.None, nil
	case &C._Py_TrueStruct:
		return starlark.True, nil
	case &C._Py_FalseStruct:
		return starlark.False, nil
	}
	if o == ext.unset {
		return ext.port.UnsetTimeout, nil
	}
	switch o.ob_type {
	case ext.portObject:
		return valueOf((*C.port_object)(unsafe.Pointer(o))), nil
	case &C.PyLong_Type:
		return c.integer(o)
	case &C.PyFloat_Type:
		return starlark.Float(C.PyFloat_AsDouble(o)), nil
	case &C.PyByteArray_Type:
		data, _, err := c.borrow(o)
		return pyval.NewBytearray(data), err
	}
	flags := C.PyType_GetFlags(o.ob_type)
	switch {
	case flags&C.Py_TPFLAGS_UNICODE_SUBCLASS != 0:
		text, err := c.text(o)
		return starlark.String(text), err
	case flags&C.Py_TPFLAGS_BYTES_SUBCLASS != 0:
		return starlark.Bytes(bytesOf(o)), nil
	case flags&C.Py_TPFLAGS_TUPLE_SUBCLASS != 0 && depth < nesting:
		return c.tuple(o, depth)
	case flags&C.Py_TPFLAGS_LIST_SUBCLASS != 0 && depth < nesting:
		items, err := c.list(o, depth)
		return starlark.NewList(items), err
	case ext.enums[o.ob_type] != nil:
		var overflow C.int
		return ext.enums[o.ob_type].Member(int64(C.PyLong_AsLongLongAndOverflow(o, &overflow))), nil
	case C.PyType_IsSubtype(o.ob_type, ext.pyClass) != 0:
		return portOf((*C.socket_object)(unsafe.Pointer(o))), nil
	}
	return c.foreign(o)
}

// integer is an int of any size.
func (c *call) integer(o *C.PyObject) (starlark.Value, error) {
	var overflow C.int
	if i := C.PyLong_AsLongLongAndOverflow(o, &overflow); overflow == 0 {
		return starlark.MakeInt64(int64(i)), nil
	}
	digits := C.PyNumber_ToBase(o, 16)
	if digits == nil {
		return nil, c.exception()
	}
	defer C.Py_DecRef(digits)
	text, err := c.text(digits)
	if err != nil {
		return nil, err
	}
	i, ok := new(big.Int).SetString(text, 0)
	if !ok {
		return nil, fmt.Errorf("%q is no number", text)
	}
	return starlark.MakeBigInt(i), nil
}

// text is a str: UTF-8, in which a surrogate has the form that pyval gives it.
func (c *call) text(o *C.PyObject) (string, error) {
	var size C.Py_ssize_t
	if s := C.PyUnicode_AsUTF8AndSize(o, &size); s != nil {
		return string(unsafe.Slice((*byte)(unsafe.Pointer(s)), size)), nil
	}
	C.PyErr_Clear()
	encoded := C.PyUnicode_AsEncodedString(o, constant("utf-8"), constant("surrogatepass"))
	if encoded == nil {
		return "", c.exception()
	}
	defer C.Py_DecRef(encoded)
	return string(append([]byte{}, bytesOf(encoded)...)), nil
}

// bytesOf is the contents of a bytes object, without a copy if they are long.
func bytesOf(o *C.PyObject) string {
	data := (*byte)(unsafe.Pointer(C.PyBytes_AsString(o)))
	size := int(C.PyBytes_Size(o))
	if size >= lent {
		return unsafe.String(data, size)
	}
	return string(unsafe.Slice(data, size))
}

func (c *call) tuple(o *C.PyObject, depth int) (starlark.Tuple, error) {
	items := make(starlark.Tuple, C.PyTuple_Size(o))
	for i := range items {
		var err error
		if items[i], err = c.fromPython(C.PyTuple_GetItem(o, C.Py_ssize_t(i)), depth+1); err != nil {
			return nil, err
		}
	}
	return items, nil
}

func (c *call) list(o *C.PyObject, depth int) ([]starlark.Value, error) {
	items := make([]starlark.Value, C.PyList_Size(o))
	for i := range items {
		item := C.PyList_GetItem(o, C.Py_ssize_t(i))
		if item == nil { // the conversion of another item has changed the list
			return nil, c.exception()
		}
		// The list may lose it while the lock is released.
		C.Py_IncRef(item)
		var err error
		if items[i], err = c.fromPython(c.owned(item), depth+1); err != nil {
			return nil, err
		}
	}
	return items, nil
}

// borrow is the memory of an object with the buffer protocol, which stays
// exported until the call ends.
func (c *call) borrow(o *C.PyObject) (data []byte, readonly bool, err error) {
	view := (*C.Py_buffer)(C.calloc(1, C.sizeof_Py_buffer))
	if C.PyObject_GetBuffer(o, view, C.PyBUF_SIMPLE) != 0 {
		C.free(unsafe.Pointer(view))
		return nil, false, c.exception()
	}
	c.buffers = append(c.buffers, view)
	return unsafe.Slice((*byte)(view.buf), view.len), view.readonly != 0, nil
}

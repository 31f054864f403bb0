package main

/*
#include <stdlib.h>
#include "module.h"
*/
import "C"

import (
	"fmt"
	"sync"
	"unsafe"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/pysocket"
)

// toPython is what the port returned as Python has it: a new reference.
func (c *call) toPython(v starlark.Value) (*C.PyObject, error) {
	var o *C.PyObject
	switch v := v.(type) {
	case nil, starlark.NoneType:
		return borrowed(&C._Py_NoneStruct), nil
	case starlark.Bool:
		if v {
			return borrowed(&C._Py_TrueStruct), nil
		}
		return borrowed(&C._Py_FalseStruct), nil
	case starlark.Int:
		o = integer(v)
	case starlark.Float:
		o = C.PyFloat_FromDouble(C.double(v))
	case starlark.String:
		o = C.PyUnicode_DecodeUTF8((*C.char)(unsafe.Pointer(unsafe.StringData(string(v)))), C.Py_ssize_t(len(v)), constant("surrogatepass"))
	case starlark.Bytes:
		o = C.PyBytes_FromStringAndSize((*C.char)(unsafe.Pointer(unsafe.StringData(string(v)))), C.Py_ssize_t(len(v)))
	case *pyval.Bytearray:
		data := v.Bytes()
		o = C.PyByteArray_FromStringAndSize((*C.char)(unsafe.Pointer(unsafe.SliceData(data))), C.Py_ssize_t(len(data)))
	case *pyval.Enum:
		o = c.member(v)
	case starlark.Tuple:
		o = C.PyTuple_New(C.Py_ssize_t(len(v)))
		for i, item := range v {
			converted, err := c.toPython(item)
			if err != nil {
				C.Py_DecRef(o)
				return nil, err
			}
			C.PyTuple_SetItem(o, C.Py_ssize_t(i), converted)
		}
	case *starlark.List:
		o = C.PyList_New(C.Py_ssize_t(v.Len()))
		for i := range v.Len() {
			converted, err := c.toPython(v.Index(i))
			if err != nil {
				C.Py_DecRef(o)
				return nil, err
			}
			C.PyList_SetItem(o, C.Py_ssize_t(i), converted)
		}
	case *pyval.Exception:
		return c.exceptionObject(v)
	case *foreign:
		return borrowed(v.object), nil
	case *foreignBuffer:
		return borrowed(v.object), nil
	case pysocket.Instance:
		return c.instance(v)
	case starlark.HasAttrs:
		return c.wrap(v)
	default:
		return nil, fmt.Errorf("the port returned a %T", v)
	}
	if o == nil {
		return nil, errRaised
	}
	return o, nil
}

// wrap is the Python object of an object that only the port knows.
func (c *call) wrap(v starlark.HasAttrs) (*C.PyObject, error) {
	if c.object != nil {
		self := (*C.PyObject)(unsafe.Pointer(c.object))
		if valueOf(c.object) == starlark.Value(v) {
			return borrowed(self), nil
		}
		return newPortObject(v, self, c.calls)
	}
	return newPortObject(v, (*C.PyObject)(unsafe.Pointer(c.self)), c.calls)
}

// member is a member of an enum: Python's, where its module has the enum, and else
// an int.
func (c *call) member(v *pyval.Enum) *C.PyObject {
	i := integer(starlark.MakeBigInt(v.Value))
	if i == nil || ext.python == nil {
		return i
	}
	class := c.owned(C.PyObject_GetAttrString(ext.python, constant(v.PyClass().Short)))
	args := c.owned(C.PyTuple_New(1))
	if class == nil || args == nil {
		C.PyErr_Clear()
		return i
	}
	C.PyTuple_SetItem(args, 0, i)
	return C.PyObject_Call(class, args, nil)
}

func borrowed(o *C.PyObject) *C.PyObject {
	C.Py_IncRef(o)
	return o
}

func integer(v starlark.Int) *C.PyObject {
	if i, ok := v.Int64(); ok {
		return C.PyLong_FromLongLong(C.longlong(i))
	}
	digits := C.CString(v.BigInt().Text(16))
	defer C.free(unsafe.Pointer(digits))
	return C.PyLong_FromString(digits, nil, 16)
}

// instance is the Python object of one of the port's sockets.
func (c *call) instance(v pysocket.Instance) (*C.PyObject, error) {
	if known := ext.instances[v]; known != nil {
		return borrowed((*C.PyObject)(unsafe.Pointer(known))), nil
	}
	class := ext.pyClass
	if ext.pythonClass != nil && v.PyClass() == ext.port.PythonClass {
		class = ext.pythonClass
	}
	o := C.PyType_GenericNew(class, nil, nil)
	if o == nil {
		return nil, errRaised
	}
	bind((*C.socket_object)(unsafe.Pointer(o)), v)
	return o, nil
}

// constants are the C strings of names that are needed over and over.
var constants sync.Map

// constant is a text as a C string that is kept for ever.
func constant(text string) *C.char {
	if s, ok := constants.Load(text); ok {
		return s.(*C.char)
	}
	s, loaded := constants.LoadOrStore(text, C.CString(text))
	_ = loaded // one that lost the race is never freed
	return s.(*C.char)
}

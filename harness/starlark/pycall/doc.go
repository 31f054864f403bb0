// Package pycall gives Go functions Python's calling convention: which
// arguments a function takes, how they are converted, and the exact TypeError,
// OverflowError or ValueError of a call that does not fit.
//
// A function is an entry of a method table, in the terms of CPython's own:
//
//	pycall.Method{Name: "recv", Takes: pycall.VarArgs, Func: recv}
//	pycall.Def("create_connection", "address, timeout=…, source_address=None, *, all_errors=False", createConnection)
//
// What [Method.Takes] names decides who checks the arguments, and so which words
// an error uses:
//
//	NoArgs, OneArg    the interpreter: "socket.fileno() takes no arguments (1 given)"
//	VarArgs, Keywords the function, with [Call.ParseTuple] or [Call.ParseKeywords]
//	                  and a format: "recv() takes at least 1 argument (0 given)"
//	FastCall          the function, with [Call.Clinic]: "send expected at least 1 argument, got 0"
//	a Def             the interpreter, from the names of its parameters
//
// Formats are those of PyArg_ParseTuple and a target is a pointer:
//
//	i   C int                *int        n   Py_ssize_t     *int
//	I   unsigned int, masked *uint32     s   str without NUL     *string
//	B   … of 8 bits, masked  *uint8      H   … of 16 bits        *uint16
//	k   an int, 64 bits of it *uint64    K   as k                *uint64
//	y*  bytes-like           *[]byte     w*  writable bytes-like *[]byte
//	O   anything             *starlark.Value      et  encoded str, or bytes  Encoded
//	O!  of a class           Instance    O&  by a function       Converter
//
// A | starts the optional arguments, a $ those that are given by name only; the
// name of the function follows a colon, or the whole text of the error a
// semicolon. Buffers are released when the call ends.
//
// The convention of a function and the texts differ between Python versions: a
// table is built for a version, and a [Call] knows its own.
package pycall

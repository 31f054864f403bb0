// The part of Python's stable ABI that the extension uses (PEP 384): these
// structures and functions are the same in every Python since 3.11, so one
// library serves them all, and no Python's headers are needed to build it.
#ifndef PYPARITY_PYTHON_H
#define PYPARITY_PYTHON_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

typedef ssize_t Py_ssize_t;
typedef struct _typeobject PyTypeObject;
typedef struct _ts PyThreadState;
typedef struct {
	Py_ssize_t ob_refcnt;
	PyTypeObject *ob_type;
} PyObject;

// What the interpreter calls.
typedef PyObject *(*PyCFunctionWithKeywords)(PyObject *, PyObject *, PyObject *);
typedef struct {
	const char *ml_name;
	PyCFunctionWithKeywords ml_meth;
	int ml_flags;
	const char *ml_doc;
} PyMethodDef;
#define METH_VARARGS 0x0001
#define METH_KEYWORDS 0x0002

typedef struct {
	const char *name;
	PyObject *(*get)(PyObject *, void *);
	int (*set)(PyObject *, PyObject *, void *);
	const char *doc;
	void *closure;
} PyGetSetDef;

typedef struct {
	int slot;
	void *pfunc;
} PyType_Slot;
typedef struct {
	const char *name;
	int basicsize;
	int itemsize;
	unsigned int flags;
	PyType_Slot *slots;
} PyType_Spec;
#define Py_tp_call 50
#define Py_tp_dealloc 52
#define Py_tp_getattro 58
#define Py_tp_init 60
#define Py_tp_iter 62
#define Py_tp_iternext 63
#define Py_tp_methods 64
#define Py_tp_new 65
#define Py_tp_repr 66
#define Py_tp_setattro 69
#define Py_tp_free 74
#define Py_tp_getset 73
#define Py_tp_finalize 80

#define Py_TPFLAGS_IMMUTABLETYPE (1UL << 8)
#define Py_TPFLAGS_BASETYPE (1UL << 10)
#define Py_TPFLAGS_DEFAULT (1UL << 18)
#define Py_TPFLAGS_LONG_SUBCLASS (1UL << 24)
#define Py_TPFLAGS_LIST_SUBCLASS (1UL << 25)
#define Py_TPFLAGS_TUPLE_SUBCLASS (1UL << 26)
#define Py_TPFLAGS_BYTES_SUBCLASS (1UL << 27)
#define Py_TPFLAGS_UNICODE_SUBCLASS (1UL << 28)
#define Py_TPFLAGS_BASE_EXC_SUBCLASS (1UL << 30)
#define Py_TPFLAGS_TYPE_SUBCLASS (1UL << 31)

typedef struct {
	PyObject ob_base;
	PyObject *(*m_init)(void);
	Py_ssize_t m_index;
	PyObject *m_copy;
	const char *m_name;
	const char *m_doc;
	Py_ssize_t m_size;
	PyMethodDef *m_methods;
	void *m_slots, *m_traverse, *m_clear, *m_free;
} PyModuleDef;
#define PYTHON_ABI_VERSION 3

typedef struct {
	void *buf;
	PyObject *obj;
	Py_ssize_t len, itemsize;
	int readonly, ndim;
	char *format;
	Py_ssize_t *shape, *strides, *suboffsets;
	void *internal;
} Py_buffer;
#define PyBUF_SIMPLE 0

extern PyObject _Py_NoneStruct, _Py_TrueStruct, _Py_FalseStruct;
extern PyTypeObject PyLong_Type, PyFloat_Type, PyByteArray_Type;
extern PyObject *PyExc_SystemError, *PyExc_OSError, *PyExc_TimeoutError;
extern const unsigned long Py_Version;

// References.
void Py_IncRef(PyObject *);
void Py_DecRef(PyObject *);

// Types and modules.
PyObject *PyModule_Create2(PyModuleDef *, int version);
int PyModule_AddObjectRef(PyObject *module, const char *name, PyObject *value);
PyObject *PyCFunction_NewEx(PyMethodDef *, PyObject *self, PyObject *module);
PyObject *PyDescr_NewMethod(PyTypeObject *, PyMethodDef *);
PyObject *PyDescr_NewGetSet(PyTypeObject *, PyGetSetDef *);
PyObject *PyType_FromSpec(PyType_Spec *);
PyObject *PyType_GenericNew(PyTypeObject *, PyObject *args, PyObject *kwargs);
void *PyType_GetSlot(PyTypeObject *, int slot);
unsigned long PyType_GetFlags(PyTypeObject *);
int PyType_IsSubtype(PyTypeObject *, PyTypeObject *);
int PyObject_CallFinalizerFromDealloc(PyObject *);
PyObject *PyCapsule_New(void *pointer, const char *name, void *destructor);
PyObject *PyImport_ImportModule(const char *name);

// Objects.
PyObject *PyObject_GetAttrString(PyObject *, const char *name);
int PyObject_SetAttrString(PyObject *, const char *name, PyObject *value);
PyObject *PyObject_GenericGetAttr(PyObject *, PyObject *name);
PyObject *PyObject_Call(PyObject *, PyObject *args, PyObject *kwargs);
PyObject *PyObject_Repr(PyObject *);
PyObject *PyObject_RichCompare(PyObject *, PyObject *, int op);
PyObject *PyObject_GetIter(PyObject *);
PyObject *PyIter_Next(PyObject *);
int PyObject_IsTrue(PyObject *);
int PyObject_CheckBuffer(PyObject *);
int PyObject_GetBuffer(PyObject *, Py_buffer *, int flags);
void PyBuffer_Release(Py_buffer *);

// Values.
long long PyLong_AsLongLongAndOverflow(PyObject *, int *overflow);
PyObject *PyLong_FromLongLong(long long);
PyObject *PyLong_FromString(const char *, char **end, int base);
PyObject *PyNumber_ToBase(PyObject *, int base);
double PyFloat_AsDouble(PyObject *);
PyObject *PyFloat_FromDouble(double);
const char *PyUnicode_AsUTF8AndSize(PyObject *, Py_ssize_t *);
PyObject *PyUnicode_AsEncodedString(PyObject *, const char *encoding, const char *errors);
PyObject *PyUnicode_DecodeUTF8(const char *, Py_ssize_t, const char *errors);
char *PyBytes_AsString(PyObject *);
Py_ssize_t PyBytes_Size(PyObject *);
PyObject *PyBytes_FromStringAndSize(const char *, Py_ssize_t);
PyObject *PyByteArray_FromStringAndSize(const char *, Py_ssize_t);
PyObject *PyTuple_New(Py_ssize_t);
Py_ssize_t PyTuple_Size(PyObject *);
PyObject *PyTuple_GetItem(PyObject *, Py_ssize_t);
int PyTuple_SetItem(PyObject *, Py_ssize_t, PyObject *);
PyObject *PyList_New(Py_ssize_t);
Py_ssize_t PyList_Size(PyObject *);
PyObject *PyList_GetItem(PyObject *, Py_ssize_t);
int PyList_SetItem(PyObject *, Py_ssize_t, PyObject *);
int PyDict_Next(PyObject *, Py_ssize_t *pos, PyObject **key, PyObject **value);

// Exceptions and warnings.
PyObject *PyErr_Occurred(void);
void PyErr_Clear(void);
void PyErr_SetObject(PyObject *type, PyObject *value);
void PyErr_SetString(PyObject *type, const char *text);
PyObject *PyErr_SetFromErrno(PyObject *type);
void PyErr_Fetch(PyObject **type, PyObject **value, PyObject **traceback);
void PyErr_Restore(PyObject *type, PyObject *value, PyObject *traceback);
void PyErr_NormalizeException(PyObject **type, PyObject **value, PyObject **traceback);
void PyErr_WriteUnraisable(PyObject *);
int PyErr_GivenExceptionMatches(PyObject *, PyObject *);
int PyErr_CheckSignals(void);
int PySys_Audit(const char *event, const char *format, ...); // no part of it, and the same in every Python
int PyErr_WarnEx(PyObject *category, const char *text, Py_ssize_t level);
int PyErr_ResourceWarning(PyObject *source, Py_ssize_t level, const char *format, ...);
PyObject *PyErr_NewException(const char *name, PyObject *base, PyObject *dict);

// The interpreter lock.
PyThreadState *PyEval_SaveThread(void);
void PyEval_RestoreThread(PyThreadState *);
int PyGILState_Ensure(void);
void PyGILState_Release(int);

#endif

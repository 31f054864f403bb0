// What cannot be written in Go: functions that the interpreter can point at, and
// waits that a signal interrupts.
#include "module.h"

#include <errno.h>
#include <pthread.h>

#include "_cgo_export.h"

// A function of C's table knows nothing of its name: so that each of the port's
// functions has one, they are made in advance and numbered.
#define ONE(n) \
	static PyObject *call_##n(PyObject *self, PyObject *args, PyObject *kwargs) { return portCall(0##n, self, args, kwargs); }
#define EIGHT(f, n) f(n##0) f(n##1) f(n##2) f(n##3) f(n##4) f(n##5) f(n##6) f(n##7)
#define ALL(f) \
	EIGHT(f, 0) EIGHT(f, 1) EIGHT(f, 2) EIGHT(f, 3) EIGHT(f, 4) EIGHT(f, 5) EIGHT(f, 6) EIGHT(f, 7) \
	EIGHT(f, 10) EIGHT(f, 11) EIGHT(f, 12) EIGHT(f, 13) EIGHT(f, 14) EIGHT(f, 15) EIGHT(f, 16) EIGHT(f, 17)
ALL(ONE)

#define NAME(n) call_##n,
static const PyCFunctionWithKeywords trampolines[TRAMPOLINES] = {ALL(NAME)};

PyCFunctionWithKeywords trampoline(int n) { return trampolines[n]; }

static int init(PyObject *self, PyObject *args, PyObject *kwargs) { return portInit((socket_object *)self, args, kwargs); }
static PyObject *repr(PyObject *self) { return portRepr((socket_object *)self); }
static void finalize(PyObject *self) { portCollected((socket_object *)self); }

static void dealloc(PyObject *self) {
	PyTypeObject *type = self->ob_type;
	if (PyObject_CallFinalizerFromDealloc(self) < 0) {
		return; // somebody refers to it again
	}
	portFree((socket_object *)self);
	void (*release)(PyObject *) = PyType_GetSlot(type, Py_tp_free);
	release(self);
	Py_DecRef((PyObject *)type);
}

PyObject *new_class(PyMethodDef *methods, PyGetSetDef *getsets) {
	PyType_Slot slots[] = {
		{Py_tp_new, PyType_GenericNew},
		{Py_tp_init, init},
		{Py_tp_repr, repr},
		{Py_tp_finalize, finalize},
		{Py_tp_dealloc, dealloc},
		{Py_tp_methods, methods},
		{Py_tp_getset, getsets},
		{0, NULL},
	};
	PyType_Spec spec = {
		.name = "_socket.socket",
		.basicsize = sizeof(socket_object),
		.flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_IMMUTABLETYPE,
		.slots = slots,
	};
	return PyType_FromSpec(&spec);
}

static PyObject *get(PyObject *self, void *closure) { return portGet((socket_object *)self, (intptr_t)closure); }
static int set(PyObject *self, PyObject *value, void *closure) { return portSet((socket_object *)self, (intptr_t)closure); }

void describe(PyGetSetDef *def, const char *name, int n) {
	*def = (PyGetSetDef){name, get, set, NULL, (void *)(intptr_t)n};
}

PyObject *new_capi(PyObject *class, PyObject *error, PyObject *timeout) {
	static PyObject *api[3];
	api[0] = class, api[1] = error, api[2] = timeout;
	return PyCapsule_New(api, "_socket.CAPI", NULL);
}

PyObject *oserror(void) { return PyErr_SetFromErrno(PyExc_OSError); }

int audit(const char *event, PyObject *args) { return PySys_Audit(event, "O", args); }

static _Thread_local socket_object *made;

socket_object *making(socket_object *self) {
	socket_object *before = made;
	made = self;
	return before;
}

socket_object *being_made(void) { return made; }

static PyObject *object_getattro(PyObject *self, PyObject *name) { return portObjectGet((port_object *)self, name); }
static int object_setattro(PyObject *self, PyObject *name, PyObject *value) {
	return portObjectSet((port_object *)self, name, value);
}
static PyObject *object_repr(PyObject *self) { return portObjectRepr((port_object *)self); }
static PyObject *object_call(PyObject *self, PyObject *args, PyObject *kwargs) {
	return portObjectCall((port_object *)self, args, kwargs);
}
static PyObject *object_method(PyObject *self, const char *name, PyObject *args) {
	PyObject *method = PyObject_GetAttrString(self, name);
	PyObject *result = method == NULL ? NULL : PyObject_Call(method, args, NULL);
	if (method != NULL) {
		Py_DecRef(method);
	}
	return result;
}
static PyObject *object_without(PyObject *self, const char *name) {
	PyObject *none = PyTuple_New(0);
	PyObject *result = none == NULL ? NULL : object_method(self, name, none);
	if (none != NULL) {
		Py_DecRef(none);
	}
	return result;
}
static PyObject *object_iter(PyObject *self) { return object_without(self, "__iter__"); }
static PyObject *object_next(PyObject *self) { return object_without(self, "__next__"); }
static PyObject *object_enter(PyObject *self, PyObject *args, PyObject *kwargs) { return object_method(self, "__enter__", args); }
static PyObject *object_exit(PyObject *self, PyObject *args, PyObject *kwargs) { return object_method(self, "__exit__", args); }
static void object_dealloc(PyObject *self) {
	PyTypeObject *type = self->ob_type;
	portObjectFree((port_object *)self);
	void (*release)(PyObject *) = PyType_GetSlot(type, Py_tp_free);
	release(self);
	Py_DecRef((PyObject *)type);
}

PyObject *new_port_class(void) {
	// The interpreter looks these up in the class.
	static PyMethodDef methods[] = {
		{"__enter__", object_enter, METH_VARARGS | METH_KEYWORDS, NULL},
		{"__exit__", object_exit, METH_VARARGS | METH_KEYWORDS, NULL},
		{NULL, NULL, 0, NULL},
	};
	PyType_Slot slots[] = {
		{Py_tp_getattro, object_getattro},
		{Py_tp_setattro, object_setattro},
		{Py_tp_repr, object_repr},
		{Py_tp_call, object_call},
		{Py_tp_iter, object_iter},
		{Py_tp_iternext, object_next},
		{Py_tp_dealloc, object_dealloc},
		{Py_tp_methods, methods},
		{0, NULL},
	};
	PyType_Spec spec = {
		.name = "_pyparity_socket.object",
		.basicsize = sizeof(port_object),
		.flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
		.slots = slots,
	};
	return PyType_FromSpec(&spec);
}

int wait_interrupted(sem_t *done) { return sem_wait(done) != 0 && errno == EINTR; }

int run_handlers(void) {
	int state = PyGILState_Ensure();
	int raised = PyErr_CheckSignals();
	PyGILState_Release(state);
	return raised;
}

int warn_unclosed(PyObject *self, const char *prefix) {
	return PyErr_ResourceWarning(self, 1, "%s%R", prefix, self);
}

static void before_fork(void) { portBeforeFork(); }
static void in_parent(void) { portAfterFork(0); }
static void in_child(void) { portAfterFork(1); }

static PyModuleDef definition = {.ob_base = {1, NULL}, .m_name = "_socket", .m_size = -1};

PyObject *PyInit__socket(void) {
	pthread_atfork(before_fork, in_parent, in_child);
	PyObject *module = PyModule_Create2(&definition, PYTHON_ABI_VERSION);
	if (module != NULL && portModule(module) < 0) {
		Py_DecRef(module);
		return NULL;
	}
	return module;
}

// The module that puts the port in place of what Lib/socket.py defines, too.

static PyObject *install(PyObject *self, PyObject *args, PyObject *kwargs) {
	return portInstall(PyTuple_GetItem(args, 0));
}

static PyMethodDef installers[] = {
	{"install", install, METH_VARARGS | METH_KEYWORDS, NULL},
	{NULL, NULL, 0, NULL},
};

static PyModuleDef installer = {.ob_base = {1, NULL}, .m_name = "_pyparity_socket", .m_size = -1, .m_methods = installers};

PyObject *PyInit__pyparity_socket(void) { return PyModule_Create2(&installer, PYTHON_ABI_VERSION); }

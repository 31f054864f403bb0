#ifndef PYPARITY_MODULE_H
#define PYPARITY_MODULE_H

#include <semaphore.h>

#include "python.h"

// A socket_object is an instance of the class that stands for _socket.socket. It
// begins like CPython's own (PySocketSockObject), since ssl's C code reads the
// descriptor and the timeout there.
typedef struct {
	PyObject ob_base;
	int fd, family, type, proto;
	PyObject *(*error)(void);
	int64_t timeout; // nanoseconds; negative: none
	void *state;
	uintptr_t handle; // of the port's object; 0 before __init__
} socket_object;

// new_capi makes the capsule by which C code finds the class (PySocketModule_API).
PyObject *new_capi(PyObject *class, PyObject *error, PyObject *timeout);

// oserror is what C code that uses a socket calls for the exception of errno.
PyObject *oserror(void);

// A port_object is any other object of the port's: a file, a method of one.
typedef struct {
	PyObject ob_base;
	uintptr_t handle;
	PyObject *owner; // what has to live as long
	int ends;        // the object ends with it
} port_object;

// new_port_class makes the class of port_objects.
PyObject *new_port_class(void);

// The most functions and methods that the module can have.
#define TRAMPOLINES 128

// trampoline is the C function that calls the n-th function of the port.
PyCFunctionWithKeywords trampoline(int n);

// new_class makes the class _socket.socket.
PyObject *new_class(PyMethodDef *methods, PyGetSetDef *getsets);

// describe fills in the descriptor of the n-th attribute that instances compute.
void describe(PyGetSetDef *def, const char *name, int n);

// wait_interrupted waits for the semaphore. It returns 0 once it is posted, and 1
// if a signal came before that.
int wait_interrupted(sem_t *done);

// run_handlers runs the Python handlers of the signals that have come. It returns
// -1 if one of them raised, and that exception is the thread's then.
int run_handlers(void);

// audit raises an auditing event with a tuple of arguments; -1 is that a hook raised.
int audit(const char *event, PyObject *args);

// making notes the instance that this thread makes now, and returns the one that it
// was making, which may be none; being_made is that instance.
socket_object *making(socket_object *self);
socket_object *being_made(void);

// warn_unclosed issues a ResourceWarning about an object, with its repr.
int warn_unclosed(PyObject *self, const char *prefix);


#endif

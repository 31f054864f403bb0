// Command pyext is the port as an extension module of CPython: built with
// -buildmode=c-shared, the library is imported as _socket in place of CPython's
// own, and so whatever is built on that (Lib/socket.py and its users) runs on
// the port.
//
// Nothing of the socket module is here. A call from Python becomes a call of the
// same function of impl/pysocket that the conformance suite checks:
//
//	recv_into(buf) ─arguments→ pysocket's recv_into ─result, exception→ Python
//
// What is here is what Python's own world asks of C code:
//
//   - Values. Python's become those of package pyval, and back (value_in.go,
//     value_out.go). A buffer is lent, not copied; an object of any other class
//     is called back for its __index__, its items and so on (foreign.go).
//   - Exceptions, with their classes and arguments, and warnings, which may be
//     exceptions (exception.go).
//   - Auditing events, whose hooks may refuse what the port is about to do (audit.go).
//   - The interpreter lock: it is released for the whole of a call, and taken to
//     call back (call.go).
//   - Signals: a call that has to wait does so on Go's poller, in a goroutine, while
//     the thread waits where a signal reaches it; Python's handlers run then, and
//     the wait ends if one of them raises, or goes on with the time that is left
//     (wait.go).
//   - Objects that only the port knows, such as the files of makefile
//     (port_object.go), where the port stands for Lib/socket.py's own code too
//     (install.go).
//   - Life: the class is a base class like CPython's; an object that is collected
//     open warns and is closed at once (object.go).
//
// A process that was forked without exec has only one thread, and Go's scheduler
// is not made for that. Calls work there all the same (fork.go), but they wait in the
// kernel, where no Python handler of a signal runs before they return; memory is
// not collected; and a child hangs if another thread held a lock of the scheduler's
// at the moment of the fork, which takes threads that are busy with sockets just
// then. It is for children that do their work and end.
package main

// main is never called: the library's entry is PyInit__socket.
func main() {}

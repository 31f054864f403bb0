// Package upstream runs CPython's own tests on the port: test_socket and any other
// suite of the standard library, once as CPython ships them and once with the
// port in place of _socket, in containers of the same image, side by side.
//
//	library, err := upstream.Build(ctx, dir)
//	comparison, err := upstream.Compare(ctx, session, upstream.Options{Python: "3.13", Library: library})
//	comparison.Write(os.Stdout)
//	comparison.Problems // what makes the run a failure
//
// What is replaced in the mode _socket is what CPython writes in C: every function,
// constant and exception of the module and its class of sockets, with all methods.
// In the mode socket it is also what Lib/socket.py defines: its functions, among them
// create_connection, create_server, socketpair, fromfd, getfqdn, getaddrinfo, send_fds
// and recv_fds, and of socket.socket every method and property, makefile and the
// files that it returns included.
//
// What stays is CPython's: in the first mode Lib/socket.py, in the second the class
// statement itself, so that Python code can subclass it, the enums and SocketIO's
// name; in both the documentation strings, and what _ssl does with a descriptor in C.
// A method of the port does not call those that a Python subclass overrides, as Python
// code would, nor can _closed and _io_refs be assigned: so ssl, whose sockets do both,
// works in the first mode only. Which tests notice is in expectations.json, each with
// its reason. Nothing is patched, skipped or tried again.
package upstream

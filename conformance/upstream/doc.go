// Package upstream runs CPython's own tests on the port: test_socket and any other
// suite of the standard library, once as CPython ships them and once with the
// port in place of _socket, in containers of the same image, side by side.
//
//	library, err := upstream.Build(ctx, dir)
//	comparison, err := upstream.Compare(ctx, session, upstream.Options{Python: "3.13", Library: library})
//	comparison.Write(os.Stdout)
//	comparison.Problems // what makes the run a failure
//
// What is replaced is what CPython writes in C: every function, constant and
// exception of _socket and the class _socket.socket with all of its methods.
// Lib/socket.py stays. So do the documentation strings, the audit events
// (sys.addaudithook) and what _ssl does with the descriptor in C; which tests
// would notice is in expectations.json, each with its reason. Nothing is patched,
// skipped or tried again.
package upstream

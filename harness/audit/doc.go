// Package audit asks what a corpus of behaviours can tell apart. It makes a
// port wrong in one place at a time, runs the behaviours that touch the place
// against each such [Mutant], and says which mutants no behaviour notices.
//
// Mutants are made from tables: a [Callable] says what a function takes,
// returns and raises, and [Mutants] derives from that every fault that it can
// have:
//
//	Callable{Name: "socket.recv", Args: "bufsize:int flags?:flags", Result: "bytes", Raises: "OSError TypeError"}
//
//	result      it returns None; bytes without their last one; …
//	exception   an OSError is swallowed, has another class, errno or text; …
//	argument    a flag, an optional argument, a keyword is ignored; a surplus one is accepted; …
//	effect      nothing is done; it is done twice; a descriptor leaks; it never returns
//	attribute   a property has another value
//
// A fault is only made where the table says that it can be seen: no errno is
// changed of a function that raises no OSError, nothing that is idempotent is
// done twice. Such mutants would be the port itself.
//
// What stands between the steps and the port is in package starlark's Runner
// (Call, Attr); a worker that serves mutants is told which by the request's
// variant. The package knows no module: kinds of values that are a module's own
// (an address, a socket) are given to it with their alterations.
package audit

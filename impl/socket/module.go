package socket

import (
	"sync/atomic"

	"github.com/pyparity/pyparity/impl/internal/resolve"
)

// A Module is the state of Python's socket module: its default timeout, and
// what happens to sockets that nobody closed. The zero value is the freshly
// imported module. A program that needs one uses the functions of this package, see [Default];
// more than one is for those that embed Python code.
type Module struct {
	// Unclosed, if set, is called before a socket that was collected without
	// being closed is closed, where Python issues its ResourceWarning. The
	// socket is valid only during the call, which may come from any goroutine.
	Unclosed func(*Socket)

	// Waiting, if set, is called by a call that has to wait. It calls wait, from
	// this or another goroutine, which returns when the call is over, and returns
	// what that returned. It may interrupt the call as a signal does: by interrupt,
	// after which wait returns within moments, with EINTR unless the call was over.
	// Then it calls wait again, which goes on, finds out if the socket was closed
	// meanwhile, and returns what a Send or Recv without a timeout has done so far; or
	// it ends the call, as a signal handler does that raises an exception, by an error
	// that wraps [ErrInterrupted], which the call then fails with. Programs that embed
	// an interpreter need it. Where there is no descriptor left to wait on it is passed
	// by.
	Waiting func(wait func() error, interrupt func()) error

	// Glibc is the minor version of the C library to look names up like: 36 is
	// glibc 2.36. 0 is the newest that this package knows.
	Glibc int

	// ExactHErrno makes herror tell how its own lookup failed, as Python 3.14
	// does. Others tell what the C library keeps of the thread's lookups, which is
	// 0 or the failure of an earlier one where this one never came to DNS. Here
	// the module keeps it, for all goroutines; see Thread.
	ExactHErrno bool

	// EncodedHosts says that names of hosts are what the resolver takes, as Python's
	// bytes are: none passes the codec idna. It is for programs that embed Python
	// code, where a name may be bytes which happen to be UTF-8.
	EncodedHosts bool

	hooks atomic.Pointer[[]Hook] // nil: none
	of    *Module                // whose hooks are this one's, too
	given []any                  // the arguments of events, if not nil; see Given

	defaultTimeout atomic.Pointer[Timeout] // nil is None
	herrno         atomic.Int32            // the C library's h_errno
	names          atomic.Pointer[resolve.Resolver]
	forked         atomic.Bool
}

// Forked tells the module that the process was forked without exec, which only
// programs do that embed an interpreter: of Go's threads only one is left. From
// then on calls do not use Go's poller, nor Waiting, but wait in the kernel.
func (m *Module) Forked() { m.orStd().forked.Store(true) }

// Thread returns a module to look names up with in one thread of a program that has
// threads: what the C library keeps of a thread's lookups is its own. It is for
// lookups only.
func (m *Module) Thread() *Module {
	m = m.orStd()
	return &Module{Glibc: m.Glibc, ExactHErrno: m.ExactHErrno, EncodedHosts: m.EncodedHosts, Waiting: m.Waiting, of: m}
}

// orStd is the module, or that of the package's functions in place of nil.
func (m *Module) orStd() *Module {
	if m == nil {
		return &std
	}
	return m
}

// std is the module that the package's functions use.
var std Module

// Default is the module of the package's functions, and of the sockets that they make: a
// program that wants to hear of what nobody closed sets its Unclosed. Its fields are to be
// set before anything else is done with it.
func Default() *Module { return &std }

// GetDefaultTimeout is Python's socket.getdefaulttimeout
// (socket_getdefaulttimeout): the timeout that new sockets start with.
func (m *Module) GetDefaultTimeout() Timeout {
	if t := m.orStd().defaultTimeout.Load(); t != nil {
		return *t
	}
	return None
}

// SetDefaultTimeout is Python's socket.setdefaulttimeout
// (socket_setdefaulttimeout). Sockets that exist already keep theirs. It fails
// with ValueError for a negative timeout.
func (m *Module) SetDefaultTimeout(t Timeout) error {
	if err := t.check(); err != nil {
		return err
	}
	m.orStd().defaultTimeout.Store(&t)
	return nil
}

// GetDefaultTimeout is Python's socket.getdefaulttimeout.
func GetDefaultTimeout() Timeout { return std.GetDefaultTimeout() }

// SetDefaultTimeout is Python's socket.setdefaulttimeout.
func SetDefaultTimeout(t Timeout) error { return std.SetDefaultTimeout(t) }

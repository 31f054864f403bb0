package socket

import "sync/atomic"

// A Module is the state of Python's socket module: its default timeout, and
// what happens to sockets that nobody closed. The zero value is the freshly
// imported module. A program that needs one uses the functions of this package;
// more than one is for those that embed Python code.
type Module struct {
	// Unclosed, if set, is called before a socket that was collected without
	// being closed is closed, where Python issues its ResourceWarning. The
	// socket is valid only during the call, which may come from any goroutine.
	Unclosed func(*Socket)

	// Glibc is the minor version of the C library to look names up like: 36 is
	// glibc 2.36. 0 is the newest that this package knows.
	Glibc int

	// ExactHErrno makes herror tell how its own lookup failed, as Python 3.14
	// does. Others tell what the C library keeps of the thread's lookups, which is
	// 0 or the failure of an earlier one where this one never came to DNS.
	ExactHErrno bool

	defaultTimeout atomic.Pointer[Timeout] // nil is None
	herrno         atomic.Int32            // the C library's h_errno
}

// std is the module that the package's functions use.
var std Module

// GetDefaultTimeout is Python's socket.getdefaulttimeout
// (socket_getdefaulttimeout): the timeout that new sockets start with.
func (m *Module) GetDefaultTimeout() Timeout {
	if t := m.defaultTimeout.Load(); t != nil {
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
	m.defaultTimeout.Store(&t)
	return nil
}

// GetDefaultTimeout is Python's socket.getdefaulttimeout.
func GetDefaultTimeout() Timeout { return std.GetDefaultTimeout() }

// SetDefaultTimeout is Python's socket.setdefaulttimeout.
func SetDefaultTimeout(t Timeout) error { return std.SetDefaultTimeout(t) }

package pyerr

import (
	"os"
	"syscall"
)

// subclasses says which class OSError becomes for an errno. EWOULDBLOCK is
// EAGAIN on Linux.
var subclasses = map[int]*Class{
	int(syscall.EAGAIN):       BlockingIOError,
	int(syscall.EALREADY):     BlockingIOError,
	int(syscall.EINPROGRESS):  BlockingIOError,
	int(syscall.EPIPE):        BrokenPipeError,
	int(syscall.ESHUTDOWN):    BrokenPipeError,
	int(syscall.ECHILD):       ChildProcessError,
	int(syscall.ECONNABORTED): ConnectionAbortedError,
	int(syscall.ECONNREFUSED): ConnectionRefusedError,
	int(syscall.ECONNRESET):   ConnectionResetError,
	int(syscall.EEXIST):       FileExistsError,
	int(syscall.ENOENT):       FileNotFoundError,
	int(syscall.EISDIR):       IsADirectoryError,
	int(syscall.ENOTDIR):      NotADirectoryError,
	int(syscall.EINTR):        InterruptedError,
	int(syscall.EACCES):       PermissionError,
	int(syscall.EPERM):        PermissionError,
	int(syscall.ESRCH):        ProcessLookupError,
	int(syscall.ETIMEDOUT):    TimeoutError,
}

// ClassForErrno is the class of OSError(errno, …): a subclass for the errnos
// that have one, OSError for the rest.
func ClassForErrno(errno int) *Class {
	if class, ok := subclasses[errno]; ok {
		return class
	}
	return OSError
}

// FromErrno is the exception of a failed system call
// (PyErr_SetFromErrno(OSError)). A call that failed without saying why, as a look-up
// may, has an errno of 0.
func FromErrno(errno syscall.Errno) *Error {
	text := "Error"
	if errno != 0 {
		text = Strerror(int(errno))
	}
	e := OSError.New(int(errno), text)
	e.Cause = errno
	return e
}

// TimedOut is what a socket raises when its timeout expires: a TimeoutError
// with a text and no errno.
func TimedOut() *Error {
	e := TimeoutError.New("timed out")
	e.Cause = os.ErrDeadlineExceeded
	return e
}

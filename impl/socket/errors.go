package socket

import (
	"errors"
	"syscall"

	"github.com/pyparity/pyparity/impl/internal/netpoll"
	"github.com/pyparity/pyparity/impl/pyerr"
)

// ErrInterrupted is wrapped by the error of a call that [Module.Waiting] has ended.
var ErrInterrupted = errors.New("interrupted")

// osError is the exception for the error of a system call or of a wait.
func osError(err error) error {
	if err == nil {
		return nil
	}
	var errno syscall.Errno
	switch {
	case unsupported != nil:
		return unsupported
	case errors.Is(err, ErrInterrupted):
		return err
	case errors.Is(err, netpoll.ErrTimedOut):
		return pyerr.TimedOut()
	case errors.As(err, &errno):
		return pyerr.FromErrno(errno)
	}
	return pyerr.OSError.New(err.Error())
}

// errnoError is the exception for an errno; none for 0.
func errnoError(errno syscall.Errno) error {
	if errno == 0 {
		return nil
	}
	if unsupported != nil {
		return unsupported
	}
	return pyerr.FromErrno(errno)
}

// errNotCallable is the exception for nil in place of a function.
func errNotCallable() error { return pyerr.TypeError.New("'NoneType' object is not callable") }

// errnoOf is the errno in an error of x/sys, 0 for nil.
func errnoOf(err error) syscall.Errno {
	var errno syscall.Errno
	errors.As(err, &errno)
	return errno
}

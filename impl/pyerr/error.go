package pyerr

import (
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"syscall"
)

// An Error is one Python exception.
type Error struct {
	Class *Class
	Args  []any // the exception's args: int, string and []byte values

	// Errno and Strerror are an OSError's attributes. Nil is Python's None: an
	// OSError made from a single text has neither, nor has any other class.
	Errno    *int
	Strerror *string

	// Cause is the Go error behind the exception: the [syscall.Errno] of a
	// failed system call, [os.ErrDeadlineExceeded] of an expired timeout. It
	// may be nil.
	Cause error
}

// New makes an exception as calling the class does. An OSError or a subclass
// takes errno and strerror from two arguments of types int and string, and
// OSError itself then becomes the subclass of its errno. A BlockingIOError may have
// a third, which is how much was written.
func (c *Class) New(args ...any) *Error {
	e := &Error{Class: c, Args: args}
	if len(args) != 2 && (len(args) != 3 || c != BlockingIOError) || !c.Subclass(OSError) {
		return e
	}
	errno, isInt := args[0].(int)
	text, isText := args[1].(string)
	if isText && args[0] == nil {
		e.Strerror = &text
	}
	if !isInt || !isText {
		return e
	}
	e.Errno, e.Strerror = &errno, &text
	if c == OSError {
		e.Class = ClassForErrno(errno)
	}
	return e
}

// Errorf makes an exception whose only argument is the formatted text.
func (c *Class) Errorf(format string, args ...any) *Error {
	return c.New(fmt.Sprintf(format, args...))
}

// Error is the class and the text, as the last line of a traceback:
// "ConnectionRefusedError: [Errno 111] Connection refused".
func (e *Error) Error() string {
	if text := e.Text(); text != "" {
		return e.Class.Qualified() + ": " + text
	}
	return e.Class.Qualified()
}

// Text is Python's str(exception): "[Errno 111] Connection refused".
func (e *Error) Text() string {
	switch {
	case e.Errno != nil && e.Strerror != nil:
		return fmt.Sprintf("[Errno %d] %s", *e.Errno, *e.Strerror)
	case e.Strerror != nil:
		return "[Errno None] " + *e.Strerror
	case len(e.Args) == unicodeArgs && e.Class.Subclass(UnicodeError):
		return unicodeText(e.Args)
	case len(e.Args) == 0:
		return ""
	case len(e.Args) == 1:
		return fmt.Sprint(e.Args[0])
	}
	args := make([]string, len(e.Args))
	for i, arg := range e.Args {
		args[i] = fmt.Sprint(arg)
		if text, ok := arg.(string); ok {
			args[i] = "'" + text + "'"
		}
	}
	return "(" + strings.Join(args, ", ") + ")"
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Is reports whether the exception is of the target class or of a subclass, if
// the target is a [*Class]. It answers two of Go's questions too: a
// TimeoutError is [os.ErrDeadlineExceeded], and EBADF, which is what Python
// raises for the use of a closed socket, is [net.ErrClosed].
func (e *Error) Is(target error) bool {
	switch target {
	case os.ErrDeadlineExceeded:
		return e.Timeout()
	case net.ErrClosed:
		return errors.Is(e.Cause, syscall.EBADF)
	}
	class, ok := target.(*Class)
	return ok && e.Class.Subclass(class)
}

// Timeout reports whether the exception is a TimeoutError, which makes it a
// timeout to callers that know [net.Error].
func (e *Error) Timeout() bool { return e.Class.Subclass(TimeoutError) }

// Temporary reports what [syscall.Errno] does for the exception's errno, and so
// makes every exception a [net.Error].
func (e *Error) Temporary() bool {
	var errno syscall.Errno
	return errors.As(e.Cause, &errno) && errno.Temporary() || e.Timeout()
}

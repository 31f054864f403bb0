// Package pyerr is Python's exception tree as Go errors: the part of it that
// the socket module raises.
//
// A [Class] is a Python exception class and an [Error] one exception. Both are
// Go errors, so that errors.Is asks what Python's except clause asks:
//
//	_, err := s.Recv(1, 0)
//	switch {
//	case errors.Is(err, pyerr.TimeoutError): // except TimeoutError
//	case errors.Is(err, pyerr.OSError):      // except OSError, subclasses too
//	}
//
// and also understands Go's own questions: errors.Is with a [syscall.Errno],
// with [os.ErrDeadlineExceeded] for an expired timeout, with [net.ErrClosed]
// for the use of a closed socket, and with [io/fs.ErrPermission] and its like.
// Every exception is a [net.Error]. errors.As with a **Error gives the class, the arguments, errno and strerror.
//
// Texts are glibc's, which is what Python shows on Linux: see [Strerror].
//
// Where versions of Python differ (socket.timeout was a class of its own before
// 3.10), this tree is that of 3.10 and later.
package pyerr

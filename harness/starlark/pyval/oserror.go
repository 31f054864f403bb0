package pyval

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/pyref/base/unix"
)

var errnoClasses = map[unix.Errno]*Class{
	unix.EAGAIN:       BlockingIOError,
	unix.EALREADY:     BlockingIOError,
	unix.EINPROGRESS:  BlockingIOError,
	unix.EPIPE:        BrokenPipeError,
	unix.ESHUTDOWN:    BrokenPipeError,
	unix.ECHILD:       ChildProcessError,
	unix.ECONNABORTED: ConnectionAbortedError,
	unix.ECONNREFUSED: ConnectionRefusedError,
	unix.ECONNRESET:   ConnectionResetError,
	unix.EEXIST:       FileExistsError,
	unix.ENOENT:       FileNotFoundError,
	unix.EISDIR:       IsADirectoryError,
	unix.ENOTDIR:      NotADirectoryError,
	unix.EINTR:        InterruptedError,
	unix.EACCES:       PermissionError,
	unix.EPERM:        PermissionError,
	unix.ESRCH:        ProcessLookupError,
	unix.ETIMEDOUT:    TimeoutError,
}

// initOSError takes errno, strerror and filename out of two to five arguments,
// as OSError's constructor does.
func (e *Exception) initOSError() {
	e.Errno, e.Strerror = starlark.None, starlark.None
	n := len(e.Args)
	if n < 2 || n > 5 {
		return
	}
	e.errnoGiven = true
	e.Errno, e.Strerror = e.Args[0], e.Args[1]
	if e.Class == OSError {
		if i, ok := asInt(e.Errno); ok && i.IsUint64() {
			if sub := errnoClasses[unix.Errno(i.Uint64())]; sub != nil {
				e.Class = sub
			}
		}
	}
	if n < 3 || e.Args[2] == starlark.None {
		return
	}
	if e.Class == BlockingIOError && isNumber(e.Args[2]) {
		e.setAttr("characters_written", e.Args[2])
		return
	}
	e.Filename = e.Args[2]
	if n == 5 && e.Args[4] != starlark.None {
		e.setAttr("filename2", e.Args[4])
	}
	e.Args = e.Args[:2]
}

func isNumber(v starlark.Value) bool {
	switch PlainValue(v).(type) {
	case starlark.Int, starlark.Float, starlark.Bool, *Enum:
		return true
	}
	return false
}

func (e *Exception) osErrorText() (string, bool) {
	text, ok, _ := e.osErrorTextBy(func(v starlark.Value) (string, error) { return Str(v), nil },
		func(v starlark.Value) (string, error) { return Repr(v), nil })
	return text, ok
}

// osErrorTextBy makes the text of what str and repr return.
func (e *Exception) osErrorTextBy(str, repr func(v starlark.Value) (string, error)) (text string, ok bool, err error) {
	if e.Filename == nil && !e.errnoGiven {
		return "", false, nil
	}
	add := func(before string, v starlark.Value, show func(v starlark.Value) (string, error)) {
		if err == nil && v != nil {
			var shown string
			shown, err = show(v)
			text += before + shown
		}
	}
	add("[Errno ", e.Errno, str)
	add("] ", e.Strerror, str)
	if e.Filename != nil {
		add(": ", e.Filename, repr)
		add(" -> ", e.given().Get("filename2"), repr)
	}
	return text, true, err
}

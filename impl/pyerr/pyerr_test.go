package pyerr_test

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"slices"
	"syscall"
	"testing"

	"github.com/pyparity/pyparity/impl/pyerr"
)

func TestFromErrno(t *testing.T) {
	for _, c := range []struct {
		errno syscall.Errno
		want  string
	}{
		{syscall.EAGAIN, "BlockingIOError: [Errno 11] Resource temporarily unavailable"},
		{syscall.EALREADY, "BlockingIOError: [Errno 114] Operation already in progress"},
		{syscall.EINPROGRESS, "BlockingIOError: [Errno 115] Operation now in progress"},
		{syscall.EPIPE, "BrokenPipeError: [Errno 32] Broken pipe"},
		{syscall.ESHUTDOWN, "BrokenPipeError: [Errno 108] Cannot send after transport endpoint shutdown"},
		{syscall.ECHILD, "ChildProcessError: [Errno 10] No child processes"},
		{syscall.ECONNABORTED, "ConnectionAbortedError: [Errno 103] Software caused connection abort"},
		{syscall.ECONNREFUSED, "ConnectionRefusedError: [Errno 111] Connection refused"},
		{syscall.ECONNRESET, "ConnectionResetError: [Errno 104] Connection reset by peer"},
		{syscall.EEXIST, "FileExistsError: [Errno 17] File exists"},
		{syscall.ENOENT, "FileNotFoundError: [Errno 2] No such file or directory"},
		{syscall.EISDIR, "IsADirectoryError: [Errno 21] Is a directory"},
		{syscall.ENOTDIR, "NotADirectoryError: [Errno 20] Not a directory"},
		{syscall.EINTR, "InterruptedError: [Errno 4] Interrupted system call"},
		{syscall.EACCES, "PermissionError: [Errno 13] Permission denied"},
		{syscall.EPERM, "PermissionError: [Errno 1] Operation not permitted"},
		{syscall.ESRCH, "ProcessLookupError: [Errno 3] No such process"},
		{syscall.ETIMEDOUT, "TimeoutError: [Errno 110] Connection timed out"},
		{syscall.EBADF, "OSError: [Errno 9] Bad file descriptor"},
		{syscall.ENOTCONN, "OSError: [Errno 107] Transport endpoint is not connected"},
		{syscall.Errno(41), "OSError: [Errno 41] Unknown error 41"},
		{syscall.Errno(4095), "OSError: [Errno 4095] Unknown error 4095"},
	} {
		err := pyerr.FromErrno(c.errno)
		if err.Error() != c.want || *err.Errno != int(c.errno) || !errors.Is(err, c.errno) || !errors.Is(err, pyerr.OSError) {
			t.Errorf("errno %d: %v, want %s", c.errno, err, c.want)
		}
	}
	if got := pyerr.Strerror(-1); got != "Unknown error -1" {
		t.Errorf("strerror(-1) is %q", got)
	}
}

func TestIs(t *testing.T) {
	refused := pyerr.FromErrno(syscall.ECONNREFUSED)
	for _, c := range []struct {
		name   string
		err    error
		target error
		want   bool
	}{
		{"its class", refused, pyerr.ConnectionRefusedError, true},
		{"a base", refused, pyerr.ConnectionError, true},
		{"the root", refused, pyerr.BaseException, true},
		{"a sister", refused, pyerr.ConnectionResetError, false},
		{"a subclass", pyerr.OSError.New("x"), pyerr.ConnectionError, false},
		{"another errno", refused, syscall.ECONNRESET, false},
		{"permission, to Go", pyerr.FromErrno(syscall.EACCES), fs.ErrPermission, true},
		{"closed, to Go", pyerr.FromErrno(syscall.EBADF), net.ErrClosed, true},
		{"closed, to Go, of another", refused, net.ErrClosed, false},
		{"timeout, to Go", pyerr.TimedOut(), os.ErrDeadlineExceeded, true},
		{"timeout of the kernel, to Go", pyerr.FromErrno(syscall.ETIMEDOUT), os.ErrDeadlineExceeded, true},
		{"timeout, to Go, of another", refused, os.ErrDeadlineExceeded, false},
		{"a group's class", &pyerr.Group{}, pyerr.ExceptionGroup, true},
		{"one in a group", &pyerr.Group{Errors: []error{refused}}, pyerr.ConnectionError, true},
		{"none in a group", &pyerr.Group{Errors: []error{refused}}, pyerr.TimeoutError, false},
	} {
		if got := errors.Is(c.err, c.target); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestNew(t *testing.T) {
	for _, c := range []struct {
		err   *pyerr.Error
		text  string
		full  string
		errno bool
	}{
		{pyerr.TimedOut(), "timed out", "TimeoutError: timed out", false},
		{pyerr.OSError.New("AF_UNIX path too long"), "AF_UNIX path too long", "OSError: AF_UNIX path too long", false},
		{pyerr.OSError.New(111, "text"), "[Errno 111] text", "ConnectionRefusedError: [Errno 111] text", true},
		{pyerr.Gaierror.New(-2, "Name or service not known"), "[Errno -2] Name or service not known", "socket.gaierror: [Errno -2] Name or service not known", true},
		{pyerr.Herror.New(1, "Unknown host"), "[Errno 1] Unknown host", "socket.herror: [Errno 1] Unknown host", true},
		{pyerr.ValueError.Errorf("bad %d", 5), "bad 5", "ValueError: bad 5", false},
		{pyerr.ValueError.New(1, "x"), "(1, 'x')", "ValueError: (1, 'x')", false},
		{pyerr.MemoryError.New(), "", "MemoryError", false},
	} {
		if c.err.Text() != c.text || c.err.Error() != c.full || (c.err.Errno != nil) != c.errno || (c.err.Strerror != nil) != c.errno {
			t.Errorf("got %q, %q, errno %v; want %q, %q", c.err.Text(), c.err.Error(), c.err.Errno, c.text, c.full)
		}
	}
}

// Python's text may hold lone surrogates, each of which is one character.
func TestTextOfAnEncodeErrorCountsCharacters(t *testing.T) {
	const text = "\xed\xa0\x80\u00e9\xed\xb2\x80\u20ac"
	for at, want := range []string{`\ud800`, `\xe9`, `\udc80`, `\u20ac`} {
		err := pyerr.UnicodeEncodeError.New("ascii", text, at, at+1, "why")
		if got := err.Text(); got != fmt.Sprintf("'ascii' codec can't encode character '%s' in position %d: why", want, at) {
			t.Errorf("got %s", got)
		}
	}
}

func TestMRO(t *testing.T) {
	var names []string
	for _, class := range pyerr.Gaierror.MRO() {
		names = append(names, class.Qualified())
	}
	if want := []string{"socket.gaierror", "OSError", "Exception", "BaseException"}; !slices.Equal(names, want) {
		t.Errorf("got %v, want %v", names, want)
	}
}

func TestGroup(t *testing.T) {
	one := &pyerr.Group{Message: "failed", Errors: []error{pyerr.TimedOut()}}
	if got := one.Error(); got != "ExceptionGroup: failed (1 sub-exception)\n  TimeoutError: timed out" {
		t.Errorf("got %q", got)
	}
	two := &pyerr.Group{Message: "failed", Errors: []error{pyerr.TimedOut(), pyerr.TimedOut()}}
	if got := two.Text(); got != "failed (2 sub-exceptions)" {
		t.Errorf("got %q", got)
	}
}

func TestAnErrorWithoutAClass(t *testing.T) {
	var none pyerr.Error
	if got := none.Error(); got != "Exception" || errors.Is(&none, pyerr.OSError) || none.Timeout() {
		t.Error(got)
	}
}

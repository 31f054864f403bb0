package starlark

import (
	"errors"
	"os"
	"strings"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/pyparity/pyparity/pyref/base/unix"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// osModule is the observer os. It calls the kernel directly, on descriptors that
// it never owns. Closing is called before one is closed.
func osModule(closing func(fd int)) *starlarkstruct.Module {
	return observerModule("os",
		fdFunction("close", "fd=", func(_ *starlark.Thread, fd int, _ []starlark.Value) (starlark.Value, error) {
			closing(fd)
			return starlark.None, osError(unix.Close(fd), nil)
		}),
		fdFunction("dup", "fd", func(_ *starlark.Thread, fd int, _ []starlark.Value) (starlark.Value, error) {
			other, err := unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, 0)
			return starlark.MakeInt(other), osError(err, nil)
		}),
		fdFunction("get_blocking", "fd", func(_ *starlark.Thread, fd int, _ []starlark.Value) (starlark.Value, error) {
			flags, err := unix.FcntlInt(uintptr(fd), unix.F_GETFL, 0)
			return starlark.Bool(flags&unix.O_NONBLOCK == 0), osError(err, nil)
		}),
		fdFunction("set_blocking", "fd blocking", func(thread *starlark.Thread, fd int, args []starlark.Value) (starlark.Value, error) {
			blocking, err := pyval.Truth(thread, args[1])
			if err != nil {
				return nil, err
			}
			return starlark.None, osError(setBlocking(fd, blocking), nil)
		}),
		fdFunction("read", "fd length", read),
		fdFunction("write", "fd data", write),
		pyval.NewFunction("posix.pipe", "", func(*starlark.Thread, []starlark.Value, starlark.Tuple) (starlark.Value, error) {
			var fds [2]int
			if err := unix.Pipe2(fds[:], unix.O_CLOEXEC); err != nil {
				return nil, osError(err, nil)
			}
			return starlark.Tuple{starlark.MakeInt(fds[0]), starlark.MakeInt(fds[1])}, nil
		}),
		pyval.NewFunction("posix.unlink", "path=", func(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
			name, err := path(thread, "unlink", args[0])
			if err != nil {
				return nil, err
			}
			return starlark.None, osError(unix.Unlink(name), args[0])
		}),
		processNumber("getpid", os.Getpid), processNumber("getuid", os.Getuid), processNumber("getgid", os.Getgid),
		pyval.NewFunction("listdir", "path?=", listDirectory),
		pythonFunction("stat", "path", typeAndMode),
	)
}

// processNumber is a function of os that tells a number of this process.
func processNumber(name string, number func() int) *pyval.Function {
	return pyval.NewFunction("posix."+name, "", func(*starlark.Thread, []starlark.Value, starlark.Tuple) (starlark.Value, error) {
		return starlark.MakeInt(number()), nil
	})
}

// osError turns a failed call's error into Python's; nil stays nil.
func osError(err error, filename starlark.Value) error {
	if err == nil {
		return nil
	}
	var errno unix.Errno
	if !errors.As(err, &errno) {
		return err
	}
	return pyval.NewOSError(errno, filename)
}

// fdFunction is a function of os whose first argument is a descriptor. Those of
// the agent itself are closed as far as a step can tell. The reference wraps
// CPython's function in one of Python for that, and so does this: the two
// complain of different things.
func fdFunction(name, params string, f func(thread *starlark.Thread, fd int, args []starlark.Value) (starlark.Value, error)) *pyval.Function {
	own := pyval.NewFunction("posix."+name, params, func(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
		fd, err := descriptor(thread, args[0])
		if err != nil {
			return nil, err
		}
		if reserved.has(fd) {
			return nil, pyval.NewOSError(unix.EBADF, nil)
		}
		return f(thread, fd, args)
	})
	return pythonFunction(name, "fd *", func(thread *starlark.Thread, args []starlark.Value, rest starlark.Tuple) (starlark.Value, error) {
		return own.CallInternal(thread, append(args, rest...), nil)
	})
}

// descriptor reads a C int, as functions of os take descriptors.
func descriptor(thread *starlark.Thread, v starlark.Value) (int, error) {
	i, err := pyval.Index(thread, v)
	if err != nil {
		return 0, notInteger(thread, v, err)
	}
	if !i.IsInt64() || i.Int64() != int64(int32(i.Int64())) {
		return 0, pyval.OverflowError.Errorf("Python int too large to convert to C int")
	}
	if _, isBool := v.(starlark.Bool); isBool && pyval.Python(thread).AtLeast(3, 14) {
		if err := pyval.Warn(thread, pyval.RuntimeWarning, "bool is used as a file descriptor"); err != nil {
			return 0, err
		}
	}
	return int(i.Int64()), nil
}

// notInteger gives an error of pyval.Index the words that argument parsing had
// before 3.10.
func notInteger(thread *starlark.Thread, v starlark.Value, err error) error {
	if e, ok := pyval.AsException(err); !ok || e.Class != pyval.TypeError || pyval.Python(thread).AtLeast(3, 10) {
		return err
	}
	if _, ok := v.(starlark.Float); ok {
		return pyval.TypeError.Errorf("integer argument expected, got float")
	}
	return pyval.TypeError.Errorf("an integer is required (got type %s)", pyval.TypeName(v))
}

func setBlocking(fd int, blocking bool) error {
	flags, err := unix.FcntlInt(uintptr(fd), unix.F_GETFL, 0)
	if err != nil {
		return err
	}
	flags |= unix.O_NONBLOCK
	if blocking {
		flags &^= unix.O_NONBLOCK
	}
	_, err = unix.FcntlInt(uintptr(fd), unix.F_SETFL, flags)
	return err
}

// maxRead bounds a buffer: Linux transfers no more at once.
const maxRead = 0x7ffff000

func read(thread *starlark.Thread, fd int, args []starlark.Value) (starlark.Value, error) {
	n, err := pyval.Index(thread, args[1])
	switch {
	case err != nil:
		if _, ok := args[1].(starlark.Float); ok {
			err = notInteger(thread, args[1], err)
		}
		return nil, err
	case !n.IsInt64():
		return nil, pyval.OverflowError.Errorf("Python int too large to convert to C ssize_t")
	case n.Sign() < 0:
		return nil, pyval.NewOSError(unix.EINVAL, nil)
	}
	buffer := make([]byte, min(n.Int64(), maxRead))
	var got int
	unlocked(thread, func() {
		got, err = retried(func() (int, error) { return unix.Read(fd, buffer) })
	})
	if err != nil {
		return nil, osError(err, nil)
	}
	return starlark.Bytes(buffer[:got]), nil
}

func write(thread *starlark.Thread, fd int, args []starlark.Value) (starlark.Value, error) {
	data, _, release, err := pyval.GetBuffer(args[1])
	if err != nil {
		return nil, err
	}
	defer release()
	var sent int
	unlocked(thread, func() {
		sent, err = retried(func() (int, error) { return unix.Write(fd, data) })
	})
	return starlark.MakeInt(sent), osError(err, nil)
}

// retried repeats a system call that a signal interrupted: Go's scheduler sends
// some.
func retried(f func() (int, error)) (int, error) {
	for {
		n, err := f()
		if !errors.Is(err, unix.EINTR) {
			return n, err
		}
	}
}

// path reads a path argument: text or bytes.
func path(thread *starlark.Thread, function string, v starlark.Value) (string, error) {
	var name string
	switch v := v.(type) {
	case starlark.String:
		data, err := pyval.Encode(nil, string(v), "utf-8", "surrogateescape")
		if err != nil {
			return "", err
		}
		name = string(data)
	case starlark.Bytes:
		name = string(v)
	default:
		return "", pyval.TypeError.Errorf("%s: path should be string, bytes%s, not %s", function, otherPaths[function], pyval.TypeName(v))
	}
	if strings.IndexByte(name, 0) >= 0 {
		// Of a text, PyUnicode_FSConverter said it until 3.12.
		if _, ok := v.(starlark.String); ok && !pyval.Python(thread).AtLeast(3, 13) {
			return "", pyval.ValueError.Errorf("embedded null byte")
		}
		return "", pyval.ValueError.Errorf("%s: embedded null character in path", function)
	}
	return name, nil
}

// otherPaths are what else a function takes for a path, in its own words.
var otherPaths = map[string]string{"listdir": ", os.PathLike, integer or None", "unlink": " or os.PathLike", "lstat": " or os.PathLike"}

func listDirectory(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
	name := "."
	given := args[0]
	if given != nil && given != starlark.None {
		var err error
		if name, err = path(thread, "listdir", given); err != nil {
			return nil, err
		}
	} else {
		given = starlark.String(".")
	}
	directory, err := os.Open(name)
	if err != nil {
		return nil, osError(err, given)
	}
	defer directory.Close()
	names, err := directory.Readdirnames(-1)
	if err != nil {
		return nil, osError(err, given)
	}
	entries := make([]starlark.Value, len(names))
	for i, entry := range names {
		if _, ok := given.(starlark.Bytes); ok {
			entries[i] = starlark.Bytes(entry)
		} else {
			entries[i] = pyval.NewStr(entry)
		}
	}
	return starlark.NewList(entries), nil
}

var fileTypes = map[uint32]string{
	unix.S_IFREG: "file", unix.S_IFDIR: "dir", unix.S_IFSOCK: "socket", unix.S_IFIFO: "fifo",
	unix.S_IFCHR: "char", unix.S_IFBLK: "block", unix.S_IFLNK: "link",
}

// typeAndMode is what os.stat is to a step: the type and the permission bits of
// the path itself.
func typeAndMode(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
	name, err := path(thread, "lstat", args[0])
	if err != nil {
		return nil, err
	}
	var st unix.Stat_t
	if err := unix.Lstat(name, &st); err != nil {
		return nil, osError(err, args[0])
	}
	kind, ok := fileTypes[st.Mode&unix.S_IFMT]
	if !ok {
		kind = "other"
	}
	return starlark.Tuple{starlark.String(kind), starlark.MakeInt(int(st.Mode & 0o777))}, nil
}

package pyio

import (
	"errors"
	"fmt"
	"runtime"
	"sync"

	"go.starlark.net/starlark"
	"golang.org/x/term"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/pyref/base/streams"
	"github.com/pyparity/pyparity/pyref/base/unix"
)

// A fileObject is an io.FileIO: a raw file of the system.
type fileObject struct {
	*Instance
	*file
}

// file is a descriptor, which is closed when nobody has the object any more.
type file struct {
	host             *streams.Host
	reading, writing bool
	opened           fileMode
	mu               sync.Mutex
	fd               int   // -1 once closed
	seekable         *bool // what was found when it was asked first
}

// newFileIO is io.FileIO(path, mode), for a mode that is valid.
func (o *IO) newFileIO(path starlark.Value, name string, m fileMode) (*fileObject, error) {
	fd, err := unix.Open(name, m.flags()|unix.O_CLOEXEC, 0o666)
	if err == nil {
		var st unix.Stat_t
		if err = unix.Fstat(fd, &st); err == nil && st.Mode&unix.S_IFMT == unix.S_IFDIR {
			_ = unix.Close(fd)
			err = unix.EISDIR
		}
	}
	if err != nil {
		return nil, osError(err, path)
	}
	if m.appending {
		// What cannot be positioned is written to all the same.
		_, _ = unix.Seek(fd, 0, 2)
	}
	f := &file{host: o.Host, fd: fd, opened: m, reading: m.reading || m.updating, writing: !m.reading || m.updating}
	object := &fileObject{NewInstance(o.fileIO), f}
	runtime.AddCleanup(object, func(f *file) { _ = f.Close() }, f)
	object.dict["name"] = path
	return object, nil
}

func osError(err error, path starlark.Value) error {
	var errno unix.Errno
	if !errors.As(err, &errno) {
		return err
	}
	return pyval.NewOSError(errno, path)
}

// Attr reads an attribute.
func (f *fileObject) Attr(name string) (starlark.Value, error) { return f.Get(f, name) }

// SetField sets an attribute.
func (f *fileObject) SetField(name string, v starlark.Value) error { return f.Set(f, name, v) }

// PyState is what Python code can see.
func (f *fileObject) PyState() []pyval.Attr { return f.State(f) }

// String is Python's repr.
func (f *fileObject) String() string {
	if closed, _ := f.Closed(); closed {
		return "<_io.FileIO [closed]>"
	}
	return fmt.Sprintf("<_io.FileIO name=%s mode='%s' closefd=True>", pyval.Repr(f.dict["name"]), f.mode())
}

func (f *file) mode() string {
	mode := "wb"
	switch {
	case f.opened.writing && f.host.Python >= 15:
	case f.opened.creating:
		mode = "xb"
	case f.opened.appending:
		mode = "ab"
	case f.reading && (!f.opened.writing || f.host.Python < 15): // 3.15 tells w+ from r+
		mode = "rb"
	}
	if f.reading && f.writing {
		mode += "+"
	}
	return mode
}

// open is the descriptor, or the error of a use after Close.
func (f *file) open() (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.fd < 0 {
		return -1, f.host.Raise(streams.ValueError, "I/O operation on closed file")
	}
	return f.fd, nil
}

func (f *file) Closed() (bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.fd < 0, nil
}

func (f *file) Close() error {
	f.mu.Lock()
	fd := f.fd
	f.fd = -1
	f.mu.Unlock()
	if fd < 0 {
		return nil
	}
	if err := unix.Close(fd); err != nil {
		return osError(err, nil)
	}
	return nil
}

func (f *file) Flush() error {
	if closed, _ := f.Closed(); closed {
		return f.host.Raise(streams.ValueError, "I/O operation on closed file.")
	}
	return nil
}

func (f *file) question(answer bool) (bool, error) {
	_, err := f.open()
	return answer, err
}

func (f *file) Readable() (bool, error) { return f.question(f.reading) }
func (f *file) Writable() (bool, error) { return f.question(f.writing) }

func (f *file) Seekable() (bool, error) {
	fd, err := f.open()
	if err != nil {
		return false, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.seekable == nil {
		_, err = unix.Seek(fd, 0, 1)
		yes := err == nil
		f.seekable = &yes
	}
	return *f.seekable, nil
}

func (f *file) IsATTY() (bool, error) {
	fd, err := f.open()
	if err != nil {
		return false, err
	}
	return term.IsTerminal(fd), nil
}

func (f *file) Fileno() (int, error) { return f.open() }

func (f *file) can(yes bool, what string) (int, error) {
	fd, err := f.open()
	if err == nil && !yes {
		err = f.host.Raise(streams.UnsupportedOperation, "File not open for "+what)
	}
	return fd, err
}

func (f *file) ReadInto(p []byte) (int, error) {
	fd, err := f.can(f.reading, "reading")
	if err != nil {
		return 0, err
	}
	return transferred(unix.Read(fd, p))
}

func (f *file) WriteSome(p []byte) (int, error) {
	fd, err := f.can(f.writing, "writing")
	if err != nil {
		return 0, err
	}
	return transferred(unix.Write(fd, p))
}

func transferred(n int, err error) (int, error) {
	switch {
	case errors.Is(err, unix.EAGAIN):
		return streams.WouldBlock, nil
	case err != nil:
		return 0, osError(err, nil)
	}
	return n, nil
}

func (f *file) ReadAll() ([]byte, error) { return f.host.ReadAll(f.ReadInto) }

func (f *file) Seek(offset int64, whence int) (int64, error) {
	fd, err := f.open()
	if err != nil {
		return 0, err
	}
	n, err := unix.Seek(fd, offset, whence)
	if err != nil {
		return 0, osError(err, nil)
	}
	return n, nil
}

func (f *file) Tell() (int64, error) { return f.Seek(0, 1) }

func (f *file) Truncate(size *int64) (int64, error) {
	fd, err := f.can(f.writing, "writing")
	if err != nil {
		return 0, err
	}
	var to int64
	if size != nil {
		to = *size
	} else if to, err = f.Tell(); err != nil {
		return 0, err
	}
	if err := unix.Ftruncate(fd, to); err != nil {
		return 0, osError(err, nil)
	}
	return to, nil
}

// addFileIO is io.FileIO, which only Open makes.
func (o *IO) addFileIO() {
	object := func(c *pycall.Call) *fileObject { return c.Self.(*fileObject) }
	o.methods(o.fileIO,
		represent(),
		pycall.Method{Name: "readinto", Takes: pycall.OneArg, Func: func(c *pycall.Call) (starlark.Value, error) {
			return into("readinto", object(c).ReadInto)(c)
		}},
		pycall.Method{Name: "write", Takes: pycall.OneArg, Func: func(c *pycall.Call) (starlark.Value, error) {
			data, err := c.Buffer(c.Args[0])
			if err != nil {
				return nil, err
			}
			return count(object(c).WriteSome(data))
		}},
		pycall.Method{Name: "seek", Takes: pycall.FastCall, Func: func(c *pycall.Call) (starlark.Value, error) {
			var pos starlark.Value
			whence := 0
			if err := c.Clinic("O|i:seek", &pos, &whence); err != nil {
				return nil, err
			}
			to, err := offset(c, pos)
			if err != nil {
				return nil, err
			}
			return number(object(c).Seek(to, whence))
		}},
		pycall.Method{Name: "truncate", Takes: pycall.FastCall, Func: func(c *pycall.Call) (starlark.Value, error) {
			var v starlark.Value = starlark.None
			if err := c.Clinic("|O:truncate", &v); err != nil {
				return nil, err
			}
			if v == starlark.None {
				return number(object(c).Truncate(nil))
			}
			position := offset
			if _, isInt := v.(starlark.Int); !isInt && !c.Python.AtLeast(3, 10) {
				// Anything with an __int__ was a position.
				position = (*pycall.Call).AsLong
			}
			to, err := position(c, v)
			if err != nil {
				return nil, err
			}
			if _, err := object(c).Truncate(&to); err != nil {
				return nil, err
			}
			return v, nil
		}},
	)
	getters(o.fileIO,
		&Descriptor{Name: "closefd", Kind: GetsetKind, Get: func(starlark.Value) (starlark.Value, error) { return starlark.True, nil }},
		&Descriptor{Name: "mode", Kind: GetsetKind, Get: func(self starlark.Value) (starlark.Value, error) {
			return starlark.String(self.(*fileObject).mode()), nil
		}},
	)
}

package pysocket

import (
	"errors"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/pyref/base/unix"
)

// sendfileDefs are sendfile and the functions that it is made of.
func (m *module) sendfileDefs() []pycall.Definition {
	const params = "self, file, offset=0, count=None"
	definitions := []pycall.Definition{
		pycall.Def("sendfile", params, m.sendfile),
		pycall.Def("_sendfile_use_sendfile", params, func(c *pycall.Call) (starlark.Value, error) {
			v, gaveUp, err := m.useSendfile(c, fileArgument(c))
			if gaveUp != nil {
				return nil, pyval.NewException(m.giveUp, gaveUp)
			}
			return v, err
		}),
		pycall.Def("_sendfile_use_send", params, func(c *pycall.Call) (starlark.Value, error) {
			return m.useSend(c, fileArgument(c))
		}),
		pycall.Def("_check_sendfile_params", "self, file, offset, count", func(c *pycall.Call) (starlark.Value, error) {
			return starlark.None, m.check(c, fileArgument(c))
		}),
	}
	if m.python.AtLeast(3, 15) {
		definitions = append(definitions, pycall.Def("_sendfile_zerocopy", "self, zerocopy_func, giveup_exc_type, file, offset=0, count=None", m.sendfileZerocopy))
	}
	return definitions
}

// A sentFile is what sendfile is given.
type sentFile struct{ file, offset, count starlark.Value }

// sendfile is Python's socket.sendfile.
func (m *module) sendfile(c *pycall.Call) (starlark.Value, error) {
	f := fileArgument(c)
	if own(c.Args[0], "_sendfile_use_sendfile", "_sendfile_use_send") == nil {
		return m.sendfileOver(c, f)
	}
	v, gaveUp, err := m.useSendfile(c, f)
	if gaveUp != nil {
		return m.useSend(c, f)
	}
	return v, err
}

func fileArgument(c *pycall.Call) sentFile { return newSentFile(c.Args[1], c.Args[2], c.Args[3]) }

// newSentFile gives offset and count, which may be nil, their defaults.
func newSentFile(file, offset, count starlark.Value) sentFile {
	given := sentFile{file, offset, count}
	if given.offset == nil {
		given.offset = starlark.MakeInt(0)
	}
	if given.count == nil {
		given.count = starlark.None
	}
	return given
}

// check is Python's socket._check_sendfile_params.
func (m *module) check(c *pycall.Call, f sentFile) error {
	mode, err := pyval.GetAttr(c.Thread, f.file, "mode")
	if e, ok := pyval.AsException(err); ok && e.Class.Subclass(pyval.AttributeError) {
		mode, err = starlark.String("b"), nil
	}
	if err != nil {
		return err
	}
	in, err := pyval.Contains(c.Thread, mode, starlark.String("b"))
	switch {
	case err != nil:
		return err
	case !in:
		return pyval.ValueError.Errorf("file should be opened in binary mode")
	}
	stream, err := m.stream(c)
	switch {
	case err != nil:
		return err
	case !stream:
		return pyval.ValueError.Errorf("only SOCK_STREAM type sockets are supported")
	case f.count == starlark.None:
		return nil
	case !pyval.IsInstance(f.count, pyval.IntType):
		return pyval.TypeError.Errorf("count must be a positive integer (got %s)", pyval.Repr(f.count))
	}
	if n, err := pyval.Index(c.Thread, f.count); err != nil || n.Sign() <= 0 {
		return pyval.ValueError.Errorf("count must be a positive integer (got %s)", pyval.Repr(f.count))
	}
	return nil
}

// stream reports whether the object says of itself that it is a stream.
func (m *module) stream(c *pycall.Call) (bool, error) {
	kind, err := pyval.GetAttr(c.Thread, c.Args[0], "type")
	if err != nil {
		return false, err
	}
	both, err := pyval.Binary(c.Thread, syntax.AMP, kind, m.global("SOCK_STREAM"))
	if err != nil {
		return false, err
	}
	return pyval.Truth(c.Thread, both)
}

// checked is check, unless the object has one of its own.
func (m *module) checked(c *pycall.Call, f sentFile) error {
	if own(c.Args[0], "_check_sendfile_params") != nil {
		return m.check(c, f)
	}
	_, err := callMethod(c, c.Args[0], "_check_sendfile_params", f.file, f.offset, f.count)
	return err
}

// useSendfile is Python's socket._sendfile_use_sendfile.
func (m *module) useSendfile(c *pycall.Call, f sentFile) (v starlark.Value, gaveUp *pyval.Exception, err error) {
	o := own(c.Args[0], "fileno", "gettimeout", "_sendfile_zerocopy")
	switch {
	case o == nil:
		return m.useSendfileOver(c, f)
	case !pyval.IsInstance(f.offset, pyval.IntType) || o.overrides("_check_sendfile_params"):
		// What the loop makes of offset and count, step by step.
		return m.zeroCopy(c, f, func(fd, offset, count starlark.Value) (starlark.Value, error) {
			return sendfileOnce(c, o, fd, offset, count)
		})
	}
	if err := m.check(c, f); err != nil {
		return nil, nil, err
	}
	number, err := callMethod(c, f.file, "fileno")
	if e, ok := pyval.AsException(err); ok && (e.Class.Subclass(pyval.AttributeError) || e.Class.Subclass(m.io.UnsupportedOperation)) {
		return nil, e, nil
	}
	if err != nil {
		return nil, nil, err
	}
	fd, err := c.AsInt(number)
	if err != nil {
		return nil, nil, err
	}
	var st unix.Stat_t
	switch err := unix.Fstat(fd, &st); {
	case err != nil:
		return nil, osError(err), nil
	case st.Size == 0:
		return starlark.MakeInt(0), nil, nil
	}
	if !o.sock.GetBlocking() {
		return nil, nil, errNonBlocking()
	}
	limit, fits := f.limit(c)
	if !fits && !c.Python.AtLeast(3, 12) {
		return nil, nil, pyval.OverflowError.Errorf("Python int too large to convert to C ssize_t")
	}
	offset, err := c.AsLong(f.offset)
	if err != nil {
		return nil, nil, err
	}
	sent, cause, err := o.sock.SendFileFD(fd, offset, limit)
	if e, ok := pyval.AsException(m.exceptionOrNil(cause)); ok {
		return nil, e, nil
	}
	return starlark.MakeInt64(sent), nil, f.moved(c, sent, m.exceptionOrNil(err))
}

func osError(err error) *pyval.Exception {
	var errno unix.Errno
	errors.As(err, &errno)
	return pyval.NewOSError(errno, nil)
}

// limit is the count, 0 for None. One that does not fit is more than any file
// has.
func (f sentFile) limit(c *pycall.Call) (n int64, fits bool) {
	if f.count == starlark.None {
		return 0, true
	}
	count, err := pyval.Index(c.Thread, f.count)
	if err != nil || !count.IsInt64() {
		return 1<<63 - 1, false
	}
	return count.Int64(), true
}

// moved puts the file behind what was sent, whether that failed or not.
func (f sentFile) moved(c *pycall.Call, sent int64, failed error) error {
	if sent <= 0 {
		return failed
	}
	has, err := pyval.HasAttr(c.Thread, f.file, "seek")
	if err != nil || !has {
		return failed
	}
	to, err := pyval.Binary(c.Thread, syntax.PLUS, f.offset, starlark.MakeInt64(sent))
	if err != nil {
		return err
	}
	if _, err := callMethod(c, f.file, "seek", to); err != nil {
		return err
	}
	return failed
}

// useSend is Python's socket._sendfile_use_send.
func (m *module) useSend(c *pycall.Call, f sentFile) (starlark.Value, error) {
	if err := m.checked(c, f); err != nil {
		return nil, err
	}
	o := own(c.Args[0], "send", "gettimeout", "_check_sendfile_params")
	if o == nil {
		return m.useSendOver(c, f)
	}
	limit, _ := f.limit(c)
	sent, err := o.sock.SendFrom(func() error {
		truth, err := pyval.Truth(c.Thread, f.offset)
		if err != nil || !truth {
			return err
		}
		_, err = callMethod(c, f.file, "seek", f.offset)
		return err
	}, func(n int) ([]byte, error) {
		v, err := callMethod(c, f.file, "read", starlark.MakeInt(n))
		if err != nil {
			return nil, err
		}
		data, _, release, err := pyval.RequestBuffer(c.Thread, v, pyval.FullBuffer)
		if err != nil {
			return nil, pyval.TypeError.Errorf("memoryview: %s", "a bytes-like object is required, not '"+pyval.TypeName(v)+"'")
		}
		defer release()
		return append([]byte{}, data...), nil
	}, limit)
	return starlark.MakeInt64(sent), f.moved(c, sent, m.exceptionOrNil(err))
}

func (m *module) exceptionOrNil(err error) error {
	if err == nil {
		return nil
	}
	return m.exception(err)
}

func callMethod(c *pycall.Call, v starlark.Value, name string, args ...starlark.Value) (starlark.Value, error) {
	return ask(c.Thread, v, name, args...)
}

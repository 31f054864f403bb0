package pysocket

import (
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/pyref/base/unix"
)

// sendfileOver is Python's socket.sendfile, where one of its ways is overridden.
func (m *module) sendfileOver(c *pycall.Call, o *object, f sentFile) (starlark.Value, error) {
	v, err := callMethod(c, o, "_sendfile_use_sendfile", f.file, f.offset, f.count)
	if e, ok := pyval.AsException(err); ok && e.Class.Subclass(m.giveUp) {
		return callMethod(c, o, "_sendfile_use_send", f.file, f.offset, f.count)
	}
	return v, err
}

// useSendfileOver is Python's socket._sendfile_use_sendfile, where fileno is
// overridden.
func (m *module) useSendfileOver(c *pycall.Call, o *object, f sentFile) (v starlark.Value, gaveUp *pyval.Exception, err error) {
	if !m.python.AtLeast(3, 15) {
		if err := f.checkedBy(c, o); err != nil {
			return nil, nil, err
		}
	}
	to, err := o.descriptorNumber(c)
	if err != nil {
		return nil, nil, err
	}
	return m.zeroCopy(c, o, f, func(fd, offset, count starlark.Value) (starlark.Value, error) {
		from, err := c.AsInt(fd)
		if err != nil {
			return nil, err
		}
		at, err := c.AsLong(offset)
		if err != nil {
			return nil, err
		}
		size, err := c.AsLong(count)
		if err != nil {
			return nil, err
		}
		sent, err := unix.Sendfile(to, from, &at, int(size))
		if err != nil {
			return nil, osError(err)
		}
		return starlark.MakeInt(sent), nil
	})
}

// sendBlock is how much of a file is read at a time.
const sendBlock = 8192

// useSendOver is Python's socket._sendfile_use_send, where send or gettimeout is
// overridden.
func (m *module) useSendOver(c *pycall.Call, o *object, f sentFile) (starlark.Value, error) {
	switch blocking, err := o.blocking(c); {
	case err != nil:
		return nil, err
	case !blocking:
		return nil, pyval.ValueError.Errorf("non-blocking sockets are not supported")
	}
	if yes, err := pyval.Truth(c.Thread, f.offset); err != nil {
		return nil, err
	} else if yes {
		if _, err := callMethod(c, f.file, "seek", f.offset); err != nil {
			return nil, err
		}
	}
	s := sending{c: c, o: o, f: f, total: starlark.MakeInt(0)}
	err := s.run()
	return s.total, s.moved(err)
}

// sending is the state of the loop.
type sending struct {
	c     *pycall.Call
	o     *object
	f     sentFile
	total starlark.Value
}

func (s *sending) run() error {
	limit, _ := s.f.limit(s.c)
	block := int64(sendBlock)
	for {
		if limit > 0 {
			var sent int64
			if n, err := pyval.Index(s.c.Thread, s.total); err == nil && n.IsInt64() {
				sent = n.Int64()
			}
			if block = min(limit-sent, block); block <= 0 {
				return nil
			}
		}
		data, err := callMethod(s.c, s.f.file, "read", starlark.MakeInt64(block))
		if err != nil {
			return err
		}
		view, err := pyval.NewMemoryview(data)
		if err != nil {
			return err
		}
		content, err := view.Bytes()
		if err != nil || len(content) == 0 {
			return err
		}
		if err := s.all(content, view); err != nil {
			return err
		}
	}
}

// all sends a block, in as many parts as it takes.
func (s *sending) all(content []byte, view *pyval.Memoryview) error {
	for {
		v, err := callMethod(s.c, s.o, "send", view)
		if e, ok := pyval.AsException(err); ok && e.Class.Subclass(pyval.BlockingIOError) {
			continue
		}
		if err != nil {
			return err
		}
		if s.total, err = pyval.Binary(s.c.Thread, syntax.PLUS, s.total, v); err != nil {
			return err
		}
		n, err := pyval.Index(s.c.Thread, v)
		switch {
		case err != nil:
			return err
		case !n.IsInt64() || n.Int64() >= int64(len(content)):
			return nil
		}
		sent := n.Int64()
		if sent < 0 {
			sent = max(int64(len(content))+sent, 0)
		}
		content = content[sent:]
		if view, err = pyval.NewMemoryview(starlark.Bytes(content)); err != nil {
			return err
		}
	}
}

// moved puts the file behind what was sent, whether that failed or not.
func (s *sending) moved(failed error) error {
	some, err := pyval.Greater(s.c.Thread, s.total, starlark.MakeInt(0))
	if err != nil || !some {
		return failed
	}
	has, err := pyval.HasAttr(s.c.Thread, s.f.file, "seek")
	if err != nil || !has {
		return failed
	}
	to, err := pyval.Binary(s.c.Thread, syntax.PLUS, s.f.offset, s.total)
	if err == nil {
		_, err = callMethod(s.c, s.f.file, "seek", to)
	}
	if err != nil {
		return err
	}
	return failed
}

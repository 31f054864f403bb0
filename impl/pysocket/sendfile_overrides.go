package pysocket

import (
	"cmp"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/pyref/base/unix"
)

// sendfileOver is Python's socket.sendfile, where one of its ways is overridden.
func (m *module) sendfileOver(c *pycall.Call, f sentFile) (starlark.Value, error) {
	v, err := callMethod(c, c.Args[0], "_sendfile_use_sendfile", f.file, f.offset, f.count)
	if e, ok := pyval.AsException(err); ok && e.Class.Subclass(m.giveUp) {
		return callMethod(c, c.Args[0], "_sendfile_use_send", f.file, f.offset, f.count)
	}
	return v, err
}

// useSendfileOver is Python's socket._sendfile_use_sendfile, where a part of it is
// overridden. In 3.15 the loop, which asks for the descriptor again, is a method of its
// own.
func (m *module) useSendfileOver(c *pycall.Call, f sentFile) (v starlark.Value, gaveUp *pyval.Exception, err error) {
	if !m.python.AtLeast(3, 15) {
		return m.zeroCopy(c, f, nil)
	}
	loop, err := pyval.GetAttr(c.Thread, c.Args[0], "_sendfile_zerocopy")
	if err != nil {
		return nil, nil, err
	}
	to, err := callMethod(c, c.Args[0], "fileno")
	if err != nil {
		return nil, nil, err
	}
	send := pyval.NewFunction("os.sendfile", "in_fd offset count", func(_ *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
		return systemSendfile(c, to, args[0], args[1], args[2])
	})
	v, err = pyval.Call(c.Thread, pyval.AsMethod(loop), starlark.Tuple{send, m.giveUp, f.file, f.offset, f.count}, nil)
	if e, ok := pyval.AsException(err); ok && e.Class == m.giveUp && len(e.Args) == 1 {
		if cause, ok := e.Args[0].(*pyval.Exception); ok {
			return nil, cause, nil
		}
	}
	return v, nil, err
}

// systemSendfile is os.sendfile.
func systemSendfile(c *pycall.Call, out, in, offset, count starlark.Value) (starlark.Value, error) {
	to, err := c.AsInt(out)
	if err != nil {
		return nil, err
	}
	from, at, size, err := sendfileArguments(c, in, offset, count)
	if err != nil {
		return nil, err
	}
	sent, err := unix.Sendfile(to, from, at, size)
	if err != nil {
		return nil, osError(err)
	}
	return starlark.MakeInt(sent), nil
}

// sendBlock is how much of a file is read at a time.
const sendBlock = 8192

// useSendOver is Python's socket._sendfile_use_send, where a method is overridden that
// it calls: the count may be anything then, and what is sent whatever send says.
func (m *module) useSendOver(c *pycall.Call, f sentFile) (starlark.Value, error) {
	switch blocking, err := blocking(c, c.Args[0]); {
	case err != nil:
		return nil, err
	case !blocking:
		return nil, errNonBlocking()
	}
	if yes, err := pyval.Truth(c.Thread, f.offset); err != nil {
		return nil, err
	} else if yes {
		if _, err := callMethod(c, f.file, "seek", f.offset); err != nil {
			return nil, err
		}
	}
	s := sending{c: c, f: f, total: starlark.MakeInt(0)}
	err := s.run()
	return s.total, s.moved(err)
}

// sending is the state of the loop.
type sending struct {
	c     *pycall.Call
	f     sentFile
	total starlark.Value
}

func (s *sending) run() error {
	limited, err := pyval.Truth(s.c.Thread, s.f.count)
	if err != nil {
		return err
	}
	var block starlark.Value = starlark.MakeInt(sendBlock)
	if limited {
		if block, err = smaller(s.c, s.f.count, block); err != nil {
			return err
		}
	}
	for {
		if limited {
			left, err := pyval.Binary(s.c.Thread, syntax.MINUS, s.f.count, s.total)
			if err != nil {
				return err
			}
			if block, err = smaller(s.c, left, block); err != nil {
				return err
			}
			if some, err := pyval.Greater(s.c.Thread, block, starlark.MakeInt(0)); err != nil || !some {
				return err
			}
		}
		data, err := callMethod(s.c, s.f.file, "read", block)
		if err != nil {
			return err
		}
		view, err := pyval.NewMemoryview(data)
		if err != nil {
			return err
		}
		if some, err := pyval.Truth(s.c.Thread, view); err != nil || !some {
			return err
		}
		if err := s.all(view); err != nil {
			return err
		}
	}
}

// smaller is Python's min of two values.
func smaller(c *pycall.Call, x, y starlark.Value) (starlark.Value, error) {
	less, err := pyval.Less(c.Thread, y, x)
	if less {
		return y, err
	}
	return x, err
}

// all sends a block, in as many parts as it takes. How much that was is whatever
// send says.
func (s *sending) all(block starlark.Value) error {
	for {
		sent, err := callMethod(s.c, s.c.Args[0], "send", block)
		if e, ok := pyval.AsException(err); ok && e.Class.Subclass(pyval.BlockingIOError) {
			continue
		}
		if err != nil {
			return err
		}
		total, err := pyval.InPlace(s.c.Thread, syntax.PLUS, s.total, sent)
		if err != nil {
			return err
		}
		s.total = total
		size, err := pyval.Len(s.c.Thread, block)
		if err != nil {
			return err
		}
		if part, err := pyval.Less(s.c.Thread, sent, starlark.MakeInt(size)); err != nil || !part {
			return err
		}
		rest := &pyval.SliceValue{Lo: sent, Hi: starlark.None, Step: starlark.None}
		if block, err = pyval.GetItem(s.c.Thread, block, rest); err != nil {
			return err
		}
	}
}

// moved puts the file behind what was sent, whether that failed or not.
func (s *sending) moved(failed error) error {
	some, err := pyval.Greater(s.c.Thread, s.total, starlark.MakeInt(0))
	if err != nil || !some {
		return cmp.Or(err, failed)
	}
	has, err := pyval.HasAttr(s.c.Thread, s.f.file, "seek")
	if err != nil || !has {
		return cmp.Or(err, failed)
	}
	to, err := pyval.Binary(s.c.Thread, syntax.PLUS, s.f.offset, s.total)
	if err == nil {
		_, err = callMethod(s.c, s.f.file, "seek", to)
	}
	return cmp.Or(err, failed)
}

package pysocket

import (
	"errors"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/pyref/base/unix"
)

// A copier sends up to count bytes of a descriptor from offset on and returns how
// many it was.
type copier func(fd, offset, count starlark.Value) (starlark.Value, error)

// sendfileZerocopy is Python's socket._sendfile_zerocopy, new in 3.15.
func (m *module) sendfileZerocopy(c *pycall.Call) (starlark.Value, error) {
	v, gaveUp, err := m.zeroCopy(c, newSentFile(c.Args[3], c.Args[4], c.Args[5]), func(fd, offset, count starlark.Value) (starlark.Value, error) {
		return pyval.Call(c.Thread, c.Args[1], starlark.Tuple{fd, offset, count}, nil)
	})
	if gaveUp != nil {
		return nil, giveUp(c, c.Args[2], gaveUp)
	}
	return v, err
}

// giveUp raises an exception of the given type about the cause.
func giveUp(c *pycall.Call, kind starlark.Value, cause *pyval.Exception) error {
	made, err := pyval.Call(c.Thread, kind, starlark.Tuple{cause}, nil)
	if err != nil {
		return err
	}
	if e, ok := made.(*pyval.Exception); ok {
		return e
	}
	return pyval.TypeError.Errorf("exceptions must derive from BaseException")
}

// sendfileOnce is os.sendfile to the socket's descriptor.
func sendfileOnce(c *pycall.Call, o *object, from, offset, count starlark.Value) (starlark.Value, error) {
	fd, at, block, err := sendfileArguments(c, from, offset, count)
	if err != nil {
		return nil, err
	}
	sent, err := o.sock.SendFileOnce(fd, at, block)
	return starlark.MakeInt(sent), o.m.exceptionOrNil(err)
}

// sendfileArguments reads what os.sendfile takes behind the descriptor that it sends
// to. The offset may be None, which at is nil for.
func sendfileArguments(c *pycall.Call, from, offset, count starlark.Value) (fd int, at *int64, block int, err error) {
	if fd, err = c.AsInt(from); err != nil {
		return 0, nil, 0, err
	}
	if err = c.With(starlark.Tuple{count}, nil).Clinic("n", &block); err != nil || offset == starlark.None {
		return fd, nil, block, err
	}
	n, err := c.AsLong(offset)
	return fd, &n, block, err
}

// zeroCopy is the loop that Python's sendfile makes around a system call that
// copies without the process in between. Offset and what send returns are whatever
// Python code passes; gaveUp is why nothing was sent. A nil send is os.sendfile to the
// descriptor that the object says that it has.
func (m *module) zeroCopy(c *pycall.Call, f sentFile, send copier) (v starlark.Value, gaveUp *pyval.Exception, err error) {
	if err := m.checked(c, f); err != nil {
		return nil, nil, err
	}
	to, err := callMethod(c, c.Args[0], "fileno")
	if err != nil {
		return nil, nil, err
	}
	if send == nil {
		send = func(fd, offset, count starlark.Value) (starlark.Value, error) {
			return systemSendfile(c, to, fd, offset, count)
		}
	}
	fd, err := callMethod(c, f.file, "fileno")
	if e, ok := pyval.AsException(err); ok && (e.Class.Subclass(pyval.AttributeError) || e.Class.Subclass(m.io.UnsupportedOperation)) {
		return nil, e, nil
	}
	if err != nil {
		return nil, nil, err
	}
	number, err := c.AsInt(fd)
	if err != nil {
		return nil, nil, err
	}
	var st unix.Stat_t
	switch err := unix.Fstat(number, &st); {
	case err != nil:
		return nil, osError(err), nil
	case st.Size == 0:
		return starlark.MakeInt(0), nil, nil
	}
	copying := copying{c: c, f: f, fd: fd, send: send, total: starlark.MakeInt(0)}
	if err := copying.limit(st.Size); err != nil {
		return nil, nil, err
	}
	if copying.room, err = m.roomOf(c, to); err != nil {
		return nil, nil, err
	}
	gaveUp, err = copying.run()
	return copying.total, gaveUp, copying.moved(err)
}

// copying is the state of the loop.
type copying struct {
	c       *pycall.Call
	room    room
	f       sentFile // whose offset goes forward
	fd      starlark.Value
	send    copier
	limited bool           // by the count
	block   starlark.Value // how much is sent at once
	total   starlark.Value
}

// limit sets the size of a block of a file of the given size.
func (l *copying) limit(size int64) error {
	limited, err := pyval.Truth(l.c.Thread, l.f.count)
	if err != nil {
		return err
	}
	var most starlark.Value = starlark.MakeInt64(size)
	if l.limited = limited; limited {
		most = l.f.count
	}
	l.block, err = smaller(l.c, most, starlark.MakeInt(1<<30))
	return err
}

func (l *copying) run() (gaveUp *pyval.Exception, err error) {
	for {
		done, gaveUp, err := l.step()
		if done || gaveUp != nil || err != nil {
			return gaveUp, err
		}
	}
}

// step sends one block.
func (l *copying) step() (done bool, gaveUp *pyval.Exception, err error) {
	if l.room.limited {
		if err := l.room.await(); err != nil {
			return false, nil, err
		}
	}
	if l.limited {
		if some, err := l.shorten(); err != nil || !some {
			return err == nil, nil, err
		}
	}
	sent, err := l.send(l.fd, l.f.offset, l.block)
	if e, ok := pyval.AsException(err); ok && e.Class.Subclass(pyval.OSError) {
		switch {
		case e.Class.Subclass(pyval.BlockingIOError) && l.room.limited:
			return false, nil, nil
		case e.Class.Subclass(pyval.BlockingIOError):
			return false, nil, l.room.await()
		case pyval.Equal(l.total, starlark.MakeInt(0)):
			return false, e, nil
		}
	}
	if err != nil {
		return false, nil, err
	}
	if pyval.Equal(sent, starlark.MakeInt(0)) {
		return true, nil, nil
	}
	return false, nil, l.advance(sent)
}

// shorten makes the block no longer than what the count leaves of the whole, and
// reports whether that is anything.
func (l *copying) shorten() (bool, error) {
	left, err := pyval.Binary(l.c.Thread, syntax.MINUS, l.f.count, l.total)
	// Before 3.12 all that is left is one block.
	if err == nil && l.c.Python.AtLeast(3, 12) {
		left, err = smaller(l.c, left, l.block)
	}
	if err != nil {
		return false, err
	}
	l.block = left
	return pyval.Greater(l.c.Thread, left, starlark.MakeInt(0))
}

func (l *copying) advance(sent starlark.Value) error {
	offset, err := pyval.InPlace(l.c.Thread, syntax.PLUS, l.f.offset, sent)
	if err != nil {
		return err
	}
	l.f.offset = offset
	total, err := pyval.InPlace(l.c.Thread, syntax.PLUS, l.total, sent)
	if err == nil {
		l.total = total
	}
	return err
}

// moved puts the file behind what was sent, whether that failed or not.
func (l *copying) moved(failed error) error {
	some, err := pyval.Greater(l.c.Thread, l.total, starlark.MakeInt(0))
	if err != nil || !some {
		return errors.Join(err, failed)
	}
	has, err := pyval.HasAttr(l.c.Thread, l.f.file, "seek")
	if err == nil && has {
		_, err = callMethod(l.c, l.f.file, "seek", l.f.offset)
	}
	if err != nil {
		return err
	}
	return failed
}

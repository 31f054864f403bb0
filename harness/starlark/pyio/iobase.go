package pyio

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/pyref/base/streams"
)

// A stream is any object here.
type stream interface {
	pyval.Object
	streams.Stream
}

func self(c *pycall.Call) stream { return c.Self.(stream) }

// ask is a method without arguments that answers yes or no.
func ask(name string, question func(s stream) (bool, error)) pycall.Method {
	return pycall.Method{Name: name, Takes: pycall.NoArgs, Func: func(c *pycall.Call) (starlark.Value, error) {
		return truth(question(self(c)))
	}}
}

// act is a method without arguments that returns None.
func act(name string, action func(s stream) error) pycall.Method {
	return pycall.Method{Name: name, Takes: pycall.NoArgs, Func: func(c *pycall.Call) (starlark.Value, error) {
		return done(action(self(c)))
	}}
}

// slot is a special method that is called by way of a slot of its class.
func slot(name string, f pycall.Func) pycall.Method {
	return pycall.Method{Name: name, Takes: pycall.NoArgs, Slot: true, Func: f}
}

// represent is the __repr__ of a class that has its own.
func represent() pycall.Method {
	return slot("__repr__", func(c *pycall.Call) (starlark.Value, error) { return starlark.String(pyval.Repr(c.Self)), nil })
}

// noArguments is a method without arguments that is told its class since 3.12,
// and then has words of its own for those that it is given.
func (o *IO) noArguments(name string, f pycall.Func) pycall.Method {
	if !o.python.AtLeast(3, 12) {
		return pycall.Method{Name: name, Takes: pycall.NoArgs, Func: f}
	}
	return pycall.Method{Name: name, Takes: pycall.Keywords, Func: func(c *pycall.Call) (starlark.Value, error) {
		if len(c.Args)+len(c.Kwargs) > 0 {
			return nil, pyval.TypeError.Errorf("%s() takes no arguments", name)
		}
		return f(c)
	}}
}

// checkClosed is _checkClosed.
func (o *IO) checkClosed(s stream) error {
	closed, err := s.Closed()
	if err == nil && closed {
		err = o.Host.Raise(streams.ValueError, "I/O operation on closed file.")
	}
	return err
}

// check is _checkReadable and its like, which return the answer.
func (o *IO) check(name, text string, question func(s stream) (bool, error)) pycall.Method {
	return ask(name, func(s stream) (bool, error) {
		yes, err := question(s)
		if err == nil && !yes {
			err = o.Host.Raise(streams.UnsupportedOperation, "File or stream is not "+text+".")
		}
		return yes, err
	})
}

// addIOBase is io.IOBase.
func (o *IO) addIOBase() {
	o.methods(o.ioBase,
		o.unsupported("seek", "i|i"),
		pycall.Method{Name: "tell", Takes: pycall.NoArgs, Func: func(c *pycall.Call) (starlark.Value, error) {
			return number(self(c).Tell())
		}},
		o.unsupported("truncate", "|O"),
		act("flush", stream.Flush),
		act("close", stream.Close),
		ask("seekable", stream.Seekable),
		ask("readable", stream.Readable),
		ask("writable", stream.Writable),
		ask("isatty", stream.IsATTY),
		act("_checkClosed", o.checkClosed),
		o.check("_checkSeekable", "seekable", stream.Seekable),
		o.check("_checkReadable", "readable", stream.Readable),
		o.check("_checkWritable", "writable", stream.Writable),
		o.noArguments("fileno", fileno),
		pycall.Method{Name: "__enter__", Takes: pycall.NoArgs, Func: o.enter},
		slot("__iter__", o.enter),
		pycall.Method{Name: "__exit__", Takes: pycall.VarArgs, Func: func(c *pycall.Call) (starlark.Value, error) {
			return callNoArgs(c, "close")
		}},
		slot("__next__", next),
		slot("__del__", func(c *pycall.Call) (starlark.Value, error) { return done(self(c).Close()) }),
		pycall.Method{Name: "readline", Takes: pycall.FastCall, Func: func(c *pycall.Call) (starlark.Value, error) {
			limit, err := size(c, "readline")
			if err != nil {
				return nil, err
			}
			return o.baseReadline(c, limit)
		}},
		pycall.Method{Name: "readlines", Takes: pycall.FastCall, Func: readlines},
		pycall.Method{Name: "writelines", Takes: pycall.OneArg, Func: o.writelines},
	)
	if !o.python.AtLeast(3, 12) {
		o.ioBase.Attrs["__new__"] = pyval.NewOf(o.ioBase)
	}
	getters(o.ioBase, &Descriptor{Name: "closed", Kind: GetsetKind, Get: func(self starlark.Value) (starlark.Value, error) {
		return truth(self.(stream).Closed())
	}})
}

// unsupported is a method that fails. What it is given is looked at since 3.12
// only, by a format.
func (o *IO) unsupported(name, format string) pycall.Method {
	takes := pycall.VarArgs
	if o.python.AtLeast(3, 12) {
		takes = pycall.Keywords
	}
	return pycall.Method{Name: name, Takes: takes, Func: func(c *pycall.Call) (starlark.Value, error) {
		if takes == pycall.Keywords {
			var n, m int
			var v starlark.Value
			targets := map[string][]any{"i|i": {&n, &m}, "|i": {&n}, "|O": {&v}, "O": {&v}}[format]
			if err := c.ClinicKeywords(format+":"+name, make([]string, len(targets)), targets...); err != nil {
				return nil, err
			}
		}
		return nil, o.Host.Raise(streams.UnsupportedOperation, name)
	}}
}

func fileno(c *pycall.Call) (starlark.Value, error) {
	n, err := self(c).Fileno()
	return number(int64(n), err)
}

// enter is __enter__, and __iter__.
func (o *IO) enter(c *pycall.Call) (starlark.Value, error) {
	if err := o.checkClosed(self(c)); err != nil {
		return nil, err
	}
	return c.Self, nil
}

func callNoArgs(c *pycall.Call, name string) (starlark.Value, error) {
	return callMethod(c, c.Self, name)
}

func callMethod(c *pycall.Call, v starlark.Value, name string, args ...starlark.Value) (starlark.Value, error) {
	f, err := pyval.GetAttr(c.Thread, v, name)
	if err != nil {
		return nil, err
	}
	return pyval.Call(c.Thread, pyval.AsMethod(f), args, nil)
}

// nextLine is the next line of an iteration; nil without an error is its end.
func nextLine(c *pycall.Call) (starlark.Value, error) {
	var line starlark.Value
	var err error
	if t, ok := c.Self.(*textObject); ok {
		var chars string
		chars, err = t.Next()
		line = starlark.String(chars)
	} else {
		line, err = callNoArgs(c, "readline")
	}
	if err != nil {
		return nil, err
	}
	if n, err := pyval.Len(c.Thread, line); n == 0 || err != nil {
		return nil, err
	}
	return line, nil
}

func next(c *pycall.Call) (starlark.Value, error) {
	line, err := nextLine(c)
	if line == nil && err == nil {
		return nil, pyval.NewException(pyval.StopIteration)
	}
	return line, err
}

// baseReadline is IOBase.readline, for raw files and those that cannot read.
func (o *IO) baseReadline(c *pycall.Call, limit int) (starlark.Value, error) {
	read := func(n int) ([]byte, error) {
		v, err := callMethod(c, c.Self, "read", starlark.MakeInt(n))
		if err != nil || v == starlark.None {
			return nil, err
		}
		b, ok := v.(starlark.Bytes)
		if !ok {
			return nil, o.Host.Raise(streams.OSError, "read() should have returned a bytes object, not '"+pyval.TypeName(v)+"'")
		}
		return []byte(b), nil
	}
	var peek func(n int) ([]byte, error)
	if p, ok := c.Self.(interface{ Peek(n int) ([]byte, error) }); ok && c.Self.(pyval.Object).PyClass() != o.writer {
		peek = p.Peek
	}
	line, err := o.Host.ReadLine(peek, read, limit)
	if err != nil {
		return nil, err
	}
	return starlark.Bytes(line), nil
}

func readlines(c *pycall.Call) (starlark.Value, error) {
	hint, err := size(c, "readlines")
	if err != nil {
		return nil, err
	}
	it, err := pyval.Iterate(c.Thread, c.Self)
	if err != nil {
		return nil, err
	}
	var lines []starlark.Value
	for total := 0; ; {
		line, err := it.Next(c.Thread)
		if err != nil {
			return nil, err
		}
		if line == nil {
			return starlark.NewList(lines), nil
		}
		lines = append(lines, line)
		n, err := pyval.Len(c.Thread, line)
		if err != nil {
			return nil, err
		}
		if hint > 0 && n > hint-total {
			return starlark.NewList(lines), nil
		}
		total += n
	}
}

func (o *IO) writelines(c *pycall.Call) (starlark.Value, error) {
	if err := o.checkClosed(self(c)); err != nil {
		return nil, err
	}
	it, err := pyval.Iterate(c.Thread, c.Args[0])
	if err != nil {
		return nil, err
	}
	for {
		line, err := it.Next(c.Thread)
		if err != nil {
			return nil, err
		}
		if line == nil {
			return starlark.None, nil
		}
		if _, err := callMethod(c, c.Self, "write", line); err != nil {
			return nil, err
		}
	}
}

// addRawIOBase is io.RawIOBase.
func (o *IO) addRawIOBase() {
	o.methods(o.rawIOBase,
		pycall.Method{Name: "read", Takes: pycall.FastCall, Func: func(c *pycall.Call) (starlark.Value, error) {
			n := -1
			if err := c.Clinic("|n:read", &n); err != nil {
				return nil, err
			}
			raw := c.Self.(streams.Raw)
			if n < 0 {
				return callNoArgs(c, "readall")
			}
			if s, ok := raw.(stepsRaw); ok && s.ReadsFromSteps() {
				return readInto(c, n)
			}
			p := make([]byte, n)
			got, err := raw.ReadInto(p)
			if err != nil {
				return nil, err
			}
			if got == streams.WouldBlock {
				return starlark.None, nil
			}
			return filled(c, p, int64(got))
		}},
		pycall.Method{Name: "readall", Takes: pycall.NoArgs, Func: func(c *pycall.Call) (starlark.Value, error) {
			data, err := c.Self.(streams.Raw).ReadAll()
			if err != nil {
				return nil, err
			}
			return orNone(data), nil
		}},
	)
}

// A stepsRaw may read from an object of the steps, which sees what it is to read into.
type stepsRaw interface {
	ReadsFromSteps() bool
}

// readInto is io.RawIOBase.read in terms of readinto.
func readInto(c *pycall.Call, n int) (starlark.Value, error) {
	buffer := pyval.NewBytearray(make([]byte, n))
	v, err := callMethod(c, c.Self, "readinto", buffer)
	if err != nil || v == starlark.None {
		return v, err
	}
	index, err := pyval.Index(c.Thread, v)
	if err != nil {
		return nil, err
	}
	if !index.IsInt64() {
		return nil, pyval.ValueError.Errorf("cannot fit '%s' into an index-sized integer", pyval.TypeName(v))
	}
	return filled(c, buffer.Bytes(), index.Int64())
}

// filled is what read makes of a buffer of which readinto says that it filled n bytes.
func filled(c *pycall.Call, buffer []byte, n int64) (starlark.Value, error) {
	beyond := n > int64(len(buffer))
	switch {
	case c.Python.AtLeast(3, 14) && (beyond || n < 0):
		return nil, pyval.ValueError.Errorf("readinto returned %d outside buffer size %d", n, len(buffer))
	case n < 0:
		return nil, pyval.SystemError.Errorf("Negative size passed to PyBytes_FromStringAndSize")
	case beyond: // CPython reads on behind the buffer
		return starlark.Bytes(buffer), nil
	}
	return starlark.Bytes(buffer[:n]), nil
}

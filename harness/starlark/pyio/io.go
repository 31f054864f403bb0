package pyio

import (
	"sync"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/pyref/base/streams"
)

// An IO is the io module of one Python.
type IO struct {
	python pyval.Version
	Host   *streams.Host

	// The abstract classes, which Python code wraps around those of C code.
	IOBase, RawIOBase, BufferedIOBase, TextIOBase *pyval.Class

	// UnsupportedOperation is an OSError and a ValueError.
	UnsupportedOperation *pyval.Class

	ioBase, rawIOBase, bufferedIOBase, textIOBase *pyval.Class
	reader, writer, random, pair, text, fileIO    *pyval.Class
}

// A Raw object is a raw file as Python code sees it.
type Raw interface {
	pyval.Object
	streams.Raw
}

var made sync.Map // of *IO, by pyval.Version

// For returns the classes for a version of Python, always the same ones.
func For(python pyval.Version) *IO {
	o, ok := made.Load(python)
	if !ok {
		o, _ = made.LoadOrStore(python, newIO(python))
	}
	return o.(*IO)
}

func newIO(python pyval.Version) *IO {
	o := &IO{python: python}
	o.UnsupportedOperation = &pyval.Class{Module: "io", Short: "UnsupportedOperation", Bases: []*pyval.Class{pyval.OSError, pyval.ValueError}}
	o.Host = &streams.Host{Python: python.Minor, Raise: o.raise, Failed: pyval.CodecError, Blocking: func(err error) bool {
		e, ok := pyval.AsException(err)
		return ok && e.Class.Subclass(pyval.BlockingIOError)
	}}
	class := func(module, name string, bases ...*pyval.Class) *pyval.Class {
		return &pyval.Class{Module: module, Short: name, C: module == "_io", Bases: bases, Attrs: starlark.StringDict{}}
	}
	o.ioBase = class("_io", "_IOBase")
	o.rawIOBase = class("_io", "_RawIOBase", o.ioBase)
	o.bufferedIOBase = class("_io", "_BufferedIOBase", o.ioBase)
	o.textIOBase = class("_io", "_TextIOBase", o.ioBase)
	o.IOBase = class("io", "IOBase", o.ioBase)
	o.RawIOBase = class("io", "RawIOBase", o.rawIOBase, o.IOBase)
	o.BufferedIOBase = class("io", "BufferedIOBase", o.bufferedIOBase, o.IOBase)
	o.TextIOBase = class("io", "TextIOBase", o.textIOBase, o.IOBase)
	o.reader = class("_io", "BufferedReader", o.bufferedIOBase)
	o.writer = class("_io", "BufferedWriter", o.bufferedIOBase)
	o.random = class("_io", "BufferedRandom", o.bufferedIOBase)
	o.pair = class("_io", "BufferedRWPair", o.bufferedIOBase)
	o.text = class("_io", "TextIOWrapper", o.textIOBase)
	o.fileIO = class("_io", "FileIO", o.rawIOBase)
	o.reader.New, o.writer.New, o.random.New = o.newReader, o.newWriter, o.newRandom
	o.pair.New, o.text.New = o.newPair, o.newText

	o.RawIOBase.Registered = []*pyval.Class{o.fileIO}
	o.BufferedIOBase.Registered = []*pyval.Class{o.reader, o.writer, o.random, o.pair}
	o.TextIOBase.Registered = []*pyval.Class{o.text}

	o.addIOBase()
	o.addRawIOBase()
	o.addBuffered()
	o.addPair()
	o.addText()
	o.addFileIO()
	o.cannotPickle(o.reader, o.writer, o.random, o.text, o.fileIO)
	return o
}

// raise makes the exceptions of the layers.
func (o *IO) raise(class string, args ...any) error {
	c := o.UnsupportedOperation
	if class != streams.UnsupportedOperation {
		c = pyval.Builtin(class)
	}
	values := make([]starlark.Value, len(args))
	for i, arg := range args {
		switch arg := arg.(type) {
		case int:
			values[i] = starlark.MakeInt(arg)
		case []byte:
			values[i] = starlark.Bytes(arg)
		case string:
			values[i] = starlark.String(arg)
		}
	}
	return pyval.NewException(c, values...)
}

// methods adds functions that C code defines to a class.
func (o *IO) methods(class *pyval.Class, methods ...pycall.Method) {
	for _, m := range methods {
		class.Attrs[m.Name] = pycall.BuiltinMethod(o.python, class, m)
	}
}

// getters adds attributes that C code computes to a class.
func getters(class *pyval.Class, list ...*Descriptor) {
	for _, d := range list {
		d.Owner = class
		class.Attrs[d.Name] = d
	}
}

// size reads an optional size that may be None.
func size(c *pycall.Call, name string) (int, error) {
	n := -1
	var v starlark.Value = starlark.None
	if err := c.Clinic("|O:"+name, &v); err != nil {
		return 0, err
	}
	if v == starlark.None {
		return n, nil
	}
	i, err := pyval.Index(c.Thread, v)
	if err != nil {
		return 0, pyval.TypeError.Errorf("argument should be integer or None, not '%s'", pyval.TypeName(v))
	}
	if !i.IsInt64() {
		return 0, pyval.OverflowError.Errorf("cannot fit '%s' into an index-sized integer", pyval.TypeName(v))
	}
	return int(i.Int64()), nil
}

// orNone is bytes, or None for what is nil.
func orNone(data []byte) starlark.Value {
	if data == nil {
		return starlark.None
	}
	return starlark.Bytes(data)
}

// count is a number of bytes, or None.
func count(n int, err error) (starlark.Value, error) {
	if err != nil {
		return nil, err
	}
	if n == streams.WouldBlock {
		return starlark.None, nil
	}
	return starlark.MakeInt(n), nil
}

func truth(yes bool, err error) (starlark.Value, error) {
	if err != nil {
		return nil, err
	}
	return starlark.Bool(yes), nil
}

func done(err error) (starlark.Value, error) {
	if err != nil {
		return nil, err
	}
	return starlark.None, nil
}

func number(n int64, err error) (starlark.Value, error) {
	if err != nil {
		return nil, err
	}
	return starlark.MakeInt64(n), nil
}

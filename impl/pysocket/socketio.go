package pysocket

import (
	"fmt"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyio"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/socket"
	"github.com/pyparity/pyparity/pyref/base/streams"
)

// A rawFile is a socket.SocketIO.
type rawFile struct {
	*pyio.Instance
	m    *module
	c    *pycall.Call // that made it
	file *socket.SocketIO
	sock starlark.Value
	// evaluate calls functions of the steps, for attributes.
	evaluate pyval.EvaluateFunc
}

var _ pyio.Raw = (*rawFile)(nil)

// Attr reads an attribute; those of __init__ are kept in Go.
func (r *rawFile) Attr(name string) (starlark.Value, error) {
	switch name {
	case "_sock":
		if r.file.Sock() == nil {
			return starlark.None, nil
		}
		return r.sock, nil
	case "_mode":
		return starlark.String(r.file.Mode()), nil
	case "_reading", "_writing":
		return starlark.Bool(r.file.Can(name == "_reading")), nil
	case "_timeout_occurred":
		return starlark.Bool(r.file.TimedOut()), nil
	case "__dict__":
		return r.dict(), nil
	}
	return r.Get(r, name)
}

// dict is a copy of the attributes of the object, in the order in which __init__ sets
// its own.
func (r *rawFile) dict() starlark.Value {
	d := starlark.NewDict(8)
	set := func(name string, v starlark.Value) { _ = d.SetKey(starlark.String(name), v) } // a fresh dict of strings cannot refuse
	for _, name := range []string{"_sock", "_mode", "_reading", "_writing", "_timeout_occurred"} {
		if v, err := r.Attr(name); err == nil {
			set(name, v)
		}
	}
	if closed, err := r.Closed(); err == nil && closed {
		set("__IOBase_closed", starlark.True)
	}
	for _, attr := range r.Assigned() {
		set(attr.Name, attr.Value)
	}
	return d
}

// SetField sets an attribute.
func (r *rawFile) SetField(name string, v starlark.Value) error { return r.Set(r, name, v) }

// PyState is what Python code can see.
func (r *rawFile) PyState() []pyval.Attr { return r.State(r) }

// String is Python's repr.
func (r *rawFile) String() string {
	return fmt.Sprintf("<%s object at %p>", r.PyClass().Qualified(), r)
}

// asRaised turns the error of a raw file into an exception, for the layers above it.
func asRaised[T any](m *module, v T, err error) (T, error) {
	if err != nil {
		err = m.exception(err)
	}
	return v, err
}

// The rest makes it a raw stream.

func (r *rawFile) ReadInto(p []byte) (int, error) {
	if f := r.replaced("readinto"); f != nil {
		lent := pyval.NewBytearray(p)
		n, err := r.count(f, lent)
		copy(p, lent.Bytes())
		return n, err
	}
	n, err := r.file.ReadInto(p)
	return asRaised(r.m, n, err)
}

func (r *rawFile) WriteSome(p []byte) (int, error) {
	if f := r.replaced("write"); f != nil {
		return r.count(f, starlark.Bytes(p))
	}
	n, err := r.file.WriteSome(p)
	return asRaised(r.m, n, err)
}

func (r *rawFile) ReadAll() ([]byte, error) {
	data, err := r.m.io.Host.ReadAll(r.ReadInto)
	return asRaised(r.m, data, err)
}

func (r *rawFile) Truncate(size *int64) (int64, error) {
	n, err := r.file.Truncate(size)
	return asRaised(r.m, n, err)
}

func (r *rawFile) Closed() (bool, error) { return r.file.Closed() }

func (r *rawFile) Close() error {
	_, err := asRaised(r.m, 0, r.file.Close())
	return err
}

func (r *rawFile) Flush() error {
	_, err := asRaised(r.m, 0, r.file.Flush())
	return err
}

func (r *rawFile) Readable() (bool, error) { return r.ask("readable", r.file.Readable) }
func (r *rawFile) Writable() (bool, error) { return r.ask("writable", r.file.Writable) }
func (r *rawFile) Seekable() (bool, error) { return r.ask("seekable", r.file.Seekable) }
func (r *rawFile) IsATTY() (bool, error)   { return r.question(r.file.IsATTY()) }

// replaced is a method that Python code has put in the place of the class's own, be it
// in a class that it derived, or nil.
func (r *rawFile) replaced(name string) starlark.Value {
	switch f := r.PyClass().Current(name).(type) {
	case nil, *pycall.Function:
		return nil
	default:
		return pyval.Bound(f, r)
	}
}

// count is what such a method returns of bytes, where None says that it would block.
func (r *rawFile) count(f starlark.Value, arg starlark.Value) (int, error) {
	v, err := pyval.Call(r.c.Thread, f, starlark.Tuple{arg}, nil)
	switch {
	case err != nil:
		return 0, err
	case v == starlark.None:
		return streams.WouldBlock, nil
	}
	return r.c.AsInt(v)
}

// ask asks the class, or the file if Python code has no other answer.
func (r *rawFile) ask(name string, own func() (bool, error)) (bool, error) {
	if f := r.replaced(name); f != nil {
		v, err := pyval.Call(r.c.Thread, f, nil, nil)
		if err != nil {
			return false, err
		}
		return pyval.Truth(r.c.Thread, v)
	}
	return r.question(own())
}

func (r *rawFile) question(yes bool, err error) (bool, error) { return asRaised(r.m, yes, err) }

func (r *rawFile) Fileno() (int, error) {
	n, err := r.file.Fileno()
	return asRaised(r.m, n, err)
}

func (r *rawFile) Seek(offset int64, whence int) (int64, error) {
	n, err := r.file.Seek(offset, whence)
	return asRaised(r.m, n, err)
}

func (r *rawFile) Tell() (int64, error) {
	n, err := r.file.Tell()
	return asRaised(r.m, n, err)
}

// addSocketIO makes the class SocketIO.
func (m *module) addSocketIO() {
	m.io = pyio.For(m.python)
	m.giveUp = &pyval.Class{Module: "socket", Short: "_GiveupOnSendfile", Bases: []*pyval.Class{pyval.ExceptionClass}}
	class := &pyval.Class{Module: "socket", Short: "SocketIO", Bases: []*pyval.Class{m.io.RawIOBase}, Attrs: starlark.StringDict{}}
	class.New = m.newSocketIO
	m.socketIO = class
	for _, def := range m.socketIODefs() {
		def.Func = m.raising(def.Func)
		class.Attrs[def.Name] = pycall.PythonMethod(m.python, class, def)
	}
	for _, d := range []*pyio.Descriptor{
		{Name: "mode", Get: func(self starlark.Value) (starlark.Value, error) {
			return starlark.String(self.(*rawFile).file.Mode()), nil
		}},
		{Name: "name", Get: func(self starlark.Value) (starlark.Value, error) {
			if v, err := self.(*rawFile).nameOver(); v != nil || err != nil {
				return v, err
			}
			n, err := self.(*rawFile).file.Name()
			if err != nil {
				return nil, m.exception(err)
			}
			return starlark.MakeInt(n), nil
		}},
	} {
		d.Kind, d.Owner, d.Python = pyio.PropertyKind, class, m.python
		class.Attrs[d.Name] = d
	}
}

// newSocketIO is Python's socket.SocketIO(sock, mode) (SocketIO.__init__).
func (m *module) newSocketIO(thread *starlark.Thread, class *pyval.Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	init := pycall.Def("__init__", "self, sock, mode", m.raising(func(c *pycall.Call) (starlark.Value, error) {
		return m.rawFile(c, class, c.Args[1], c.Args[2])
	}))
	return pycall.PythonMethod(m.python, class, init).Bind(class).CallInternal(thread, args, kwargs)
}

func (m *module) rawFile(c *pycall.Call, class *pyval.Class, sock, mode starlark.Value) (*rawFile, error) {
	text, ok := mode.(starlark.String)
	if !ok {
		return nil, invalidMode(c, mode)
	}
	file, err := socket.NewSocketIOOver(m.endpointOf(c, sock), string(text))
	if err != nil {
		return nil, invalidMode(c, mode)
	}
	return &rawFile{
		Instance: pyio.NewInstance(class), m: m, c: c, file: file, sock: sock, evaluate: pyval.Evaluator(c.Thread),
	}, nil
}

// invalidMode is "invalid mode: %r" % mode, in which a tuple is the arguments.
func invalidMode(c *pycall.Call, mode starlark.Value) error {
	text, err := pyval.Binary(c.Thread, syntax.PERCENT, starlark.String("invalid mode: %r"), mode)
	if err != nil {
		return err
	}
	return pyval.NewException(pyval.ValueError, text)
}

// onRaw is a method of SocketIO without arguments.
func onRaw(attribute string, f func(c *pycall.Call, r *rawFile) (starlark.Value, error)) pycall.Func {
	return func(c *pycall.Call) (starlark.Value, error) {
		r, ok := c.Args[0].(*rawFile)
		if !ok {
			return nil, pyval.AttributeError.Errorf("'%s' object has no attribute '%s'", pyval.TypeName(c.Args[0]), attribute)
		}
		return f(c, r)
	}
}

func rawQuestion(f func(file *socket.SocketIO) (bool, error)) pycall.Func {
	return onRaw("closed", func(_ *pycall.Call, r *rawFile) (starlark.Value, error) {
		yes, err := f(r.file)
		return starlark.Bool(yes), err
	})
}

func (m *module) socketIODefs() []pycall.Definition {
	return []pycall.Definition{
		pycall.Def("readinto", "self, b", onRaw("_checkClosed", readinto)),
		pycall.Def("write", "self, b", onRaw("_checkClosed", writeRaw)),
		pycall.Def("readable", "self", rawQuestion((*socket.SocketIO).Readable)),
		pycall.Def("writable", "self", rawQuestion((*socket.SocketIO).Writable)),
		pycall.Def("seekable", "self", rawQuestion((*socket.SocketIO).Seekable)),
		pycall.Def("fileno", "self", onRaw("_checkClosed", func(c *pycall.Call, r *rawFile) (starlark.Value, error) {
			if closed, err := r.Closed(); err == nil && !closed && overridden(r.sock, "fileno") {
				return callMethod(c, r.sock, "fileno")
			}
			n, err := r.file.Fileno()
			return starlark.MakeInt(n), err
		})),
		pycall.Def("close", "self", onRaw("closed", func(_ *pycall.Call, r *rawFile) (starlark.Value, error) {
			return starlark.None, r.file.Close()
		})),
	}
}

// may is what a call checks first: that the file is open and, where a derived class says
// whether it is readable or writable, that; what else keeps it from being so, check says.
func (r *rawFile) may(question string, check func() error) error {
	f := r.replaced(question)
	if f == nil {
		return check()
	}
	if closed, err := r.Closed(); err != nil || closed {
		return check()
	}
	answer, err := pyval.Call(r.c.Thread, f, nil, nil)
	if err != nil {
		return err
	}
	if answer != starlark.True {
		return r.m.io.Host.Raise(streams.UnsupportedOperation, "File or stream is not "+question+".")
	}
	return check()
}

// readinto is Python's SocketIO.readinto. What it is given is looked at by
// recv_into, after its own checks.
func readinto(c *pycall.Call, r *rawFile) (starlark.Value, error) {
	if err := r.may("readable", r.file.CheckRead); err != nil {
		return nil, err
	}
	if overridden(r.sock, "recv_into") {
		return r.callOver(c, "recv_into", c.Args[1], r.file.SetTimedOut)
	}
	var buffer []byte
	var n, flags int
	if err := c.With(starlark.Tuple{c.Args[1]}, nil).ParseKeywords("w*|ni:recv_into", intoNames, &buffer, &n, &flags); err != nil {
		return nil, err
	}
	return orNone(r.file.ReadInto(buffer))
}

// writeRaw is Python's SocketIO.write.
func writeRaw(c *pycall.Call, r *rawFile) (starlark.Value, error) {
	if err := r.may("writable", r.file.CheckWrite); err != nil {
		return nil, err
	}
	if overridden(r.sock, "send") {
		return r.callOver(c, "send", c.Args[1], nil)
	}
	data, _, err := sendArguments(c.With(starlark.Tuple{c.Args[1]}, nil), "send")
	if err != nil {
		return nil, err
	}
	return orNone(r.file.WriteSome(data))
}

func orNone(n int, err error) (starlark.Value, error) {
	if err == nil && n == streams.WouldBlock {
		return starlark.None, nil
	}
	return starlark.MakeInt(n), err
}

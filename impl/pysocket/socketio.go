package pysocket

import (
	"fmt"
	"slices"
	"sync/atomic"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyio"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/socket"
)

// A rawFile is a socket.SocketIO.
type rawFile struct {
	*pyio.Instance
	m    *module
	c    *pycall.Call // for its calls of Python code
	over atomic.Pointer[under]
	// evaluate calls functions of the steps, for attributes.
	evaluate pyval.EvaluateFunc
}

var _ pyio.Raw = (*rawFile)(nil)

// An under is what a raw file is over. It is replaced as a whole, since one thread may
// close the file while another one reads it.
type under struct {
	file *socket.SocketIO // of no socket, until __init__ has run
	sock starlark.Value   // nil until then, and None once the file has let go of it
}

func (r *rawFile) file() *socket.SocketIO { return r.over.Load().file }
func (r *rawFile) sock() starlark.Value   { return r.over.Load().sock }

// Attr reads an attribute; those of __init__ are kept in Go.
func (r *rawFile) Attr(name string) (starlark.Value, error) {
	switch name {
	case "_sock", "_mode", "_reading", "_writing", "_timeout_occurred":
		return r.attribute(name)
	case "__dict__":
		return r.dict(), nil
	}
	return r.Get(r, name)
}

// rawAttributes are the attributes that __init__ sets, in this order.
var rawAttributes = []string{"_sock", "_mode", "_reading", "_writing", "_timeout_occurred"}

// attribute is one of those that __init__ sets.
func (r *rawFile) attribute(name string) (starlark.Value, error) {
	over := r.over.Load()
	if over.sock == nil {
		return nil, pyval.AttributeError.Errorf("'%s' object has no attribute '%s'", r.PyClass().Short, name)
	}
	switch name {
	case "_sock":
		return over.sock, nil
	case "_mode":
		return starlark.String(over.file.Mode()), nil
	case "_timeout_occurred":
		return starlark.Bool(over.file.TimedOut()), nil
	}
	return starlark.Bool(over.file.Can(name == "_reading")), nil
}

// dict is a copy of the attributes of the object, in the order in which __init__ sets
// its own.
func (r *rawFile) dict() starlark.Value {
	d := starlark.NewDict(8)
	set := func(name string, v starlark.Value) { _ = d.SetKey(starlark.String(name), v) } // a fresh dict of strings cannot refuse
	for _, name := range rawAttributes {
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
func (r *rawFile) SetField(name string, v starlark.Value) error {
	if name == "_timeout_occurred" {
		r.file().SetTimedOut(bool(v.Truth()))
		return nil
	}
	if slices.Contains(rawAttributes, name) {
		if own, err := r.attribute(name); err == nil && pyval.Identical(own, v) {
			return nil
		}
	}
	return r.Set(r, name, v)
}

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
		return r.transfer(f, "readinto", pyval.NewBytearray(p), len(p))
	}
	if !r.plain() {
		return r.receive(r.c, p)
	}
	n, err := r.file().ReadInto(p)
	return asRaised(r.m, n, err)
}

func (r *rawFile) WriteSome(p []byte) (int, error) {
	if f := r.replaced("write"); f != nil {
		return r.transfer(f, "write", starlark.Bytes(p), len(p))
	}
	if !r.plain() {
		return r.transmit(r.c, p)
	}
	n, err := r.file().WriteSome(p)
	return asRaised(r.m, n, err)
}

func (r *rawFile) ReadAll() ([]byte, error) {
	if f := r.replaced("readall"); f != nil {
		v, err := pyval.Call(r.c.Thread, f, nil, nil)
		return orBytes(v, err, "readall")
	}
	if r.replaced("read") != nil || r.ReadsFromSteps() {
		return r.readAll()
	}
	data, err := r.m.io.Host.ReadAll(r.ReadInto)
	return asRaised(r.m, data, err)
}

func (r *rawFile) Truncate(size *int64) (int64, error) {
	n, err := r.file().Truncate(size)
	return asRaised(r.m, n, err)
}

// Closed is closed, which a derived class may have something else for.
func (r *rawFile) Closed() (bool, error) {
	if own := r.replaced("closed"); own != nil {
		return pyval.Truth(r.c.Thread, own)
	}
	return r.file().Closed()
}

// Close lets go of the socket too.
func (r *rawFile) Close() error {
	closed, err := r.Closed()
	if err != nil || closed {
		return err
	}
	if _, err := asRaised(r.m, 0, r.file().Close()); err != nil {
		return err
	}
	r.over.Store(&under{r.file(), starlark.None})
	return nil
}

func (r *rawFile) Flush() error { return r.isClosed() }

func (r *rawFile) Readable() (bool, error) { return r.ask("readable") }
func (r *rawFile) Writable() (bool, error) { return r.ask("writable") }
func (r *rawFile) Seekable() (bool, error) { return r.ask("seekable") }
func (r *rawFile) IsATTY() (bool, error)   { return false, r.checkClosed() }

// replaced is a method that Python code has put in the place of the class's own, be it
// in a class that it derived, or nil.
func (r *rawFile) replaced(name string) starlark.Value {
	f := r.PyClass().Current(name)
	switch v := f.(type) {
	case nil, *pyio.Descriptor:
		return nil
	case *pycall.Function:
		if v.Name() == name && v.Of() != nil {
			return nil
		}
	}
	return pyval.Bound(f, r)
}

// transfer calls such a method with a view of the memory, and is how many bytes it says
// that were read or written.
func (r *rawFile) transfer(f starlark.Value, what string, memory starlark.Value, size int) (int, error) {
	view, err := pyval.NewMemoryview(memory)
	if err != nil {
		return 0, err
	}
	v, err := pyval.Call(r.c.Thread, f, starlark.Tuple{view}, nil)
	return r.m.transferred(v, err, what, size)
}

// readAll is readall where read or what it calls is the steps' code.
func (r *rawFile) readAll() ([]byte, error) {
	size := starlark.MakeInt(r.m.io.Host.DefaultBufferSize())
	var all []byte
	for {
		v, err := callMethod(r.c, r, "read", size)
		data, err := orBytes(v, err, "read")
		switch {
		case err != nil:
			return nil, err
		case data == nil:
			return all, nil
		case len(data) == 0:
			return append(data, all...), nil
		}
		all = append(all, data...)
	}
}

// orBytes is what a method returned that has to return bytes, or nil for None.
func orBytes(v starlark.Value, err error, method string) ([]byte, error) {
	if err != nil || v == starlark.None {
		return nil, err
	}
	data, ok := v.(starlark.Bytes)
	if !ok {
		return nil, pyval.TypeError.Errorf("%s() should return bytes", method)
	}
	return []byte(data), nil
}

// ask asks the class, or the file if Python code has no other answer.
func (r *rawFile) ask(name string) (bool, error) {
	if f := r.replaced(name); f != nil {
		v, err := pyval.Call(r.c.Thread, f, nil, nil)
		if err != nil {
			return false, err
		}
		return pyval.Truth(r.c.Thread, v)
	}
	return r.answer(name)
}

func (r *rawFile) Fileno() (int, error) {
	v, err := r.fileno(r.c)
	if err != nil {
		return 0, err
	}
	return r.c.AsInt(v)
}

func (r *rawFile) Seek(offset int64, whence int) (int64, error) {
	n, err := r.file().Seek(offset, whence)
	return asRaised(r.m, n, err)
}

func (r *rawFile) Tell() (int64, error) {
	n, err := r.file().Tell()
	return asRaised(r.m, n, err)
}

// addSocketIO makes the class SocketIO.
func (m *module) addSocketIO() {
	m.io = pyio.For(m.python)
	m.giveUp = &pyval.Class{Module: "socket", Short: "_GiveupOnSendfile", Bases: []*pyval.Class{pyval.ExceptionClass}}
	class := &pyval.Class{Module: "socket", Short: "SocketIO", Bases: []*pyval.Class{m.io.RawIOBase}, Attrs: starlark.StringDict{}}
	class.New, class.Blank = m.newSocketIO, m.blankSocketIO
	m.socketIO = class
	for _, def := range m.socketIODefs() {
		def.Func = m.raising(def.Func)
		class.Attrs[def.Name] = pycall.PythonMethod(m.python, class, def)
	}
	for _, d := range []*pyio.Descriptor{
		{Name: "mode", Get: func(self starlark.Value) (starlark.Value, error) {
			return self.(*rawFile).attribute("_mode")
		}},
		{Name: "name", Get: func(self starlark.Value) (starlark.Value, error) { return self.(*rawFile).name() }},
	} {
		d.Kind, d.Owner, d.Python = pyio.PropertyKind, class, m.python
		d.Function = pycall.PythonMethod(m.python, class, pycall.Def(d.Name, "self", m.raising(func(c *pycall.Call) (starlark.Value, error) {
			return m.rawProperty(c, d)
		})))
		class.Attrs[d.Name] = d
	}
	m.addPickling()
}

package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/socket"
)

// An endpoint is what is under a SocketIO: an object of this module, or anything
// else that has the attributes of one.
type endpoint struct {
	m    *module
	v    starlark.Value
	call pyval.EvaluateFunc
}

func (m *module) endpointOf(c *pycall.Call, v starlark.Value) endpoint {
	return endpoint{m, v, pyval.Evaluator(c.Thread)}
}

// do does what Python code does, in a thread of its own. What it raises is known to
// impl/socket.
func (e endpoint) do(f func(thread *starlark.Thread) (starlark.Value, error)) (starlark.Value, error) {
	v, err := e.call(pyval.NewFunction("", "", func(thread *starlark.Thread, _ []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
		return f(thread)
	}), nil)
	return v, e.m.refused(err)
}

// method calls one that is not this module's own.
func (e endpoint) method(name string, args ...starlark.Value) (starlark.Value, error) {
	return e.do(func(thread *starlark.Thread) (starlark.Value, error) {
		return ask(thread, e.v, name, args...)
	})
}

func (m *module) refused(err error) error {
	if raised, ok := pyval.AsException(err); ok {
		return refusal{raised, m.timeout}
	}
	return err
}

// transferred is a number of bytes that a method returned, as the layers of io read it.
func (m *module) transferred(v starlark.Value, err error, what string, limit int) (int, error) {
	switch {
	case err != nil:
		return 0, err
	case v == starlark.None:
		return socket.WouldBlock, nil
	}
	n := -1
	index, err := pyval.Index(nil, v)
	switch fits := err == nil && index.IsInt64(); {
	case fits:
		n = int(index.Int64())
	case what == "readinto" && m.python.AtLeast(3, 10):
		return 0, pyval.OSError.Errorf("raw readinto() failed")
	}
	if n < 0 || n > limit {
		return 0, pyval.OSError.Errorf("raw %s() returned invalid length %d (should have been between 0 and %d)", what, n, limit)
	}
	return n, nil
}

func (e endpoint) RecvInto(buf []byte, nbytes, flags int) (int, error) {
	if !overridden(e.v, "recv_into") {
		return e.v.(*object).sock.RecvInto(buf, nbytes, flags)
	}
	view, err := pyval.NewMemoryview(pyval.NewBytearray(buf))
	if err != nil {
		return 0, err
	}
	v, err := e.method("recv_into", view)
	return e.m.transferred(v, err, "readinto", len(buf))
}

func (e endpoint) Send(data []byte, flags int) (int, error) {
	if !overridden(e.v, "send") {
		return e.v.(*object).sock.Send(data, flags)
	}
	view, err := pyval.NewMemoryview(starlark.Bytes(data))
	if err != nil {
		return 0, err
	}
	v, err := e.method("send", view)
	return e.m.transferred(v, err, "write", len(data))
}

func (e endpoint) Descriptor() (int, error) {
	if !overridden(e.v, "fileno") {
		return e.v.(*object).sock.Fileno(), nil
	}
	v, err := e.method("fileno")
	if err != nil {
		return 0, err
	}
	n, err := pyval.Index(nil, v)
	if err != nil {
		return 0, err
	}
	return int(n.Int64()), nil
}

func (e endpoint) ReleaseFile() error {
	if overridden(e.v, "_decref_socketios") {
		_, err := e.method("_decref_socketios")
		return err
	}
	if o := own(e.v, releasing...); o != nil {
		return o.sock.ReleaseFile()
	}
	_, err := e.do(func(thread *starlark.Thread) (starlark.Value, error) {
		return starlark.None, releaseOver(thread, e.v)
	})
	return err
}

// ReadsFromSteps reports whether it is the steps' code that is read from.
func (r *rawFile) ReadsFromSteps() bool {
	return overridden(r.sock(), "recv_into") || r.replaced("readinto") != nil || !r.plain()
}

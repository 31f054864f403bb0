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
	return endpoint{m, v, pyval.Callback(c.Thread)}
}

// overridden reports whether an attribute of what is under a SocketIO is not this
// module's own.
func overridden(v starlark.Value, name string) bool {
	o, ok := v.(*object)
	return !ok || !o.python() && o.lookup(name) == nil || o.overrides(name)
}

// method calls one that is not this module's own. What it raises is known to
// impl/socket.
func (e endpoint) method(name string, args ...starlark.Value) (starlark.Value, error) {
	f, err := pyval.GetAttr(nil, e.v, name)
	if err != nil {
		return nil, err
	}
	v, err := e.call(pyval.AsMethod(f), args)
	return v, e.m.refused(err)
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
	o := e.v.(*object)
	if !o.overrides("close", "_real_close") {
		return o.sock.ReleaseFile()
	}
	return releaseOver(o, func(name string) error {
		_, err := e.method(name)
		return err
	})
}

// ReadsFromSteps reports whether it is the steps' code that is read from.
func (r *rawFile) ReadsFromSteps() bool {
	return overridden(r.sock(), "recv_into") || r.replaced("readinto") != nil || !r.plain()
}

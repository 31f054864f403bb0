package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/socket"
)

// An endpoint is what is under a SocketIO: an object of this module, or anything else
// that has the methods of one. The call is the one that made the file.
type endpoint struct {
	c *pycall.Call
	v starlark.Value
}

var _ socket.Endpoint = endpoint{}

// socket is the socket whose own method the attribute is, or nil where Python code has
// another one.
func (e endpoint) socket(attribute string) *socket.Socket {
	o, ok := e.v.(*object)
	if ok && !o.class.Defines(attribute) && (o.python() || o.lookup(attribute) != nil) {
		return o.sock
	}
	return nil
}

// number is what a method returns that has to be an int.
func (e endpoint) number(method string, args ...starlark.Value) (int, error) {
	v, err := callMethod(e.c, e.v, method, args...)
	if err != nil {
		return 0, err
	}
	return e.c.AsInt(v)
}

func (e endpoint) RecvInto(buf []byte, nbytes, flags int) (int, error) {
	if s := e.socket("recv_into"); s != nil {
		return s.RecvInto(buf, nbytes, flags)
	}
	lent := pyval.NewBytearray(buf)
	n, err := e.number("recv_into", lent)
	copy(buf, lent.Bytes())
	return n, err
}

func (e endpoint) Send(data []byte, flags int) (int, error) {
	if s := e.socket("send"); s != nil {
		return s.Send(data, flags)
	}
	return e.number("send", starlark.Bytes(data))
}

func (e endpoint) Descriptor() (int, error) {
	if s := e.socket("fileno"); s != nil {
		return s.Fileno(), nil
	}
	return e.number("fileno")
}

func (e endpoint) ReleaseFile() error {
	if e.socket("_decref_socketios") != nil {
		return e.v.(*object).releaseFile(e.c)
	}
	_, err := callMethod(e.c, e.v, "_decref_socketios")
	return err
}

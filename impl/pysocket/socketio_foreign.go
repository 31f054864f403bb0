package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyio"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// The methods of SocketIO are Python code too, and so take anything as their self. Here
// is what they do with what is no SocketIO.

// readintoOver is SocketIO.readinto.
func (m *module) readintoOver(c *pycall.Call) (starlark.Value, error) {
	self := c.Args[0]
	for _, check := range []string{"_checkClosed", "_checkReadable"} {
		if _, err := callMethod(c, self, check); err != nil {
			return nil, err
		}
	}
	switch timedOut, err := truthOf(c, self, "_timeout_occurred"); {
	case err != nil:
		return nil, err
	case timedOut:
		return nil, pyval.OSError.Errorf("cannot read from timed out object")
	}
	v, err := callOf(c, self, "_sock", "recv_into", c.Args[1])
	return m.orBlocked(c, v, err, func() error {
		return pyval.SetAttr(c.Thread, self, "_timeout_occurred", starlark.True)
	})
}

// writeOver is SocketIO.write.
func (m *module) writeOver(c *pycall.Call) (starlark.Value, error) {
	for _, check := range []string{"_checkClosed", "_checkWritable"} {
		if _, err := callMethod(c, c.Args[0], check); err != nil {
			return nil, err
		}
	}
	v, err := callOf(c, c.Args[0], "_sock", "send", c.Args[1])
	return m.orBlocked(c, v, err, nil)
}

// filenoOver is SocketIO.fileno.
func filenoOver(c *pycall.Call) (starlark.Value, error) {
	if _, err := callMethod(c, c.Args[0], "_checkClosed"); err != nil {
		return nil, err
	}
	return callOf(c, c.Args[0], "_sock", "fileno")
}

// answerOver is SocketIO.readable, writable or seekable.
func (m *module) answerOver(c *pycall.Call, question string) (starlark.Value, error) {
	switch closed, err := truthOf(c, c.Args[0], "closed"); {
	case err != nil:
		return nil, err
	case closed:
		return nil, pyval.ValueError.Errorf("I/O operation on closed socket.")
	case question == "seekable":
		return nil, m.noSuperOf(m.socketIO, c.Args[0])
	}
	return pyval.GetAttr(c.Thread, c.Args[0], answers[question])
}

// answers are the attributes that answer the questions.
var answers = map[string]string{"readable": "_reading", "writable": "_writing"}

// closeRawOver is SocketIO.close, which io.RawIOBase ends.
func (m *module) closeRawOver(c *pycall.Call) (starlark.Value, error) {
	closed, err := truthOf(c, c.Args[0], "closed")
	if err != nil || closed {
		return starlark.None, err
	}
	_, err = callMethod(c, m.io.RawIOBase, "close", c.Args[0])
	return starlark.None, err
}

// rawProperty is the function of one of the properties of SocketIO.
func (m *module) rawProperty(c *pycall.Call, d *pyio.Descriptor) (starlark.Value, error) {
	switch r, ok := c.Args[0].(*rawFile); {
	case ok:
		return d.Get(r)
	case d.Name == "mode":
		return pyval.GetAttr(c.Thread, c.Args[0], "_mode")
	}
	return nameOver(c.Thread, c.Args[0])
}

// nameOver is SocketIO.name.
func nameOver(thread *starlark.Thread, self starlark.Value) (starlark.Value, error) {
	closed, err := pyval.GetAttr(thread, self, "closed")
	if err != nil {
		return nil, err
	}
	switch yes, err := pyval.Truth(thread, closed); {
	case err != nil:
		return nil, err
	case yes:
		return starlark.MakeInt(-1), nil
	}
	return ask(thread, self, "fileno")
}

func truthOf(c *pycall.Call, self starlark.Value, name string) (bool, error) {
	v, err := pyval.GetAttr(c.Thread, self, name)
	if err != nil {
		return false, err
	}
	return pyval.Truth(c.Thread, v)
}

// callOf calls a method of what an attribute is.
func callOf(c *pycall.Call, self starlark.Value, name, method string, args ...starlark.Value) (starlark.Value, error) {
	v, err := pyval.GetAttr(c.Thread, self, name)
	if err != nil {
		return nil, err
	}
	return callMethod(c, v, method, args...)
}

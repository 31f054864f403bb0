package pysocket

import (
	"strings"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/pyref/base/streams"
)

func (m *module) socketIODefs() []pycall.Definition {
	return []pycall.Definition{
		m.initSocketIO(),
		pycall.Def("readinto", "self, b", onRaw(readinto, m.readintoOver)),
		pycall.Def("write", "self, b", onRaw(writeRaw, m.writeOver)),
		pycall.Def("readable", "self", m.rawQuestion("readable")),
		pycall.Def("writable", "self", m.rawQuestion("writable")),
		pycall.Def("seekable", "self", m.rawQuestion("seekable")),
		pycall.Def("fileno", "self", onRaw(func(c *pycall.Call, r *rawFile) (starlark.Value, error) {
			return r.fileno(c)
		}, filenoOver)),
		pycall.Def("close", "self", onRaw(func(_ *pycall.Call, r *rawFile) (starlark.Value, error) {
			return starlark.None, r.Close()
		}, m.closeRawOver)),
	}
}

// onRaw is a method of SocketIO; over is for what is no SocketIO.
func onRaw(f func(c *pycall.Call, r *rawFile) (starlark.Value, error), over pycall.Func) pycall.Func {
	return func(c *pycall.Call) (starlark.Value, error) {
		if r, ok := c.Args[0].(*rawFile); ok {
			return f(c, r)
		}
		return over(c)
	}
}

func (m *module) rawQuestion(name string) pycall.Func {
	return onRaw(func(_ *pycall.Call, r *rawFile) (starlark.Value, error) {
		yes, err := r.answer(name)
		return starlark.Bool(yes), err
	}, func(c *pycall.Call) (starlark.Value, error) { return m.answerOver(c, name) })
}

// answer is what the class itself answers to readable, writable or seekable.
func (r *rawFile) answer(question string) (bool, error) {
	switch closed, err := r.Closed(); {
	case err != nil:
		return false, err
	case closed:
		return false, pyval.ValueError.Errorf("I/O operation on closed socket.")
	case question == "seekable":
		return false, nil
	}
	v, err := r.attribute(answers[question])
	return err == nil && bool(v.Truth()), err
}

// checkClosed is _checkClosed.
func (r *rawFile) checkClosed() error {
	if f := r.replaced("_checkClosed"); f != nil {
		_, err := pyval.Call(r.c.Thread, f, nil, nil)
		return err
	}
	closed, err := r.Closed()
	if err == nil && closed {
		err = pyval.ValueError.Errorf("I/O operation on closed file.")
	}
	return err
}

// isClosed is what C code looks at of the file, whatever closed says.
func (r *rawFile) isClosed() error {
	closed, err := r.file().Closed()
	if err == nil && closed {
		err = pyval.ValueError.Errorf("I/O operation on closed file.")
	}
	return err
}

// check is _checkReadable and its like, after _checkClosed.
func (r *rawFile) check(question string) error {
	if err := r.checkClosed(); err != nil {
		return err
	}
	var (
		yes bool
		err error
	)
	if f := r.replaced("_check" + strings.ToUpper(question[:1]) + question[1:]); f != nil {
		_, err = pyval.Call(r.c.Thread, f, nil, nil)
		return err
	}
	if f := r.replaced(question); f != nil {
		var v starlark.Value
		v, err = pyval.Call(r.c.Thread, f, nil, nil)
		yes = v == starlark.True // nothing else will do
	} else {
		yes, err = r.answer(question)
	}
	if err == nil && !yes {
		err = r.m.io.Host.Raise(streams.UnsupportedOperation, "File or stream is not "+question+".")
	}
	return err
}

// fileno is that of the socket, whatever it is.
func (r *rawFile) fileno(c *pycall.Call) (starlark.Value, error) {
	if err := r.checkClosed(); err != nil {
		return nil, err
	}
	sock, err := r.attribute("_sock")
	if err != nil {
		return nil, err
	}
	return callMethod(c, sock, "fileno")
}

// name is what fileno of the object returns, or -1 once it is closed.
func (r *rawFile) name() (starlark.Value, error) {
	closed, err := r.Closed()
	switch {
	case err != nil:
		return nil, err
	case closed:
		return starlark.MakeInt(-1), nil
	}
	f := r.replaced("fileno")
	if f == nil {
		sock, err := r.attribute("_sock")
		if err != nil {
			return nil, err
		}
		if !overridden(sock, "fileno") {
			return starlark.MakeInt(sock.(*object).sock.Fileno()), nil
		}
		if f, err = pyval.GetAttr(nil, sock, "fileno"); err != nil {
			return nil, err
		}
	}
	return r.evaluate(pyval.AsMethod(f), nil)
}

// readinto is Python's SocketIO.readinto. What it is given is looked at by
// recv_into, after its own checks.
func readinto(c *pycall.Call, r *rawFile) (starlark.Value, error) {
	if err := r.mayRead(); err != nil {
		return nil, err
	}
	sock := r.sock()
	if overridden(sock, "recv_into") {
		v, err := callMethod(c, sock, "recv_into", c.Args[1])
		return r.orBlocked(c, v, err, true)
	}
	var buffer []byte
	var n, flags int
	if err := c.With(starlark.Tuple{c.Args[1]}, nil).ParseKeywords("w*|ni:recv_into", intoNames, &buffer, &n, &flags); err != nil {
		return nil, err
	}
	got, err := sock.(*object).sock.RecvInto(buffer, 0, 0)
	return r.orBlocked(c, starlark.MakeInt(got), err, true)
}

// writeRaw is Python's SocketIO.write.
func writeRaw(c *pycall.Call, r *rawFile) (starlark.Value, error) {
	if err := r.check("writable"); err != nil {
		return nil, err
	}
	sock := r.sock()
	if overridden(sock, "send") {
		v, err := callMethod(c, sock, "send", c.Args[1])
		return r.orBlocked(c, v, err, false)
	}
	data, _, err := sendArguments(c.With(starlark.Tuple{c.Args[1]}, nil), "send")
	if err != nil {
		return nil, err
	}
	sent, err := sock.(*object).sock.Send(data, 0)
	return r.orBlocked(c, starlark.MakeInt(sent), err, false)
}

// mayRead is what readinto checks first.
func (r *rawFile) mayRead() error {
	if err := r.check("readable"); err != nil {
		return err
	}
	switch timedOut, err := r.attribute("_timeout_occurred"); {
	case err != nil:
		return err
	case bool(timedOut.Truth()):
		return pyval.OSError.Errorf("cannot read from timed out object")
	}
	return nil
}

// orBlocked is what a read or write makes of the socket's answer: None of an error
// that says that it would block. The classes of errors, and the errnos, are those
// that the module's names stand for.
func (r *rawFile) orBlocked(c *pycall.Call, v starlark.Value, err error, reading bool) (starlark.Value, error) {
	var timedOut func() error
	if reading {
		timedOut = func() error {
			r.file().SetTimedOut(true)
			return nil
		}
	}
	return r.m.orBlocked(c, v, err, timedOut)
}

// orBlocked calls timedOut, if there is one, where the error is a timeout.
func (m *module) orBlocked(c *pycall.Call, v starlark.Value, err error, timedOut func() error) (starlark.Value, error) {
	if err == nil {
		return v, nil
	}
	raised := m.exception(err)
	if timedOut != nil {
		caught, err := m.catches("timeout", raised)
		if err != nil {
			return nil, err
		}
		if caught {
			return nil, orElse(timedOut(), raised)
		}
	}
	switch caught, err := m.catches("error", raised); {
	case err != nil:
		return nil, err
	case !caught:
		return nil, raised
	}
	e, _ := pyval.AsException(raised)
	number, err := pyval.GetAttr(c.Thread, e, "errno")
	if err != nil {
		return nil, err
	}
	blocks, err := pyval.Contains(c.Thread, m.global("_blocking_errnos"), number)
	switch {
	case err != nil:
		return nil, err
	case blocks:
		return starlark.None, nil
	}
	return nil, raised
}

// plain reports whether nothing that Python code may replace has been, so that the
// file can do it all in Go.
func (r *rawFile) plain() bool {
	for _, name := range []string{"readable", "writable", "closed", "_checkClosed", "_checkReadable", "_checkWritable"} {
		if r.replaced(name) != nil {
			return false
		}
	}
	return r.sock() != nil && r.m.own("timeout", "error", "_blocking_errnos")
}

// receive is readinto for the layers above, where it is not plain.
func (r *rawFile) receive(c *pycall.Call, p []byte) (int, error) {
	if err := r.mayRead(); err != nil {
		return 0, err
	}
	n, err := r.m.endpointOf(c, r.sock()).RecvInto(p, 0, 0)
	return r.countOr(c, n, err, true)
}

// transmit is write for them.
func (r *rawFile) transmit(c *pycall.Call, p []byte) (int, error) {
	if err := r.check("writable"); err != nil {
		return 0, err
	}
	n, err := r.m.endpointOf(c, r.sock()).Send(p, 0)
	return r.countOr(c, n, err, false)
}

func (r *rawFile) countOr(c *pycall.Call, n int, err error, reading bool) (int, error) {
	v, err := r.orBlocked(c, starlark.MakeInt(n), err, reading)
	switch {
	case err != nil:
		return 0, err
	case v == starlark.None:
		return streams.WouldBlock, nil
	}
	return n, nil
}

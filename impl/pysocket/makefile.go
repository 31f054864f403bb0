package pysocket

import (
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// makefileDefs are the methods of socket.socket about files.
func (m *module) makefileDefs() []pycall.Definition {
	return []pycall.Definition{
		pycall.Def("makefile", "self, mode='r', buffering=None, *, encoding=None, errors=None, newline=None", m.makefile),
		pycall.Def("_decref_socketios", "self", func(c *pycall.Call) (starlark.Value, error) {
			if o := own(c.Args[0], releasing...); o != nil {
				if _, err := o.slot("_io_refs"); err != nil {
					return nil, err
				}
				return starlark.None, o.sock.ReleaseFile()
			}
			return starlark.None, releaseOver(c.Thread, c.Args[0])
		}),
		pycall.Def("_real_close", "self, _ss=None", func(c *pycall.Call) (starlark.Value, error) {
			// The class whose close it is can be given.
			class := c.Args[1]
			if class == nil {
				class = m.rawClass
			}
			return callMethod(c, class, "close", c.Args[0])
		}),
	}
}

// makefile is Python's socket.makefile.
func (m *module) makefile(c *pycall.Call) (starlark.Value, error) {
	mode := c.Args[1]
	if mode == nil {
		mode = starlark.String("r")
	}
	reading, writing, binary, err := modeOf(c, mode)
	if err != nil {
		return nil, err
	}
	rawMode := ""
	if reading {
		rawMode += "r"
	}
	if writing {
		rawMode += "w"
	}
	raw, err := m.callGlobal(c, "SocketIO", c.Args[0], starlark.String(rawMode))
	if err != nil {
		return nil, err
	}
	if err := holdFile(c.Thread, c.Args[0]); err != nil {
		return nil, err
	}
	file, err := m.layers(c, raw, mode, reading, writing, binary)
	if raw, ok := raw.(*rawFile); ok && err != nil {
		// Nobody has the raw file: it goes, and with it its hold on the socket.
		_ = raw.file().Close()
	}
	return file, err
}

// holdFile is self._io_refs += 1.
func holdFile(thread *starlark.Thread, self starlark.Value) error {
	o := own(self, "_io_refs", "__setattr__")
	if o == nil {
		return addTo(thread, self, "_io_refs", 1)
	}
	refs, err := o.slot("_io_refs")
	if err != nil {
		return err
	}
	if _, err := pyval.Binary(thread, syntax.PLUS, refs, starlark.MakeInt(1)); err != nil {
		return err
	}
	o.sock.HoldFile() // another thread may do the same
	return nil
}

// releasing is what _decref_socketios uses, and what that calls.
var releasing = []string{"_io_refs", "_closed", "close", "_real_close", "__setattr__"}

// modeOf is what makefile makes of its mode, which is any iterable of texts.
func modeOf(c *pycall.Call, mode starlark.Value) (reading, writing, binary bool, err error) {
	letters, err := pyval.SetType.CallInternal(c.Thread, starlark.Tuple{mode}, nil)
	if err != nil {
		return false, false, false, pyval.Reword(err, c.Python)
	}
	items, err := pyval.ToSlice(c.Thread, letters)
	if err != nil {
		return false, false, false, err
	}
	read := false
	for _, item := range items {
		switch item {
		case starlark.String("r"):
			read = true
		case starlark.String("w"):
			writing = true
		case starlark.String("b"):
			binary = true
		default:
			text := pyval.Repr(mode)
			return false, false, false, pyval.ValueError.Errorf("invalid mode %s (only r, w, b allowed)", text)
		}
	}
	if _, isText := pyval.PlainValue(mode).(starlark.String); !isText {
		// "w" in mode is asked of what it is, which for bytes is an error.
		if _, _, release, err := pyval.GetBuffer(mode); err == nil {
			release()
			return false, false, false, pyval.TypeError.Errorf("a bytes-like object is required, not 'str'")
		}
	}
	return read || !writing, writing, binary, nil
}

// layers lays over the raw file what the arguments ask for.
func (m *module) layers(c *pycall.Call, made, mode starlark.Value, reading, writing, binary bool) (starlark.Value, error) {
	size, unbuffered, err := m.bufferSize(c, c.Args[2])
	if err != nil {
		return nil, err
	}
	if unbuffered {
		if !binary {
			return nil, pyval.ValueError.Errorf("unbuffered streams must be binary")
		}
		return made, nil
	}
	first := "writable"
	if reading {
		first = "readable"
	}
	raw, err := m.io.RawOf(c, made, first)
	if err != nil {
		return nil, err
	}
	var buffer starlark.Value
	switch {
	case reading && writing:
		buffer, err = m.io.NewPair(raw, raw, size)
	case reading:
		buffer, err = m.io.NewReader(raw, size)
	default:
		buffer, err = m.io.NewWriter(raw, size)
	}
	if err != nil || binary {
		return buffer, err
	}
	return m.io.NewText(c.Thread, buffer, c.Args[3], c.Args[4], c.Args[5], mode)
}

// bufferSize reads makefile's buffering.
func (m *module) bufferSize(c *pycall.Call, v starlark.Value) (size int, unbuffered bool, err error) {
	zero := starlark.MakeInt(0)
	if v == nil || v == starlark.None {
		return m.io.Host.DefaultBufferSize(), false, nil
	}
	negative, err := pyval.Less(c.Thread, v, zero)
	switch {
	case err != nil:
		return 0, false, err
	case negative:
		return m.io.Host.DefaultBufferSize(), false, nil
	case pyval.Equal(v, zero):
		return 0, true, nil
	}
	err = c.With(starlark.Tuple{v}, nil).Clinic("n", &size)
	return size, false, err
}

package pyio

import (
	"strings"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/pyref/base/unix"
)

// A fileMode is what the letters of open's mode say.
type fileMode struct{ creating, reading, writing, appending, updating, binary bool }

func (m fileMode) flags() int {
	flags := unix.O_WRONLY
	switch {
	case m.updating:
		flags = unix.O_RDWR
	case m.reading:
		flags = unix.O_RDONLY
	}
	switch {
	case m.creating:
		flags |= unix.O_CREAT | unix.O_EXCL
	case m.writing:
		flags |= unix.O_CREAT | unix.O_TRUNC
	case m.appending:
		flags |= unix.O_CREAT | unix.O_APPEND
	}
	return flags
}

// parseMode reads a mode. It fails with ValueError.
func parseMode(mode string) (fileMode, error) {
	var m fileMode
	text := false
	for i, letter := range mode {
		if strings.ContainsRune(mode[:i], letter) {
			return m, pyval.ValueError.Errorf("invalid mode: '%s'", mode)
		}
		switch letter {
		case 'x':
			m.creating = true
		case 'r':
			m.reading = true
		case 'w':
			m.writing = true
		case 'a':
			m.appending = true
		case '+':
			m.updating = true
		case 'b':
			m.binary = true
		case 't':
			text = true
		default:
			return m, pyval.ValueError.Errorf("invalid mode: '%s'", mode)
		}
	}
	if text && m.binary {
		return m, pyval.ValueError.Errorf("can't have text and binary mode at once")
	}
	kinds := 0
	for _, is := range []bool{m.creating, m.reading, m.writing, m.appending} {
		if is {
			kinds++
		}
	}
	if kinds != 1 {
		return m, pyval.ValueError.Errorf("must have exactly one of create/read/write/append mode")
	}
	return m, nil
}

// Open is Python's open for a path, without line buffering.
func (o *IO) Open() *pycall.Function {
	return pycall.Python(o.python, "builtins", pycall.Def("open", "path, mode='r', buffering=-1, encoding=None, errors=None, newline=None", o.open))
}

func (o *IO) open(c *pycall.Call) (starlark.Value, error) {
	path, err := pyval.FSPath(c.Thread, c.Args[0])
	if err != nil {
		return nil, err
	}
	var name string
	switch p := path.(type) {
	case starlark.String:
		name = string(p)
	case starlark.Bytes:
		name = string(p)
	}
	mode := starlark.Value(starlark.String("r"))
	if c.Args[1] != nil {
		mode = c.Args[1]
	}
	letters, ok := pyval.PlainValue(mode).(starlark.String)
	if !ok {
		return nil, pyval.TypeError.Errorf("open() argument 'mode' must be str, not %s", argumentType(mode))
	}
	m, err := parseMode(string(letters))
	if err != nil {
		return nil, err
	}
	buffering := -1
	if c.Args[2] != nil {
		if err := c.With(starlark.Tuple{c.Args[2]}, nil).Clinic("i", &buffering); err != nil {
			return nil, err
		}
	}
	for i, what := range []string{"encoding", "errors", "newline"} {
		if m.binary && c.Args[3+i] != nil && c.Args[3+i] != starlark.None {
			return nil, pyval.ValueError.Errorf("binary mode doesn't take %s argument", article(what))
		}
	}
	if buffering == 0 && !m.binary {
		return nil, pyval.ValueError.Errorf("can't have unbuffered text I/O")
	}
	raw, err := o.newFileIO(path, name, m)
	if err != nil {
		return nil, err
	}
	v, err := o.over(c, raw, m, mode, buffering)
	if err != nil {
		_ = raw.Close()
	}
	return v, err
}

func article(what string) string {
	if what == "newline" {
		return "a newline"
	}
	return "an " + what
}

// over lays the layers over a file.
func (o *IO) over(c *pycall.Call, raw *fileObject, m fileMode, mode starlark.Value, buffering int) (starlark.Value, error) {
	if buffering == 0 {
		return raw, nil
	}
	if buffering < 0 || buffering == 1 {
		buffering = o.Host.DefaultBufferSize()
	}
	var buffer starlark.Value
	var err error
	switch {
	case m.updating:
		buffer, err = o.buffered(o.random, o.Host.NewRandom, raw, buffering)
	case m.reading:
		buffer, err = o.NewReader(raw, buffering)
	default:
		buffer, err = o.NewWriter(raw, buffering)
	}
	if err != nil || m.binary {
		return buffer, err
	}
	return o.NewText(c.Thread, buffer, c.Args[3], c.Args[4], c.Args[5], mode)
}

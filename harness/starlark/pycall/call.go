package pycall

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// A Call is one call of a function from Python code.
type Call struct {
	Thread *starlark.Thread
	Python pyval.Version
	// Self is the object that a method was called on; nil for a function. A [Def]
	// has its self among its arguments instead.
	Self starlark.Value
	// Args are the positional arguments. For a Def they are the values of its
	// parameters in their order, nil for one that was not given.
	Args starlark.Tuple
	// Rest are the surplus arguments of a Def with *args.
	Rest starlark.Tuple
	// Kwargs are the named arguments, empty except for Keywords.
	Kwargs []starlark.Tuple

	releases *[]func()
}

// Arg is the i-th argument, or nil if it was not given.
func (c *Call) Arg(i int) starlark.Value {
	if i < len(c.Args) {
		return c.Args[i]
	}
	return nil
}

// With is the same call with other arguments, for a function that hands its own on
// to another. Its buffers are released when the first call ends.
func (c *Call) With(args starlark.Tuple, kwargs []starlark.Tuple) *Call {
	other := *c
	other.Args, other.Kwargs = args, kwargs
	return &other
}

// Warn issues a warning where the call was made; see [pyval.Warn].
func (c *Call) Warn(category *pyval.Class, text string) error {
	return pyval.Warn(c.Thread, category, text)
}

// atLeast keeps the many comparisons of texts by version short: every version is
// a Python 3.
func (c *Call) atLeast(minor int) bool { return c.Python.AtLeast(3, minor) }

// Buffer is the memory of a bytes-like object (PyObject_GetBuffer), which the
// call keeps exported until it ends.
func (c *Call) Buffer(v starlark.Value) ([]byte, error) {
	data, _, release, err := pyval.RequestBuffer(c.Thread, v, pyval.SimpleBuffer)
	if err != nil {
		return nil, err
	}
	*c.releases = append(*c.releases, release)
	return data, nil
}

// writable is the memory of v if it may be written to.
func (c *Call) writable(v starlark.Value) (data []byte, ok bool) {
	data, readonly, release, err := pyval.RequestBuffer(c.Thread, v, pyval.WritableBuffer)
	if err != nil {
		return nil, false
	}
	*c.releases = append(*c.releases, release)
	return data, !readonly
}

func (c *Call) end() {
	for _, release := range *c.releases {
		release()
	}
}

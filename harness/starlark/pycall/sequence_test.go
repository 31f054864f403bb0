package pycall_test

import (
	"testing"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

func TestNestedItems(t *testing.T) {
	nested := pycall.Method{Name: "f", Takes: pycall.OneArg, Func: func(c *pycall.Call) (starlark.Value, error) {
		var n int
		var data []byte
		err := c.ParseNested(c.Args[0], "iy*:f", &n, &data)
		return tuple(n, data), err
	}}
	list := starlark.NewList([]starlark.Value{value(1), value([]byte("x"))})
	tests := []struct {
		arg    any
		before string // until 3.13
		since  string
	}{
		{tuple(1, []byte("x")), `(1, b'x')`, `(1, b'x')`},
		{list, `(1, b'x')`, `(1, b'x')`},
		{1, "TypeError: f() argument must be 2-item sequence, not int", "TypeError: f() argument must be 2-item tuple, not int"},
		{starlark.None, "TypeError: f() argument must be 2-item sequence, not None", "TypeError: f() argument must be 2-item tuple, not None"},
		{"ab", "TypeError: 'str' object cannot be interpreted as an integer", "TypeError: f() argument must be 2-item tuple, not str"},
		{[]byte("ab"), "TypeError: f() argument must be 2-item sequence, not bytes", "TypeError: f() argument must be 2-item tuple, not bytes"},
		{tuple(1), "TypeError: f() argument must be sequence of length 2, not 1", "TypeError: f() argument must be tuple of length 2, not 1"},
		{starlark.NewList(nil), "TypeError: f() argument must be sequence of length 2, not 0", "TypeError: f() argument must be sequence of length 2, not 0"},
		{tuple(1, "x"), "TypeError: a bytes-like object is required, not 'str'", "TypeError: a bytes-like object is required, not 'str'"},
	}
	for _, test := range tests {
		for python, want := range map[pyval.Version]string{py313: test.before, py315: test.since} {
			if got := outcome(pycall.Builtin(python, "m", nested), tuple(test.arg)); got != want {
				t.Errorf("%s: %v gives %s, not %s", python, test.arg, got, want)
			}
		}
	}
}

func TestFastTakesAnyIterable(t *testing.T) {
	fast := pycall.Builtin(py313, "m", pycall.Method{Name: "f", Takes: pycall.OneArg, Func: func(c *pycall.Call) (starlark.Value, error) {
		return c.Fast(c.Args[0], "give me an iterable")
	}})
	for _, test := range []struct {
		arg  any
		want string
	}{
		{tuple(1, 2), "(1, 2)"},
		{"ab", "('a', 'b')"},
		{[]byte("a"), "(97,)"},
		{starlark.NewList(nil), "()"},
		{1, "TypeError: give me an iterable"},
		{starlark.None, "TypeError: give me an iterable"},
	} {
		if got := outcome(fast, tuple(test.arg)); got != test.want {
			t.Errorf("%v gives %s, not %s", test.arg, got, test.want)
		}
	}
}

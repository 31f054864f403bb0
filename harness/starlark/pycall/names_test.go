package pycall_test

import (
	"testing"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// TestNames pins the conversions of names and of indexes of interfaces.
func TestNames(t *testing.T) {
	encoded := func(c *pycall.Call) (starlark.Value, error) {
		name := "untouched"
		codec := func(_ *pycall.Call, text starlark.Value) (string, error) {
			if text == starlark.String("bad") {
				return "", pyval.UnicodeError.Errorf("no")
			}
			return "<" + pyval.Str(text) + ">", nil
		}
		err := c.ParseTuple("|et:f", pycall.Encoded{Codec: codec, To: &name})
		return starlark.String(name), err
	}
	fs := func(c *pycall.Call) (starlark.Value, error) {
		name := ""
		err := c.ParseTuple("O&:f", pycall.FSConverter(&name))
		return starlark.String(name), err
	}
	index := func(c *pycall.Call) (starlark.Value, error) {
		i, err := c.AsUnsignedInt(c.Args[0])
		return starlark.MakeUint64(uint64(i)), err
	}
	for _, test := range []struct {
		f    pycall.Func
		arg  starlark.Value
		want string
	}{
		{encoded, nil, "'untouched'"},
		{encoded, starlark.String("a"), "'<a>'"},
		{encoded, starlark.Bytes("a"), "'a'"},
		{encoded, pyval.NewBytearray([]byte("a")), "'a'"},
		{encoded, starlark.String("bad"), "UnicodeError: no"},
		{encoded, starlark.String("a\x00"), "TypeError: f() argument 1 must be encoded string without null bytes, not str"},
		{encoded, starlark.None, "TypeError: f() argument 1 must be str, bytes or bytearray, not None"},
		{fs, starlark.String("a"), "'a'"},
		{fs, starlark.Bytes("a"), "'a'"},
		{fs, starlark.Bytes("a\x00"), "ValueError: embedded null byte"},
		{fs, starlark.None, "TypeError: expected str, bytes or os.PathLike object, not NoneType"},
		{index, starlark.MakeUint64(1<<32 - 1), "4294967295"},
		{index, starlark.MakeUint64(1 << 32), "OverflowError: Python int too large for C unsigned int"},
		{index, starlark.MakeInt(-1), "ValueError: Cannot convert negative int"},
	} {
		var args starlark.Tuple
		if test.arg != nil {
			args = starlark.Tuple{test.arg}
		}
		f := pycall.Builtin(py314, "m", pycall.Method{Name: "f", Takes: pycall.VarArgs, Func: test.f})
		if got := outcome(f, args); got != test.want {
			t.Errorf("%v: %s, want %s", test.arg, got, test.want)
		}
	}
}

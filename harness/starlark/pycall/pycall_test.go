package pycall_test

import (
	"fmt"
	"math"
	"math/big"
	"testing"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

var (
	py39  = pyval.Version{Major: 3, Minor: 9}
	py311 = pyval.Version{Major: 3, Minor: 11}
	py313 = pyval.Version{Major: 3, Minor: 13}
	py314 = pyval.Version{Major: 3, Minor: 14}
	py315 = pyval.Version{Major: 3, Minor: 15}
)

// outcome calls f and writes the result as repr, or the exception as the last
// line of a traceback, after the warnings.
func outcome(f starlark.Value, args starlark.Tuple, kwargs ...starlark.Tuple) string {
	thread := &starlark.Thread{}
	warnings := ""
	pyval.SetWarner(thread, func(category *pyval.Class, text string) error {
		warnings += category.Short + ": " + text + "; "
		return nil
	})
	v, err := starlark.Call(thread, f, args, kwargs)
	if err != nil {
		e, ok := pyval.AsException(err)
		if !ok {
			return warnings + "not a Python exception: " + err.Error()
		}
		return warnings + e.Error()
	}
	return warnings + pyval.Repr(v)
}

func tuple(values ...any) starlark.Tuple {
	t := make(starlark.Tuple, len(values))
	for i, v := range values {
		t[i] = value(v)
	}
	return t
}

func value(v any) starlark.Value {
	switch v := v.(type) {
	case nil:
		return starlark.None
	case bool:
		return starlark.Bool(v)
	case int:
		return starlark.MakeInt(v)
	case uint64:
		return starlark.MakeUint64(v)
	case *big.Int:
		return starlark.MakeBigInt(v)
	case float64:
		return starlark.Float(v)
	case string:
		return starlark.String(v)
	case []byte:
		return starlark.Bytes(v)
	case starlark.Value:
		return v
	}
	panic(fmt.Sprintf("no value for %T", v))
}

func named(name string, v any) starlark.Tuple {
	return starlark.Tuple{starlark.String(name), value(v)}
}

func none(*pycall.Call) (starlark.Value, error) { return starlark.None, nil }

func TestConventions(t *testing.T) {
	parse := func(c *pycall.Call) (starlark.Value, error) {
		var n, flags int
		return starlark.None, c.ParseTuple("n|i:recv", &n, &flags)
	}
	clinic := func(c *pycall.Call) (starlark.Value, error) {
		var data []byte
		var flags int
		return starlark.None, c.Clinic("y*|i:send", &data, &flags)
	}
	both := func(c *pycall.Call) (starlark.Value, error) {
		var family int
		var text string
		return starlark.None, c.ParseTuple("is:inet_pton", &family, &text)
	}
	tests := []struct {
		python pyval.Version
		method pycall.Method
		args   starlark.Tuple
		kwargs []starlark.Tuple
		want   string
	}{
		{py313, pycall.Method{Name: "getdefaulttimeout", Takes: pycall.NoArgs, Func: none}, tuple(1), nil,
			"TypeError: _socket.getdefaulttimeout() takes no arguments (1 given)"},
		{py313, pycall.Method{Name: "getdefaulttimeout", Takes: pycall.NoArgs, Func: none}, nil, nil, "None"},
		{py39, pycall.Method{Name: "htonl", Takes: pycall.OneArg, Func: none}, nil, nil,
			"TypeError: _socket.htonl() takes exactly one argument (0 given)"},
		{py313, pycall.Method{Name: "htonl", Takes: pycall.OneArg, Func: none}, nil, []starlark.Tuple{named("x", 1)},
			"TypeError: _socket.htonl() takes no keyword arguments"},
		{py313, pycall.Method{Name: "inet_pton", Takes: pycall.VarArgs, Func: both}, nil, []starlark.Tuple{named("x", 1)},
			"TypeError: inet_pton() takes no keyword arguments"},
		{py313, pycall.Method{Name: "inet_pton", Takes: pycall.VarArgs, Func: both}, tuple(1), nil,
			"TypeError: inet_pton() takes exactly 2 arguments (1 given)"},
		{py313, pycall.Method{Name: "recv", Takes: pycall.VarArgs, Func: parse}, nil, nil,
			"TypeError: recv() takes at least 1 argument (0 given)"},
		{py313, pycall.Method{Name: "recv", Takes: pycall.VarArgs, Func: parse}, tuple(1, 2, 3), nil,
			"TypeError: recv() takes at most 2 arguments (3 given)"},
		{py315, pycall.Method{Name: "send", Takes: pycall.FastCall, Func: clinic}, nil, nil,
			"TypeError: send expected at least 1 argument, got 0"},
		{py315, pycall.Method{Name: "send", Takes: pycall.FastCall, Func: clinic}, tuple([]byte("x"), 1, 2), nil,
			"TypeError: send expected at most 2 arguments, got 3"},
		{py315, pycall.Method{Name: "send", Takes: pycall.FastCall, Func: clinic}, tuple([]byte("x"), 1<<31), nil,
			"OverflowError: Python int too large to convert to C int"},
		{py315, pycall.Method{Name: "send", Takes: pycall.FastCall, Func: clinic}, tuple("x"), nil,
			"TypeError: a bytes-like object is required, not 'str'"},
	}
	for _, test := range tests {
		f := pycall.Builtin(test.python, "_socket", test.method)
		if got := outcome(f, test.args, test.kwargs...); got != test.want {
			t.Errorf("Python %s: %s%v: got %q, want %q", test.python, test.method.Name, test.args, got, test.want)
		}
	}
}

func TestFormatUnits(t *testing.T) {
	parse := func(unit string) pycall.Func {
		return func(c *pycall.Call) (starlark.Value, error) {
			switch unit {
			case "i", "n":
				var i int
				err := c.ParseTuple(unit+":f", &i)
				return starlark.MakeInt(i), err
			case "I":
				var u uint32
				err := c.ParseTuple(unit+":f", &u)
				return starlark.MakeUint64(uint64(u)), err
			case "s":
				var s string
				err := c.ParseTuple(unit+":f", &s)
				return starlark.String(s), err
			}
			var b []byte
			err := c.ParseTuple(unit+":f", &b)
			return starlark.Bytes(b), err
		}
	}
	huge := new(big.Int).Lsh(big.NewInt(1), 63)
	tests := []struct {
		python pyval.Version
		unit   string
		arg    any
		want   string
	}{
		{py313, "i", true, "1"},
		{py313, "i", -1 << 31, "-2147483648"},
		{py313, "i", 1 << 31, "OverflowError: signed integer is greater than maximum"},
		{py313, "i", -1<<31 - 1, "OverflowError: signed integer is less than minimum"},
		{py313, "i", huge, "OverflowError: Python int too large to convert to C long"},
		{py313, "i", 1.5, "TypeError: 'float' object cannot be interpreted as an integer"},
		{py39, "i", 1.5, "TypeError: integer argument expected, got float"},
		{py313, "i", nil, "TypeError: 'NoneType' object cannot be interpreted as an integer"},
		{py39, "i", "x", "TypeError: an integer is required (got type str)"},
		{py39, "n", "x", "TypeError: 'str' object cannot be interpreted as an integer"},
		{py39, "n", 1.5, "TypeError: integer argument expected, got float"},
		{py313, "n", huge, "OverflowError: Python int too large to convert to C ssize_t"},
		{py313, "n", 1 << 40, "1099511627776"},
		{py314, "I", 1 << 32, "0"},
		{py314, "I", -1, "4294967295"},
		{py315, "I", -1, "4294967295"},
		{py315, "I", 1<<32 + 5, "DeprecationWarning: integer value out of range; 5"},
		{py315, "I", -1<<31 - 1, "DeprecationWarning: integer value out of range; 2147483647"},
		{py313, "s", "aé", "'aé'"},
		{py313, "s", 1, "TypeError: f() argument 1 must be str, not int"},
		{py313, "s", nil, "TypeError: f() argument 1 must be str, not None"},
		{py313, "s", "a\x00b", "ValueError: embedded null character"},
		{py313, "s", "\xed\xb2\x80", "UnicodeEncodeError: 'utf-8' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
		{py313, "y*", []byte("a\x00"), `b'a\x00'`},
		{py313, "y*", 1, "TypeError: a bytes-like object is required, not 'int'"},
		{py313, "w*", []byte("a"), "TypeError: f() argument 1 must be read-write bytes-like object, not bytes"},
		{py313, "w*", "a", "TypeError: f() argument 1 must be read-write bytes-like object, not str"},
		{py313, "w*", pyval.NewBytearray([]byte("ab")), "b'ab'"},
	}
	for _, test := range tests {
		f := pycall.Builtin(test.python, "m", pycall.Method{Name: "f", Takes: pycall.VarArgs, Func: parse(test.unit)})
		if got := outcome(f, tuple(test.arg)); got != test.want {
			t.Errorf("Python %s: %s of %v: got %q, want %q", test.python, test.unit, test.arg, got, test.want)
		}
	}
}

func TestIntegers(t *testing.T) {
	converters := map[string]pycall.Func{
		"long": func(c *pycall.Call) (starlark.Value, error) {
			i, err := c.AsLong(c.Args[0])
			return starlark.MakeInt64(i), err
		},
		"int": func(c *pycall.Call) (starlark.Value, error) {
			i, err := c.AsInt(c.Args[0])
			return starlark.MakeInt(i), err
		},
		"clinic int": func(c *pycall.Call) (starlark.Value, error) {
			i, err := c.ClinicInt(c.Args[0])
			return starlark.MakeInt(i), err
		},
		"descriptor": func(c *pycall.Call) (starlark.Value, error) {
			i, err := c.AsDescriptor(c.Args[0])
			return starlark.MakeInt(i), err
		},
		"unsigned long": func(c *pycall.Call) (starlark.Value, error) {
			i, err := c.AsUnsignedLong(c.Args[0])
			return starlark.MakeUint64(i), err
		},
		"uint16": func(c *pycall.Call) (starlark.Value, error) {
			i, err := c.AsUint16(c.Args[0])
			return starlark.MakeInt(int(i)), err
		},
		"uint32": func(c *pycall.Call) (starlark.Value, error) {
			i, err := c.AsUint32(c.Args[0])
			return starlark.MakeUint64(uint64(i)), err
		},
	}
	const implicit = "DeprecationWarning: an integer is required (got type float).  Implicit conversion to integers " +
		"using __int__ is deprecated, and may be removed in a future version of Python.; "
	huge := new(big.Int).Lsh(big.NewInt(1), 64)
	tests := []struct {
		python    pyval.Version
		converter string
		arg       any
		want      string
	}{
		{py313, "long", huge, "OverflowError: Python int too large to convert to C long"},
		{py39, "long", 1.9, implicit + "1"},
		{py39, "long", "x", "TypeError: an integer is required (got type str)"},
		{py311, "long", 1.9, "TypeError: 'float' object cannot be interpreted as an integer"},
		{py313, "int", 1 << 31, "OverflowError: Python int too large to convert to C int"},
		{py313, "int", huge, "OverflowError: Python int too large to convert to C int"},
		{py39, "int", 1.9, implicit + "1"},
		{py39, "clinic int", 1.9, "TypeError: integer argument expected, got float"},
		{py313, "descriptor", 1<<32 - 1, "-1"},
		{py313, "descriptor", 1<<32 + 3, "3"},
		{py313, "unsigned long", -1, "OverflowError: can't convert negative value to unsigned int"},
		{py313, "unsigned long", huge, "OverflowError: Python int too large to convert to C unsigned long"},
		{py314, "uint16", 1 << 16, "OverflowError: Python int too large for C uint16_t"},
		{py314, "uint16", -1, "ValueError: Cannot convert negative int"},
		{py314, "uint32", uint64(1 << 32), "OverflowError: Python int too large for C uint32_t"},
		{py314, "uint32", uint64(1<<32 - 1), "4294967295"},
	}
	for _, test := range tests {
		f := pycall.Builtin(test.python, "m", pycall.Method{Name: "f", Takes: pycall.OneArg, Func: converters[test.converter]})
		if got := outcome(f, tuple(test.arg)); got != test.want {
			t.Errorf("Python %s: %s of %v: got %q, want %q", test.python, test.converter, test.arg, got, test.want)
		}
	}
}

func TestKeywords(t *testing.T) {
	parse := func(c *pycall.Call) (starlark.Value, error) {
		var buffer []byte
		var n, flags int
		err := c.ParseKeywords("w*|ni:recv_into", []string{"buffer", "nbytes", "flags"}, &buffer, &n, &flags)
		return starlark.Tuple{starlark.MakeInt(len(buffer)), starlark.MakeInt(n), starlark.MakeInt(flags)}, err
	}
	buffer := pyval.NewBytearray(make([]byte, 3))
	tests := []struct {
		python pyval.Version
		args   starlark.Tuple
		kwargs []starlark.Tuple
		want   string
	}{
		{py313, tuple(buffer), []starlark.Tuple{named("flags", 2)}, "(3, 0, 2)"},
		{py313, nil, []starlark.Tuple{named("nbytes", 2), named("buffer", buffer)}, "(3, 2, 0)"},
		{py313, nil, nil, "TypeError: recv_into() missing required argument 'buffer' (pos 1)"},
		{py313, nil, []starlark.Tuple{named("x", 1)}, "TypeError: recv_into() missing required argument 'buffer' (pos 1)"},
		{py311, tuple(buffer), []starlark.Tuple{named("x", 1)}, "TypeError: 'x' is an invalid keyword argument for recv_into()"},
		{py313, tuple(buffer), []starlark.Tuple{named("x", 1)}, "TypeError: recv_into() got an unexpected keyword argument 'x'"},
		{py313, tuple(buffer), []starlark.Tuple{named("nbyte", 1)},
			"TypeError: recv_into() got an unexpected keyword argument 'nbyte'. Did you mean 'nbytes'?"},
		{py313, tuple(buffer), []starlark.Tuple{named("buffer", 1)},
			"TypeError: argument for recv_into() given by name ('buffer') and position (1)"},
		{py313, tuple(buffer, 1, 2, 3), nil, "TypeError: recv_into() takes at most 3 arguments (4 given)"},
		{py313, nil, []starlark.Tuple{named("a", 1), named("b", 1), named("c", 1), named("d", 1)},
			"TypeError: recv_into() takes at most 3 keyword arguments (4 given)"},
	}
	for _, test := range tests {
		f := pycall.Builtin(test.python, "m", pycall.Method{Name: "recv_into", Takes: pycall.Keywords, Func: parse})
		if got := outcome(f, test.args, test.kwargs...); got != test.want {
			t.Errorf("Python %s: %v %v: got %q, want %q", test.python, test.args, test.kwargs, got, test.want)
		}
	}
	if err := buffer.Update(func([]byte) ([]byte, error) { return nil, nil }); err != nil {
		t.Errorf("a buffer is still exported after the calls: %v", err)
	}
}

func TestDefinitions(t *testing.T) {
	arguments := func(c *pycall.Call) (starlark.Value, error) {
		shown := starlark.Tuple{c.Rest}
		for _, v := range c.Args {
			if v == nil {
				v = starlark.String("default")
			}
			shown = append(shown, v)
		}
		return shown, nil
	}
	const connection = "address, timeout=None, source_address=None, *, all_errors=False"
	tests := []struct {
		python pyval.Version
		params string
		args   starlark.Tuple
		kwargs []starlark.Tuple
		want   string
	}{
		{py313, connection, tuple(1), []starlark.Tuple{named("all_errors", 2)}, "((), 1, 'default', 'default', 2)"},
		{py313, connection, nil, nil, "TypeError: f() missing 1 required positional argument: 'address'"},
		{py313, connection, tuple(1, 2, 3, 4), nil, "TypeError: f() takes from 1 to 3 positional arguments but 4 were given"},
		{py313, connection, tuple(1, 2, 3, 4), []starlark.Tuple{named("all_errors", 1)},
			"TypeError: f() takes from 1 to 3 positional arguments but 4 positional arguments (and 1 keyword-only argument) were given"},
		{py313, connection, tuple(1), []starlark.Tuple{named("address", 1)}, "TypeError: f() got multiple values for argument 'address'"},
		{py311, connection, tuple(1), []starlark.Tuple{named("timout", 1)}, "TypeError: f() got an unexpected keyword argument 'timout'"},
		{py313, connection, tuple(1), []starlark.Tuple{named("timout", 1)},
			"TypeError: f() got an unexpected keyword argument 'timout'. Did you mean 'timeout'?"},
		{py313, "fd, family, type, proto=0", nil, nil,
			"TypeError: f() missing 3 required positional arguments: 'fd', 'family', and 'type'"},
		{py313, "fd, family, type, proto=0", tuple(1), nil, "TypeError: f() missing 2 required positional arguments: 'family' and 'type'"},
		{py313, "a, *, b", tuple(1), nil, "TypeError: f() missing 1 required keyword-only argument: 'b'"},
		{py313, "a, *args", tuple(1, 2, 3), nil, "((2, 3), 1)"},
		{py313, "", tuple(1), nil, "TypeError: f() takes 0 positional arguments but 1 was given"},
	}
	for _, test := range tests {
		f := pycall.Python(test.python, "m", pycall.Def("f", test.params, arguments))
		if got := outcome(f, test.args, test.kwargs...); got != test.want {
			t.Errorf("Python %s: def f(%s) of %v %v: got %q, want %q", test.python, test.params, test.args, test.kwargs, got, test.want)
		}
	}
}

func TestMethods(t *testing.T) {
	stream := &pyval.Class{Module: "_m", Short: "stream"}
	base := &pyval.Class{Module: "_m", Short: "thing", C: true, Bases: []*pyval.Class{stream}}
	class := &pyval.Class{Module: "m", Short: "thing", Bases: []*pyval.Class{base}}
	object := instance{class}
	show := func(c *pycall.Call) (starlark.Value, error) { return c.Args, nil }
	recv := pycall.BuiltinMethod(py313, base, pycall.Method{Name: "recv", Takes: pycall.VarArgs, Func: show})
	recv39 := pycall.BuiltinMethod(py39, base, pycall.Method{Name: "recv", Takes: pycall.VarArgs, Func: show})
	flush := pycall.BuiltinMethod(py313, stream, pycall.Method{Name: "flush", Takes: pycall.NoArgs, Func: show})
	byName := func(f *pycall.Function, self starlark.Value) *pycall.Function {
		return pyval.AsMethod(f.Bind(self)).(*pycall.Function)
	}
	closing := pycall.PythonMethod(py313, class, pycall.Def("close", "self", show))
	closing39 := pycall.PythonMethod(py39, class, pycall.Def("close", "self", show))
	tests := []struct {
		f      *pycall.Function
		args   starlark.Tuple
		kwargs []starlark.Tuple
		want   string
	}{
		{recv, nil, nil, "TypeError: unbound method thing.recv() needs an argument"},
		{recv, tuple(1), nil, "TypeError: descriptor 'recv' for '_m.thing' objects doesn't apply to a 'int' object"},
		{recv, tuple(object, 1), nil, "(1,)"},
		{recv.Bind(object), tuple(1), nil, "(1,)"},
		{recv.Bind(object), nil, []starlark.Tuple{named("x", 1)}, "TypeError: recv() takes no keyword arguments"},
		{byName(recv, object), nil, []starlark.Tuple{named("x", 1)}, "TypeError: thing.recv() takes no keyword arguments"},
		{byName(recv39, object), nil, []starlark.Tuple{named("x", 1)}, "TypeError: recv() takes no keyword arguments"},
		{flush.Bind(object), tuple(1), nil, "TypeError: thing.flush() takes no arguments (1 given)"},
		{byName(flush, object), tuple(1), nil, "TypeError: stream.flush() takes no arguments (1 given)"},
		{closing, nil, nil, "TypeError: thing.close() missing 1 required positional argument: 'self'"},
		{closing39.Bind(object), tuple(1), nil, "TypeError: close() takes 1 positional argument but 2 were given"},
		{closing.Bind(object), nil, nil, "(<thing>,)"},
	}
	for _, test := range tests {
		if got := outcome(test.f, test.args, test.kwargs...); got != test.want {
			t.Errorf("%s %v: got %q, want %q", test.f, test.args, got, test.want)
		}
	}
	for want, f := range map[string]*pycall.Function{
		"method_descriptor":          recv,
		"builtin_function_or_method": recv.Bind(object),
		"function":                   closing,
		"method":                     closing.Bind(object),
	} {
		if got := pyval.TypeName(f); got != want {
			t.Errorf("type of %s: got %s, want %s", f, got, want)
		}
	}
	if got, want := closing.Bind(object).String(), "<bound method thing.close of <thing>>"; got != want {
		t.Errorf("repr: got %q, want %q", got, want)
	}
	if got, want := recv.String(), "<method 'recv' of '_m.thing' objects>"; got != want {
		t.Errorf("repr: got %q, want %q", got, want)
	}
}

// instance is an object without attributes.
type instance struct{ class *pyval.Class }

func (i instance) PyClass() *pyval.Class               { return i.class }
func (i instance) PyState() []pyval.Attr               { return nil }
func (i instance) Attr(string) (starlark.Value, error) { return nil, nil }
func (i instance) AttrNames() []string                 { return nil }
func (i instance) String() string                      { return "<thing>" }
func (i instance) Type() string                        { return "thing" }
func (i instance) Freeze()                             {}
func (i instance) Truth() starlark.Bool                { return true }
func (i instance) Hash() (uint32, error)               { return 0, nil }

func TestDurations(t *testing.T) {
	inf := math.Inf(1)
	tests := []struct {
		python pyval.Version
		arg    any
		want   string
	}{
		{py313, 1, "1000000000"},
		{py313, true, "1000000000"},
		{py313, 1e-10, "1"},
		{py313, -1e-10, "-1"},
		{py313, 0.1, "100000000"},
		{py313, 1.5e-9, "2"},
		{py313, 9223372036, "9223372036000000000"},
		{py311, 9223372037, "OverflowError: timestamp too large to convert to C _PyTime_t"},
		{py313, 9223372037, "OverflowError: timestamp too large to convert to C PyTime_t"},
		{py314, 9223372037, "OverflowError: timestamp out of range for C PyTime_t"},
		{py311, 9223372036.854776, "-9223372036854775808"},
		{py313, 9223372036.854776, "OverflowError: timestamp out of range for platform time_t"},
		{py311, inf, "OverflowError: timestamp too large to convert to C _PyTime_t"},
		{py313, inf, "OverflowError: timestamp out of range for platform time_t"},
		{py313, math.NaN(), "ValueError: Invalid value NaN (not a number)"},
		{py39, "x", "TypeError: an integer is required (got type str)"},
		{py313, "x", "TypeError: 'str' object cannot be interpreted as an integer"},
		{py314, "x", "TypeError: 'str' object cannot be interpreted as an integer or float"},
		{py315, "x", "TypeError: must be real number, not str"},
		{py315, 2, "2000000000"},
	}
	for _, test := range tests {
		f := pycall.Builtin(test.python, "m", pycall.Method{Name: "f", Takes: pycall.OneArg, Func: func(c *pycall.Call) (starlark.Value, error) {
			d, err := c.AsDuration(c.Args[0])
			return starlark.MakeInt64(int64(d)), err
		}})
		if got := outcome(f, tuple(test.arg)); got != test.want {
			t.Errorf("Python %s: %v seconds: got %q, want %q", test.python, test.arg, got, test.want)
		}
	}
}

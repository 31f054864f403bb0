package pyval

import (
	"encoding/hex"

	"go.starlark.net/starlark"
)

func memoryviewInfo() *builtinInfo {
	on := func(parameters string, f func(c *call, m *Memoryview) (starlark.Value, error)) method {
		return def(parameters, func(c *call) (starlark.Value, error) { return f(c, c.self.(*Memoryview)) })
	}
	get := func(f func(m *Memoryview) starlark.Value) func(starlark.Value) (starlark.Value, error) {
		return func(self starlark.Value) (starlark.Value, error) {
			m := self.(*Memoryview)
			m.mu.Lock()
			defer m.mu.Unlock()
			if err := m.check(); err != nil {
				return nil, err
			}
			return f(m), nil
		}
	}
	contiguous := get(func(m *Memoryview) starlark.Value { return starlark.Bool(m.contiguous()) })
	getters := map[string]func(starlark.Value) (starlark.Value, error){
		"obj":          get(func(m *Memoryview) starlark.Value { return m.base }),
		"nbytes":       get(func(m *Memoryview) starlark.Value { return starlark.MakeInt(m.length * m.row()) }),
		"readonly":     get(func(m *Memoryview) starlark.Value { return starlark.Bool(m.readonly) }),
		"format":       get(func(m *Memoryview) starlark.Value { return starlark.String(m.format) }),
		"itemsize":     get(func(m *Memoryview) starlark.Value { return starlark.MakeInt(m.itemsize) }),
		"ndim":         get(func(m *Memoryview) starlark.Value { return starlark.MakeInt(len(m.shape())) }),
		"shape":        get(func(m *Memoryview) starlark.Value { return intTuple(m.shape()) }),
		"strides":      get(func(m *Memoryview) starlark.Value { return intTuple(m.strides()) }),
		"suboffsets":   get(func(*Memoryview) starlark.Value { return starlark.Tuple{} }),
		"c_contiguous": contiguous, "contiguous": contiguous,
		"f_contiguous": get(func(m *Memoryview) starlark.Value { return starlark.Bool(m.fortran()) }),
	}
	methods := map[string]method{
		"tobytes": on("order?=", func(c *call, m *Memoryview) (starlark.Value, error) {
			if err := checkOrder(c); err != nil {
				return nil, err
			}
			data, err := m.Bytes()
			return starlark.Bytes(data), err
		}),
		"hex": on("sep?= bytes_per_sep?=", func(_ *call, m *Memoryview) (starlark.Value, error) {
			data, err := m.Bytes()
			return starlark.String(hex.EncodeToString(data)), err
		}),
		"tolist": on("", func(_ *call, m *Memoryview) (starlark.Value, error) {
			return m.toList()
		}),
		"toreadonly": on("", func(_ *call, m *Memoryview) (starlark.Value, error) {
			return m.view(func(v *Memoryview) error { v.readonly = true; return nil })
		}),
		"cast":      on("format= shape?=", castView),
		"release":   on("", func(_ *call, m *Memoryview) (starlark.Value, error) { return starlark.None, m.Release() }),
		"__enter__": on("", func(_ *call, m *Memoryview) (starlark.Value, error) { _, err := m.Len(); return m, err }),
		"__exit__":  on("*", func(_ *call, m *Memoryview) (starlark.Value, error) { return starlark.None, m.Release() }),
	}
	addSequenceMethods(methods, "__len__", "__getitem__")
	return &builtinInfo{construct: callMemoryview, methods: methods, getters: getters}
}

func (m *Memoryview) contiguous() bool { return m.stride == m.row() || m.length <= 1 }

// view makes another view of the same memory, changed by f.
func (m *Memoryview) view(f func(*Memoryview) error) (starlark.Value, error) {
	n, err := m.Len()
	if err != nil {
		return nil, err
	}
	other, err := m.window(span{start: 0, step: 1, count: n})
	if err != nil {
		return nil, err
	}
	if err := f(other); err != nil {
		other.release()
		return nil, err
	}
	return other, nil
}

// castView reads the same memory as items of another format. One of the two
// formats has to be of bytes.
func castView(c *call, m *Memoryview) (starlark.Value, error) {
	format, ok := c.args[0].(starlark.String)
	if !ok {
		if !Python(c.thread).AtLeast(3, 10) {
			return nil, TypeError.Errorf("memoryview: format argument must be a string")
		}
		return nil, TypeError.Errorf("cast() argument 'format' must be str, not %s", TypeName(c.args[0]))
	}
	code := string(format)
	if len(code) == 2 && code[0] == '@' {
		code = code[1:]
	}
	if len(code) != 1 || itemSize(code[0]) == 0 {
		what := "native single character format"
		if Python(c.thread).AtLeast(3, 15) {
			what = "native format"
		}
		return nil, ValueError.Errorf("memoryview: destination format must be a %s prefixed with an optional '@'", what)
	}
	return m.view(func(v *Memoryview) error {
		size := itemSize(code[0])
		switch {
		case !v.contiguous():
			return TypeError.Errorf("memoryview: casts are restricted to C-contiguous views")
		case v.length == 0 && (c.args[1] != nil || v.inner != nil):
			return TypeError.Errorf("memoryview: cannot cast view with zeros in shape or strides")
		case !byteFormat(v.format) && !byteFormat(code[0]):
			return TypeError.Errorf("memoryview: cannot cast between two non-byte formats")
		case v.length*v.row()%size != 0:
			return TypeError.Errorf("memoryview: length is not a multiple of itemsize")
		}
		dimensions := len(v.shape())
		v.length = v.length * v.row() / size
		v.format, v.itemsize, v.stride, v.inner, v.scalar = code[0], size, size, nil, false
		if c.args[1] == nil {
			return nil
		}
		return v.reshape(c.thread, dimensions, c.args[1])
	})
}

// checkOrder reads the argument order, of which there is one here.
func checkOrder(c *call) error {
	order, isText := PlainValue(orNone(c.args[0])).(starlark.String)
	switch {
	case c.args[0] == nil || c.args[0] == starlark.None || order == "C" || order == "F" || order == "A":
		return nil
	case !isText && !Python(c.thread).AtLeast(3, 10):
		return TypeError.Errorf("argument 1 must be str or None, not %s", TypeName(c.args[0]))
	case !isText:
		return TypeError.Errorf("tobytes() argument 'order' must be str or None, not %s", TypeName(c.args[0]))
	}
	return ValueError.Errorf("order must be 'C', 'F' or 'A'")
}

func byteFormat(format byte) bool { return format == 'B' || format == 'b' || format == 'c' }

func callMemoryview(thread *starlark.Thread, _ *Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	c := &call{thread: thread, name: "memoryview"}
	if err := parseParams("object=").bind(c, "", args, kwargs); err != nil {
		return nil, err
	}
	return NewMemoryview(c.args[0])
}

package pyio

import (
	"cmp"
	"fmt"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/pyref/base/streams"
)

// A bufferedObject is an io.BufferedReader, io.BufferedWriter or
// io.BufferedRandom.
type bufferedObject struct {
	*Instance
	*streams.Buffered
}

// Attr reads an attribute.
func (b *bufferedObject) Attr(name string) (starlark.Value, error) { return b.Get(b, name) }

// SetField sets an attribute.
func (b *bufferedObject) SetField(name string, v starlark.Value) error { return b.Set(b, name, v) }

// PyState is what Python code can see.
func (b *bufferedObject) PyState() []pyval.Attr { return b.State(b) }

// String is Python's repr.
func (b *bufferedObject) String() string {
	name, err := b.Attr("name")
	if err != nil {
		return "<" + b.class.Qualified() + ">"
	}
	return fmt.Sprintf("<%s name=%s>", b.class.Qualified(), pyval.Repr(name))
}

// NewReader is io.BufferedReader(raw, size), NewWriter and NewRandom likewise.
func (o *IO) NewReader(raw Raw, size int) (starlark.Value, error) {
	return o.buffered(o.reader, o.Host.NewReader, raw, size)
}

// NewWriter is described at NewReader.
func (o *IO) NewWriter(raw Raw, size int) (starlark.Value, error) {
	return o.buffered(o.writer, o.Host.NewWriter, raw, size)
}

func (o *IO) buffered(class *pyval.Class, layer func(streams.Raw, int) (*streams.Buffered, error), raw Raw, size int) (*bufferedObject, error) {
	b, err := layer(raw, size)
	if err != nil {
		return nil, err
	}
	return &bufferedObject{NewInstance(class), b}, nil
}

func (o *IO) newReader(thread *starlark.Thread, class *pyval.Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	return o.construct(thread, class, "BufferedReader", "readable", o.Host.NewReader, args, kwargs)
}

func (o *IO) newWriter(thread *starlark.Thread, class *pyval.Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	return o.construct(thread, class, "BufferedWriter", "writable", o.Host.NewWriter, args, kwargs)
}

func (o *IO) newRandom(thread *starlark.Thread, class *pyval.Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	return o.construct(thread, class, "BufferedRandom", "seekable", o.Host.NewRandom, args, kwargs)
}

// construct is the call of one of the classes; first is what it asks of the raw
// file first.
func (o *IO) construct(thread *starlark.Thread, class *pyval.Class, name, first string,
	layer func(streams.Raw, int) (*streams.Buffered, error), args starlark.Tuple, kwargs []starlark.Tuple,
) (starlark.Value, error) {
	return o.init(name, func(c *pycall.Call) (starlark.Value, error) {
		var v starlark.Value
		size := o.Host.DefaultBufferSize()
		if err := c.ClinicKeywords("O|n:"+name, []string{"raw", "buffer_size"}, &v, &size); err != nil {
			return nil, err
		}
		raw, err := o.RawOf(c, v, first)
		if err != nil {
			return nil, err
		}
		return o.buffered(class, layer, raw, size)
	}).CallInternal(thread, args, kwargs)
}

// init is a class's __init__ as a function.
func (o *IO) init(name string, f pycall.Func) *pycall.Function {
	return pycall.Builtin(o.python, "", pycall.Method{Name: name, Takes: pycall.Keywords, Func: f})
}

// RawOf is the raw file that an argument has to be.
func (o *IO) RawOf(c *pycall.Call, v starlark.Value, first string) (Raw, error) {
	if raw, ok := v.(Raw); ok {
		return raw, nil
	}
	if _, err := pyval.GetAttr(c.Thread, v, first); err != nil {
		return nil, err
	}
	return nil, pyval.TypeError.Errorf("a raw file is required, not '%s'", pyval.TypeName(v))
}

func bufferedSelf(c *pycall.Call) *bufferedObject { return c.Self.(*bufferedObject) }

// reading are the methods of binary files that read; f takes the file from the
// call.
type binary interface {
	ReadUpTo(n int) ([]byte, error)
	Read1(n int) ([]byte, error)
	ReadInto(p []byte) (int, error)
	ReadInto1(p []byte) (int, error)
	Peek(n int) ([]byte, error)
	Write(p []byte) (int, error)
}

func read(f binary) pycall.Func {
	return func(c *pycall.Call) (starlark.Value, error) {
		n, err := size(c, "read")
		if err != nil {
			return nil, err
		}
		data, err := f.ReadUpTo(n)
		if err != nil {
			return nil, err
		}
		return orNone(data), nil
	}
}

func read1(f binary) pycall.Func {
	return func(c *pycall.Call) (starlark.Value, error) {
		n := -1
		if err := c.Clinic("|n:read1", &n); err != nil {
			return nil, err
		}
		data, err := f.Read1(n)
		if err != nil {
			return nil, err
		}
		return orNone(data), nil
	}
}

func peek(f binary) pycall.Func {
	return func(c *pycall.Call) (starlark.Value, error) {
		n := 0
		if err := c.Clinic("|n:peek", &n); err != nil {
			return nil, err
		}
		data, err := f.Peek(n)
		if err != nil {
			return nil, err
		}
		return orNone(data), nil
	}
}

// into is readinto and readinto1.
func into(name string, f func(p []byte) (int, error)) pycall.Func {
	return func(c *pycall.Call) (starlark.Value, error) {
		data, readonly, release, err := pyval.RequestBuffer(c.Thread, c.Args[0], pyval.WritableBuffer)
		if err != nil || readonly {
			if release != nil {
				release()
			}
			return nil, pyval.TypeError.Errorf("%s() argument must be read-write bytes-like object, not %s", name, argumentType(c.Args[0]))
		}
		defer release()
		return count(f(data))
	}
}

// argumentType is how errors about arguments name a type.
func argumentType(v starlark.Value) string {
	if v == starlark.None {
		return "None"
	}
	return pyval.TypeName(v)
}

func write(f binary) pycall.Func {
	return func(c *pycall.Call) (starlark.Value, error) {
		data, err := c.Buffer(c.Args[0])
		if err != nil {
			return nil, err
		}
		return count(f.Write(data))
	}
}

// on makes a method of a function of the file.
func on(f func(b binary) pycall.Func) pycall.Func {
	return func(c *pycall.Call) (starlark.Value, error) { return f(c.Self.(binary))(c) }
}

func (o *IO) addBuffered() {
	o.methods(o.bufferedIOBase,
		o.unsupported("read", "|i"), o.unsupported("read1", "|i"), o.unsupported("write", "O"),
		o.noArguments("detach", func(*pycall.Call) (starlark.Value, error) {
			return nil, o.Host.Raise(streams.UnsupportedOperation, "detach")
		}),
		pycall.Method{Name: "readinto", Takes: pycall.OneArg, Func: on(func(b binary) pycall.Func { return into("readinto", b.ReadInto) })},
		pycall.Method{Name: "readinto1", Takes: pycall.OneArg, Func: on(func(b binary) pycall.Func { return into("readinto1", b.ReadInto1) })},
	)
	for _, class := range []*pyval.Class{o.reader, o.writer, o.random} {
		o.methods(class,
			represent(),
			act("close", stream.Close), act("flush", stream.Flush), ask("seekable", stream.Seekable), ask("isatty", stream.IsATTY),
			pycall.Method{Name: "fileno", Takes: pycall.NoArgs, Func: fileno},
			pycall.Method{Name: "detach", Takes: pycall.NoArgs, Func: func(c *pycall.Call) (starlark.Value, error) {
				raw, err := bufferedSelf(c).Detach()
				if err != nil {
					return nil, err
				}
				return raw.(Raw), nil
			}},
			pycall.Method{Name: "seek", Takes: pycall.FastCall, Func: bufferedSeek},
			pycall.Method{Name: "tell", Takes: pycall.NoArgs, Func: func(c *pycall.Call) (starlark.Value, error) {
				return number(self(c).Tell())
			}},
			o.truncateMethod(),
			pycall.Method{Name: "_dealloc_warn", Takes: pycall.OneArg, Func: func(*pycall.Call) (starlark.Value, error) {
				return starlark.None, nil
			}},
		)
		getters(class,
			&Descriptor{Name: "closed", Kind: GetsetKind, Get: func(self starlark.Value) (starlark.Value, error) {
				return truth(self.(stream).Closed())
			}},
			rawAttribute("name"), rawAttribute("mode"),
			&Descriptor{Name: "raw", Kind: MemberKind, Get: func(self starlark.Value) (starlark.Value, error) {
				if raw := self.(*bufferedObject).Raw(); raw != nil {
					return raw.(Raw), nil
				}
				return starlark.None, nil
			}},
			&Descriptor{Name: "_finalizing", Kind: MemberKind, Get: func(starlark.Value) (starlark.Value, error) { //nolint:misspell // CPython's name
				return starlark.False, nil
			}},
		)
	}
	for _, class := range []*pyval.Class{o.reader, o.random} {
		o.methods(class,
			slot("__next__", next),
			ask("readable", stream.Readable),
			pycall.Method{Name: "read", Takes: pycall.FastCall, Func: on(read)},
			pycall.Method{Name: "read1", Takes: pycall.FastCall, Func: on(read1)},
			pycall.Method{Name: "peek", Takes: pycall.FastCall, Func: on(peek)},
			pycall.Method{Name: "readinto", Takes: pycall.OneArg, Func: on(func(b binary) pycall.Func { return into("readinto", b.ReadInto) })},
			pycall.Method{Name: "readinto1", Takes: pycall.OneArg, Func: on(func(b binary) pycall.Func { return into("readinto1", b.ReadInto1) })},
			pycall.Method{Name: "readline", Takes: pycall.FastCall, Func: func(c *pycall.Call) (starlark.Value, error) {
				limit, err := size(c, "readline")
				if err != nil {
					return nil, err
				}
				line, err := bufferedSelf(c).ReadLine(limit)
				if err != nil {
					return nil, err
				}
				return starlark.Bytes(line), nil
			}},
		)
	}
	for _, class := range []*pyval.Class{o.writer, o.random} {
		o.methods(class,
			ask("writable", stream.Writable),
			pycall.Method{Name: "write", Takes: pycall.OneArg, Func: on(write)},
		)
	}
}

// rawAttribute is an attribute that is read from the raw file.
func rawAttribute(name string) *Descriptor {
	return &Descriptor{Name: name, Kind: GetsetKind, Get: func(self starlark.Value) (starlark.Value, error) {
		b := self.(*bufferedObject)
		raw := b.Raw()
		if raw == nil {
			_, err := b.Closed() // which says that it is detached
			return nil, err
		}
		return pyval.GetAttr(nil, raw.(Raw), name)
	}}
}

// offset is an argument that is a position.
func offset(c *pycall.Call, v starlark.Value) (int64, error) {
	i, err := pyval.Index(c.Thread, v)
	if err != nil {
		return 0, err
	}
	if !i.IsInt64() {
		return 0, pyval.ValueError.Errorf("cannot fit '%s' into an offset-sized integer", pyval.TypeName(v))
	}
	return i.Int64(), nil
}

func bufferedSeek(c *pycall.Call) (starlark.Value, error) {
	var target starlark.Value
	whence := 0
	if err := c.Clinic("O|i:seek", &target, &whence); err != nil {
		return nil, err
	}
	b := bufferedSelf(c)
	to, err := offset(c, target)
	if err != nil {
		// What the position is comes to light after whether there is one.
		return nil, cmp.Or(b.MaySeek(whence), err)
	}
	return number(b.Seek(to, whence))
}

func (o *IO) truncateMethod() pycall.Method {
	if !o.python.AtLeast(3, 12) {
		return pycall.Method{Name: "truncate", Takes: pycall.FastCall, Func: func(c *pycall.Call) (starlark.Value, error) {
			var v starlark.Value = starlark.None
			if err := c.Clinic("|O:truncate", &v); err != nil {
				return nil, err
			}
			return bufferedTruncate(c, v)
		}}
	}
	return pycall.Method{Name: "truncate", Takes: pycall.Keywords, Func: func(c *pycall.Call) (starlark.Value, error) {
		var v starlark.Value = starlark.None
		if err := c.ClinicKeywords("|O:truncate", []string{""}, &v); err != nil {
			return nil, err
		}
		return bufferedTruncate(c, v)
	}}
}

func bufferedTruncate(c *pycall.Call, v starlark.Value) (starlark.Value, error) {
	var result starlark.Value
	_, err := bufferedSelf(c).TruncateBy(func(raw streams.Raw) (n int64, err error) {
		result, err = callMethod(c, raw.(Raw), "truncate", v)
		return 0, err
	})
	return result, err
}

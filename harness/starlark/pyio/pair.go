package pyio

import (
	"fmt"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/pyref/base/streams"
)

// A pairObject is an io.BufferedRWPair.
type pairObject struct {
	*Instance
	*streams.Pair
}

// Attr reads an attribute.
func (p *pairObject) Attr(name string) (starlark.Value, error) { return p.Get(p, name) }

// SetField sets an attribute.
func (p *pairObject) SetField(name string, v starlark.Value) error { return p.Set(p, name, v) }

// PyState is what Python code can see.
func (p *pairObject) PyState() []pyval.Attr { return p.State(p) }

// String is Python's repr.
func (p *pairObject) String() string { return fmt.Sprintf("<%s object at %p>", p.class.Qualified(), p) }

// NewPair is io.BufferedRWPair(reader, writer, size).
func (o *IO) NewPair(reader, writer Raw, size int) (starlark.Value, error) {
	p, err := o.Host.NewPair(reader, writer, size)
	if err != nil {
		return nil, err
	}
	return &pairObject{NewInstance(o.pair), p}, nil
}

func (o *IO) newPair(thread *starlark.Thread, _ *pyval.Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	construct := pycall.Builtin(o.python, "", pycall.Method{Name: "BufferedRWPair", Takes: pycall.FastCall, Func: func(c *pycall.Call) (starlark.Value, error) {
		var first, second starlark.Value
		size := o.Host.DefaultBufferSize()
		if err := c.Clinic("OO|n:BufferedRWPair", &first, &second, &size); err != nil {
			return nil, err
		}
		reader, err := o.RawOf(c, first, "readable")
		if err != nil {
			return nil, err
		}
		writer, err := o.RawOf(c, second, "writable")
		if err != nil {
			return nil, err
		}
		return o.NewPair(reader, writer, size)
	}})
	return construct.CallInternal(thread, args, kwargs)
}

// addPair is io.BufferedRWPair, whose methods hand their arguments on.
func (o *IO) addPair() {
	forward := func(class *pyval.Class, name string, half func(p *pairObject) *streams.Buffered) pycall.Method {
		return pycall.Method{Name: name, Takes: pycall.VarArgs, Func: func(c *pycall.Call) (starlark.Value, error) {
			b := &bufferedObject{NewInstance(class), half(c.Self.(*pairObject))}
			return callMethod(c, b, name, c.Args...)
		}}
	}
	reader := func(p *pairObject) *streams.Buffered { return p.Reader }
	writer := func(p *pairObject) *streams.Buffered { return p.Writer }
	o.methods(o.pair,
		forward(o.reader, "read", reader), forward(o.reader, "peek", reader), forward(o.reader, "read1", reader),
		forward(o.reader, "readinto", reader), forward(o.reader, "readinto1", reader),
		forward(o.writer, "write", writer),
		act("flush", stream.Flush), act("close", stream.Close),
		ask("readable", stream.Readable), ask("writable", stream.Writable), ask("isatty", stream.IsATTY),
	)
	getters(o.pair, &Descriptor{Name: "closed", Kind: GetsetKind, Get: func(self starlark.Value) (starlark.Value, error) {
		return truth(self.(stream).Closed())
	}})
}

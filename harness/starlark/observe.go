package starlark

import (
	"cmp"
	"encoding/json"
	"reflect"
	"slices"
	"unsafe"
	"weak"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/harness/trace"
)

// How deep observations go, as in the reference: objects inside each other that
// are shown with their state, and values inside each other that are shown at
// all.
const (
	maxObjects    = 3
	maxContainers = 48
)

// An observer turns values into what traces hold, without keeping any alive.
type observer struct {
	python  pyval.Version
	numbers map[identity]int
	next    int
	attr    attrFunc   // nil: an attribute is what it is
	open    []identity // of the values that the present one is inside of
	objects int        // how many of them show a state
}

// An identity tells an object from all others, those included that later take
// its place in memory: weak pointers stay apart.
type identity struct {
	weak    weak.Pointer[byte]
	address uintptr
}

func newObserver(python pyval.Version) *observer {
	return &observer{python: python, numbers: map[identity]int{}}
}

// identify returns the zero identity for a value that has none.
func identify(v starlark.Value) identity {
	r := reflect.ValueOf(v)
	if r.Kind() != reflect.Pointer || r.IsNil() {
		return identity{}
	}
	return identity{weak.Make((*byte)(unsafe.Pointer(r.Pointer()))), r.Pointer()}
}

// forget takes back every number from count on: what they showed was not sent.
func (o *observer) forget(count int) {
	for id, n := range o.numbers {
		if n >= count {
			delete(o.numbers, id)
		}
	}
	o.next = count
}

func (o *observer) value(v starlark.Value) trace.Value {
	v = pyval.PlainValue(v)
	switch v := v.(type) {
	case nil, starlark.NoneType:
		return trace.NoneValue()
	case starlark.Bool:
		return trace.BoolValue(bool(v))
	case starlark.Int:
		return trace.BigValue(v.BigInt())
	case starlark.Float:
		return trace.FloatValue(float64(v))
	case starlark.String:
		return trace.StrValue(string(v))
	case starlark.Bytes:
		return trace.BytesValue([]byte(v))
	case *pyval.Bytearray:
		return trace.BufferValue(trace.Bytearray, v.Bytes())
	case *pyval.Memoryview:
		data, err := v.Bytes()
		if err != nil {
			return o.inside(v, func() trace.Value { return o.object(v) })
		}
		return trace.BufferValue(trace.Memoryview, data)
	case *pyval.Enum:
		return trace.EnumValue(v.Of.Qualified(), v.Member, o.value(v.Holds()))
	case *pyval.Exception:
		return o.inside(v, func() trace.Value {
			e := o.exception(v)
			return trace.Value{Kind: trace.Raised, Exception: &e}
		})
	case *pyval.Class:
		return trace.NamedValue(trace.Class, v.Qualified())
	case *starlarkstruct.Module:
		return trace.NamedValue(trace.Module, v.Name)
	}
	if kind, items, ok := contents(v); ok {
		return o.inside(v, func() trace.Value { return o.container(kind, items) })
	}
	if f, ok := v.(starlark.Callable); ok {
		return trace.NamedValue(trace.Callable, pyval.CallableName(f))
	}
	return o.inside(v, func() trace.Value { return o.object(v) })
}

// contents lists what a container holds; a dict's keys and values by turns.
func contents(v starlark.Value) (kind trace.Kind, items []starlark.Value, ok bool) {
	switch v := v.(type) {
	case starlark.Tuple:
		return trace.Tuple, v, true
	case *starlark.List:
		return trace.List, slices.Collect(v.Elements()), true
	case *starlark.Set:
		return trace.Set, slices.Collect(v.Elements()), true
	case *pyval.Frozenset:
		return trace.Frozenset, v.Items(), true
	case *starlark.Dict:
		for _, item := range v.Items() {
			items = append(items, item[0], item[1])
		}
		return trace.Dict, items, true
	}
	return "", nil, false
}

func (o *observer) container(kind trace.Kind, items []starlark.Value) trace.Value {
	shown := make([]trace.Value, len(items))
	for i, item := range items {
		shown[i] = o.value(item)
	}
	if kind == trace.Set || kind == trace.Frozenset {
		slices.SortFunc(shown, func(a, b trace.Value) int { return cmp.Compare(encoding(a), encoding(b)) })
	}
	return trace.SeqValue(kind, shown...)
}

func encoding(v trace.Value) string {
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// inside shows a value that may hold others. One inside itself is shown by its
// identity only.
func (o *observer) inside(v starlark.Value, show func() trace.Value) trace.Value {
	id := identify(v)
	if id != (identity{}) && slices.Contains(o.open, id) || len(o.open) == maxContainers {
		return o.identity(v)
	}
	o.open = append(o.open, id)
	defer func() { o.open = o.open[:len(o.open)-1] }()
	return show()
}

func (o *observer) identity(v starlark.Value) trace.Value {
	id := identify(v)
	n, known := o.numbers[id]
	if !known || id == (identity{}) {
		n = o.next
		o.numbers[id] = n
		o.next++
	}
	return trace.Value{Kind: trace.Object, Class: pyval.TypeOf(v).Qualified(), ID: n}
}

func (o *observer) object(v starlark.Value) trace.Value {
	shown := o.identity(v)
	if o.objects >= maxObjects {
		return shown
	}
	o.objects++
	defer func() { o.objects-- }()
	shown.State = []trace.Field{}
	for _, attr := range pyval.State(o.python, v) {
		if o.attr != nil {
			attr.Value = o.attr(v, attr.Name, attr.Value)
		}
		shown.State = append(shown.State, trace.Field{Name: attr.Name, Value: o.value(attr.Value)})
	}
	return shown
}

func (o *observer) exception(e *pyval.Exception) trace.Exception {
	shown := trace.Exception{Class: e.Class.Qualified()}
	for _, base := range e.Class.MRO()[1:] {
		shown.Bases = append(shown.Bases, base.Qualified())
	}
	for _, arg := range e.Args {
		shown.Args = append(shown.Args, o.value(arg))
	}
	if e.Class.Subclass(pyval.OSError) {
		errno, strerror := o.value(e.Errno), o.value(e.Strerror)
		shown.Errno, shown.Strerror = &errno, &strerror
	}
	shown.Text = trace.StrValue(e.Text())
	if held, ok := e.Members(); ok {
		members := o.value(held)
		shown.Members = &members
	}
	return shown
}

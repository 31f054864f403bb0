package pysocket

import (
	"encoding/binary"
	"fmt"
	"strings"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// An intArray is the array.array("i") that send_fds hands to sendmsg, which may be one
// of Python code.
type intArray struct{ data []byte }

var (
	_ pyval.Object = (*intArray)(nil)
	_ pyval.Buffer = (*intArray)(nil)
)

var arrayClass = &pyval.Class{Module: "array", Short: "array", C: true}

// PyBuffer is the memory of the array.
func (a *intArray) PyBuffer() (data []byte, readonly bool, release func(), err error) {
	return a.data, false, func() {}, nil
}

// PyClass is array.array.
func (a *intArray) PyClass() *pyval.Class { return arrayClass }

// PyState is what Python code can see.
func (a *intArray) PyState() []pyval.Attr {
	return []pyval.Attr{
		{Name: "itemsize", Value: starlark.MakeInt(descriptorSize)},
		{Name: "typecode", Value: starlark.String("i")},
	}
}

// Attr reads an attribute.
func (a *intArray) Attr(name string) (starlark.Value, error) {
	for _, attr := range a.PyState() {
		if attr.Name == name {
			return attr.Value, nil
		}
	}
	method := func(name string, f func() starlark.Value) (starlark.Value, error) {
		return pyval.NewFunction(name, "", func(*starlark.Thread, []starlark.Value, starlark.Tuple) (starlark.Value, error) {
			return f(), nil
		}), nil
	}
	switch name {
	case "__len__":
		return method(name, func() starlark.Value { return starlark.MakeInt(len(a.data) / descriptorSize) })
	case "__getitem__":
		return pyval.NewFunction(name, "index", func(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
			return a.item(thread, args[0])
		}), nil
	case "tolist":
		return method(name, func() starlark.Value { return a.items() })
	case "tobytes":
		return method(name, func() starlark.Value { return starlark.Bytes(a.data) })
	}
	return nil, nil
}

// item is one of the items, or the array of those in a slice.
func (a *intArray) item(thread *starlark.Thread, key starlark.Value) (starlark.Value, error) {
	if _, sliced := key.(*pyval.SliceValue); sliced {
		some, err := pyval.GetItem(thread, a.items(), key)
		if err != nil {
			return nil, err
		}
		var part intArray
		for v := range some.(*starlark.List).Elements() {
			n, _ := starlark.AsInt32(v) // it is an item of an array
			part.data = binary.NativeEndian.AppendUint32(part.data, uint32(n))
		}
		return &part, nil
	}
	n, err := pyval.Index(thread, key)
	if err != nil {
		return nil, pyval.TypeError.Errorf("array indices must be integers")
	}
	v, err := pyval.GetItem(thread, a.items(), starlark.MakeBigInt(n))
	if err != nil && n.IsInt64() {
		err = pyval.IndexError.Errorf("array index out of range")
	}
	return v, err
}

func (a *intArray) items() *starlark.List {
	var items []starlark.Value
	for at := 0; at+descriptorSize <= len(a.data); at += descriptorSize {
		items = append(items, starlark.MakeInt(int(int32(binary.NativeEndian.Uint32(a.data[at:])))))
	}
	return starlark.NewList(items)
}

// AttrNames lists the attributes.
func (a *intArray) AttrNames() []string { return []string{"itemsize", "tobytes", "tolist", "typecode"} }

// String is Python's repr.
func (a *intArray) String() string {
	if len(a.data) == 0 {
		return "array('i')"
	}
	var items []string
	for v := range a.items().Elements() {
		items = append(items, v.String())
	}
	return fmt.Sprintf("array('i', [%s])", strings.Join(items, ", "))
}

// Type is the class's name.
func (a *intArray) Type() string { return arrayClass.Short }

// Freeze does nothing: nobody else has it.
func (a *intArray) Freeze() {}

// Truth is false for an array that is empty.
func (a *intArray) Truth() starlark.Bool { return len(a.data) > 0 }

// Hash refuses, as Python does.
func (a *intArray) Hash() (uint32, error) {
	return 0, pyval.TypeError.Errorf("unhashable type: 'array.array'")
}

package pycall

import (
	"errors"
	"fmt"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// Fast lists the items of any iterable (PySequence_Fast). Message is the text of
// the TypeError for a value that is none.
func (c *Call) Fast(v starlark.Value, message string) (starlark.Tuple, error) {
	it, err := pyval.Iterate(c.Thread, v)
	if e, ok := pyval.AsException(err); ok && e.Class.Subclass(pyval.TypeError) {
		return nil, pyval.TypeError.Errorf("%s", message)
	}
	if err != nil {
		return nil, c.notIterable(err, message)
	}
	var items starlark.Tuple
	for {
		item, err := it.Next(c.Thread)
		if err != nil {
			return nil, c.notIterable(err, message)
		}
		if item == nil {
			return items, nil
		}
		items = append(items, item)
	}
}

// notIterable is what an error of iterating becomes: since 3.14 the message hides any.
func (c *Call) notIterable(err error, message string) error {
	if c.atLeast(14) {
		return pyval.TypeError.Errorf("%s", message)
	}
	return err
}

// ParseNested is PyArg_Parse of one value with a format in parentheses: a tuple,
// or another sequence of as many items, is converted item by item.
func (c *Call) ParseNested(v starlark.Value, spec string, targets ...any) error {
	f := parseFormat(spec)
	items, err := c.nested(v, len(f.units))
	if wrong, ok := errors.AsType[typeError](err); ok {
		return pyval.TypeError.Errorf("%s argument %s", f.call(), wrong)
	}
	if err != nil {
		return err
	}
	for i, item := range items {
		if err := c.convert(f.units[i], item, targets[i]); err != nil {
			return f.locate(err, i)
		}
	}
	return nil
}

// nested is the sequence of n items that v is to be (converttuple).
func (c *Call) nested(v starlark.Value, n int) ([]starlark.Value, error) {
	kind := "sequence"
	if c.atLeast(14) {
		kind = "tuple"
	}
	if !c.isSequence(v) {
		return nil, wrongType(fmt.Sprintf("%d-item %s", n, kind), v)
	}
	if _, ok := pyval.PlainValue(v).(starlark.Tuple); !ok {
		kind = "sequence"
	}
	items, err := pyval.ToSlice(c.Thread, v)
	if err == nil && len(items) != n {
		err = typeError(fmt.Sprintf("must be %s of length %d, not %d", kind, n, len(items)))
	}
	return items, err
}

// isSequence reports whether v is a sequence where one is to be converted item by
// item: that bytes are not, and since 3.14 no text either.
func (c *Call) isSequence(v starlark.Value) bool {
	switch pyval.PlainValue(v).(type) {
	case starlark.Tuple, *starlark.List, *pyval.Memoryview, *pyval.Range:
		return true
	case starlark.String, *pyval.Bytearray:
		return !c.atLeast(14)
	}
	return false
}

package pyval

import (
	"go.starlark.net/starlark"
)

// An Iter is a Python iterator as a value: what iter, enumerate, zip and
// reversed return.
type Iter struct {
	class *Class
	from  Iterator
	done  bool
}

// NewIter makes an iterator of the class with the name, such as "zip".
func NewIter(class string, from Iterator) *Iter {
	return &Iter{class: foreignIterator(class), from: from}
}

func foreignIterator(name string) *Class {
	c, _ := foreignTypes.LoadOrStore(name, &Class{Short: name, Bases: []*Class{IteratorType}})
	return c.(*Class)
}

// NextFunc makes an Iterator of a function.
type NextFunc func(thread *starlark.Thread) (starlark.Value, error)

// Next calls the function.
func (f NextFunc) Next(thread *starlark.Thread) (starlark.Value, error) { return f(thread) }

// Next yields the next value; once at the end it stays there.
func (i *Iter) Next(thread *starlark.Thread) (starlark.Value, error) {
	if i.done {
		return nil, nil
	}
	v, err := i.from.Next(thread)
	i.done = v == nil && err == nil
	return v, err
}

func (i *Iter) String() string { return "<" + i.class.Short + " object at " + address(i) + ">" }

// PyClass is the iterator's own class.
func (i *Iter) PyClass() *Class { return i.class }

// Type is the class's name.
func (i *Iter) Type() string { return i.class.Short }

// Freeze does nothing.
func (i *Iter) Freeze() {}

// Truth is always true.
func (i *Iter) Truth() starlark.Bool { return true }

// Hash is by identity.
func (i *Iter) Hash() (uint32, error) { return hashPointer(i), nil }

// iteratorInfo has what every iterator answers to.
func iteratorInfo() *builtinInfo {
	return &builtinInfo{methods: map[string]method{
		"__iter__": def("", func(c *call) (starlark.Value, error) { return c.self, nil }),
		"__next__": def("", func(c *call) (starlark.Value, error) {
			return Next(c.thread, c.self)
		}),
	}}
}

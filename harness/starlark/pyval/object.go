package pyval

import "go.starlark.net/starlark"

// An Object is an instance of a Python class. Its identity is its pointer, its
// String is repr(), its Truth is bool(). Its special methods are attributes like
// any other: an object that answers to __len__, __iter__, __next__, __getitem__,
// __index__, __float__ or __eq__ can be used where Python calls them.
type Object interface {
	starlark.HasAttrs
	PyClass() *Class
	// PyState is the public state that an observation shows, in order of names:
	// what the Python class has as properties, slots and public instance
	// attributes, and nothing that would have to be called.
	PyState() []Attr
}

// An Attr is one public attribute of an Object. Where reading it raises, Value
// is the *[Exception].
type Attr struct {
	Name  string
	Value starlark.Value
}

// A Typed value says which Python class it has although it is no [Object]: a
// function that Python shows as "builtin_function_or_method" or "method", for
// instance.
type Typed interface {
	starlark.Value
	PyClass() *Class
}

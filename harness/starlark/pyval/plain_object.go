package pyval

import "go.starlark.net/starlark"

// A Plain is an object with an identity and a class and nothing else, as object()
// returns.
type Plain struct{ Class *Class }

var _ Object = (*Plain)(nil)

// NotImplemented is what the method of an operator returns that does not know the
// other operand.
var NotImplemented starlark.Value = &notImplemented{&Plain{Class: &Class{Short: "NotImplementedType"}}}

type notImplemented struct{ *Plain }

// String is Python's repr.
func (*notImplemented) String() string { return "NotImplemented" }

// callObject is object().
func callObject(_ *starlark.Thread, class *Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	if len(args)+len(kwargs) > 0 {
		return nil, TypeError.Errorf("%s() takes no arguments", class.Short)
	}
	if class.Made {
		return newInstance(class), nil
	}
	return &Plain{Class: class}, nil
}

// PyClass is the object's class.
func (p *Plain) PyClass() *Class { return p.Class }

// PyState is nothing.
func (p *Plain) PyState() []Attr { return nil }

// Attr has no attributes of its own.
func (p *Plain) Attr(string) (starlark.Value, error) { return nil, nil }

// AttrNames lists no attributes.
func (p *Plain) AttrNames() []string { return nil }

// String is Python's repr.
func (p *Plain) String() string { return "<" + p.Class.Qualified() + " object at " + address(p) + ">" }

// Type is the class's name.
func (p *Plain) Type() string { return p.Class.Short }

// Freeze does nothing.
func (p *Plain) Freeze() {}

// Truth is always true.
func (p *Plain) Truth() starlark.Bool { return true }

// Hash is by identity.
func (p *Plain) Hash() (uint32, error) { return hashPointer(p), nil }

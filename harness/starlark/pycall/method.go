package pycall

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// A Func is the body of a function. Its error is a *pyval.Exception, or one that
// the caller's module turns into one.
type Func func(c *Call) (starlark.Value, error)

// Takes is how a C function takes its arguments, after CPython's method flags.
type Takes uint8

// The conventions of C functions.
const (
	NoArgs   Takes = iota // METH_NOARGS
	OneArg                // METH_O
	VarArgs               // METH_VARARGS
	Keywords              // METH_VARARGS | METH_KEYWORDS
	FastCall              // METH_FASTCALL, as Argument Clinic makes them
	SlotOne               // a slot of the class that takes one argument beside the object, such as __lt__
	SlotTwo               // the same with two: __setattr__
)

// A Method is an entry of a method table (PyMethodDef): a function that C code
// defines.
type Method struct {
	Name  string
	Takes Takes
	Func  Func
	// Slot says that it stands for a slot of the class, such as __next__.
	// Those that take SlotOne or SlotTwo always do.
	Slot bool
	// Signature is __text_signature__ where Argument Clinic wrote one.
	Signature string
}

// slot reports whether it stands for a slot of the class.
func (m Method) slot() bool { return m.Slot || m.Takes == SlotOne || m.Takes == SlotTwo }

// check is what the interpreter checks before it calls a C function. Function
// is how it names the function ("_socket.htons", "socket.recv"); asMethod says that
// it is called as a method of its class, without an object that stands for it.
func (m Method) check(c *Call, function string, asMethod bool) error {
	if len(c.Kwargs) > 0 && m.Takes != Keywords {
		if m.slot() {
			return pyval.TypeError.Errorf("wrapper %s() takes no keyword arguments", m.Name)
		}
		if m.Takes == VarArgs && !asMethod {
			function = m.Name
		}
		return pyval.TypeError.Errorf("%s() takes no keyword arguments", function)
	}
	switch n := len(c.Args); {
	case m.Takes == NoArgs && m.Slot && n != 0:
		return pyval.TypeError.Errorf("expected 0 arguments, got %d", n)
	case m.Takes == NoArgs && n != 0:
		return pyval.TypeError.Errorf("%s() takes no arguments (%d given)", function, n)
	case m.Takes == OneArg && n != 1:
		return pyval.TypeError.Errorf("%s() takes exactly one argument (%d given)", function, n)
	case m.Takes == SlotOne && n != 1:
		return pyval.TypeError.Errorf("expected 1 argument, got %d", n)
	case m.Takes == SlotTwo && n != 2:
		name := ""
		if c.atLeast(14) {
			name = m.Name
		}
		return pyval.TypeError.Errorf("%s expected 2 arguments, got %d", name, n)
	}
	return nil
}

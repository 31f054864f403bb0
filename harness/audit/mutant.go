package audit

import (
	"strings"

	"go.starlark.net/starlark"

	harnessstarlark "github.com/pyparity/pyparity/harness/starlark"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// A Mutant is a port that is wrong in one place.
type Mutant struct {
	ID       string   // "socket.recv/result: without its last byte"
	Callable string   // "socket.recv": the __qualname__ of what is wrong
	Kind     string   // "result", "exception", "argument", "effect", "attribute", …
	Fault    string   // "without its last byte"
	Labels   []string // a behaviour that has one of these may notice

	wrap  Wrap
	alter func(starlark.Value) starlark.Value // of an attribute
	spoil func(*harnessstarlark.Runner)
}

// A Call is a call of the port, without the object that a method is bound to.
type Call func(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error)

// A Wrap makes a call wrong. Self is what a method is bound to, nil for a
// function or a class.
type Wrap func(right Call, self starlark.Value) Call

// New returns a mutant that is no entry of a table.
func New(callable, kind, fault string, labels []string, wrap Wrap) Mutant {
	return Mutant{
		ID: callable + "/" + kind + ": " + fault, Callable: callable, Kind: kind, Fault: fault,
		Labels: labels, wrap: wrap,
	}
}

// NewAttribute returns a mutant whose objects show another value of an attribute,
// "socket.family".
func NewAttribute(name, kind, fault string, labels []string, alter func(starlark.Value) starlark.Value) Mutant {
	m := New(name, kind, fault, labels, nil)
	m.alter = alter
	return m
}

// NewSpoilt returns a mutant that is made by changing the runner itself.
func NewSpoilt(callable, kind, fault string, labels []string, spoil func(*harnessstarlark.Runner)) Mutant {
	m := New(callable, kind, fault, labels, nil)
	m.spoil = spoil
	return m
}

// Apply makes a runner of the port run the mutant.
func (m Mutant) Apply(r *harnessstarlark.Runner) {
	switch {
	case m.spoil != nil:
		m.spoil(r)
	case m.alter != nil:
		class, name, _ := strings.Cut(m.Callable, ".")
		r.Attr = func(owner starlark.Value, attr string, v starlark.Value) starlark.Value {
			if attr != name || pyval.TypeOf(owner).Short != class {
				return v
			}
			return m.alter(v)
		}
	default:
		r.Call = m.call
	}
}

func (m Mutant) call(thread *starlark.Thread, f starlark.Callable, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	right := func(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		return starlark.Call(thread, f, args, kwargs)
	}
	name, self := called(thread, f)
	// A method that is called by way of its class has its object among the
	// arguments: the tables count without it.
	if name != m.Callable || self == nil && strings.Contains(name, ".") && !isClass(f) {
		return right(thread, args, kwargs)
	}
	return m.wrap(right, self)(thread, args, kwargs)
}

// called says what is called: a class by its full name, anything else by its
// __qualname__, with the object that it is bound to.
func called(thread *starlark.Thread, f starlark.Callable) (name string, self starlark.Value) {
	if class, ok := f.(*pyval.Class); ok {
		return class.Qualified(), nil
	}
	if bound, err := pyval.GetAttr(thread, f, "__self__"); err == nil {
		self = bound
	}
	return pyval.QualifiedName(f), self
}

func isClass(f starlark.Callable) bool {
	_, is := f.(*pyval.Class)
	return is
}

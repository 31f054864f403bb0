package audit

import (
	"slices"
	"strings"

	"go.starlark.net/starlark"

	harnessstarlark "github.com/pyparity/pyparity/harness/starlark"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// A Mutant is a port that is wrong in one place.
type Mutant struct {
	ID       string   // "socket.recv/result: without its last byte"
	Callable string   // what is wrong: "getaddrinfo", "socket.recv", or a class with its module
	Kind     string   // "result", "exception", "argument", "effect", "attribute", …
	Fault    string   // "without its last byte"
	Labels   []string // a behaviour that has one of these may notice

	makers []string // and one of these, if there are any
	wrap   Wrap
	alter  func(starlark.Value) starlark.Value // of an attribute
	spoil  func(*harnessstarlark.Runner)
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

// mayBeNoticed reports whether a behaviour with these names may notice.
func (m Mutant) mayBeNoticed(names []string) bool {
	has := func(name string) bool { return slices.Contains(names, name) }
	return slices.ContainsFunc(m.Labels, has) && (len(m.makers) == 0 || slices.ContainsFunc(m.makers, has))
}

// Apply makes a runner of the port run the mutant.
func (m Mutant) Apply(r *harnessstarlark.Runner) {
	switch {
	case m.spoil != nil:
		m.spoil(r)
	case m.alter != nil:
		class, name, _ := strings.Cut(m.Callable, ".")
		r.Attr = func(owner starlark.Value, attr string, v starlark.Value) starlark.Value {
			if attr != name || !isOf(owner, class) {
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
	self, concerned := m.concerns(thread, f)
	if !concerned {
		return right(thread, args, kwargs)
	}
	return m.wrap(right, self)(thread, args, kwargs)
}

// concerns reports whether the mutant is wrong in what is called: a class, a
// function of the module, or a method, which comes with the object that it is
// bound to. One that is called by way of its class is not concerned: it has its
// object among the arguments, and the tables count without it.
func (m Mutant) concerns(thread *starlark.Thread, f starlark.Callable) (self starlark.Value, concerned bool) {
	if class, ok := f.(*pyval.Class); ok {
		return nil, class.Qualified() == m.Callable
	}
	owner, name, isMethod := strings.Cut(m.Callable, ".")
	if !isMethod {
		return nil, pyval.QualifiedName(f) == m.Callable
	}
	if pyval.CallableName(f) != name {
		return nil, false
	}
	self, err := pyval.GetAttr(thread, f, "__self__")
	if err != nil {
		return nil, false
	}
	return self, isOf(self, owner)
}

// isOf reports whether a class of this name is among those of a value.
func isOf(v starlark.Value, class string) bool {
	return slices.ContainsFunc(pyval.TypeOf(v).MRO(), func(c *pyval.Class) bool { return c.Short == class })
}

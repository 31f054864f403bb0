package audit

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.starlark.net/starlark"
)

// A Callable is a row of the table: what a function, a method, a class or, if
// Attribute is set, an attribute is like.
type Callable struct {
	// Name is a function's ("getaddrinfo"), a method's with its class or a base of
	// that ("socket.recv"), or a class's with its module ("socket.socket").
	Name string
	// Args are the parameters in order, "name:kind", with a ? behind the name of an
	// optional one. A / after some says that those before are positional only, a *
	// that those behind are keyword only.
	Args string
	// Result is the kind that is returned, "int"; of a tuple those of its items,
	// "bytes,address"; of a list that of an item, "[str]". Empty means None.
	Result string
	// Raises are the classes of exceptions that it can raise beside the TypeError of
	// a wrong call, which all do. A ! behind OSError says that it bears no errno.
	Raises string
	// Repeats says that to do it again changes nothing.
	Repeats bool
	// Fails says that it always raises: it has neither results nor effects.
	Fails bool
	// Attribute says that it is not called.
	Attribute bool
	// Labels are how behaviours name it; none means the last part of the name.
	Labels []string
	// Makers are how behaviours name what makes the object that a method is of; none
	// means that any may have one.
	Makers []string
	// Except are faults that would not change anything, with the reason.
	Except map[string]string
}

// A Kind is a kind of value, with the ways in which one can be wrong. An
// alteration returns other values as they are.
type Kind struct {
	// Result alters what is returned.
	Result map[string]func(starlark.Value) starlark.Value
	// Argument alters what is taken.
	Argument map[string]func(starlark.Value) starlark.Value
}

// A Table is everything that mutants are made from.
type Table struct {
	Callables []Callable
	Kinds     map[string]Kind // beside those of this package
	// Faults are the module's own, for each callable.
	Faults func(Callable) []Mutant
}

// Mutants lists every mutant of the table, in its order. It panics if the table
// cannot be read, since it is part of the program.
func (t Table) Mutants() []Mutant {
	kinds := maps.Clone(builtinKinds)
	maps.Copy(kinds, t.Kinds)
	var all []Mutant
	for _, c := range t.Callables {
		b := builder{callable: c, kinds: kinds}
		if c.Attribute {
			b.attribute()
		} else {
			if !c.Fails {
				b.results()
				b.effects()
			}
			b.exceptions()
			b.arguments()
		}
		if t.Faults != nil {
			b.mutants = append(b.mutants, t.Faults(c)...)
		}
		for _, m := range b.kept() {
			m.makers = c.Makers
			all = append(all, m)
		}
	}
	return all
}

// Names are the labels of a callable.
func (c Callable) Names() []string {
	if c.Labels != nil {
		return c.Labels
	}
	return []string{c.Name[strings.LastIndexByte(c.Name, '.')+1:]}
}

// A builder makes the mutants of one callable.
type builder struct {
	callable Callable
	kinds    map[string]Kind
	mutants  []Mutant
}

func (b *builder) add(kind, fault string, wrap Wrap) {
	b.mutants = append(b.mutants, New(b.callable.Name, kind, fault, b.callable.Names(), wrap))
}

func (b *builder) kind(name string) Kind {
	k, ok := b.kinds[name]
	if !ok {
		panic(fmt.Sprintf("%s: there is no kind %q", b.callable.Name, name))
	}
	return k
}

// kept are the mutants that are not excepted. An exception that is none of them
// is a mistake.
func (b *builder) kept() []Mutant {
	found := map[string]bool{}
	kept := slices.DeleteFunc(b.mutants, func(m Mutant) bool {
		short := m.Kind + ": " + m.Fault
		_, excepted := b.callable.Except[short]
		found[short] = true
		return excepted
	})
	for short := range b.callable.Except {
		if !found[short] {
			panic(fmt.Sprintf("%s: there is no fault %q to leave out", b.callable.Name, short))
		}
	}
	return kept
}

// attribute makes the mutants of an attribute.
func (b *builder) attribute() {
	for fault, alter := range inOrder(b.kind(b.callable.Result).Result) {
		b.mutants = append(b.mutants, NewAttribute(b.callable.Name, "attribute", fault, b.callable.Names(), alter))
	}
}

func inOrder[V any](m map[string]V) func(yield func(string, V) bool) {
	return func(yield func(string, V) bool) {
		for _, k := range slices.Sorted(maps.Keys(m)) {
			if !yield(k, m[k]) {
				return
			}
		}
	}
}

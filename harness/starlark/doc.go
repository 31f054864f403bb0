// Package starlark runs behaviours in Go. It evaluates the very text of each
// step with go.starlark.net, but what the text does follows Python: names,
// attributes, items, operators, comparisons, calls and unpacking all go through
// package pyval, with Python's exceptions and their texts.
//
// A [Runner] runs a behaviour in this process:
//
//	runner := &starlark.Runner{
//		Python:  pyval.Version{3, 13},
//		Modules: []starlark.Module{{Name: "math", New: func(*starlark.Env) (starlark.Value, error) { return math.Module, nil }}},
//	}
//
// Any Starlark module can be one, such as go.starlark.net/lib/math's; nothing
// here knows which module is under test. [Agent] serves the same over standard
// input and output, each behaviour in a process that the one before has not
// touched.
//
// # How a step is evaluated
//
// The text is parsed by go.starlark.net/syntax. The tree is then rewritten so
// that every operation becomes a call of a function whose name no source can
// spell, and that tree is compiled and run by go.starlark.net:
//
//	s.send(data)[1:]    getitem(call(attr(name("s"), "send"), name("data")), slice(1, None, None))
//
// Only literals, conditions, and, or, not, lambdas and comprehensions are left
// to Starlark, where it agrees with Python.
//
// # Goroutines
//
// Steps run one after the other; spawn runs a function beside them. As in
// Python one lock protects what is interpreted, and it is let go of during
// every call of a function that is not the interpreter's own.
package starlark

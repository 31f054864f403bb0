package audit

import (
	"slices"
	"strings"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// exceptions makes the mutants that raise something else, for each class that
// the table names.
func (b *builder) exceptions() {
	classes := append(strings.Fields(b.callable.Raises), "TypeError")
	slices.Sort(classes)
	classes = slices.Compact(classes)
	for i, class := range classes {
		class, bare := strings.CutSuffix(class, "!")
		classes[i] = class
		raised := func(e *pyval.Exception) bool { return class == closest(e, classes) }
		b.add("exception", class+" is swallowed", Raising(raised, func(*pyval.Exception) error { return nil }))
		other := pyval.LookupError
		if class == other.Short {
			other = pyval.ArithmeticError
		}
		b.add("exception", class+" has another class", Raising(raised, func(e *pyval.Exception) error {
			return pyval.NewException(other, e.Args...)
		}))
		b.add("exception", class+" has another text", Raising(raised, otherText))
		if class == "OSError" && !bare {
			b.add("exception", "the errno is one more", Raising(raised, func(e *pyval.Exception) error {
				if len(e.Args) < 2 {
					return e
				}
				wrong := *e
				wrong.Args = slices.Clone(e.Args)
				wrong.Args[0], wrong.Errno = oneMore(e.Args[0]), oneMore(e.Args[0])
				return &wrong
			}))
			b.add("exception", "the errno is missing", Raising(raised, func(e *pyval.Exception) error {
				if len(e.Args) < 2 {
					return e
				}
				return pyval.NewException(e.Class, e.Args[1])
			}))
		}
	}
}

// closest is which of the classes an exception is of: the first along its MRO.
func closest(e *pyval.Exception, classes []string) string {
	for _, class := range e.Class.MRO() {
		if slices.Contains(classes, class.Short) {
			return class.Short
		}
	}
	return ""
}

func otherText(e *pyval.Exception) error {
	wrong := *e
	wrong.Args = slices.Clone(e.Args)
	if len(wrong.Args) == 0 {
		wrong.Args = starlark.Tuple{starlark.String("wrong")}
		return &wrong
	}
	last := len(wrong.Args) - 1
	if e.Class.Subclass(pyval.OSError) && len(e.Args) > 1 {
		last = 1
		wrong.Strerror = starlark.String("wrong")
	}
	wrong.Args[last] = starlark.String("wrong")
	return &wrong
}

// Raising makes a fault that alters some exceptions; nil swallows one.
func Raising(which func(*pyval.Exception) bool, alter func(*pyval.Exception) error) Wrap {
	return func(right Call, _ starlark.Value) Call {
		return func(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
			v, err := right(thread, args, kwargs)
			if err == nil {
				return v, nil
			}
			e, ok := pyval.AsException(err)
			if !ok || !which(e) {
				return nil, err
			}
			if err := alter(e); err != nil {
				return nil, err
			}
			return starlark.None, nil
		}
	}
}

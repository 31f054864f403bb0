package pyerr

import (
	"fmt"
	"strings"
)

// A Group is a Python ExceptionGroup. errors.Is and errors.As look at every
// exception in it.
//
//nolint:errname // Python's word
type Group struct {
	Message string
	Errors  []error
}

// Text is Python's str(group): "create_connection failed (2 sub-exceptions)".
func (g *Group) Text() string {
	plural := "s"
	if len(g.Errors) == 1 {
		plural = ""
	}
	return fmt.Sprintf("%s (%d sub-exception%s)", g.Message, len(g.Errors), plural)
}

// Error is the class and the text, and then one line for each exception.
func (g *Group) Error() string {
	var b strings.Builder
	b.WriteString(ExceptionGroup.Qualified() + ": " + g.Text())
	for _, err := range g.Errors {
		b.WriteString("\n  " + err.Error())
	}
	return b.String()
}

// Is reports whether the target is the group's own class or one of its bases.
func (g *Group) Is(target error) bool {
	class, ok := target.(*Class)
	return ok && ExceptionGroup.Subclass(class)
}

// Unwrap returns the exceptions of the group.
func (g *Group) Unwrap() []error { return g.Errors }

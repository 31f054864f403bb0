package behaviour

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"go.starlark.net/syntax"
)

// An Error is one thing that is wrong with a file of behaviours, with what to
// do about it.
type Error struct {
	Path      string
	Line, Col int // from 1; 0 where the whole file is meant
	Message   string
	Hint      string // what to do
}

// Error is "path:line:col: behaviour: message; what to do".
func (e *Error) Error() string {
	at := e.Path
	if e.Line > 0 {
		at = fmt.Sprintf("%s:%d:%d", e.Path, e.Line, e.Col)
	}
	text := at + ": behaviour: " + e.Message
	if e.Hint != "" {
		text += "; " + e.Hint
	}
	return text
}

// Errors is everything that is wrong with a corpus, in order of place. It is
// never empty.
type Errors []*Error

// Error has a line for each error.
func (es Errors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.As find the first.
func (es Errors) Unwrap() []error {
	all := make([]error, len(es))
	for i, e := range es {
		all[i] = e
	}
	return all
}

// A report collects errors; an unrolled loop would otherwise repeat them.
type report struct{ errors Errors }

func (r *report) add(e *Error) {
	for _, old := range r.errors {
		if *old == *e {
			return
		}
	}
	r.errors = append(r.errors, e)
}

// at adds an error at a place in a file.
func (r *report) at(path string, pos syntax.Position, hint, format string, args ...any) {
	r.add(&Error{
		Path: path, Line: int(pos.Line), Col: int(pos.Col),
		Message: fmt.Sprintf(format, args...), Hint: hint,
	})
}

// err is what was collected, sorted, or nil.
func (r *report) err() error {
	if len(r.errors) == 0 {
		return nil
	}
	slices.SortStableFunc(r.errors, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
	})
	return r.errors
}

package subject

import "context"

// As is the subject made to behave like one Python, whatever Python the reference
// is. Its name says so, and differences that are declared for the subject itself
// are not taken for its own.
func As(s Subject, python string) Subject { return asPython{s, python} }

type asPython struct {
	Subject
	python string
}

// Name is the subject's and the Python.
func (a asPython) Name() string { return a.Subject.Name() + " as " + a.python }

// Start readies a worker that behaves like the Python.
func (a asPython) Start(ctx context.Context, _ string, slot int) (Worker, error) {
	return a.Subject.Start(ctx, a.python, slot)
}

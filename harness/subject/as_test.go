package subject_test

import (
	"context"
	"testing"

	"github.com/pyparity/pyparity/harness/subject"
)

// recorder notes what it was started as.
type recorder struct {
	subject.Subject
	python string
}

func (r *recorder) Name() string { return "recorder" }

func (r *recorder) Start(_ context.Context, python string, _ int) (subject.Worker, error) {
	r.python = python
	return nil, nil
}

func TestAs(t *testing.T) {
	r := &recorder{}
	s := subject.As(r, "3.14")
	if _, err := s.Start(t.Context(), "3.9", 0); err != nil || r.python != "3.14" {
		t.Errorf("started as %q, %v; want 3.14", r.python, err)
	}
	if got := s.Name(); got != "recorder as 3.14" {
		t.Errorf("it is called %q", got)
	}
}

package subject

import (
	"context"
	"fmt"

	"github.com/pyparity/pyparity/harness/trace"
)

// A Runner runs a behaviour in this process and reports each event as it
// happens; it keeps the request's limits by itself.
type Runner interface {
	Run(ctx context.Context, req Request, emit func(Event) error) error
	Hello() Hello
}

// Local is a Subject in this process: for a debugger, the race detector and
// coverage. What a behaviour leaves behind (a stuck goroutine, an open
// descriptor) stays until the process ends.
type Local struct {
	SubjectName string
	// New returns a Runner that behaves like the given Python.
	New func(python string) (Runner, error)
}

var _ Subject = (*Local)(nil)

func (l *Local) Name() string    { return l.SubjectName }
func (l *Local) Where() string   { return "in process" }
func (l *Local) Exclusive() bool { return true }

// Start returns a worker around a new Runner.
func (l *Local) Start(_ context.Context, python string, _ int) (Worker, error) {
	runner, err := l.New(python)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", l.SubjectName, err)
	}
	return &localWorker{runner}, nil
}

type localWorker struct{ runner Runner }

func (w *localWorker) Hello() Hello { return w.runner.Hello() }
func (w *localWorker) Close() error { return nil }

func (w *localWorker) Run(ctx context.Context, req Request) (trace.Trace, error) {
	var t trace.Trace
	err := w.runner.Run(ctx, req, func(e Event) error {
		switch {
		case e.Step != nil:
			t.Observations = append(t.Observations, *e.Step)
		case e.Done != nil:
			t = finish(t, *e.Done, len(req.Steps))
		}
		return nil
	})
	return t, err
}

package starlark

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/harness/subject"
	"github.com/pyparity/pyparity/harness/trace"
)

// A Runner runs behaviours in this process. It is a subject.Runner.
type Runner struct {
	// Python is the version to behave like; the zero value is
	// pyval.DefaultVersion.
	Python  pyval.Version
	Modules []Module
	// Version is what Hello says of the program; empty for that of the build.
	Version string
}

var _ subject.Runner = (*Runner)(nil)

// Run runs a behaviour, step after step, in a goroutine of its own, and gives
// emit each event as it happens. The limits are kept: at one the behaviour ends
// with trace.EndHang, and what is stuck is left behind. A panic ends it with
// trace.EndCrash, text that is not a step with trace.EndRefused. The error is
// emit's, or the context's.
func (r *Runner) Run(ctx context.Context, req subject.Request, emit func(subject.Event) error) error {
	directory, err := newDirectory()
	if err != nil {
		return emit(refusal(req.ID, err))
	}
	defer os.RemoveAll(directory)
	return r.run(ctx, req, directory, emit)
}

func (r *Runner) python() pyval.Version {
	if r.Python == (pyval.Version{}) {
		return pyval.DefaultVersion
	}
	return r.Python
}

// run is Run with the directory for tmp.
func (r *Runner) run(ctx context.Context, req subject.Request, directory string, emit func(subject.Event) error) error {
	plans := make([]*plan, len(req.Steps))
	for i, step := range req.Steps {
		var err error
		if plans[i], err = parse(i, step); err != nil {
			return emit(refusal(req.ID, err))
		}
	}
	s := newSession(r.python(), directory)
	defer s.stop()
	modules, err := r.bind(&Env{Python: r.python(), Warn: s.warnings.add}, req.Modules)
	if err != nil {
		return emit(refusal(req.ID, err))
	}
	for name, module := range modules {
		s.set(name, module)
	}
	return watch(ctx, req, s, start(s, plans), emit)
}

// start runs the steps beside the caller. The channel ends after the last one.
func start(s *session, plans []*plan) <-chan trace.Observation {
	observed := make(chan trace.Observation)
	go func() {
		defer close(observed)
		defer func() {
			if value := recover(); value != nil {
				s.crash(value)
			}
		}()
		s.steps(plans, func(o trace.Observation) bool {
			select {
			case observed <- o:
			case <-s.ended:
				return false
			}
			// The next step may end the process.
			select {
			case <-s.emitted:
				return true
			case <-s.ended:
				return false
			}
		})
	}()
	return observed
}

// watch passes the observations on until the behaviour ends, in one way or
// another.
func watch(ctx context.Context, req subject.Request, s *session, observed <-chan trace.Observation, emit func(subject.Event) error) error {
	var limits subject.Limits
	if req.Limits != nil {
		limits = *req.Limits
	}
	whole := newDeadline(limits.Behaviour)
	defer whole.stop()
	for i := 0; ; i++ {
		step := newDeadline(limits.Step)
		done, err := s.next(ctx, req, observed, i, step, whole, limits, emit)
		step.stop()
		if done || err != nil {
			return err
		}
	}
}

// next waits for one event.
func (s *session) next(ctx context.Context, req subject.Request, observed <-chan trace.Observation, i int, step, whole deadline, limits subject.Limits, emit func(subject.Event) error) (done bool, err error) {
	end := func(end trace.End, detail string) (bool, error) { return true, emit(doneEvent(req.ID, end, detail)) }
	select {
	case o, more := <-observed:
		if more {
			// What made a goroutine panic may have made the step end, too.
			select {
			case what := <-s.crashed:
				return end(trace.EndCrash, fmt.Sprintf("%s %s", where(i, len(req.Steps)), what))
			default:
			}
			err := emit(subject.Event{Event: subject.EventStep, ID: req.ID, Step: &o})
			s.emitted <- struct{}{}
			return false, err
		}
		select {
		case what := <-s.crashed:
			return end(trace.EndCrash, fmt.Sprintf("%s %s", where(i, len(req.Steps)), what))
		default:
			return end(trace.EndDone, "")
		}
	case what := <-s.crashed:
		return end(trace.EndCrash, fmt.Sprintf("%s %s", where(i, len(req.Steps)), what))
	case <-step.c:
		return end(trace.EndHang, fmt.Sprintf("step %d took longer than %gs", i+1, limits.Step.Seconds()))
	case <-whole.c:
		return end(trace.EndHang, fmt.Sprintf("the behaviour took longer than %gs, at step %d", limits.Behaviour.Seconds(), i+1))
	case <-ctx.Done():
		return true, context.Cause(ctx)
	}
}

func where(i, steps int) string {
	if i < steps {
		return fmt.Sprintf("at step %d:", i+1)
	}
	return "after the last step:"
}

// A deadline that is never due has a nil channel.
type deadline struct {
	c     <-chan time.Time
	timer *time.Timer
}

func newDeadline(limit time.Duration) deadline {
	if limit <= 0 {
		return deadline{}
	}
	timer := time.NewTimer(limit)
	return deadline{timer.C, timer}
}

func (d deadline) stop() {
	if d.timer != nil {
		d.timer.Stop()
	}
}

// newDirectory makes a directory for tmp, whose path is short enough for a
// socket's name and as long as any other's.
func newDirectory() (string, error) {
	for range 100 {
		path := "/tmp/pp" + randomLetters(8)
		err := os.Mkdir(path, 0o700)
		if err == nil || !errors.Is(err, os.ErrExist) {
			return path, err
		}
	}
	return "", errors.New("no free name for tmp() in /tmp")
}

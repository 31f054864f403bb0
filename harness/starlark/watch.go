package starlark

import (
	"context"
	"fmt"
	"time"

	"github.com/pyparity/pyparity/harness/subject"
	"github.com/pyparity/pyparity/harness/trace"
)

// A watcher runs the steps of a behaviour in one goroutine and, in another,
// passes their observations on until the behaviour ends, in one way or another.
type watcher struct {
	session *session
	req     subject.Request
	limits  subject.Limits
	emit    func(subject.Event) error

	seen     int                    // how many observations were passed on
	observed chan trace.Observation // closed after the last one
	emitted  chan struct{}          // an observation was passed on
}

func newWatcher(s *session, req subject.Request, emit func(subject.Event) error) *watcher {
	w := &watcher{
		session: s, req: req, emit: emit,
		observed: make(chan trace.Observation), emitted: make(chan struct{}, 1),
	}
	if req.Limits != nil {
		w.limits = *req.Limits
	}
	return w
}

// steps runs all steps.
func (w *watcher) steps(plans []*plan) {
	defer close(w.observed)
	defer func() {
		if value := recover(); value != nil {
			w.session.crash(value)
		}
	}()
	w.session.steps(plans, w.send)
}

// send hands an observation over and waits until it was passed on: the next step
// may end the process. False means that nobody listens any more.
func (w *watcher) send(o trace.Observation) bool {
	select {
	case w.observed <- o:
	case <-w.session.ended:
		return false
	}
	select {
	case <-w.emitted:
		return true
	case <-w.session.ended:
		return false
	}
}

// watch passes observations on until the end, and then that.
func (w *watcher) watch(ctx context.Context) error {
	whole := newDeadline(w.limits.Behaviour)
	defer whole.stop()
	for {
		done, err := w.next(ctx, whole)
		if err != nil {
			return err
		}
		if done != nil {
			return w.emit(subject.Event{Event: subject.EventDone, ID: w.req.ID, Done: done})
		}
	}
}

// next waits for an observation or the end.
func (w *watcher) next(ctx context.Context, whole deadline) (*subject.Done, error) {
	step := newDeadline(w.limits.Step)
	defer step.stop()
	select {
	case o, more := <-w.observed:
		// What made a goroutine panic may have made the step end, too.
		select {
		case what := <-w.session.crashed:
			return w.crash(what), nil
		default:
		}
		if !more {
			return &subject.Done{End: trace.EndDone}, nil
		}
		w.seen++
		err := w.emit(subject.Event{Event: subject.EventStep, ID: w.req.ID, Step: &o})
		w.emitted <- struct{}{}
		return nil, err
	case what := <-w.session.crashed:
		return w.crash(what), nil
	case <-step.c:
		return hang("step %d took longer than %gs", w.seen+1, w.limits.Step.Seconds()), nil
	case <-whole.c:
		return hang("the behaviour took longer than %gs, at step %d", w.limits.Behaviour.Seconds(), w.seen+1), nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

func (w *watcher) crash(what string) *subject.Done {
	return &subject.Done{End: trace.EndCrash, Detail: where(w.seen, len(w.req.Steps)) + " " + what}
}

func hang(format string, args ...any) *subject.Done {
	return &subject.Done{End: trace.EndHang, Detail: fmt.Sprintf(format, args...)}
}

// where names the step that a crash is blamed on.
func where(seen, steps int) string {
	if seen < steps {
		return fmt.Sprintf("at step %d:", seen+1)
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

package harness

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/pyparity/pyparity/harness/behaviour"
	"github.com/pyparity/pyparity/harness/contract"
	"github.com/pyparity/pyparity/harness/subject"
	"github.com/pyparity/pyparity/harness/trace"
)

// A bench is what one job has at hand for one Python: a referee and a worker of
// each subject, started when they are first needed.
type bench struct {
	runner  *runner
	queue   *queue
	slot    int
	referee *referee
	workers []subject.Worker // by subject; nil until started
}

func newBench(r *runner, q *queue, slot int) *bench {
	return &bench{
		runner: r, queue: q, slot: slot,
		referee: newReferee(q, slot, r.opts.Limits,
			func(h subject.Hello) { r.met(q, h) },
			func(err error) { r.unmet(q, err) }),
		workers: make([]subject.Worker, len(r.opts.Subjects)),
	}
}

func (b *bench) close() {
	b.referee.close()
	for _, w := range b.workers {
		if w != nil {
			if err := w.Close(); err != nil {
				b.runner.note("closing a subject: %v", err)
			}
		}
	}
}

// check gives the verdict on one behaviour for every subject. The reference and
// the subjects run side by side: neither needs to know of the other.
func (b *bench) check(ctx context.Context, bh *behaviour.Behaviour) []Result {
	started := time.Now()
	var ruling ruling
	var refereeing sync.WaitGroup
	refereeing.Go(func() { ruling = b.referee.rule(ctx, bh) })
	attempts := make([]attempt, len(b.workers))
	for i := range attempts {
		attempts[i] = b.try(ctx, i, bh)
	}
	refereeing.Wait()

	results := make([]Result, len(b.workers))
	for i, s := range b.runner.opts.Subjects {
		res := &results[i]
		*res = Result{
			Behaviour: bh, Subject: s.Name(), Python: b.queue.python,
			Verdict: ruling.verdict, Reason: ruling.reason,
			Contract: ruling.contract, Reference: ruling.trace, Drifted: ruling.drifted,
		}
		switch {
		case ruling.contract == nil:
		case attempts[i].verdict != "":
			res.Verdict, res.Reason = attempts[i].verdict, attempts[i].reason
		default:
			res.Trace = &attempts[i].trace
			b.judge(res)
		}
		res.Took = time.Since(started)
	}
	return results
}

// An attempt is a subject's trace, or the verdict that stands in its place.
type attempt struct {
	trace   trace.Trace
	verdict Verdict
	reason  string
}

// try runs a behaviour on a subject.
func (b *bench) try(ctx context.Context, i int, bh *behaviour.Behaviour) attempt {
	s := b.runner.opts.Subjects[i]
	if s.Exclusive() {
		b.runner.exclusive.Lock()
		defer b.runner.exclusive.Unlock()
	}
	w, err := b.worker(ctx, i)
	if lack, ok := errors.AsType[*UnavailableError](err); ok {
		return attempt{verdict: Unsupported, reason: fmt.Sprintf("%s: %v", s.Name(), lack.Err)}
	}
	if err != nil {
		return attempt{verdict: HarnessError, reason: err.Error()}
	}
	if reason, ok := unmet(bh, w.Hello().Capabilities, b.queue.python); !ok {
		return attempt{verdict: Unsupported, reason: fmt.Sprintf("%s: %s", s.Name(), reason)}
	}
	t, err := w.Run(ctx, request(bh, b.runner.opts.Limits, 0))
	if err != nil {
		return attempt{verdict: HarnessError, reason: err.Error()}
	}
	return attempt{trace: t}
}

func (b *bench) worker(ctx context.Context, i int) (subject.Worker, error) {
	if b.workers[i] == nil {
		s := b.runner.opts.Subjects[i]
		w, err := s.Start(ctx, b.queue.python, b.slot)
		if err != nil {
			if _, ok := errors.AsType[*UnavailableError](err); !ok && !b.runner.started(s) {
				b.runner.abort(&unableError{err})
			}
			return nil, err
		}
		b.workers[i] = w
		b.runner.learn(s, w.Hello())
	}
	return b.workers[i], nil
}

func (b *bench) judge(res *Result) {
	bh, t := res.Behaviour, *res.Trace
	res.Differences = differences(bh, res.Contract, t)
	switch {
	case t.End == trace.EndRefused:
		res.Verdict, res.Reason = HarnessError, "the subject cannot run it: "+t.Detail
		return
	case t.End == trace.EndHang:
		res.Verdict, res.Reason = Hang, t.Detail
	case t.End != trace.EndDone:
		res.Verdict, res.Reason = Crash, t.Detail
	case len(res.Differences) > 0:
		res.Verdict = Differ
	default:
		res.Verdict = Match
	}
	b.applyKnown(res)
	if b.runner.opts.Strict && res.Drifted && res.Verdict.Green() {
		res.Verdict = HarnessError
		res.Reason = fmt.Sprintf("CPython %s no longer meets its recording; run 'pyparity record' and look at what changed", res.Python)
	}
}

// differences lists everything in which a trace is not what the contract says,
// durations included, in the order of steps.
func differences(bh *behaviour.Behaviour, c *contract.Contract, t trace.Trace) []contract.Difference {
	diffs := append(c.Match(bh.Collects(), t), contract.CheckDurations(bh.Durations(), t)...)
	slices.SortStableFunc(diffs, func(a, b contract.Difference) int { return a.Step - b.Step })
	return diffs
}

// unmet returns the first requirement that is not met.
func unmet(bh *behaviour.Behaviour, capabilities []string, python string) (reason string, ok bool) {
	for _, req := range bh.Requires {
		if ok, reason := req.Met(capabilities, python); !ok {
			return reason, false
		}
	}
	return "", true
}

// perturbations are what the reference is put through when a contract is made.
// The numbers are primes apart, so that no sum of descriptors coincides.
var perturbations = [...]subject.Perturbation{
	{Index: 0},
	{Index: 1, FDOffset: 7},
	{Index: 2, FDOffset: 19, Occupy: true},
}

func request(bh *behaviour.Behaviour, limits subject.Limits, run int) subject.Request {
	steps := make([]subject.Step, len(bh.Steps))
	for i, step := range bh.Steps {
		steps[i] = subject.Step{Text: step.Text, Reads: step.Reads, Assigns: step.Assigns}
	}
	return subject.Request{
		Op: subject.OpRun, ID: bh.ID, Modules: bh.Modules, Steps: steps,
		Limits: &limits, Perturbation: &perturbations[run],
	}
}

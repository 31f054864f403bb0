package harness

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/pyparity/pyparity/harness/behaviour"
	"github.com/pyparity/pyparity/harness/contract"
	"github.com/pyparity/pyparity/harness/recording"
	"github.com/pyparity/pyparity/harness/subject"
	"github.com/pyparity/pyparity/harness/trace"
)

// A referee says what CPython does with a behaviour: by its recording, checked
// against a live run where there is one, or by a contract made on the spot.
type referee struct {
	python   string
	live     subject.Subject // nil: recordings only
	recorded *recording.Set
	limits   subject.Limits
	slot     int
	met      func(subject.Hello) // hears what each started reference says of itself
	failed   func(error)         // hears why one did not start
	// workers run the perturbed runs, one each: they have different host names.
	workers [len(perturbations)]subject.Worker
}

func newReferee(q *queue, slot int, limits subject.Limits, met func(subject.Hello), failed func(error)) *referee {
	return &referee{
		python: q.python, live: q.reference, recorded: q.recorded,
		limits: limits, slot: slot, met: met, failed: failed,
	}
}

// A ruling is a contract, or the verdict that stands for all subjects because
// there is none.
type ruling struct {
	contract *contract.Contract
	trace    *trace.Trace // of the live run
	drifted  bool
	verdict  Verdict
	reason   string
}

func noContract(v Verdict, format string, args ...any) ruling {
	return ruling{verdict: v, reason: fmt.Sprintf(format, args...)}
}

func (r *referee) rule(ctx context.Context, bh *behaviour.Behaviour) ruling {
	recorded, isRecorded := r.recorded.Lookup(bh.Hash(), bh.ID, bh.Aliases...)
	if r.live == nil {
		if reason, ok := wrongPython(bh, r.python); ok {
			return noContract(Unsupported, "%s", reason)
		}
		if !isRecorded {
			return noContract(HarnessError, "no recording of these steps on Python %s; it takes a live CPython to judge them", r.python)
		}
		return ruling{contract: recorded}
	}
	hello, err := r.hello(ctx)
	if err != nil {
		return noContract(HarnessError, "the reference: %v", err)
	}
	if reason, ok := unmet(bh, hello.Capabilities, r.python); !ok {
		return noContract(Unsupported, "CPython %s: %s", hello.Version, reason)
	}
	first, err := r.run(ctx, bh, 0)
	if err != nil {
		return noContract(HarnessError, "the reference: %v", err)
	}
	if bad := unusable(bh, first); bad != nil {
		bad.trace = &first
		return *bad
	}
	if isRecorded && len(recorded.Match(bh.Collects(), first)) == 0 {
		return ruling{contract: recorded, trace: &first}
	}
	fresh := r.generalise(ctx, bh, first)
	fresh.trace, fresh.drifted = &first, isRecorded
	return fresh
}

// generalise makes a contract of a run that there is and of further, perturbed
// ones.
func (r *referee) generalise(ctx context.Context, bh *behaviour.Behaviour, first trace.Trace) ruling {
	runs := make([]trace.Trace, len(perturbations))
	errs := make([]error, len(perturbations))
	runs[0] = first
	var wg sync.WaitGroup
	for i := 1; i < len(runs); i++ {
		wg.Go(func() { runs[i], errs[i] = r.run(ctx, bh, i) })
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return noContract(HarnessError, "the reference: %v", err)
	}
	for _, t := range runs {
		if bad := unusable(bh, t); bad != nil {
			return *bad
		}
	}
	c, err := contract.Generalise(bh.Collects(), runs)
	if err != nil {
		return noContract(ReferenceUnstable, "%v", err)
	}
	return ruling{contract: c}
}

// unusable says why nothing can be judged by a run of the reference.
func unusable(bh *behaviour.Behaviour, t trace.Trace) *ruling {
	var bad ruling
	switch {
	case t.End == trace.EndRefused:
		bad = noContract(HarnessError, "CPython cannot run it: %s", t.Detail)
	case t.End != trace.EndDone:
		bad = noContract(ReferenceUnstable, "CPython did not come to its end: %s: %s", t.End, t.Detail)
	default:
		late := contract.CheckDurations(bh.Durations(), t)
		if len(late) == 0 {
			return nil
		}
		bad = noContract(ReferenceUnstable, "CPython's step %d took %s, lasts() allows %s", late[0].Step+1, late[0].Got, late[0].Want)
	}
	return &bad
}

// wrongPython says whether a behaviour is not for this Python, which is all that
// can be known of a requirement when no reference runs.
func wrongPython(bh *behaviour.Behaviour, python string) (reason string, ok bool) {
	for _, req := range bh.Requires {
		if req.Capability != "" {
			continue
		}
		if met, reason := req.Met(nil, python); !met {
			return reason, true
		}
	}
	return "", false
}

func (r *referee) hello(ctx context.Context) (subject.Hello, error) {
	w, err := r.worker(ctx, 0)
	if err != nil {
		return subject.Hello{}, err
	}
	return w.Hello(), nil
}

func (r *referee) run(ctx context.Context, bh *behaviour.Behaviour, i int) (trace.Trace, error) {
	w, err := r.worker(ctx, i)
	if err != nil {
		return trace.Trace{}, err
	}
	return w.Run(ctx, request(bh, r.limits, i))
}

// worker starts the worker of the i-th run when it is first needed; different
// runs may ask at the same time.
func (r *referee) worker(ctx context.Context, i int) (subject.Worker, error) {
	if r.workers[i] == nil {
		w, err := r.live.Start(ctx, r.python, r.slot*len(perturbations)+i)
		if err != nil {
			r.failed(err)
			return nil, err
		}
		r.workers[i] = w
		r.met(w.Hello())
	}
	return r.workers[i], nil
}

func (r *referee) close() {
	for _, w := range r.workers {
		if w != nil {
			// The containers are removed again when the run's session ends.
			_ = w.Close()
		}
	}
}

package harness

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/pyparity/pyparity/harness/behaviour"
	"github.com/pyparity/pyparity/harness/subject"
	"github.com/pyparity/pyparity/harness/trace"
)

// A Stillness says how a behaviour fared on the reference, run again and again.
type Stillness struct {
	Behaviour *behaviour.Behaviour
	Runs      int
	// Failures are the runs that did not meet the recording, or by which nothing
	// could be judged.
	Failures int
	Reason   string        // of the first failure
	Slowest  time.Duration // of all runs, the steps alone
	// Unsupported says what the machine lacks: then there were no runs.
	Unsupported string
	// Unrecorded says that there is nothing to compare with: a failure is only a run
	// that did not come to its end.
	Unrecorded bool
}

// Soak runs the selected behaviours a number of times on one live CPython, each
// round in an order of its own and perturbed in another way, and compares every
// run with the recording. The order comes from the seed. The jobs work side by
// side through all rounds. If ctx ends, what was found until then comes with the error.
func (s *Suite) Soak(ctx context.Context, python string, times int, seed uint64, opts Options) ([]Stillness, error) {
	opts = opts.withDefaults()
	live, _, err := opts.Live.Open(ctx, python)
	if err != nil {
		return nil, err
	}
	recorded, err := s.recordings(python)
	if err != nil {
		return nil, err
	}
	k := &soak{
		opts: opts, queue: queue{python: python, reference: live, recorded: recorded},
		found: map[*behaviour.Behaviour]*Stillness{},
	}
	selected := s.selected(opts)
	all := make([]Stillness, len(selected))
	for i, bh := range selected {
		all[i].Behaviour = bh
		k.found[bh] = &all[i]
	}
	random := rand.New(rand.NewPCG(seed, 0))
	for round := range times {
		for _, i := range random.Perm(len(selected)) {
			k.runs = append(k.runs, soakRun{selected[i], (round + i) % len(perturbations)})
		}
	}
	opts.Progress.Begin(len(k.runs))
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var wg sync.WaitGroup
	for slot := range opts.Jobs {
		wg.Go(func() {
			if err := k.job(ctx, slot); err != nil {
				cancel(err)
			}
		})
	}
	wg.Wait()
	return all, context.Cause(ctx)
}

type soakRun struct {
	behaviour    *behaviour.Behaviour
	perturbation int
}

type soak struct {
	opts  Options
	queue queue

	mu    sync.Mutex
	runs  []soakRun // that no job has taken
	found map[*behaviour.Behaviour]*Stillness
}

func (k *soak) take() (soakRun, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.runs) == 0 {
		return soakRun{}, false
	}
	next := k.runs[0]
	k.runs = k.runs[1:]
	return next, true
}

func (k *soak) job(ctx context.Context, slot int) error {
	r := newReferee(&k.queue, slot, k.opts.Limits, func(subject.Hello) {}, func(error) {})
	defer r.close()
	hello, err := r.hello(ctx)
	if err != nil {
		return fmt.Errorf("the reference: %w", err)
	}
	for next, ok := k.take(); ok && ctx.Err() == nil; next, ok = k.take() {
		if reason, ok := unmet(next.behaviour, hello.Capabilities, k.queue.python); !ok {
			k.note(next, trace.Trace{}, Unsupported, reason)
			continue
		}
		t, err := r.run(ctx, next.behaviour, next.perturbation)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return fmt.Errorf("the reference: %w", err)
		}
		verdict, reason := k.judge(next.behaviour, t)
		k.note(next, t, verdict, reason)
	}
	return nil
}

// judge says whether a run is what the recording says.
func (k *soak) judge(bh *behaviour.Behaviour, t trace.Trace) (Verdict, string) {
	if bad := unusable(bh, t); bad != nil {
		return bad.verdict, bad.reason
	}
	contract, ok := k.queue.recorded.Lookup(bh.Hash(), bh.ID, bh.Aliases...)
	if !ok {
		return NotRun, ""
	}
	if diffs := contract.Match(bh.Collects(), t); len(diffs) > 0 {
		return ReferenceUnstable, fmt.Sprintf("step %d, %s: recorded %s, got %s", diffs[0].Step+1, diffs[0].Facet, diffs[0].Want, diffs[0].Got)
	}
	return Match, ""
}

func (k *soak) note(run soakRun, t trace.Trace, verdict Verdict, reason string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	f := k.found[run.behaviour]
	var took time.Duration
	for _, o := range t.Observations {
		took += o.Took
	}
	f.Slowest = max(f.Slowest, took)
	switch verdict {
	case Unsupported:
		f.Unsupported = reason
	case NotRun:
		f.Runs++
		f.Unrecorded, verdict = true, Match
	case Match:
		f.Runs++
	default:
		f.Runs++
		if f.Failures++; f.Failures == 1 {
			f.Reason = reason
		}
	}
	k.opts.Progress.Result(Result{
		Behaviour: run.behaviour, Subject: "cpython", Python: k.queue.python,
		Verdict: verdict, Reason: reason, Reference: &t, Took: took,
	})
}

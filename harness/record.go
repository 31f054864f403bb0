package harness

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/pyparity/pyparity/harness/behaviour"
	"github.com/pyparity/pyparity/harness/recording"
	"github.com/pyparity/pyparity/harness/subject"
)

// Record has a live CPython run the selected behaviours three times under
// perturbation and returns their contracts. Behaviours that were not selected,
// or whose requirements this machine does not meet, keep the recording that
// they have, unless they are about other Pythons. A behaviour on which CPython does not agree with itself is an
// error, and so is a reference that is not CPython.
func (s *Suite) Record(ctx context.Context, python string, opts Options) (*recording.Set, error) {
	opts = opts.withDefaults()
	live, ref, err := opts.Live.Open(ctx, python)
	if err != nil {
		return nil, err
	}
	hello, err := mustBeCPython(ctx, live, python)
	if err != nil {
		return nil, err
	}
	old, err := s.recordings(python)
	if err != nil {
		opts.Progress.Note(fmt.Sprintf("starting afresh: %v", err))
	}
	set := recording.NewSet(python, recording.Provenance{
		Version: hello.Version, Image: ref.Image, ImageID: ref.ImageID, Obtained: ref.Obtained, Platform: hello.Platform,
	})
	s.keep(set, old)

	selected := s.selected(opts)
	opts.Progress.Begin(len(selected))
	var (
		mu   sync.Mutex
		errs []error
		next int
		wg   sync.WaitGroup
	)
	take := func() *behaviour.Behaviour {
		mu.Lock()
		defer mu.Unlock()
		if next == len(selected) || ctx.Err() != nil {
			return nil
		}
		next++
		return selected[next-1]
	}
	for slot := range opts.Jobs {
		wg.Go(func() {
			r := newReferee(&queue{python: python, reference: live}, slot, opts.Limits, func(subject.Hello) {}, func(error) {})
			defer r.close()
			for bh := take(); bh != nil; bh = take() {
				ruling := r.rule(ctx, bh)
				mu.Lock()
				switch {
				case ruling.contract != nil:
					set.Entries[bh.ID] = recording.Entry{Hash: bh.Hash(), Contract: ruling.contract}
				case ruling.verdict != Unsupported:
					errs = append(errs, fmt.Errorf("%s:%d: %s on Python %s: %s: %s",
						bh.Path, bh.Line, bh.ID, python, ruling.verdict, ruling.reason))
				}
				opts.Progress.Result(Result{
					Behaviour: bh, Subject: "cpython", Python: python, Verdict: recordVerdict(ruling),
					Reason: ruling.reason, Contract: ruling.contract, Reference: ruling.trace,
				})
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, context.Cause(ctx)
	}
	return set, errors.Join(errs...)
}

func recordVerdict(r ruling) Verdict {
	if r.contract != nil {
		return Match
	}
	return r.verdict
}

// mustBeCPython asks the reference what it is: nothing else may be recorded.
func mustBeCPython(ctx context.Context, live subject.Subject, python string) (subject.Hello, error) {
	w, err := live.Start(ctx, python, 0)
	if err != nil {
		return subject.Hello{}, err
	}
	hello := w.Hello()
	if err := w.Close(); err != nil {
		return hello, err
	}
	if hello.Implementation != "cpython" || hello.Python != python {
		return hello, fmt.Errorf("the reference is %s %s, which is Python %s; only CPython %s can be recorded as such",
			hello.Implementation, hello.Version, hello.Python, python)
	}
	return hello, nil
}

// keep carries over the recordings of behaviours that still exist and are about
// the set's Python: one that has come to require another one has none any more.
func (s *Suite) keep(set, old *recording.Set) {
	if old == nil {
		return
	}
	for _, bh := range s.Corpus.Behaviours {
		if _, wrong := wrongPython(bh, set.Python); wrong {
			continue
		}
		for _, name := range append([]string{bh.ID}, bh.Aliases...) {
			if e, ok := old.Entries[name]; ok {
				set.Entries[bh.ID] = e
				break
			}
		}
	}
}

package harness

import (
	"context"
	"errors"
	"sync"

	"github.com/pyparity/pyparity/harness/behaviour"
)

// A Checker judges behaviours one at a time, for front ends that have an order
// of their own, such as Ginkgo. Suite.Run is the engine's own.
type Checker struct {
	runner  *runner
	mu      sync.Mutex
	benches map[string]*bench // by Python
}

// Checker opens the suite for the Pythons of opts. Selected and Jobs are not
// used.
func (s *Suite) Checker(ctx context.Context, opts Options) (*Checker, error) {
	r := &runner{suite: s, opts: opts.withDefaults(), abort: func(error) {}}
	if err := r.open(ctx); err != nil {
		return nil, err
	}
	return &Checker{runner: r, benches: map[string]*bench{}}, nil
}

// Check gives the verdict on a behaviour for every subject. For a Python that
// cannot be had here it is Unsupported.
func (c *Checker) Check(ctx context.Context, bh *behaviour.Behaviour, python string) []Result {
	c.mu.Lock()
	defer c.mu.Unlock()
	b, err := c.bench(python)
	if err != nil {
		results := make([]Result, len(c.runner.opts.Subjects))
		for i, s := range c.runner.opts.Subjects {
			results[i] = Result{Behaviour: bh, Subject: s.Name(), Python: python, Verdict: Unsupported, Reason: err.Error()}
		}
		return results
	}
	return b.check(ctx, bh)
}

func (c *Checker) bench(python string) (*bench, error) {
	if b, ok := c.benches[python]; ok {
		return b, nil
	}
	for _, q := range c.runner.queues {
		if q.python == python {
			c.benches[python] = newBench(c.runner, q, 0)
			return c.benches[python], nil
		}
	}
	for _, ref := range c.runner.references {
		if ref.Python == python {
			return nil, &UnavailableError{python, errors.New(ref.Unavailable)}
		}
	}
	return nil, &UnavailableError{python, errors.New("it was not asked for")}
}

// References says what the verdicts stand on.
func (c *Checker) References() []Reference { return c.runner.references }

// Close ends everything that was started.
func (c *Checker) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, b := range c.benches {
		b.close()
	}
	clear(c.benches)
}

package main

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/behaviour"
	"github.com/pyparity/pyparity/harness/trace"
)

func newBenchCommand() *cobra.Command {
	var s settings
	var rounds int
	cmd := &cobra.Command{
		Use:   "bench [PATTERN...]",
		Short: "Measure behaviours per second, and what of the time is CPython's own",
		Example: `  pyparity bench
  pyparity bench recv --python 3.11`,
		RunE: func(cmd *cobra.Command, args []string) error {
			suite, selected, err := s.load(args)
			if err != nil {
				return err
			}
			st, err := s.open(cmd, newProgress(cmd.ErrOrStderr()))
			if err != nil {
				return err
			}
			defer closeBed(cmd, st.bed)
			return bench(cmd.Context(), cmd.OutOrStdout(), suite, st.opts, selected, rounds)
		},
	}
	s.addReference(cmd.Flags())
	s.addSubject(cmd.Flags())
	s.addCorpus(cmd.Flags())
	s.addJobs(cmd.Flags())
	cmd.Flags().IntVar(&rounds, "rounds", 3, "how many times to run everything")
	return cmd
}

// bench times rounds over all behaviours and Pythons, on workers that are
// started before, so that start-up is told apart.
func bench(ctx context.Context, w io.Writer, suite *harness.Suite, opts harness.Options, selected []*behaviour.Behaviour, rounds int) error {
	started := time.Now()
	checkers := make([]*harness.Checker, opts.Jobs)
	for i := range checkers {
		c, err := suite.Checker(ctx, opts)
		if err != nil {
			return err
		}
		defer c.Close()
		checkers[i] = c
	}
	var wg sync.WaitGroup
	for _, c := range checkers {
		wg.Go(func() {
			for _, python := range opts.Pythons {
				c.Check(ctx, selected[0], python)
			}
		})
	}
	wg.Wait()
	fmt.Fprintf(w, "start-up of %d jobs: %.2f s\n", opts.Jobs, time.Since(started).Seconds())
	for round := range max(rounds, 1) {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		t := benchRound(ctx, checkers, selected, opts.Pythons)
		t.print(w, round+1, opts.Jobs)
	}
	return nil
}

// times are what one round took.
type times struct {
	mu                 sync.Mutex
	verdicts, notGreen int
	wall               time.Duration
	reference, subject time.Duration // inside steps, summed over the jobs
}

func benchRound(ctx context.Context, checkers []*harness.Checker, selected []*behaviour.Behaviour, pythons []string) *times {
	type job struct {
		behaviour *behaviour.Behaviour
		python    string
	}
	jobs := make(chan job, len(selected)*len(pythons))
	for _, python := range pythons {
		for _, b := range selected {
			jobs <- job{b, python}
		}
	}
	close(jobs)
	var t times
	started := time.Now()
	var wg sync.WaitGroup
	for _, c := range checkers {
		wg.Go(func() {
			for j := range jobs {
				t.add(c.Check(ctx, j.behaviour, j.python))
			}
		})
	}
	wg.Wait()
	t.wall = time.Since(started)
	return &t
}

func (t *times) add(results []harness.Result) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, res := range results {
		t.verdicts++
		if !res.Verdict.Green() && res.Verdict != harness.Unsupported {
			t.notGreen++
		}
		t.reference += inSteps(res.Reference)
		t.subject += inSteps(res.Trace)
	}
}

// print sets the times inside steps against the wall clock times the jobs.
func (t *times) print(w io.Writer, round, jobs int) {
	total := t.wall * time.Duration(jobs)
	line := func(what string, d time.Duration) {
		fmt.Fprintf(w, "  %-24s %6.2f s  %5.1f %% of the jobs' time\n", what, d.Seconds(), 100*float64(d)/float64(total))
	}
	fmt.Fprintf(w, "round %d: %d verdicts (%d not green) in %.2f s with %d jobs: %.0f behaviours per second\n",
		round, t.verdicts, t.notGreen, t.wall.Seconds(), jobs, float64(t.verdicts)/t.wall.Seconds())
	line("in CPython's own steps", t.reference)
	line("in the subject's steps", t.subject)
	line("forks, codecs, matching", total-t.reference-t.subject)
}

func inSteps(t *trace.Trace) (d time.Duration) {
	if t == nil {
		return 0
	}
	for _, o := range t.Observations {
		d += o.Took
	}
	return d
}

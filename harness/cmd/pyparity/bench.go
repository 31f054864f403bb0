package main

import (
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/trace"
)

func newBenchCommand() *cobra.Command {
	var s settings
	var rounds int
	cmd := &cobra.Command{
		Use:   "bench [PATTERN...]",
		Short: "Measure behaviours per second, and what of the time is CPython's own",
		RunE: func(cmd *cobra.Command, args []string) error {
			suite, err := s.suite()
			if err != nil {
				return err
			}
			selected, err := s.selected(suite, args)
			if err != nil {
				return err
			}
			progress := newProgress(cmd.ErrOrStderr())
			st, err := s.open(cmd, progress)
			if err != nil {
				return err
			}
			defer closeBed(cmd, st.bed)
			st.opts.Selected = selected
			for round := range max(rounds, 1) {
				started := time.Now()
				run, err := suite.Run(cmd.Context(), st.opts)
				if err != nil {
					return err
				}
				printBench(cmd.OutOrStdout(), round+1, run, time.Since(started), s.jobs)
			}
			return nil
		},
	}
	s.addReference(cmd.Flags())
	s.addSubject(cmd.Flags())
	s.addCorpus(cmd.Flags())
	s.addJobs(cmd.Flags())
	cmd.Flags().IntVar(&rounds, "rounds", 3, "how many times to run everything")
	return cmd
}

// printBench writes one round. The times inside steps add up over the jobs, so
// they are set against the wall clock times the jobs.
func printBench(w io.Writer, round int, run harness.Run, wall time.Duration, jobs int) {
	var reference, subject time.Duration
	for _, res := range run.Results {
		reference += inSteps(res.Reference)
		subject += inSteps(res.Trace)
	}
	total := wall * time.Duration(jobs)
	share := func(d time.Duration) float64 { return 100 * float64(d) / float64(total) }
	fmt.Fprintf(w, "round %d: %d verdicts in %.2f s with %d jobs: %.0f behaviours per second\n",
		round, len(run.Results), wall.Seconds(), jobs, float64(len(run.Results))/wall.Seconds())
	fmt.Fprintf(w, "  in CPython's steps    %6.2f s  %4.1f %% of the jobs' time\n", reference.Seconds(), share(reference))
	fmt.Fprintf(w, "  in the subject's      %6.2f s  %4.1f %%\n", subject.Seconds(), share(subject))
	rest := total - reference - subject
	fmt.Fprintf(w, "  harness and start-up  %6.2f s  %4.1f %%\n", rest.Seconds(), share(rest))
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

package main

import (
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/pyparity/pyparity/conformance"
	"github.com/pyparity/pyparity/harness"
)

func newSoakCommand() *cobra.Command {
	var s settings
	var times int
	var seed uint64
	var slow time.Duration
	cmd := &cobra.Command{
		Use:   "soak [PATTERN...]",
		Short: "Run behaviours on CPython again and again, and list what is not still",
		Long: `Soak runs behaviours many times on live CPythons, every round in another order and
under other descriptors, ports, paths and host names, several at a time. It lists
the behaviours of which a run did not meet the recording, and those that took too
long. Any of them ends the command with 1.`,
		Example: `  pyparity soak --times 50 --python 3.13
  pyparity soak 'recv.*' --times 200 --jobs 8`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if times < 1 {
				return fmt.Errorf("--times %d: at least one is needed", times)
			}
			s.reference = string(conformance.Container)
			suite, selected, err := s.load(args)
			if err != nil {
				return err
			}
			if !cmd.Flags().Changed("seed") {
				seed = uint64(time.Now().UnixNano())
			}
			progress := newProgress(cmd.ErrOrStderr())
			st, err := s.open(cmd, progress)
			if err != nil {
				return err
			}
			defer closeBed(cmd, st.bed)
			st.opts.Selected = selected
			still := true
			for _, python := range s.pythons {
				began := time.Now()
				found, err := suite.Soak(cmd.Context(), python, times, seed, st.opts)
				progress.end()
				if found != nil { // also of a soak that was stopped
					still = printSoak(cmd.OutOrStdout(), found, slow) && still
				}
				if err != nil {
					return err
				}
				fmt.Fprintf(cmd.OutOrStdout(), "Python %s, %d rounds with seed %d: %s\n",
					python, times, seed, time.Since(began).Round(time.Millisecond))
			}
			if !still {
				return errNotGreen
			}
			return nil
		},
	}
	f := cmd.Flags()
	s.addPythons(f)
	s.addCorpus(f)
	s.addJobs(f)
	f.IntVar(&times, "times", 50, "how many rounds")
	f.Uint64Var(&seed, "seed", 0, "of the orders; by default another one every time")
	f.DurationVar(&slow, "slow", 2*time.Second, "how long the steps of a behaviour may take")
	return cmd
}

// printSoak lists what is not still, and reports whether everything is.
func printSoak(w io.Writer, found []harness.Stillness, slow time.Duration) bool {
	still := true
	runs, unsupported, unrecorded := 0, 0, 0
	var steps time.Duration
	for _, f := range found {
		steps += f.Slowest
		runs += f.Runs
		if f.Unsupported != "" {
			unsupported++
		}
		if f.Unrecorded {
			unrecorded++
		}
		if f.Failures > 0 {
			fmt.Fprintf(w, "unstable  %s  in %d of %d runs: %s\n", f.Behaviour.ID, f.Failures, f.Runs, f.Reason)
			still = false
		}
		if f.Slowest > slow {
			fmt.Fprintf(w, "slow      %s  %.2f s\n", f.Behaviour.ID, f.Slowest.Seconds())
			still = false
		}
	}
	fmt.Fprintf(w, "%d behaviours, %d runs, %.1f s in the steps of a round; %d unsupported here, %d not recorded\n",
		len(found), runs, steps.Seconds(), unsupported, unrecorded)
	return still
}

package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/pyparity/pyparity/conformance"
	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/behaviour"
	"github.com/pyparity/pyparity/harness/contract"
	"github.com/pyparity/pyparity/harness/recording"
)

func newReproCommand() *cobra.Command {
	var s settings
	var python string
	cmd := &cobra.Command{
		Use:   "repro ID",
		Short: "Print a behaviour as a Python program that anyone can run",
		Long: `Repro prints a behaviour as a program that needs nothing but Python. It shows what
each step returns or raises; comments say what CPython did when it was recorded.`,
		Example: `  pyparity repro connect.refused_connect_ex_returns_the_errno > refused.py
  python3 refused.py`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := conformance.CheckPython(python); err != nil {
				return err
			}
			suite, selected, err := s.load(args)
			if err != nil {
				return err
			}
			if len(selected) > 1 {
				return fmt.Errorf("%s names %d behaviours; a program is one of them, such as %s", args[0], len(selected), selected[0].ID)
			}
			expected, err := recordedSteps(suite, selected[0], python)
			if err != nil {
				return err
			}
			_, err = fmt.Fprint(cmd.OutOrStdout(), selected[0].Program(expected))
			return err
		},
	}
	s.addCorpus(cmd.Flags())
	cmd.Flags().StringVar(&python, "python", "3.13", "the Python whose recording the comments quote")
	return cmd
}

// recordedSteps tells for each step what a Python does, where that is recorded.
func recordedSteps(suite *harness.Suite, b *behaviour.Behaviour, python string) ([]string, error) {
	if suite.Recordings == nil {
		return nil, nil
	}
	set, err := recording.Load(suite.Recordings, suite.RecordingsName, python)
	if err != nil {
		return nil, err
	}
	recorded, ok := set.Lookup(b.Hash(), b.ID, b.Aliases...)
	if !ok {
		return nil, nil
	}
	lines := make([]string, len(recorded.Steps))
	for i, step := range recorded.Steps {
		lines[i] = fmt.Sprintf("Python %s %s", python, contract.Describe(step.Observation))
	}
	return lines, nil
}

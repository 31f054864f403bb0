package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/reports"
)

func newShowCommand() *cobra.Command {
	var s settings
	cmd := &cobra.Command{
		Use:     "show ID...",
		Short:   "Run behaviours and show every step with both sides, matching or not",
		Example: `  pyparity show connect.refused_connect_ex_returns_the_errno --python 3.13`,
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			suite, selected, err := s.load(args)
			if err != nil {
				return err
			}
			return s.showAll(cmd, suite, harness.Options{Selected: selected}, s.rerun())
		},
	}
	s.addReference(cmd.Flags())
	s.addSubject(cmd.Flags())
	s.addCorpus(cmd.Flags())
	return cmd
}

// showAll runs what opts selects and shows every result. Rerun is as in
// reports.SideBySideOptions.
func (s *settings) showAll(cmd *cobra.Command, suite *harness.Suite, opts harness.Options, rerun string) error {
	progress := newProgress(cmd.ErrOrStderr())
	s.jobs = 1 // what is shown one after the other is run so
	st, err := s.open(cmd, progress)
	if err != nil {
		return err
	}
	defer closeBed(cmd, st.bed)
	st.opts.Selected = opts.Selected
	run, err := suite.Run(cmd.Context(), st.opts)
	progress.end()
	if err != nil {
		return err
	}
	w := cmd.OutOrStdout()
	fmt.Fprintln(w, reports.FromRun(run).Provenance.ReferenceLine())
	width, _ := terminal(w)
	for _, res := range run.Results {
		fmt.Fprintln(w)
		if err := reports.WriteSideBySide(w, res, reports.SideBySideOptions{Colour: colour(w), Width: width, Rerun: rerun, Both: true}); err != nil {
			return err
		}
	}
	return verdictError(run)
}

package main

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"

	"github.com/spf13/cobra"

	"github.com/pyparity/pyparity/conformance"
	"github.com/pyparity/pyparity/harness/behaviour"
	"github.com/pyparity/pyparity/reports"
)

func newVerifyCommand() *cobra.Command {
	var s settings
	var sample int
	var seed uint64
	cmd := &cobra.Command{
		Use:   "verify REPORT",
		Short: "Replay a sample of a report, and say whether its claim holds",
		Long: `Verify checks that a report says of itself what its results say, runs some of its
behaviours again, on the same subjects, against the same reference, and compares
the verdicts and their reasons.

It ends with 1 where they are not the same, and with 2 where the claim cannot be
checked here: another CPython, or other behaviours than those of the report.`,
		Example: `  pyparity verify reports/published
  pyparity verify report.json --sample 0          # everything
  pyparity verify report.json --subject 'exec:./my-agent'`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := reports.ReadFile(args[0])
			if err != nil {
				return err
			}
			if sample < 0 {
				return fmt.Errorf("--sample %d: give a number of behaviours, or 0 for all", sample)
			}
			if !cmd.Flags().Changed("seed") {
				seed = rand.Uint64()
			}
			return s.verify(cmd, r, sample, seed)
		},
	}
	f := cmd.Flags()
	f.IntVar(&sample, "sample", 50, "how many behaviours to run again; 0 for all")
	f.Uint64Var(&seed, "seed", 0, "which sample it is (default another one each time)")
	f.StringArrayVar(&s.subjects, "subject", nil, "the subject to run, where it is called otherwise here; may be repeated (default those of the report)")
	s.addCorpus(f)
	s.addJobs(f)
	s.addTimeout(f)
	return cmd
}

func (s *settings) verify(cmd *cobra.Command, r reports.Report, sample int, seed uint64) error {
	w := cmd.OutOrStdout()
	if wrong := r.Inconsistencies(); len(wrong) > 0 {
		for _, text := range wrong {
			fmt.Fprintln(w, text)
		}
		fmt.Fprintln(w, "The report contradicts itself.")
		return errNotGreen
	}
	suite, err := conformance.NewSuite(s.folders)
	if err != nil {
		return err
	}
	selected, err := sampled(r, suite.Corpus, sample, seed)
	if err != nil {
		return err
	}
	if err := s.asReported(r); err != nil {
		return err
	}
	progress := newProgress(cmd.ErrOrStderr())
	st, err := s.open(cmd, progress)
	if err != nil {
		return err
	}
	defer closeBed(cmd, st.bed)
	st.opts.Selected = selected
	run, err := suite.Run(cmd.Context(), st.opts)
	progress.end()
	if err != nil {
		return err
	}
	if run.Incomplete != "" {
		return fmt.Errorf("the replay is incomplete: %s", run.Incomplete)
	}
	st.bed.Describe(&run.Provenance)
	replay := reports.FromRun(run)
	if err := r.SameReference(replay); err != nil {
		return fmt.Errorf("the claim cannot be checked here: %w", err)
	}
	return tell(w, r.Contradicted(replay), len(selected), len(r.Behaviours), seed)
}

func tell(w io.Writer, moves []reports.Move, replayed, all int, seed uint64) error {
	for _, m := range moves {
		fmt.Fprintf(w, "%s, %s, Python %s: the report says %s%s; here it is %s%s\n", m.ID, m.Subject, m.Python,
			m.Before, because(m.WasWhy), m.After, because(m.Why))
	}
	of := fmt.Sprintf("%d of its %d behaviours were run again, sample %d", replayed, all, seed)
	if len(moves) > 0 {
		fmt.Fprintf(w, "The report's claim does not hold: %d results are others (%s).\n", len(moves), of)
		return errNotGreen
	}
	fmt.Fprintf(w, "The report's claim holds: %s.\n", of)
	return nil
}

func because(why string) string {
	if why == "" {
		return ""
	}
	return " (" + why + ")"
}

// sampled picks behaviours of a report from the corpus, where they must be what
// they were.
func sampled(r reports.Report, corpus *behaviour.Corpus, sample int, seed uint64) ([]*behaviour.Behaviour, error) {
	if len(r.Behaviours) == 0 {
		return nil, errors.New("the report has no behaviours")
	}
	order := rand.New(rand.NewPCG(seed, 0)).Perm(len(r.Behaviours)) //nolint:gosec // a sample that can be named again
	if sample > 0 && sample < len(order) {
		order = order[:sample]
	}
	slices.Sort(order)
	var selected []*behaviour.Behaviour
	for _, i := range order {
		reported := r.Behaviours[i]
		b, ok := corpus.Lookup(reported.ID)
		if !ok || b.ID != reported.ID || b.Hash() != reported.Hash {
			return nil, fmt.Errorf("%s is not in %s as it was when the report was made (commit %s); check the claim with that version, or name its --behaviours",
				reported.ID, corpus.Name, r.Provenance.Commit)
		}
		selected = append(selected, b)
	}
	return selected, nil
}

// asReported sets the flags to what the report's run had.
func (s *settings) asReported(r reports.Report) error {
	p := r.Provenance
	s.pythons = nil
	for _, ref := range p.References {
		if ref.Unavailable == "" {
			s.pythons = append(s.pythons, ref.Python)
		}
	}
	if len(s.subjects) == 0 {
		for _, subject := range p.Subjects {
			s.subjects = append(s.subjects, subject.Name)
		}
	} else if len(s.subjects) != len(p.Subjects) {
		return fmt.Errorf("the report has %d subjects, and --subject names %d", len(p.Subjects), len(s.subjects))
	}
	switch p.Mode() {
	case reports.ModeLive:
		s.reference = string(conformance.Container)
	case reports.ModeRecorded:
		s.reference = string(conformance.Recorded)
	default:
		return fmt.Errorf("the report's reference is %s, which cannot be had again", p.Mode())
	}
	return nil
}

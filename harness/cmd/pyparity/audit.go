package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/pyparity/pyparity/conformance"
	"github.com/pyparity/pyparity/fixtures"
	"github.com/pyparity/pyparity/harness/audit"
)

func newAuditCommand() *cobra.Command {
	var a auditing
	cmd := &cobra.Command{
		Use:   "audit [PATTERN...]",
		Short: "Ask which wrong ports the behaviours tell from a right one",
		Long: `Audit makes the port wrong in one place at a time, runs the behaviours that touch
the place against each wrong port, and lists those that nothing notices. What is
made wrong is the same for every function: what it returns and raises, how it
takes its arguments, what it does beside.

A pattern is a glob over the names of wrong ports, such as 'socket.recv/*' or
'*/exception: *'. Wrong ports that are known to survive are declared, with a reason,
in fixtures/` + fixtures.SurvivorsName + `; any other survivor, and a declaration that does not hold, ends
the command with 1.`,
		Example: `  pyparity audit
  pyparity audit 'socket.recv*' --explain
  pyparity audit --json > audit.json`,
		RunE: a.run,
	}
	f := cmd.Flags()
	f.BoolVar(&a.live, "live", false, "judge by a live CPython instead of its recordings")
	f.IntVar(&a.jobs, "jobs", 2*runtime.NumCPU(), "how many behaviours to run at a time")
	f.BoolVar(&a.json, "json", false, "print the result as JSON")
	f.StringVar(&a.out, "out", "", "also write that JSON into this file")
	f.BoolVar(&a.explain, "explain", false, "print for each wrong port which behaviour noticed it")
	f.IntVar(&a.every, "every", 1, "audit with each N-th wrong port only")
	return cmd
}

type auditing struct {
	live, json, explain bool
	jobs, every         int
	out                 string
}

func (a *auditing) run(cmd *cobra.Command, patterns []string) error {
	if a.jobs < 1 || a.every < 1 {
		return fmt.Errorf("--jobs %d, --every %d: at least one is needed", a.jobs, a.every)
	}
	declared, err := audit.LoadSurvivors(fixtures.Survivors(), "fixtures/"+fixtures.SurvivorsName)
	if err != nil {
		return err
	}
	mutants, err := a.selected(patterns)
	if err != nil {
		return err
	}
	suite, err := conformance.NewSuite(conformance.Folders{})
	if err != nil {
		return err
	}
	mode := conformance.Auto
	if a.live {
		mode = conformance.Container
	}
	progress := newProgress(cmd.ErrOrStderr())
	bed, err := conformance.OpenBed(cmd.Context(), mode, progress.Note)
	if err != nil {
		return err
	}
	defer closeBed(cmd, bed)
	port, err := bed.Subject(conformance.GoSubject)
	if err != nil {
		return err
	}
	opts := audit.Options{
		Python: conformance.AuditPython, Subject: port, Mutants: mutants, Jobs: a.jobs, Note: progress.Note,
	}
	if a.live {
		opts.Live = bed.Live()
	}
	started := time.Now().UTC()
	findings, err := audit.Run(cmd.Context(), suite, opts)
	if err != nil {
		return err
	}
	whole := len(mutants) == len(conformance.Mutants())
	summary := audit.Summarise(conformance.AuditPython, findings, declared, whole)
	summary.Commit, summary.Started = conformance.BuiltFrom(), started
	return a.report(cmd.OutOrStdout(), findings, summary)
}

// selected are the mutants that a pattern means, or all.
func (a *auditing) selected(patterns []string) ([]audit.Mutant, error) {
	all := conformance.Mutants()
	var some []audit.Mutant
	for i, m := range all {
		if i%a.every == 0 && (len(patterns) == 0 || slices.ContainsFunc(patterns, func(p string) bool { return means(p, m.ID) })) {
			some = append(some, m)
		}
	}
	if len(some) == 0 {
		return nil, fmt.Errorf("no wrong port is called %s; their names are like %q", strings.Join(patterns, " or "), all[0].ID)
	}
	return some, nil
}

// means reports whether a glob matches a name as a whole, or its part before the
// slash.
func means(pattern, id string) bool {
	callable, _, _ := strings.Cut(id, "/")
	for _, name := range []string{id, callable} {
		if ok, err := path.Match(pattern, name); ok && err == nil {
			return true
		}
	}
	return false
}

func (a *auditing) report(w io.Writer, findings []audit.Finding, s audit.Summary) error {
	data, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	data = append(data, '\n')
	if a.out != "" {
		if err := os.WriteFile(a.out, data, 0o644); err != nil {
			return err
		}
	}
	if a.explain && !a.json {
		for _, f := range findings {
			if f.By != "" {
				fmt.Fprintf(w, "caught    %s  (%s by %s, the %d. of those that ran)\n", f.Mutant.ID, f.As, f.By, f.Ran)
			}
		}
	}
	if a.json {
		_, err = w.Write(data)
	} else {
		err = s.Write(w)
	}
	if err == nil && !s.Green() {
		err = errNotGreen
	}
	return err
}

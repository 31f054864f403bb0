package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/behaviour"
	"github.com/pyparity/pyparity/reports"
)

func newRunCommand() *cobra.Command {
	var s settings
	var report string
	var strict bool
	var deadline time.Duration
	var shardText string
	var basePath string
	var beside besideFlags
	cmd := &cobra.Command{
		Use:   "run [PATTERN...]",
		Short: "Run behaviours on CPython and on a subject, and compare",
		Long: `Run runs every behaviour, or those that a pattern names, on a CPython and on the
subject, and shows what differs step by step. A pattern is a behaviour's id, the
name of a behaviour file, or a glob over ids.

Where Docker is, CPython runs in a container and so does the Go port. Elsewhere
the embedded recordings of CPython are the reference; --reference container
forbids that.`,
		Example: `  pyparity run
  pyparity run connect 'recv.*timeout*' --python 3.9,3.14
  pyparity run --filter 'inet_aton || inet_pton' --report out
  pyparity run --behaviours ./mine --subject 'exec:./my-agent'
  pyparity run --shard 2/4 --report shard-2    # then: pyparity report merge shard-* -o DIR`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if report != "" {
				if err := reports.CheckDir(report); err != nil {
					return err
				}
			}
			suite, selected, err := s.load(args)
			if err != nil {
				return err
			}
			shard, err := behaviour.ParseShard(shardText)
			if err != nil {
				return fmt.Errorf("--shard: %w", err)
			}
			if selected = shard.Of(selected); len(selected) == 0 {
				return fmt.Errorf("the shard %v is empty: there are fewer behaviours than shards", shard)
			}
			base, err := readBase(basePath)
			if err != nil {
				return err
			}
			extra, err := beside.read(report, reports.Beside{})
			if err != nil {
				return err
			}
			if unused := suite.UnusedKnown(); len(unused) > 0 {
				return fmt.Errorf("known differences that name no behaviour: %s; correct or remove them", strings.Join(unused, ", "))
			}
			progress := newProgress(cmd.ErrOrStderr())
			st, err := s.open(cmd, progress)
			if err != nil {
				return err
			}
			defer closeBed(cmd, st.bed)
			st.opts.Selected, st.opts.Strict = selected, strict

			if deadline < 0 {
				return fmt.Errorf("--deadline %v lies in the past", deadline)
			}
			ctx, cancel := withDeadline(cmd.Context(), deadline)
			defer cancel()
			run, err := suite.Run(ctx, st.opts)
			progress.end()
			if errors.Is(err, context.DeadlineExceeded) && ctx.Err() != nil {
				return fmt.Errorf("the --deadline of %v passed before the first behaviour ran", deadline)
			}
			if err != nil {
				return err
			}
			st.bed.Describe(&run.Provenance)
			run.Provenance.Patterns, run.Provenance.Filter, run.Provenance.Shard = args, s.filter, shard
			if report != "" {
				if run.Changes, err = suite.Changes(selected); err != nil {
					return err
				}
			}
			model := reports.FromRun(run)
			model.Beside = extra
			if err := s.print(cmd.OutOrStdout(), run, model); err != nil {
				return err
			}
			if report != "" {
				if err := reports.WriteDir(report, model, base); err != nil {
					return err
				}
				fmt.Fprintf(cmd.OutOrStdout(), "\nReport: %s/%s\n", report, reports.HTMLFile)
			}
			return verdictError(run)
		},
	}
	f := cmd.Flags()
	s.addReference(f)
	s.addSubject(f)
	s.addCorpus(f)
	s.addJobs(f)
	f.StringVar(&report, "report", "", "write the report into this folder")
	f.StringVar(&shardText, "shard", "", "only one of several equal parts of the behaviours: 2/4 is the second of four")
	f.StringVar(&basePath, "base", "", "an older report: the report's report.md tells only what changed")
	beside.add(f)
	f.BoolVar(&strict, "strict", false, "fail where CPython no longer meets its own recording")
	f.DurationVar(&deadline, "deadline", 30*time.Minute, "how long the whole run may take; 0 for no limit")
	return cmd
}

// print writes what is not green step by step, and the table last, where a
// person looks first. Both begin with what the reference was.
func (s *settings) print(w io.Writer, run harness.Run, model reports.Report) error {
	width, _ := terminal(w)
	first := true
	for _, res := range run.Results {
		if res.Verdict.Green() || res.Verdict == harness.Unsupported || res.Verdict == harness.NotRun {
			continue
		}
		if first {
			fmt.Fprintf(w, "%s\n\n", model.Provenance.ReferenceLine())
			first = false
		}
		opts := reports.SideBySideOptions{Colour: colour(w), Width: width, Rerun: s.rerun()}
		if err := reports.WriteSideBySide(w, res, opts); err != nil {
			return err
		}
		fmt.Fprintln(w)
	}
	return reports.WriteTable(w, model)
}

// verdictError says how a run ends the command.
func verdictError(run harness.Run) error {
	if run.Incomplete != "" {
		return fmt.Errorf("the run is incomplete: %s", run.Incomplete)
	}
	red, broken := 0, 0
	for _, res := range run.Results {
		switch {
		case res.Verdict == harness.HarnessError:
			broken++
		case !res.Verdict.Green() && res.Verdict != harness.Unsupported:
			red++
		}
	}
	switch {
	case broken > 0:
		return fmt.Errorf("%d of %d verdicts could not be given", broken, len(run.Results))
	case red > 0:
		return errNotGreen
	}
	return nil
}

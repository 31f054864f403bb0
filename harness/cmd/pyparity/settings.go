package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"github.com/pyparity/pyparity/conformance"
	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/behaviour"
	"github.com/pyparity/pyparity/harness/subject"
)

// settings are the flags that several subcommands share.
type settings struct {
	pythons   []string
	subjects  []string
	as        string // empty: as the reference
	folders   conformance.Folders
	filter    string
	reference string
	jobs      int
	step      time.Duration
}

func (s *settings) addCorpus(f *pflag.FlagSet) {
	f.StringVar(&s.folders.Behaviours, "behaviours", "", "read the behaviours of this folder instead of the embedded ones")
	f.StringVar(&s.folders.Recordings, "recordings", "", "the folder of recordings, instead of the embedded ones")
	f.StringVar(&s.filter, "filter", "", "only behaviours whose labels match, such as 'inet_aton && !slow'")
}

func (s *settings) addPythons(f *pflag.FlagSet) {
	f.StringSliceVar(&s.pythons, "python", conformance.DefaultPythons(), "the Pythons to compare with")
	s.addTimeout(f)
}

func (s *settings) addTimeout(f *pflag.FlagSet) {
	f.DurationVar(&s.step, "step-timeout", harness.DefaultLimits.Step, "how long a step may take")
}

func (s *settings) addReference(f *pflag.FlagSet) {
	s.addPythons(f)
	f.StringVar(&s.reference, "reference", "", "auto, container or recorded (default $"+conformance.ReferenceVariable+" or auto)")
}

func (s *settings) addSubject(f *pflag.FlagSet) {
	f.StringArrayVar(&s.subjects, "subject", []string{conformance.GoSubject},
		"what to check: "+strings.Join(conformance.Subjects(), ", ")+" or exec:COMMAND; may be repeated")
	f.StringVar(&s.as, "as", "", "the Python that the subject behaves like (default that of the reference)")
}

func (s *settings) addJobs(f *pflag.FlagSet) {
	// Behaviours wait more than they work.
	f.IntVar(&s.jobs, "jobs", 2*runtime.NumCPU(), "how many behaviours to run at a time")
}

// load reads the suite that the flags name, and selects the behaviours that the
// patterns and the filter name.
func (s *settings) load(patterns []string) (*harness.Suite, []*behaviour.Behaviour, error) {
	suite, err := conformance.NewSuite(s.folders)
	if err != nil {
		return nil, nil, err
	}
	filter, err := behaviour.ParseFilter(s.filter)
	if err != nil {
		return nil, nil, err
	}
	all := suite.Corpus.Behaviours
	if len(patterns) > 0 {
		if all, err = suite.Corpus.Select(patterns); err != nil {
			return nil, nil, err
		}
	}
	var selected []*behaviour.Behaviour
	for _, b := range all {
		if filter(b.Labels()) {
			selected = append(selected, b)
		}
	}
	if len(selected) == 0 {
		return nil, nil, fmt.Errorf("no behaviour of %s matches the filter %q; 'pyparity list --json' shows the labels", suite.Corpus.Name, s.filter)
	}
	return suite, selected, nil
}

// A stage is everything that a run needs from the machine.
type stage struct {
	bed  *conformance.Bed
	opts harness.Options
}

// open readies the references and subjects that the flags name. The caller
// closes the bed.
func (s *settings) open(cmd *cobra.Command, progress harness.Progress) (*stage, error) {
	if s.jobs < 1 {
		return nil, fmt.Errorf("--jobs %d: at least one is needed", s.jobs)
	}
	if s.step <= 0 {
		return nil, fmt.Errorf("--step-timeout %v: a step needs some time", s.step)
	}
	s.pythons, s.subjects = distinct(s.pythons), distinct(s.subjects)
	if len(s.pythons) == 0 {
		return nil, errors.New("--python names no Python")
	}
	for _, p := range s.pythons {
		if err := conformance.CheckPython(p); err != nil {
			return nil, err
		}
	}
	if s.as != "" {
		if err := conformance.CheckPython(s.as); err != nil {
			return nil, fmt.Errorf("--as: %w", err)
		}
	}
	mode, err := conformance.ParseMode(s.reference)
	if err != nil {
		return nil, err
	}
	bed, err := conformance.OpenBed(cmd.Context(), mode, progress.Note)
	if err != nil {
		return nil, err
	}
	st := &stage{bed: bed, opts: harness.Options{
		Pythons: s.pythons, Live: bed.Live(), Jobs: s.jobs, Progress: progress,
		Limits: subject.Limits{Step: s.step, Behaviour: 4 * s.step},
	}}
	for _, name := range s.subjects {
		sub, err := bed.Subject(name)
		if err != nil {
			return nil, errors.Join(err, bed.Close())
		}
		if s.as != "" {
			sub = subject.As(sub, s.as)
		}
		st.opts.Subjects = append(st.opts.Subjects, sub)
	}
	return st, nil
}

// distinct drops what is there twice: it would be counted twice.
func distinct(words []string) []string {
	var kept []string
	for _, w := range words {
		if !slices.Contains(kept, w) {
			kept = append(kept, w)
		}
	}
	return kept
}

// closeBed ends what was started, and says what could not be.
func closeBed(cmd *cobra.Command, bed *conformance.Bed) {
	if err := bed.Close(); err != nil {
		fmt.Fprintf(cmd.ErrOrStderr(), "pyparity: cleaning up: %v\n", err)
	}
}

// terminal reports whether w is one, and how wide.
func terminal(w io.Writer) (width int, ok bool) {
	f, isFile := w.(*os.File)
	if !isFile || !term.IsTerminal(int(f.Fd())) {
		return 0, false
	}
	width, _, err := term.GetSize(int(f.Fd()))
	return width, err == nil
}

// colour reports whether w takes colours, as https://no-color.org asks.
func colour(w io.Writer) bool {
	_, ok := terminal(w)
	return ok && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// rerun is the command that runs what was run again, but for the behaviours.
func (s *settings) rerun() string {
	words := []string{"pyparity run"}
	if s.step != harness.DefaultLimits.Step {
		words = append(words, "--step-timeout", s.step.String())
	}
	if s.as != "" {
		words = append(words, "--as", s.as)
	}
	if s.reference != "" {
		words = append(words, "--reference", s.reference)
	}
	if s.folders.Recordings != "" {
		words = append(words, "--recordings", quote(s.folders.Recordings))
	}
	if s.folders.Behaviours != "" {
		words = append(words, "--behaviours", quote(s.folders.Behaviours))
	}
	return strings.Join(words, " ")
}

func quote(word string) string {
	if strings.ContainsAny(word, " '\"$&|;<>()*?") {
		return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
	return word
}

// withDeadline bounds a context; zero means no bound.
func withDeadline(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	if d <= 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, d)
}

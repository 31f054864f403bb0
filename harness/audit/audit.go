package audit

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/behaviour"
	"github.com/pyparity/pyparity/harness/subject"
	"github.com/pyparity/pyparity/harness/trace"
)

// Options say how to audit a suite.
type Options struct {
	Python string
	// Subject is the port: its requests may ask for each mutant as a variant.
	Subject subject.Subject
	Mutants []Mutant
	// Live provides the reference; nil means that the recordings are.
	Live harness.ReferenceSource
	Jobs int // how many behaviours run at a time; less than 1 means 1
	// Limits are the deadlines of a behaviour on a mutant. A mutant that hangs is
	// caught, so they are shorter than a port's; zero fields mean DefaultLimits.
	Limits subject.Limits
	// Quick leaves the rehearsal to when a behaviour is first needed: for a few
	// mutants that costs less than to run everything once.
	Quick bool
	// Note is told how it goes on, from one goroutine at a time; may be nil.
	Note func(text string)
}

// DefaultLimits are long enough for every behaviour on a busy machine.
var DefaultLimits = subject.Limits{Step: 4 * time.Second, Behaviour: 12 * time.Second}

// A Finding is what came of one mutant.
type Finding struct {
	Mutant Mutant
	By     string          // the id of the behaviour that noticed; empty if none did
	As     harness.Verdict // its verdict
	Ran    int             // behaviours that were run
}

// Run runs the suite against every mutant, and gives a finding for each in the
// order of the options. Only behaviours that the port itself meets are used.
func Run(ctx context.Context, suite *harness.Suite, opts Options) ([]Finding, error) {
	if opts.Limits == (subject.Limits{}) {
		opts.Limits = DefaultLimits
	}
	if opts.Note == nil {
		opts.Note = func(string) {}
	}
	a := &auditor{suite: suite, opts: opts, names: map[*behaviour.Behaviour][]string{}, took: map[*behaviour.Behaviour]time.Duration{}}
	for _, bh := range suite.Corpus.Behaviours {
		a.names[bh] = names(bh)
	}
	defer a.close()
	if err := a.open(ctx, max(opts.Jobs, 1)); err != nil {
		return nil, err
	}
	if !opts.Quick {
		if err := a.rehearse(ctx); err != nil {
			return nil, err
		}
	}
	return a.audit(ctx)
}

type auditor struct {
	suite   *harness.Suite
	opts    Options
	benches []*bench
	names   map[*behaviour.Behaviour][]string

	mu   sync.Mutex
	took map[*behaviour.Behaviour]time.Duration // of the behaviours that the port meets
}

// A bench judges behaviours on one variant of the subject after the other.
type bench struct {
	checker *harness.Checker
	variant *variant
}

// variant is the subject with its requests asking for a mutant.
type variant struct {
	subject.Subject
	slot int
	name string // empty: the port itself
}

func (v *variant) Start(ctx context.Context, python string, _ int) (subject.Worker, error) {
	w, err := v.Subject.Start(ctx, python, v.slot)
	if err != nil {
		return nil, err
	}
	return variantWorker{w, v}, nil
}

type variantWorker struct {
	subject.Worker
	variant *variant
}

func (w variantWorker) Run(ctx context.Context, req subject.Request) (trace.Trace, error) {
	req.Variant = w.variant.name
	return w.Worker.Run(ctx, req)
}

func (a *auditor) open(ctx context.Context, jobs int) error {
	for slot := range jobs {
		v := &variant{Subject: a.opts.Subject, slot: slot}
		checker, err := a.suite.Checker(ctx, harness.Options{
			Pythons: []string{a.opts.Python}, Live: a.opts.Live, Limits: a.opts.Limits,
			Subjects: []subject.Subject{v},
		})
		if err != nil {
			return err
		}
		a.benches = append(a.benches, &bench{checker, v})
	}
	return nil
}

func (a *auditor) close() {
	for _, b := range a.benches {
		b.checker.Close()
	}
}

// each has every bench take from n jobs, until all are done or the context is.
func (a *auditor) each(ctx context.Context, n int, do func(b *bench, i int) error) error {
	jobs := make(chan int, n)
	for i := range n {
		jobs <- i
	}
	close(jobs)
	var wg sync.WaitGroup
	errs := make([]error, len(a.benches))
	for i, b := range a.benches {
		wg.Go(func() {
			for job := range jobs {
				if errs[i] = cmp.Or(context.Cause(ctx), do(b, job)); errs[i] != nil {
					return
				}
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// rehearse runs whatever may notice a mutant on the port itself: what it does
// not meet shows nothing about a mutant, and what is quick is tried first.
func (a *auditor) rehearse(ctx context.Context) error {
	all := slices.DeleteFunc(slices.Clone(a.suite.Corpus.Behaviours), func(bh *behaviour.Behaviour) bool {
		return !slices.ContainsFunc(a.opts.Mutants, func(m Mutant) bool { return m.mayBeNoticed(a.names[bh]) })
	})
	err := a.each(ctx, len(all), func(b *bench, i int) error {
		res := b.check(ctx, "", all[i], a.opts.Python)
		if res.Verdict == harness.Match {
			a.mu.Lock()
			a.took[all[i]] = res.Took
			a.mu.Unlock()
		}
		return nil
	})
	if err == nil && len(a.took) == 0 && len(all) > 0 {
		return fmt.Errorf("the port meets none of the %d behaviours: there is nothing to audit with", len(all))
	}
	a.opts.Note(fmt.Sprintf("%d of %d behaviours can tell", len(a.took), len(all)))
	return err
}

func (b *bench) check(ctx context.Context, variant string, bh *behaviour.Behaviour, python string) harness.Result {
	b.variant.name = variant
	return b.checker.Check(ctx, bh, python)[0]
}

func (a *auditor) audit(ctx context.Context) ([]Finding, error) {
	findings := make([]Finding, len(a.opts.Mutants))
	done := 0
	err := a.each(ctx, len(findings), func(b *bench, i int) error {
		m := a.opts.Mutants[i]
		found := Finding{Mutant: m}
		for _, bh := range a.candidates(m) {
			if a.opts.Quick && b.check(ctx, "", bh, a.opts.Python).Verdict != harness.Match {
				continue
			}
			res := b.check(ctx, m.ID, bh, a.opts.Python)
			found.Ran++
			if res.Verdict == harness.HarnessError {
				return fmt.Errorf("%s on %s: %s", m.ID, bh.ID, res.Reason)
			}
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			if !res.Verdict.Green() && res.Verdict != harness.Unsupported {
				found.By, found.As = bh.ID, res.Verdict
				break
			}
		}
		findings[i] = found
		a.mu.Lock()
		defer a.mu.Unlock()
		if done++; done%100 == 0 {
			a.opts.Note(fmt.Sprintf("%d of %d wrong subjects", done, len(findings)))
		}
		return nil
	})
	return findings, err
}

// quotedName is a string that may be the name of an attribute.
var quotedName = regexp.MustCompile(`["']([A-Za-z_][A-Za-z0-9_]*)["']`)

// opens is a call of the builtin that opens files, which is no label.
var opens = regexp.MustCompile(`\bopen\(`)

// names are what a behaviour may call: its labels, what it may look up with getattr,
// and open.
func names(bh *behaviour.Behaviour) []string {
	names := bh.Labels()
	for _, step := range bh.Steps {
		for _, quoted := range quotedName.FindAllStringSubmatch(step.Text, -1) {
			names = append(names, quoted[1])
		}
		if opens.MatchString(step.Text) {
			names = append(names, "open")
		}
	}
	return names
}

// candidates are the behaviours that may notice a mutant: those of the file that
// bears its name first, then the quick ones.
func (a *auditor) candidates(m Mutant) []*behaviour.Behaviour {
	var may []*behaviour.Behaviour
	for _, bh := range a.suite.Corpus.Behaviours {
		if _, meets := a.took[bh]; !meets && !a.opts.Quick {
			continue
		}
		if m.mayBeNoticed(a.names[bh]) {
			may = append(may, bh)
		}
	}
	own := func(bh *behaviour.Behaviour) int {
		for _, name := range m.Labels {
			if strings.Contains(bh.ID, strings.Trim(name, "_")) {
				return 0
			}
		}
		return 1
	}
	// Waits are what takes long: a tenth of a second more or less says nothing.
	const coarse = 100 * time.Millisecond
	slices.SortFunc(may, func(x, y *behaviour.Behaviour) int {
		return cmp.Or(
			cmp.Compare(own(x)+int(a.took[x]/coarse), own(y)+int(a.took[y]/coarse)),
			cmp.Compare(len(x.Touches), len(y.Touches)),
			cmp.Compare(x.ID, y.ID),
		)
	})
	return may
}

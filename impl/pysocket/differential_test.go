package pysocket_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pyparity/pyparity/conformance"
	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/behaviour"
	"github.com/pyparity/pyparity/harness/subject"
	"github.com/pyparity/pyparity/harness/trace"
	"github.com/pyparity/pyparity/impl/pysocket"
)

// machine is where the live CPythons are; opening it builds the binary for
// containers, which all tests share.
var machine struct {
	once sync.Once
	bed  *conformance.Bed
	err  error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if machine.bed != nil {
		if err := machine.bed.Close(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

func openMachine() (*conformance.Bed, error) {
	machine.once.Do(func() {
		mode, err := conformance.ParseMode("")
		if err != nil {
			machine.err = err
			return
		}
		machine.bed, machine.err = conformance.OpenBed(context.Background(), mode, func(string) {})
	})
	return machine.bed, machine.err
}

// sides starts a live CPython of the version and the port as that version, each
// in a container, so that both meet the same kernel, limits and files. The test
// is skipped where there is no Docker, unless $PYPARITY_REFERENCE demands it, and
// for a version that is not to be had here.
func sides(t *testing.T, python string) (reference, port subject.Worker) {
	t.Helper()
	if testing.Short() {
		t.Skip("both sides run in containers, minutes in all, and -short asks for less")
	}
	bed, err := openMachine()
	if err != nil {
		t.Fatal(err)
	}
	live := bed.Live()
	if live == nil {
		t.Skip("no live CPython to compare with")
	}
	cpython, _, err := live.Open(t.Context(), python)
	if lack, ok := errors.AsType[*harness.UnavailableError](err); ok {
		t.Skip(lack)
	}
	if err != nil {
		t.Fatal(err)
	}
	goPort, err := bed.Subject(conformance.GoSubject)
	if err != nil {
		t.Fatal(err)
	}
	return start(t, cpython, python), start(t, goPort, python)
}

func start(t *testing.T, s subject.Subject, python string) subject.Worker {
	t.Helper()
	w, err := s.Start(t.Context(), python, 0)
	if err != nil {
		t.Fatalf("%s %s: %v", s.Name(), python, err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Errorf("%s %s: %v", s.Name(), python, err)
		}
	})
	return w
}

// parse reads steps, one a line.
func parse(t *testing.T, steps []string) *behaviour.Behaviour {
	t.Helper()
	b, err := behaviour.ParseSteps(strings.Join(steps, "\n"), behaviour.Modules("socket"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// run runs steps.
func run(t *testing.T, w subject.Worker, b *behaviour.Behaviour) trace.Trace {
	t.Helper()
	req := subject.Request{Op: subject.OpRun, ID: b.ID, Modules: []string{"socket"},
		Limits: &subject.Limits{Step: 20 * time.Second, Behaviour: time.Minute}}
	for _, s := range b.Steps {
		req.Steps = append(req.Steps, subject.Step{Text: s.Text, Reads: s.Reads, Assigns: s.Assigns})
	}
	got, err := w.Run(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// unlike are the parts of an observation that differ between any two processes.
var unlike = []struct {
	pattern *regexp.Regexp
	instead string
}{
	{regexp.MustCompile(`0x[0-9a-f]+`), "0x…"},
	{regexp.MustCompile(`fd=\d+`), "fd=…"},
	{regexp.MustCompile(`('127\.0\.0\.1'|'::1'), \d{5}\b`), "$1, …"}, // a port that the system chose
}

// shown is an observation as text, without what differs between processes.
// Warnings about collected sockets are left out: when they fall is the collector's
// matter.
func shown(o trace.Observation) string {
	var parts []string
	switch o.Outcome() {
	case trace.OutcomeReturned:
		parts = append(parts, trace.Render(*o.Returned))
	case trace.OutcomeRaised:
		parts = append(parts, fmt.Sprintf("%s bases %v args", trace.RenderException(*o.Raised), o.Raised.Bases))
		for _, arg := range o.Raised.Args {
			parts = append(parts, trace.Render(arg))
		}
	case trace.OutcomeNotRun:
		parts = append(parts, "not run: "+o.NotRun)
	}
	for _, w := range o.Warnings {
		if w.Class != "ResourceWarning" {
			parts = append(parts, w.Class+": "+trace.Render(w.Text))
		}
	}
	text := strings.Join(parts, " ")
	for _, u := range unlike {
		text = u.pattern.ReplaceAllString(text, u.instead)
	}
	return text
}

// compare runs the steps on both sides and reports every step whose
// observations differ. It returns how many were compared and how many differ.
func compare(t *testing.T, want, got subject.Worker, steps []string) (compared, differ int) {
	t.Helper()
	b := parse(t, steps)
	w, g := run(t, want, b), run(t, got, b)
	if w.End != trace.EndDone || g.End != trace.EndDone {
		t.Errorf("the ends differ or are early: CPython %s %s, Go %s %s, after %q", w.End, w.Detail, g.End, g.Detail,
			b.Steps[min(len(w.Observations), len(g.Observations), len(b.Steps)-1)].Text)
	}
	for i := range min(len(w.Observations), len(g.Observations)) {
		compared++
		step := b.Steps[i].Text
		if x, y := shown(w.Observations[i]), shown(g.Observations[i]); x != y {
			differ++
			t.Errorf("%s\n  CPython %s\n  Go      %s", step, x, y)
		}
	}
	return compared, differ
}

// eachPython runs a test for every version that has a reference.
func eachPython(t *testing.T, f func(t *testing.T, want, got subject.Worker)) {
	t.Helper()
	for _, python := range pysocket.Pythons() {
		t.Run(python, func(t *testing.T) {
			reference, port := sides(t, python)
			f(t, reference, port)
		})
	}
}

func TestPythonsAreInOrder(t *testing.T) {
	want := []string{"3.9", "3.11", "3.13", "3.14", "3.15"}
	if got := pysocket.Pythons(); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

package pysocket_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/behaviour"
	runner "github.com/pyparity/pyparity/harness/starlark"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/harness/subject"
	"github.com/pyparity/pyparity/harness/trace"
	"github.com/pyparity/pyparity/impl/pysocket"
)

// agent is the program that runs steps in CPython.
const agent = "../../pyref/agent.py"

// reference starts a CPython of the version in its image, or skips the test
// where there is none.
func reference(t *testing.T, python string) subject.Worker {
	t.Helper()
	image := "pyparity/cpython:" + python
	if err := exec.Command("docker", "image", "inspect", image).Run(); err != nil {
		t.Skipf("no image %s to compare with: %v", image, err)
	}
	source, err := os.ReadFile(agent)
	if err != nil {
		t.Fatal(err)
	}
	s := &subject.Stream{SubjectName: "cpython", StartFunc: func(context.Context, string, int) (subject.Process, error) {
		return subject.StartCommand(exec.Command("docker", "run", "--rm", "--interactive", "--init", "--network", "none",
			"--sysctl", "net.ipv6.conf.all.disable_ipv6=0", image, "python"+python, "-I", "-c", string(source)))
	}}
	return start(t, s, python)
}

// port starts the Go side for the version.
func port(t *testing.T, python string) subject.Worker {
	t.Helper()
	return start(t, &subject.Local{SubjectName: "go", New: newRunner}, python)
}

func newRunner(python string) (subject.Runner, error) {
	version, err := pyval.ParseVersion(python)
	if err != nil {
		return nil, err
	}
	return &runner.Runner{Python: version, Modules: []runner.Module{{Name: "socket", New: func(env *runner.Env) (starlark.Value, error) {
		return pysocket.Module(pysocket.Options{Python: env.Python, Warn: env.Warn})
	}}}}, nil
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

// run runs steps, one a line.
func run(t *testing.T, w subject.Worker, steps []string) trace.Trace {
	t.Helper()
	b, err := behaviour.ParseSteps(strings.Join(steps, "\n"), behaviour.Modules("socket"))
	if err != nil {
		t.Fatal(err)
	}
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
	w, g := run(t, want, steps), run(t, got, steps)
	if w.End != trace.EndDone || g.End != trace.EndDone {
		t.Errorf("the ends differ or are early: CPython %s %s, Go %s %s, after %q", w.End, w.Detail, g.End, g.Detail,
			steps[min(len(w.Observations), len(g.Observations), len(steps)-1)])
	}
	for i := range min(len(w.Observations), len(g.Observations)) {
		compared++
		if a, b := shown(w.Observations[i]), shown(g.Observations[i]); a != b {
			differ++
			t.Errorf("%s\n  CPython %s\n  Go      %s", steps[i], a, b)
		}
	}
	return compared, differ
}

// eachPython runs a test for every version that has a reference.
func eachPython(t *testing.T, f func(t *testing.T, want, got subject.Worker)) {
	t.Helper()
	for _, python := range pysocket.Pythons() {
		t.Run(python, func(t *testing.T) { f(t, reference(t, python), port(t, python)) })
	}
}

func TestPythonsAreInOrder(t *testing.T) {
	want := []string{"3.9", "3.11", "3.13", "3.14", "3.15"}
	if got := pysocket.Pythons(); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

package upstream

import (
	"bufio"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/pyparity/pyparity/harness/subject"
)

//go:embed run.py
var runner string

// An Outcome is what became of a test.
type Outcome string

// The outcomes. A test that was to fail and did has passed.
const (
	Passed  Outcome = "passed"
	Skipped Outcome = "skipped"
	Failed  Outcome = "failed"
)

// A Test is a test that was run.
type Test struct {
	Name    string // "test_socket.GeneralModuleTests.test_repr"
	Outcome Outcome
	Detail  string // the reason of a skip, the traceback of a failure
	Took    time.Duration
}

// A plan is what the runner in the container is asked for.
type plan struct {
	Suites []string `json:"suites"`
	Tests  []string `json:"tests"`
	Done   []string `json:"done"`
	Limit  float64  `json:"limit"` // seconds
}

// An event is a line of the runner's.
type event struct {
	Event   string   `json:"event"`
	Socket  string   `json:"socket"` // where _socket is from
	Tests   []string `json:"tests"`
	Test    string   `json:"test"`
	Outcome Outcome  `json:"outcome"`
	Detail  string   `json:"detail"`
	Seconds float64  `json:"seconds"`
}

// silence bounds how long the runner may say nothing, in addition to what a test
// may take: it ends itself at a test's limit.
const silence = 30 * time.Second

// A run is one side's: all tests, over as many interpreters as it takes. An
// interpreter that a test ends, or that hangs in one, costs that test; the ones
// after it run in the next.
type run struct {
	start  func(ctx context.Context, command ...string) (subject.Process, error)
	python string // the interpreter
	plan   plan

	socket   string
	planned  []string
	results  map[string]Test
	fixtures []event
	running  string
	finished bool
}

func (r *run) all(ctx context.Context) ([]Test, error) {
	r.results = map[string]Test{}
	for !r.finished {
		if err := r.once(ctx); err != nil {
			return nil, err
		}
	}
	tests := make([]Test, len(r.planned))
	for i, name := range r.planned {
		test, ok := r.results[name]
		if !ok {
			test = r.neverStarted(name)
		}
		tests[i] = test
	}
	return tests, nil
}

// once runs one interpreter until it has done all tests, or has ended.
func (r *run) once(ctx context.Context) error {
	r.plan.Done = []string{}
	for name := range r.results {
		r.plan.Done = append(r.plan.Done, name)
	}
	plan, err := json.Marshal(r.plan)
	if err != nil {
		return err
	}
	p, err := r.start(ctx, r.python, "-I", "-c", runner, string(plan))
	if err != nil {
		return err
	}
	r.running = ""
	err = r.follow(ctx, p)
	said := strings.TrimSpace(p.Stderr())
	if closing := p.Close(); err == nil {
		err = closing
	}
	switch {
	case err != nil:
		return err
	case r.finished:
		return nil
	case r.planned == nil:
		return fmt.Errorf("cannot load %s: %s", strings.Join(r.plan.Suites, ", "), said)
	case r.running == "":
		return fmt.Errorf("the interpreter ended outside any test: %s", said)
	}
	r.results[r.running] = Test{Name: r.running, Outcome: Failed, Detail: "the interpreter ended or was stopped in this test\n" + said}
	return nil
}

// follow reads events until there are no more.
func (r *run) follow(ctx context.Context, p subject.Process) error {
	lines := make(chan []byte)
	failed := make(chan error, 1)
	ended := make(chan struct{})
	defer close(ended)
	go func() {
		defer close(lines)
		scanner := bufio.NewScanner(p.Stdout())
		scanner.Buffer(nil, 16<<20)
		for scanner.Scan() {
			select {
			case lines <- append([]byte{}, scanner.Bytes()...):
			case <-ended:
				return
			}
		}
		failed <- scanner.Err()
	}()
	limit := time.Duration(r.plan.Limit*float64(time.Second)) + silence
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(limit):
			return nil // whatever it was doing is blamed
		case line, ok := <-lines:
			if !ok {
				return <-failed
			}
			var e event
			if err := json.Unmarshal(line, &e); err != nil {
				return fmt.Errorf("the runner said %q: %w", line, err)
			}
			r.take(e)
			if r.finished {
				return nil
			}
		}
	}
}

func (r *run) take(e event) {
	switch e.Event {
	case "plan":
		r.socket = e.Socket
		if r.planned == nil {
			r.planned = e.Tests
		}
	case "start":
		r.running = e.Test
	case "end":
		r.running = ""
		r.results[e.Test] = Test{e.Test, e.Outcome, e.Detail, time.Duration(e.Seconds * float64(time.Second))}
	case "fixture":
		r.fixtures = append(r.fixtures, e)
	case "done":
		r.finished = true
	}
}

// neverStarted is a test whose class or module could not be set up.
func (r *run) neverStarted(name string) Test {
	for _, f := range r.fixtures {
		// setUpClass (test.test_socket.GeneralModuleTests)
		_, of, _ := strings.Cut(f.Test, "(test.")
		if of = strings.TrimSuffix(of, ")"); of != "" && strings.HasPrefix(name, of+".") {
			return Test{Name: name, Outcome: f.Outcome, Detail: f.Detail}
		}
	}
	return Test{Name: name, Outcome: Failed, Detail: "it was never started"}
}

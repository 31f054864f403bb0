package pyref_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/pyparity/pyparity/harness/subject"
	"github.com/pyparity/pyparity/harness/trace"
)

// patience is how long a test waits for what must happen; only a failing test
// waits that long.
const patience = time.Minute

// generous are limits that no step of these tests comes near.
var generous = subject.Limits{Step: patience, Behaviour: patience}

func hostPython(t testing.TB) string {
	t.Helper()
	path, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not on PATH; the agent is also tested in its containers")
	}
	return path
}

// startAgent runs agent.py in the host's Python, as a Worker.
func startAgent(t testing.TB) subject.Worker {
	t.Helper()
	python := hostPython(t)
	s := &subject.Stream{SubjectName: "agent", StartFunc: func(context.Context, string, int) (subject.Process, error) {
		return subject.StartCommand(exec.Command(python, "-I", "agent.py"))
	}}
	w, err := s.Start(t.Context(), "3.13", 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

// texts makes steps that read and assign nothing as far as the agent is told.
func texts(lines ...string) []subject.Step {
	steps := make([]subject.Step, len(lines))
	for i, line := range lines {
		steps[i].Text = line
	}
	return steps
}

// request is a run of steps of the socket module.
func request(steps ...subject.Step) subject.Request {
	return subject.Request{
		Op: subject.OpRun, ID: "test.behaviour", Modules: []string{"socket"}, Steps: steps, Limits: &generous,
	}
}

func run(t testing.TB, w subject.Worker, req subject.Request) trace.Trace {
	t.Helper()
	got, err := w.Run(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// mustRun runs a behaviour that has to get to its end.
func mustRun(t testing.TB, w subject.Worker, req subject.Request) []trace.Observation {
	t.Helper()
	got := run(t, w, req)
	if got.End != trace.EndDone {
		t.Fatalf("ended with %s (%s) after %d steps; stderr: %s", got.End, got.Detail, len(got.Observations), got.Stderr)
	}
	return got.Observations
}

// shown is an observation in one line, without its duration.
func shown(o trace.Observation) string {
	var b strings.Builder
	switch o.Outcome() {
	case trace.OutcomeReturned:
		b.WriteString(trace.Render(*o.Returned))
	case trace.OutcomeRaised:
		b.WriteString("raised " + trace.RenderException(*o.Raised))
	case trace.OutcomeNotRun:
		b.WriteString("not run: " + o.NotRun)
	}
	for _, w := range o.Warnings {
		b.WriteString(" | " + w.Class + ": " + trace.Render(w.Text))
	}
	return b.String()
}

// A wire is agent.py at the level of lines and signals.
type wire struct {
	*exec.Cmd
	stdin  io.WriteCloser
	stdout *bufio.Reader
	stderr bytes.Buffer
}

func startWire(t testing.TB, command ...string) *wire {
	t.Helper()
	w := &wire{Cmd: exec.Command(hostPython(t), command...)}
	w.Stderr = &w.stderr
	w.WaitDelay = patience
	stdout, err := w.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	w.stdout = bufio.NewReader(stdout)
	if w.stdin, err = w.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if w.ProcessState == nil {
			_ = w.Process.Kill() // the test failed before it ended the agent
			_ = w.Wait()
		}
	})
	return w
}

func (w *wire) send(t testing.TB, req subject.Request) {
	t.Helper()
	line, err := json.Marshal(req)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.stdin.Write(append(line, '\n')); err != nil {
		t.Fatal(err)
	}
}

func (w *wire) next(t testing.TB) ([]byte, subject.Event) {
	t.Helper()
	line, err := w.stdout.ReadBytes('\n')
	if err != nil {
		t.Fatalf("no event: %v", err)
	}
	var e subject.Event
	if err := json.Unmarshal(line, &e); err != nil {
		t.Fatalf("%v: %s", err, line)
	}
	return line, e
}

// until reads lines up to the end of a behaviour, or to a hello.
func (w *wire) until(t testing.TB) [][]byte {
	t.Helper()
	var lines [][]byte
	for {
		line, e := w.next(t)
		lines = append(lines, line)
		if e.Step == nil {
			return lines
		}
	}
}

// status waits for the agent's end and returns its exit status, or -1 if a
// signal killed it.
func (w *wire) status(t testing.TB) int {
	t.Helper()
	if _, err := io.Copy(io.Discard, w.stdout); err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := w.Wait(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return w.ProcessState.ExitCode()
}

// gone waits until a process has ended. One that nobody has waited for yet
// counts as ended.
func gone(t testing.TB, pid string) {
	t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		stat, err := os.ReadFile("/proc/" + pid + "/stat")
		if err != nil {
			return
		}
		// The state follows the name, which is in parentheses.
		if _, rest, _ := strings.Cut(string(stat), ") "); strings.HasPrefix(rest, "Z") || strings.HasPrefix(rest, "X") {
			return
		}
	}
	t.Errorf("process %s is still there", pid)
}

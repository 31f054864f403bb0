package starlark_test

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.starlark.net/lib/math"
	gostarlark "go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"
	"go.starlark.net/syntax"

	"github.com/pyparity/pyparity/harness/starlark"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/harness/subject"
	"github.com/pyparity/pyparity/harness/trace"
)

// pythonVariable names another interpreter to compare with than python3: a
// command that takes Python's arguments.
const pythonVariable = "PYPARITY_TEST_PYTHON"

func TestLanguageIsPython(t *testing.T)    { compareWithPython(t, "testdata/language.txt") }
func TestMethodsArePythons(t *testing.T)   { compareWithPython(t, "testdata/methods.txt") }
func TestObserversArePythons(t *testing.T) { compareWithPython(t, "testdata/observers.txt") }
func TestCodecsArePythons(t *testing.T)    { compareWithPython(t, "testdata/codecs.txt") }

// TestExceptionsArePythons gives steps the exceptions of Python's socket module,
// which are the only ones that they can call.
func TestExceptionsArePythons(t *testing.T) {
	compareWithPython(t, "testdata/exceptions.txt", func(_ subject.Worker, python pyval.Version) starlark.Module {
		derived := func(name string) *pyval.Class {
			return &pyval.Class{Module: "socket", Short: name, Bases: []*pyval.Class{pyval.OSError}}
		}
		timeout := pyval.TimeoutError
		if !python.AtLeast(3, 10) {
			timeout = derived("timeout")
		}
		members := gostarlark.StringDict{
			"error": pyval.OSError, "timeout": timeout, "gaierror": derived("gaierror"), "herror": derived("herror"),
		}
		return starlark.Module{Name: "socket", New: func(*starlark.Env) (gostarlark.Value, error) {
			return &starlarkstruct.Module{Name: "socket", Members: members}, nil
		}}
	})
}

// TestEnumsArePythons makes the enums of Python's socket module of the members
// that this machine's Python has.
func TestEnumsArePythons(t *testing.T) {
	compareWithPython(t, "testdata/enums.txt", func(worker subject.Worker, python pyval.Version) starlark.Module {
		enums := map[string]bool{"AddressFamily": false, "SocketKind": false, "MsgFlag": true, "AddressInfo": true}
		classes := map[string]*pyval.Class{}
		for name, flag := range enums {
			classes[name] = pyval.NewEnumClass(python, "socket", name, flag, membersOf(t, worker, name))
		}
		return starlark.Module{Name: "socket", New: func(*starlark.Env) (gostarlark.Value, error) {
			m := &starlarkstruct.Module{Name: "socket", Members: gostarlark.StringDict{}}
			for name, class := range classes {
				m.Members[name] = class
				for _, member := range membersOf(t, worker, name) {
					m.Members[member.Name] = class.Named(member.Name)
				}
			}
			return m, nil
		}}
	})
}

// membersOf asks Python for the members of an enum, aliases included.
func membersOf(t *testing.T, worker subject.Worker, enum string) []pyval.EnumMember {
	t.Helper()
	req := request(t, step{0, "[(name, m.value) for name, m in socket." + enum + ".__members__.items()]"})
	got, err := worker.Run(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	var members []pyval.EnumMember
	for _, item := range got.Observations[0].Returned.Items {
		value, err := strconv.ParseInt(item.Items[1].Text, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		members = append(members, pyval.EnumMember{Name: item.Items[0].Text, Value: value})
	}
	return members
}

// compareWithPython runs every block of a file as a behaviour on this machine's
// Python and on the runner, and compares what the two observed, warnings
// included and times excluded.
func compareWithPython(t *testing.T, file string, modules ...func(subject.Worker, pyval.Version) starlark.Module) {
	t.Helper()
	worker := startPython(t)
	python, err := pyval.ParseVersion(worker.Hello().Python)
	if err != nil {
		t.Fatal(err)
	}
	runner := &starlark.Runner{Python: python, Modules: []starlark.Module{mathModule, {Name: "socket", New: mathModule.New}}}
	for _, module := range modules {
		runner.Modules[1] = module(worker, python)
	}
	for _, block := range readBlocks(t, file) {
		if block.applies(t, python) {
			compareBlock(t, file, worker, runner, block)
		}
	}
}

func compareBlock(t *testing.T, file string, worker subject.Worker, runner *starlark.Runner, b block) {
	t.Helper()
	req := request(t, b.steps...)
	want, err := worker.Run(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	got := run(t, runner, req)
	if want.End != trace.EndDone {
		t.Fatalf("%s:%d: Python ends with %s: %s\n%s", file, b.steps[0].line, want.End, want.Detail, want.Stderr)
	}
	if got.End != trace.EndDone {
		t.Errorf("%s:%d: the runner ends with %s: %s", file, b.steps[0].line, got.End, got.Detail)
		return
	}
	for i, s := range b.steps {
		if strings.HasSuffix(s.text, anyMark) {
			continue
		}
		if want, got := encoded(t, want.Observations[i]), encoded(t, got.Observations[i]); want != got {
			t.Errorf("%s:%d: %s\npython: %s\nrunner: %s", file, s.line, s.text, want, got)
		}
	}
}

// anyMark ends a step whose outcome is not compared, such as the number of a
// descriptor.
const anyMark = "# any"

var mathModule = starlark.Module{
	Name: "math",
	New:  func(*starlark.Env) (gostarlark.Value, error) { return math.Module, nil },
}

// startPython starts the reference's agent under this machine's Python.
func startPython(t *testing.T) subject.Worker {
	t.Helper()
	command := os.Getenv(pythonVariable)
	if command == "" {
		if _, err := exec.LookPath("python3"); err != nil {
			t.Skip("there is no python3 on this machine")
		}
		command = "python3"
	}
	agent, err := os.ReadFile("../../pyref/agent.py")
	if err != nil {
		t.Fatal(err)
	}
	start := func(context.Context, string, int) (subject.Process, error) {
		return subject.StartCommand(exec.Command("/bin/sh", "-c", command+` -I -c "$0"`, string(agent)))
	}
	python := &subject.Stream{SubjectName: "python", StartFunc: start}
	worker, err := python.Start(t.Context(), "", 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := worker.Close(); err != nil {
			t.Error(err)
		}
	})
	return worker
}

// A block is a behaviour of the test data: lines without a blank one between.
type block struct {
	since string
	until string // exclusive
	steps []step
}

type step struct {
	line int
	text string
}

// readBlocks reads test data. A comment "#since X.Y" or "#before X.Y" as a
// block's first line restricts the Pythons that it is for; other comments are
// for the reader.
func readBlocks(t *testing.T, name string) []block {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var blocks []block
	var b block
	for i, line := range strings.Split(string(data)+"\n", "\n") {
		line = strings.TrimRight(line, " ")
		since, isSince := strings.CutPrefix(line, "#since ")
		before, isBefore := strings.CutPrefix(line, "#before ")
		switch {
		case isSince:
			b.since = since
		case isBefore:
			b.until = before
		case strings.HasPrefix(line, "#"):
		case line != "":
			b.steps = append(b.steps, step{i + 1, line})
		case b.steps != nil:
			blocks = append(blocks, b)
			b = block{}
		}
	}
	return blocks
}

func (b block) applies(t *testing.T, python pyval.Version) bool {
	t.Helper()
	atLeast := func(text string) bool {
		v, err := pyval.ParseVersion(text)
		if err != nil {
			t.Fatalf("line %d: %v", b.steps[0].line, err)
		}
		return python.AtLeast(v.Major, v.Minor)
	}
	return (b.since == "" || atLeast(b.since)) && (b.until == "" || !atLeast(b.until))
}

// request makes a behaviour of steps, with the names that they assign and read.
func request(t *testing.T, steps ...step) subject.Request {
	t.Helper()
	req := subject.Request{
		Op: subject.OpRun, ID: "test." + t.Name(), Modules: []string{"math", "socket"},
		Limits: &subject.Limits{Step: 10 * time.Second, Behaviour: 30 * time.Second},
	}
	for _, line := range steps {
		file, err := new(syntax.FileOptions).Parse("step", line.text, 0)
		if err != nil {
			t.Fatalf("line %d: %v", line.line, err)
		}
		step := subject.Step{Text: line.text}
		if assign, ok := file.Stmts[0].(*syntax.AssignStmt); ok {
			step.Assigns = identifiers(assign.LHS)
			if assign.Op == syntax.EQ {
				file.Stmts[0] = &syntax.ExprStmt{X: assign.RHS}
			}
		}
		step.Reads = identifiers(file.Stmts[0])
		req.Steps = append(req.Steps, step)
	}
	return req
}

func identifiers(n syntax.Node) []string {
	var names []string
	syntax.Walk(n, func(n syntax.Node) bool {
		if id, ok := n.(*syntax.Ident); ok {
			names = append(names, id.Name)
		}
		return true
	})
	return names
}

// run runs a behaviour in this process.
func run(t *testing.T, runner *starlark.Runner, req subject.Request) trace.Trace {
	t.Helper()
	var got trace.Trace
	err := runner.Run(t.Context(), req, func(e subject.Event) error {
		switch {
		case e.Step != nil:
			got.Observations = append(got.Observations, *e.Step)
		case e.Done != nil:
			got.End, got.Detail = e.Done.End, e.Done.Detail
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// encoded is an observation as it travels, without the time that it took.
func encoded(t *testing.T, o trace.Observation) string {
	t.Helper()
	o.Took = 0
	text, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

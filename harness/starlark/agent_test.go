//go:build linux

package starlark_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"

	. "github.com/onsi/gomega"
	gostarlark "go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/pyparity/pyparity/harness/starlark"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/harness/subject"
	"github.com/pyparity/pyparity/harness/trace"
)

// agentVariable makes this test binary an agent instead of running tests.
const agentVariable = "PYPARITY_TEST_AGENT"

func TestMain(m *testing.M) {
	if os.Getenv(agentVariable) != "" || starlark.IsWorker() {
		if err := testAgent().Serve(context.Background(), os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func testAgent() *starlark.Agent {
	return &starlark.Agent{New: func(python string) (*starlark.Runner, error) {
		version, err := pyval.ParseVersion(python)
		if err != nil {
			return nil, err
		}
		return &starlark.Runner{Python: version, Modules: []starlark.Module{mathModule, badModule}}, nil
	}}
}

// badModule does what a port must not do.
var badModule = starlark.Module{Name: "bad", New: func(env *starlark.Env) (gostarlark.Value, error) {
	functions := map[string]func() gostarlark.Value{
		"pid":    func() gostarlark.Value { return gostarlark.MakeInt(os.Getpid()) },
		"panic":  func() gostarlark.Value { panic("a mistake") },
		"forget": func() gostarlark.Value { go func() { panic("beside") }(); select {} },
		"exit":   func() gostarlark.Value { os.Exit(3); return nil },
		"hang":   func() gostarlark.Value { select {} },
		"spin": func() gostarlark.Value {
			for {
				time.Sleep(0)
			}
		},
		"leave": func() gostarlark.Value { go func() { select {} }(); return gostarlark.None },
		"print": func() gostarlark.Value { fmt.Println(`{"event":"done"}`); return gostarlark.None },
		"stop": func() gostarlark.Value {
			if err := syscall.Kill(os.Getpid(), syscall.SIGSTOP); err != nil {
				panic(err)
			}
			select {}
		},
		"freeze": func() gostarlark.Value {
			var fds [2]int
			if err := syscall.Pipe(fds[:]); err != nil {
				panic(err)
			}
			// Unknown to the scheduler, so that the world cannot be stopped.
			go func() {
				_, _, _ = syscall.RawSyscall(syscall.SYS_READ, uintptr(fds[0]), uintptr(unsafe.Pointer(new(byte))), 1)
			}()
			time.Sleep(100 * time.Millisecond)
			runtime.GC()
			return gostarlark.None
		},
		"warn": func() gostarlark.Value {
			if err := env.Warn(pyval.ResourceWarning, "from beside"); err != nil {
				panic(err)
			}
			return gostarlark.None
		},
	}
	m := &starlarkstruct.Module{Name: "bad", Members: gostarlark.StringDict{}}
	for name, f := range functions {
		m.Members[name] = gostarlark.NewBuiltin(name, func(*gostarlark.Thread, *gostarlark.Builtin, gostarlark.Tuple, []gostarlark.Tuple) (gostarlark.Value, error) {
			return f(), nil
		})
	}
	return m, nil
}}

// startAgent starts this binary as an agent behind its standard streams.
func startAgent(t *testing.T) (worker subject.Worker, pid func() int) {
	t.Helper()
	var cmd *exec.Cmd
	stream := &subject.Stream{SubjectName: "agent", StartFunc: func(context.Context, string, int) (subject.Process, error) {
		cmd = exec.Command("/proc/self/exe")
		cmd.Env = append(os.Environ(), agentVariable+"=1")
		return subject.StartCommand(cmd)
	}}
	worker, err := stream.Start(t.Context(), "3.13", 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := worker.Close(); err != nil {
			t.Error(err)
		}
	})
	return worker, func() int { return cmd.Process.Pid }
}

func badRequest(limit time.Duration, texts ...string) subject.Request {
	req := subject.Request{
		Op: subject.OpRun, ID: "test.bad", Modules: []string{"bad"},
		Limits: &subject.Limits{Step: limit, Behaviour: 10 * limit},
	}
	for _, text := range texts {
		req.Steps = append(req.Steps, subject.Step{Text: text})
	}
	return req
}

func runOn(t *testing.T, worker subject.Worker, req subject.Request) trace.Trace {
	t.Helper()
	got, err := worker.Run(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// servedBy is the process id of the worker that serves now.
func servedBy(t *testing.T, worker subject.Worker) string {
	t.Helper()
	got := runOn(t, worker, badRequest(10*time.Second, "bad.pid()"))
	if got.End != trace.EndDone {
		t.Fatalf("ended with %s: %s", got.End, got.Detail)
	}
	return got.Observations[0].Returned.Text
}

func TestWorkerThatLeavesNothingBehindServesAgain(t *testing.T) {
	worker, _ := startAgent(t)
	first := servedBy(t, worker)
	for range 5 {
		if again := servedBy(t, worker); again != first {
			t.Errorf("process %s was replaced by %s", first, again)
		}
	}
}

func TestWorkerThatLeavesSomethingBehindIsReplaced(t *testing.T) {
	for _, step := range []string{"p = os.pipe()", "bad.leave()", "spawn(bad.hang)", "spawn(os.read, os.pipe()[0], 1)"} {
		t.Run(step, func(t *testing.T) {
			worker, _ := startAgent(t)
			got := runOn(t, worker, badRequest(10*time.Second, "bad.pid()", step))
			if got.End != trace.EndDone {
				t.Fatalf("ended with %s: %s", got.End, got.Detail)
			}
			if first, second := got.Observations[0].Returned.Text, servedBy(t, worker); first == second {
				t.Errorf("process %s serves again", first)
			}
		})
	}
}

func TestBadBehaviourCostsItself(t *testing.T) {
	for _, c := range []struct {
		steps  []string
		end    trace.End
		seen   int
		detail string
	}{
		{[]string{"1", "bad.panic()", "2"}, trace.EndCrash, 1, "at step 2: panic: a mistake"},
		{[]string{"1", "join(spawn(bad.panic))"}, trace.EndCrash, 1, "at step 2: panic: a mistake"},
		{[]string{"1", "bad.forget()"}, trace.EndCrash, 1, "panic: beside"},
		{[]string{"1", "bad.exit()"}, trace.EndCrash, 1, "exit status 3"},
		{[]string{"1", "2", "bad.hang()"}, trace.EndHang, 2, "step 3 took longer than 1s"},
		{[]string{"bad.spin()"}, trace.EndHang, 0, "step 1 took longer than 1s"},
		{[]string{"bad.stop()"}, trace.EndHang, 0, "did not react"},
		{[]string{"1", "join(spawn(bad.hang))"}, trace.EndHang, 1, "step 2 took longer than 1s"},
		{[]string{"1 +"}, trace.EndRefused, 0, "step 1 does not parse"},
		{[]string{"1", "2; 3"}, trace.EndRefused, 0, "step 2 is not one expression"},
		{[]string{"bad.print()", "3"}, trace.EndDone, 2, ""},
	} {
		t.Run(strings.Join(c.steps, ";"), func(t *testing.T) {
			t.Parallel()
			g := NewWithT(t)
			worker, _ := startAgent(t)
			limit := time.Second
			if c.end != trace.EndHang {
				limit = 20 * time.Second
			}
			got := runOn(t, worker, badRequest(limit, c.steps...))
			g.Expect(got.End).To(Equal(c.end), got.Detail)
			g.Expect(got.Detail).To(ContainSubstring(c.detail))
			g.Expect(got.Observations).To(HaveLen(c.seen))
			servedBy(t, worker)
		})
	}
}

// On a slow machine the answer may come too late.
func TestFrozenWorkerTellsWhatItWasDoing(t *testing.T) {
	g := NewWithT(t)
	worker, _ := startAgent(t)
	g.Eventually(func() string {
		got := runOn(t, worker, badRequest(time.Second, "1", "bad.freeze()"))
		g.Expect(got.End).To(Equal(trace.EndHang))
		g.Expect(got.Observations).To(HaveLen(1))
		return got.Detail
	}, time.Minute).Should(And(ContainSubstring("did not react"), ContainSubstring("RawSyscall")))
}

func TestAgentTakesItsWorkersAlong(t *testing.T) {
	worker, agent := startAgent(t)
	pid, err := strconv.Atoi(servedBy(t, worker))
	if err != nil {
		t.Fatal(err)
	}
	if pid == agent() {
		t.Fatal("behaviours run in the agent itself")
	}
	if err := syscall.Kill(agent(), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	NewWithT(t).Eventually(func() error { return syscall.Kill(pid, 0) }, 20*time.Second).Should(MatchError(syscall.ESRCH))
}

func TestAgentRemovesTemporaryFolders(t *testing.T) {
	g := NewWithT(t)
	worker, _ := startAgent(t)
	for _, last := range []string{"1", "bad.exit()"} {
		got := runOn(t, worker, badRequest(20*time.Second, `os.stat(tmp("")[:-1])[0]`, `tmp("x")`, last))
		g.Expect(got.Observations[0].Returned.Text).To(Equal("dir"))
		folder := strings.TrimSuffix(got.Observations[1].Returned.Text, "/x")
		g.Eventually(folder, 20*time.Second).ShouldNot(BeADirectory())
	}
}

func TestAgentRefusesBadInput(t *testing.T) {
	for input, want := range map[string]string{
		"junk\n":                                          "not a request",
		`{"op":"nope"}` + "\n":                            "unknown operation",
		`{"op":"run","id":"a.b"}` + "\n":                  "before the hello",
		`{"op":"hello","protocol":99}` + "\n":             "protocol 99",
		`{"op":"hello","protocol":1,"python":"x"}` + "\n": "not a Python version",
	} {
		err := testAgent().Serve(t.Context(), strings.NewReader(input), new(strings.Builder))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want one about %q", input, err, want)
		}
	}
}

func TestAgentSaysWhatItIs(t *testing.T) {
	g := NewWithT(t)
	worker, _ := startAgent(t)
	hello := worker.Hello()
	g.Expect(hello.Implementation).To(Equal(starlark.Implementation))
	g.Expect(hello.Python).To(Equal("3.13"))
	g.Expect(hello.Platform).To(HaveKeyWithValue("system", "Linux"))
	g.Expect(hello.Capabilities).To(ContainElement("family:unix"))
}

package pyref_test

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/pyparity/pyparity/harness/subject"
	"github.com/pyparity/pyparity/harness/trace"
)

// sha256Start is as much of a digest as trace.Render shows.
func sha256Start(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])[:8]
}

// with adds modules that let a step reach the process, which no behaviour does.
func with(modules string, lines ...string) subject.Request {
	req := request(texts(lines...)...)
	req.Modules = strings.Fields(modules)
	return req
}

func TestAgentEndsABehaviourThatHangs(t *testing.T) {
	tests := []struct {
		name   string
		limits subject.Limits
		steps  []string
		want   string
	}{
		{"in a step", subject.Limits{Step: 2 * time.Second, Behaviour: patience}, []string{"1", "2", "time.sleep(1000)", "4"}, "step 3 took longer than 2s"},
		{"in a system call of a thread", subject.Limits{Step: 2 * time.Second, Behaviour: patience},
			[]string{"a, b = socket.socketpair()", "join(spawn(a.recv, 1))"}, "step 2 took longer than 2s"},
		{"in all", subject.Limits{Step: patience, Behaviour: 2 * time.Second}, []string{"1", "time.sleep(1000)"}, "the behaviour took longer than 2s, at step 2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := startAgent(t)
			req := request(texts(tt.steps...)...)
			req.Limits = &tt.limits
			got := run(t, w, req)
			if got.End != trace.EndHang || got.Detail != tt.want {
				t.Errorf("ended with %s (%s), want hang (%s)", got.End, got.Detail, tt.want)
			}
			if hung := strings.Count(tt.want, "step 3") + 1; len(got.Observations) != hung {
				t.Errorf("%d steps were observed before it hung, want %d", len(got.Observations), hung)
			}
			mustRun(t, w, request(texts("1")...))
		})
	}
}

func TestAgentSurvivesABehaviourThatDies(t *testing.T) {
	w := startAgent(t)
	tests := []struct {
		name, want string
		req        subject.Request
	}{
		{"by a signal", "killed by SIGKILL at step 2", with("signal", "1", "signal.raise_signal(9)", "3")},
		{"by a fault", "killed by SIGSEGV at step 2", with("signal", "1", "signal.raise_signal(11)", "3")},
		{"by abort", "killed by SIGABRT at step 2", with("signal", "1", "signal.raise_signal(6)", "3")},
		{"by an exit", "exited with status 3 at step 2", with("posix", "1", "posix._exit(3)", "3")},
		{"by closing the agent's pipe", "exited with status 70 at step 2",
			with("posix", "1", "posix.closerange(3, 1024)")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := run(t, w, tt.req)
			if got.End != trace.EndCrash || got.Detail != tt.want {
				t.Errorf("ended with %s (%s), want crash (%s)", got.End, got.Detail, tt.want)
			}
			mustRun(t, w, request(texts("1")...))
		})
	}
}

func TestAgentKeepsItsDescriptorsFromSteps(t *testing.T) {
	w := startAgent(t)
	var steps []string
	for fd := range 1100 {
		if fd > 2 {
			steps = append(steps, "os.close("+strconv.Itoa(fd)+")")
		}
	}
	steps = append(steps, "os.close(1)", "os.write(2, b'')", "os.close(2)", "socket.socket().fileno()")
	observed := mustRun(t, w, request(texts(steps...)...))
	for i, o := range observed[:1097] {
		if got := shown(o); got != "raised OSError(9, 'Bad file descriptor')" {
			t.Errorf("%s: %s", steps[i], got)
		}
	}
	mustRun(t, w, request(texts("1")...))
}

// What steps and modules print is not the protocol.
func TestAgentKeepsOutputFromTheProtocol(t *testing.T) {
	w := startWire(t, "-I", "agent.py")
	req := with("sys this", "os.write(1, b'junk\\n')", "sys.stdout.write('more junk\\n')", "os.read(0, 5)")
	w.send(t, req)
	lines := w.until(t)
	if len(lines) != 4 || !strings.Contains(string(lines[2]), `"returned":{"bytes":""}`) {
		t.Errorf("it wrote %q", lines)
	}
	if err := w.stdin.Close(); err != nil {
		t.Fatal(err)
	}
	if status := w.status(t); status != 0 {
		t.Errorf("its exit status is %d", status)
	}
	for _, want := range []string{"Zen of Python", "junk\n", "more junk\n"} {
		if !strings.Contains(w.stderr.String(), want) {
			t.Errorf("stderr lacks %q: %s", want, w.stderr.String())
		}
	}
}

func TestAgentLeavesNoProcessBehind(t *testing.T) {
	t.Parallel()
	w := startAgent(t)
	for _, end := range []string{"1", "time.sleep(1000)"} {
		req := with("subprocess", "p = subprocess.Popen(['sleep', '1000'])", "p.pid", end)
		if end != "1" {
			req.Limits = &subject.Limits{Step: 3 * time.Second, Behaviour: patience}
		}
		got := run(t, w, req)
		if len(got.Observations) < 2 {
			t.Fatalf("ended with %s (%s): %+v", got.End, got.Detail, got.Observations)
		}
		gone(t, got.Observations[1].Returned.Text)
	}
}

// running starts a behaviour that does not end, and returns the process in
// which it runs and its directory.
func running(t *testing.T, w *wire) (pid, directory string) {
	t.Helper()
	w.send(t, with("posix", "posix.getpid()", "tmp('x')", "time.sleep(1000)"))
	_, e := w.next(t)
	pid = e.Step.Returned.Text
	_, e = w.next(t)
	return pid, strings.TrimSuffix(e.Step.Returned.Text, "/x")
}

func TestAgentEndsWithItsInput(t *testing.T) {
	w := startWire(t, "-I", "agent.py")
	pid, directory := running(t, w)
	if err := w.stdin.Close(); err != nil {
		t.Fatal(err)
	}
	if status := w.status(t); status != 0 || w.stderr.Len() > 0 {
		t.Errorf("its exit status is %d, stderr: %s", status, w.stderr.String())
	}
	gone(t, pid)
	if _, err := os.Lstat(directory); !os.IsNotExist(err) {
		t.Errorf("%s is still there (%v)", directory, err)
	}
}

func TestAgentEndsQuietlyBySignals(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		t.Run(signal.String(), func(t *testing.T) {
			w := startWire(t, "-I", "agent.py")
			pid, directory := running(t, w)
			if err := w.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			if status := w.status(t); status != 128+int(signal) || w.stderr.Len() > 0 {
				t.Errorf("its exit status is %d, stderr: %s", status, w.stderr.String())
			}
			gone(t, pid)
			if _, err := os.Lstat(directory); !os.IsNotExist(err) {
				t.Errorf("%s is still there (%v)", directory, err)
			}
		})
	}
}

// A child notices that the agent was killed, even if it never writes again.
func TestAgentTakesItsChildAlongWhenKilled(t *testing.T) {
	w := startWire(t, "-I", "agent.py")
	pid, directory := running(t, w)
	if err := w.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if status := w.status(t); status != -1 {
		t.Errorf("its exit status is %d", status)
	}
	gone(t, pid)
	// Nobody was left to remove it.
	if err := os.Remove(directory); err != nil {
		t.Error(err)
	}
}

func TestAgentRejectsBadInput(t *testing.T) {
	tests := []struct{ name, input, want string }{
		{"no JSON", "junk\n", "a line that is not JSON"},
		{"not UTF-8", "\xff\xfe\n", "a line that is not JSON"},
		{"deep JSON", strings.Repeat("[", 100_000) + "\n", "a line that is not JSON"},
		{"not an object", "[1]\n", "a line that is no request: b'[1]'"},
		{"an unknown operation", `{"op":"stop"}` + "\n", "a line that is no request"},
		{"another protocol", `{"op":"hello","protocol":99}` + "\n", "protocol 99 is asked for, this agent speaks 1"},
		{"no protocol", `{"op":"hello"}` + "\n", "protocol None is asked for"},
		{"no id", `{"op":"run","steps":[]}` + "\n", "a missing or wrong field ('id')"},
		{"a step that is text", `{"op":"run","id":"a","steps":["1"]}` + "\n", "a missing or wrong field ('1')"},
		{"a step without text", `{"op":"run","id":"a","steps":[{}]}` + "\n", "a missing or wrong field ('text')"},
		{"a name that is a number", `{"op":"run","id":"a","steps":[{"text":"1","reads":[5]}]}` + "\n", "a missing or wrong field (5)"},
		{"a limit that is text", `{"op":"run","id":"a","limits":{"step_seconds":"1"}}` + "\n", "a missing or wrong field ('1')"},
		{"a half request", `{"op":"run","id":"a"`, "the input ends inside a request"},
		{"a line without end", strings.Repeat("x", subject.MaxLine+1), "a request longer than 8388608 bytes"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := startWire(t, "-I", "agent.py")
			go func() {
				// The agent may end before it has read everything.
				_, _ = io.WriteString(w.stdin, tt.input)
				_ = w.stdin.Close()
			}()
			if status := w.status(t); status != 2 {
				t.Errorf("its exit status is %d", status)
			}
			got := w.stderr.String()
			if !strings.HasPrefix(got, "agent: ") || !strings.Contains(got, tt.want) || strings.Count(got, "\n") != 1 {
				t.Errorf("it said %q, want one line with %q", got, tt.want)
			}
		})
	}
}

func TestAgentExplainsItsUse(t *testing.T) {
	w := startWire(t, "-I", "agent.py", "--help")
	if status := w.status(t); status != 2 || !strings.Contains(w.stderr.String(), "usage: agent.py") {
		t.Errorf("its exit status is %d, it said %q", status, w.stderr.String())
	}
}

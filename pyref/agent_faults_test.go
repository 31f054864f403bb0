package pyref_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
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
			with("posix", "1", "[posix.close(int(n)) for n in posix.listdir('/proc/self/fd') if int(n) > 2 and posix.isatty(int(n)) == False and False]", "posix.closerange(3, 65536)")},
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

package subject

import (
	"context"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/pyparity/pyparity/pyref/base/process"
)

// CommandPrefix marks a subject that is a command: "exec:./my-agent --flag".
const CommandPrefix = "exec:"

// NewCommand returns a subject for "exec:COMMAND". The command is given to the
// shell, so that it may be quoted as one is used to, and runs in the network
// namespace of the harness.
func NewCommand(name string) (*Stream, error) {
	command, ok := strings.CutPrefix(name, CommandPrefix)
	if !ok || strings.TrimSpace(command) == "" {
		return nil, fmt.Errorf("subject %q: write %sCOMMAND, for instance %s./my-agent", name, CommandPrefix, CommandPrefix)
	}
	start := func(context.Context, string, int) (Process, error) {
		return StartCommand(exec.Command("/bin/sh", "-c", "exec "+command))
	}
	return &Stream{SubjectName: name, Location: "command", SharesHost: true, StartFunc: start}, nil
}

// StartCommand starts a command as a Process in a process group of its own.
func StartCommand(cmd *exec.Cmd) (Process, error) {
	p := &commandProcess{cmd: cmd, ended: make(chan struct{})}
	cmd.Stderr = &p.stderr
	process.OwnGroup(cmd)
	// A grandchild that keeps standard error open must not hold Close up.
	cmd.WaitDelay = time.Second
	var err error
	if p.stdin, err = cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if p.stdout, err = cmd.StdoutPipe(); err != nil {
		return nil, err
	}
	return p, cmd.Start()
}

// politeness is how long a command may take to end after its input did.
const politeness = 300 * time.Millisecond

type commandProcess struct {
	cmd    *exec.Cmd
	stdin  io.WriteCloser
	stdout io.ReadCloser
	stderr Tail
	closed bool
	wait   sync.Once
	ended  chan struct{}
}

func (p *commandProcess) Stdin() io.WriteCloser { return p.stdin }
func (p *commandProcess) Stdout() io.Reader     { return p.stdout }
func (p *commandProcess) Stderr() string        { return p.stderr.String() }

func (p *commandProcess) Close() error {
	if p.closed {
		return nil
	}
	p.closed = true
	// The end of its input is the polite way to end a subject: it can clean up.
	p.stdin.Close()
	p.reap()
	select {
	case <-p.ended:
	case <-time.After(politeness):
	}
	// The whole group: what a supervisor left behind ends with it.
	if err := process.KillGroup(p.cmd); err != nil {
		return fmt.Errorf("kill %s: %w", p.cmd, err)
	}
	<-p.ended
	return nil
}

// reap waits for the command's end, beside the caller. All that is to be read of
// it must have been read, or be of no interest any more.
func (p *commandProcess) reap() {
	p.wait.Do(func() {
		go func() {
			// How it ended is in the process state.
			_ = p.cmd.Wait()
			close(p.ended)
		}()
	})
}

// Exit says how the command ended ("exit status 1", "signal: killed"), or nothing
// if it still runs after the given time. Its output must have come to its end.
func (p *commandProcess) Exit(within time.Duration) string {
	p.reap()
	select {
	case <-p.ended:
		return p.cmd.ProcessState.String()
	case <-time.After(within):
		return ""
	}
}

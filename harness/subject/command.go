package subject

import (
	"context"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"syscall"
	"time"
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
	p := &commandProcess{cmd: cmd}
	cmd.Stderr = &p.stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
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
	ended := make(chan struct{})
	go func() {
		_ = p.cmd.Wait() // how it ended says nothing that the protocol did not
		close(ended)
	}()
	select {
	case <-ended:
	case <-time.After(politeness):
	}
	// The whole group: what a supervisor left behind ends with it.
	if err := syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL); err != nil && err != syscall.ESRCH {
		return fmt.Errorf("kill %s: %w", p.cmd, err)
	}
	<-ended
	return nil
}

package starlark

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/pyparity/pyparity/harness/subject"
	"github.com/pyparity/pyparity/harness/trace"
	"github.com/pyparity/pyparity/pyref/base/process"
)

// A job is what a supervisor asks of a worker, one a line.
type job struct {
	Directory string          `json:"directory"` // for tmp
	Request   subject.Request `json:"request"`
}

// readyLine is what a worker writes when it can take a job: nothing of the one
// before is left.
const readyLine = `{"event":"ready"}`

// donePrefix begins the last event of a behaviour.
var donePrefix = []byte(`{"event":"done"`)

// A worker is a process that runs behaviours, as its supervisor sees it.
type worker struct {
	cmd    *exec.Cmd
	jobs   *os.File
	events *os.File
	lines  <-chan []byte // closed at the end of the events
	stderr subject.Tail
	exited chan struct{}
	broken bool // it must not be used again
	ending sync.Once
}

// margin is what a supervisor adds to the limits that a worker keeps itself.
const margin = time.Second

// answering is how long a worker may take to tell. With margin it is less than what
// the harness adds to the limits.
const answering = 1500 * time.Millisecond

// dumpSize is more than what the goroutines of a worker have to say, and dumpLines
// how much of it is worth showing.
const (
	dumpSize  = 256 << 10
	dumpLines = 60
)

// tidying is how long a worker may take to find itself clean.
const tidying = 2 * time.Second

func startWorker(agent *Agent, python string) (*worker, error) {
	jobsOut, jobs, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	events, eventsIn, err := os.Pipe()
	if err != nil {
		return nil, errors.Join(err, jobsOut.Close(), jobs.Close())
	}
	w := &worker{jobs: jobs, events: events, exited: make(chan struct{}), stderr: subject.Tail{Size: dumpSize}}
	w.cmd = workerCommand(agent, python)
	stderr := agent.Stderr
	if stderr == nil {
		stderr = os.Stderr
	}
	output := io.MultiWriter(stderr, &w.stderr)
	w.cmd.Stdout, w.cmd.Stderr = output, output
	w.cmd.ExtraFiles = []*os.File{jobsOut, eventsIn}
	err = w.cmd.Start()
	jobsOut.Close()
	eventsIn.Close()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start a worker: %w", err), jobs.Close(), events.Close())
	}
	go func() {
		defer close(w.exited)
		_ = w.cmd.Wait() // fate tells how it ended
	}()
	w.lines = eventLines(events)
	return w, nil
}

func workerCommand(agent *Agent, python string) *exec.Cmd {
	command := agent.Command
	if command == nil {
		command = append([]string{"/proc/self/exe"}, os.Args[1:]...)
	}
	cmd := exec.Command(command[0], command[1:]...)
	// Without these settings the runtime keeps the files of a CPU limit open.
	debug := strings.TrimPrefix(os.Getenv("GODEBUG")+",containermaxprocs=0,updatemaxprocs=0", ",")
	cmd.Env = append(os.Environ(), workerVariable+"="+python, "GODEBUG="+debug)
	if os.Getenv("GOMAXPROCS") == "" {
		// Steps come one after the other. A second processor would spend its time on
		// looking for work: a fifth of what a whole run takes.
		cmd.Env = append(cmd.Env, "GOMAXPROCS=1")
	}
	// The kernel ends it with this process, however that ends.
	process.EndWithParent(cmd)
	cmd.WaitDelay = margin
	return cmd
}

func eventLines(events io.Reader) <-chan []byte {
	lines := make(chan []byte, 16)
	go func() {
		defer close(lines)
		r := bufio.NewReader(events)
		for {
			line, err := r.ReadBytes('\n')
			if err != nil {
				return
			}
			lines <- bytes.TrimSuffix(line, []byte("\n"))
		}
	}()
	return lines
}

// ready waits until the worker can take a job.
func (w *worker) ready(ctx context.Context) error {
	timer := time.NewTimer(subject.HelloTimeout)
	defer timer.Stop()
	select {
	case line, more := <-w.lines:
		if more && string(line) == readyLine {
			return nil
		}
		w.kill()
		return fmt.Errorf("a worker did not start: %s", w.fate())
	case <-timer.C:
		w.kill()
		return errors.New("a worker did not start in time")
	case <-ctx.Done():
		w.kill()
		return context.Cause(ctx)
	}
}

// run has the worker run a behaviour and gives emit each line. End is set where
// the worker did not end it itself.
func (w *worker) run(ctx context.Context, j job, emit func(line []byte, step bool) error) (end *subject.Done, err error) {
	w.broken = true
	text, err := json.Marshal(j)
	if err != nil {
		return nil, err
	}
	if _, err := w.jobs.Write(append(text, '\n')); err != nil {
		return &subject.Done{End: trace.EndCrash}, nil
	}
	var limits subject.Limits
	if j.Request.Limits != nil {
		limits = *j.Request.Limits
	}
	whole := newDeadline(later(limits.Behaviour))
	defer whole.stop()
	for {
		step := newDeadline(later(limits.Step))
		line, end, err := w.event(ctx, step, whole)
		step.stop()
		if end != nil || err != nil {
			return end, err
		}
		done := bytes.HasPrefix(line, donePrefix)
		if err := emit(line, !done); err != nil {
			return nil, err
		}
		if done {
			w.broken = false
			return nil, nil
		}
	}
}

func later(limit time.Duration) time.Duration {
	if limit <= 0 {
		return 0
	}
	return limit + margin
}

func (w *worker) event(ctx context.Context, step, whole deadline) (line []byte, end *subject.Done, err error) {
	select {
	case line, more := <-w.lines:
		if !more {
			<-w.exited
			return nil, &subject.Done{End: trace.EndCrash}, nil
		}
		return line, nil, nil
	case <-step.c:
		return nil, w.frozen(), nil
	case <-whole.c:
		return nil, w.frozen(), nil
	case <-ctx.Done():
		return nil, nil, context.Cause(ctx)
	}
}

// frozen is the end of a behaviour whose worker does not keep the limits itself.
// The worker is asked what its goroutines are doing, which is the end of it.
func (w *worker) frozen() *subject.Done {
	done := &subject.Done{End: trace.EndHang, Detail: "the process did not react to its deadline"}
	if w.cmd.Process.Signal(syscall.SIGQUIT) != nil {
		return done
	}
	timer := time.NewTimer(answering)
	defer timer.Stop()
	select {
	case <-w.exited:
		if dump := w.printed("SIGQUIT: ", dumpLines); dump != "" {
			done.Detail += "\n" + dump
		}
	case <-timer.C:
	}
	return done
}

// clean waits until the worker says that nothing of the last behaviour is left;
// false means that it has to be replaced.
func (w *worker) clean() bool {
	if w.broken {
		return false
	}
	timer := time.NewTimer(tidying)
	defer timer.Stop()
	select {
	case line, more := <-w.lines:
		return more && string(line) == readyLine
	case <-timer.C:
		return false
	}
}

// kill ends the process and waits for its end.
func (w *worker) kill() {
	w.ending.Do(func() {
		_ = w.cmd.Process.Kill() // it may be gone already
		<-w.exited
		w.jobs.Close()
		w.events.Close()
		for range w.lines { // until its reader has returned
		}
	})
}

// fate says how a worker ended that did not say so itself: what it printed last,
// where that is a crash of Go's, and its exit status.
func (w *worker) fate() string {
	<-w.exited
	state := w.cmd.ProcessState.String()
	for _, crash := range []string{"panic: ", "fatal error: "} {
		if said := w.printed(crash, crashLines); said != "" {
			return state + "\n" + said
		}
	}
	return state
}

// crashLines are those that tell what crashed, and where.
const crashLines = 12

// printed are some lines of what the worker printed, from the first one on that
// begins so; none if there is no such line.
func (w *worker) printed(from string, count int) string {
	lines := strings.Split(strings.TrimSpace(w.stderr.String()), "\n")
	i := slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, from) })
	if i < 0 {
		return ""
	}
	return strings.Join(lines[i:min(len(lines), i+count)], "\n")
}

package starlark

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"time"

	"github.com/pyparity/pyparity/pyref/base/unix"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/harness/subject"
	"github.com/pyparity/pyparity/harness/trace"
)

// The descriptors that a worker is started with.
const (
	jobsFD   = 3
	eventsFD = 4
)

// highFD is where a worker moves its own descriptors to, as the reference does:
// a behaviour that counts descriptors or names one must not meet them.
const highFD = 900

// work is a worker process; it returns its exit status.
func (a *Agent) work() int {
	child, err := newChild(a, os.Getenv(workerVariable))
	if err != nil {
		fmt.Fprintf(os.Stderr, "worker: %v\n", err)
		return 1
	}
	return child.serve()
}

// A child is a worker as seen from inside.
type child struct {
	runner     *Runner
	jobs       *os.File
	events     *os.File
	base       []int // the descriptors that were open before the first behaviour
	fds        []int // those that are the worker's now
	goroutines int   // that ran before it
}

func newChild(a *Agent, python string) (*child, error) {
	// What starts the program again must not take it for a worker.
	if err := os.Unsetenv(workerVariable); err != nil {
		return nil, err
	}
	runner, err := a.New(python)
	if err != nil {
		return nil, err
	}
	c := &child{runner: runner}
	if err := raisePoller(); err != nil {
		return nil, err
	}
	if c.jobs, err = raise(jobsFD, "jobs"); err != nil {
		return nil, err
	}
	c.events, err = raise(eventsFD, "events")
	return c, err
}

// raise moves a descriptor out of the behaviours' way.
func raise(fd int, name string) (*os.File, error) {
	high, err := unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, highFD)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return os.NewFile(uintptr(high), name), unix.Close(fd)
}

// raisePoller makes the runtime open the descriptors of its poller while all low
// numbers are taken.
func raisePoller() (err error) {
	var taken []int
	defer func() {
		for _, fd := range taken {
			err = errors.Join(err, unix.Close(fd))
		}
	}()
	for {
		fd, err := unix.FcntlInt(jobsFD, unix.F_DUPFD_CLOEXEC, 0)
		if err != nil {
			return err
		}
		taken = append(taken, fd)
		if fd >= highFD {
			break
		}
	}
	r, w, err := os.Pipe()
	if err != nil {
		return err
	}
	// A deadline is what only the poller can keep.
	err = r.SetReadDeadline(time.Now())
	r.Close()
	w.Close()
	return err
}

func (c *child) serve() int {
	jobs := make(chan job)
	go c.read(jobs)
	if err := c.remember(); err != nil {
		fmt.Fprintf(os.Stderr, "worker: %v\n", err)
		return 1
	}
	c.write([]byte(readyLine))
	for j := range jobs {
		end := c.run(j)
		if end != trace.EndDone && end != trace.EndRefused || !c.tidy() {
			return 0
		}
		c.write([]byte(readyLine))
	}
	return 0
}

// read passes jobs on. The end of the input is that of the supervisor: the
// process ends with it, whatever it does.
func (c *child) read(jobs chan<- job) {
	r := bufio.NewReader(c.jobs)
	for {
		line, err := r.ReadBytes('\n')
		if err != nil {
			os.Exit(0)
		}
		var j job
		if err := json.Unmarshal(line, &j); err != nil {
			fmt.Fprintf(os.Stderr, "worker: a job that cannot be read: %v\n", err)
			os.Exit(1)
		}
		jobs <- j
	}
}

func (c *child) write(line []byte) {
	if _, err := c.events.Write(append(line, '\n')); err != nil {
		os.Exit(0) // nobody listens any more
	}
}

// run runs a behaviour and returns how it ended.
func (c *child) run(j job) trace.End {
	end := trace.EndBroken
	err := c.runner.run(context.Background(), j.Request, j.Directory, func(e subject.Event) error {
		line, err := json.Marshal(e)
		if err != nil {
			return err
		}
		if len(line) > subject.MaxLine {
			return fmt.Errorf("the observation of step %d takes %d bytes, %d at most", e.Step.Step+1, len(line), subject.MaxLine)
		}
		if e.Done != nil {
			end = e.Done.End
		}
		c.write(line)
		return nil
	})
	if err != nil {
		line, encodeErr := json.Marshal(refusal(j.Request.ID, err))
		if encodeErr != nil {
			return trace.EndBroken
		}
		c.write(line)
		return trace.EndBroken
	}
	return end
}

// remember notes what is there before any behaviour.
func (c *child) remember() error {
	fds, err := openFDs()
	if err != nil {
		return err
	}
	c.base = fds
	c.own(fds)
	c.goroutines = runtime.NumGoroutine()
	return nil
}

// settling is how long goroutines may take to end after a behaviour did.
const settling = 200 * time.Millisecond

// tidy frees what the behaviour left behind, and reports whether all of it is
// gone. Goroutines may still be on their way out; a descriptor that is open
// after everything unreachable was freed stays open.
func (c *child) tidy() bool {
	for deadline := time.Now().Add(settling); runtime.NumGoroutine() > c.goroutines; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			return false
		}
	}
	if c.clean() {
		return true
	}
	pyval.Collect()
	return c.clean()
}

// clean reports whether the descriptors are the worker's own. What a behaviour
// dropped without closing it is among them until it is collected.
func (c *child) clean() bool {
	fds, err := openFDs()
	if err != nil {
		return false
	}
	for _, fd := range c.base {
		if !slices.Contains(fds, fd) {
			return false
		}
	}
	for _, fd := range fds {
		if !slices.Contains(c.fds, fd) && !isPoller(fd) {
			return false
		}
	}
	c.own(fds)
	return true
}

// own takes descriptors for the worker's: they are none of a behaviour's business.
func (c *child) own(fds []int) {
	c.fds = fds
	reserved.replace(slices.DeleteFunc(slices.Clone(fds), func(fd int) bool { return fd <= 2 }))
}

// isPoller reports whether a descriptor is an epoll instance. No step can make
// one: a port that waits by way of some may keep them for the next wait.
func isPoller(fd int) bool {
	what, err := os.Readlink("/proc/self/fd/" + strconv.Itoa(fd))
	return err == nil && what == "anon_inode:[eventpoll]"
}

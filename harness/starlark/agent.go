package starlark

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/pyparity/pyparity/harness/subject"
)

// An Agent serves the subject's side of the protocol over standard input and
// output. It is a supervisor: the behaviours run in worker processes, which are
// this very program started again, so that what one behaviour leaves behind
// (descriptors, goroutines, a crash) is never met by the next. A worker serves
// again only if a behaviour left nothing behind; a spare one is kept started.
type Agent struct {
	// New returns a Runner that behaves like a Python ("3.13").
	New func(python string) (*Runner, error)
	// Command starts this program again in a way that gets to Serve; nil is the
	// command line of this process.
	Command []string
	// Stderr takes what workers write to their standard output and error; nil is
	// that of this process.
	Stderr io.Writer
}

// workerVariable is set in the environment of a worker.
const workerVariable = "PYPARITY_AGENT_WORKER"

// IsWorker reports whether this process was started to be the worker of an
// agent. A program whose Command does not lead straight to Serve, such as a test
// binary, calls Serve early if so.
func IsWorker() bool { return os.Getenv(workerVariable) != "" }

// Serve answers requests until the input ends, which is no error. In a worker
// it does not use in and out and never returns.
func (a *Agent) Serve(ctx context.Context, in io.Reader, out io.Writer) error {
	if IsWorker() {
		os.Exit(a.work())
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s := &supervisor{agent: a, out: out}
	defer s.close()
	for line, err := range lines(ctx, in) {
		if err != nil {
			return err
		}
		var req subject.Request
		if err := json.Unmarshal(line, &req); err != nil {
			return fmt.Errorf("a line that is not a request (%w): %.80q", err, line)
		}
		if err := s.answer(ctx, req); err != nil {
			return err
		}
	}
	return nil
}

// lines yields the lines of the input, without their ends, until it is over or
// the context is.
func lines(ctx context.Context, in io.Reader) func(yield func([]byte, error) bool) {
	type result struct {
		line []byte
		err  error
	}
	results := make(chan result)
	go func() {
		defer close(results)
		scanner := bufio.NewScanner(in)
		scanner.Buffer(make([]byte, 64<<10), subject.MaxLine)
		for scanner.Scan() {
			select {
			case results <- result{line: append([]byte{}, scanner.Bytes()...)}:
			case <-ctx.Done():
				return
			}
		}
		if err := scanner.Err(); err != nil {
			select {
			case results <- result{err: fmt.Errorf("read requests: %w", err)}:
			case <-ctx.Done():
			}
		}
	}()
	return func(yield func([]byte, error) bool) {
		for {
			select {
			case r, more := <-results:
				if !more || !yield(r.line, r.err) {
					return
				}
			case <-ctx.Done():
				yield(nil, context.Cause(ctx))
				return
			}
		}
	}
}

// A supervisor is an agent at work.
type supervisor struct {
	agent *Agent
	out   io.Writer
	pool  *pool // nil before the first hello
}

func (s *supervisor) close() {
	if s.pool != nil {
		s.pool.close()
	}
}

func (s *supervisor) answer(ctx context.Context, req subject.Request) error {
	switch req.Op {
	case subject.OpHello:
		return s.hello(ctx, req)
	case subject.OpRun:
		if s.pool == nil {
			return errors.New("a run was asked for before the hello")
		}
		return s.run(ctx, req)
	}
	return fmt.Errorf("unknown operation %q", req.Op)
}

func (s *supervisor) hello(ctx context.Context, req subject.Request) error {
	if req.Protocol != subject.Protocol {
		return fmt.Errorf("protocol %d is asked for, this agent speaks %d", req.Protocol, subject.Protocol)
	}
	runner, err := s.agent.New(req.Python)
	if err != nil {
		return err
	}
	s.close()
	s.pool, err = newPool(ctx, s.agent, req.Python)
	if err != nil {
		s.pool = nil
		return err
	}
	hello := runner.Hello()
	return s.send(subject.Event{Event: subject.EventHello, Hello: &hello})
}

func (s *supervisor) send(e subject.Event) error {
	line, err := json.Marshal(e)
	if err != nil {
		return err
	}
	_, err = s.out.Write(append(line, '\n'))
	return err
}

// run has a behaviour run by a worker and passes its events on.
func (s *supervisor) run(ctx context.Context, req subject.Request) error {
	directory, err := newDirectory()
	if err != nil {
		return s.send(refusal(req.ID, err))
	}
	w, err := s.pool.take(ctx)
	if err != nil {
		os.RemoveAll(directory)
		return err
	}
	seen := 0
	end, err := w.run(ctx, job{Directory: directory, Request: req}, func(line []byte, step bool) error {
		if step {
			seen++
		} else {
			// Before anybody learns of the end: an agent that is killed between two
			// behaviours leaves nothing.
			os.RemoveAll(directory)
		}
		_, err := s.out.Write(append(line, '\n'))
		return err
	})
	s.pool.give(w, func() { os.RemoveAll(directory) })
	if err != nil || end == nil {
		return err
	}
	if end.Detail == "" {
		end.Detail = where(seen, len(req.Steps)) + " " + w.fate()
	}
	return s.send(subject.Event{Event: subject.EventDone, ID: req.ID, Done: end})
}

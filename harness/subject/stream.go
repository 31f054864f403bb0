package subject

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/pyparity/pyparity/harness/trace"
)

// A Process is a running subject behind its standard streams.
type Process interface {
	Stdin() io.WriteCloser
	Stdout() io.Reader
	Stderr() string // the tail of what it wrote so far
	// Close kills the process and all that it started, and waits for its end.
	// It may be called more than once.
	Close() error
}

// A StartFunc starts a process of a subject; see Subject.Start.
type StartFunc func(ctx context.Context, python string, slot int) (Process, error)

// A Stream is a Subject that speaks the protocol over a process's streams. A
// process that breaks is replaced before the next behaviour.
type Stream struct {
	SubjectName string
	Location    string
	SharesHost  bool // see Subject.Exclusive
	StartFunc   StartFunc
	// Margin is what the harness adds to the limits that a subject keeps by
	// itself before it takes the subject for hung; zero means DefaultMargin.
	Margin time.Duration
}

var _ Subject = (*Stream)(nil)

// HelloTimeout is how long a process may take to introduce itself.
const HelloTimeout = 30 * time.Second

// DefaultMargin lets a busy machine deliver what a subject says at its deadline.
const DefaultMargin = 3 * time.Second

func (s *Stream) Name() string    { return s.SubjectName }
func (s *Stream) Where() string   { return s.Location }
func (s *Stream) Exclusive() bool { return s.SharesHost }

func (s *Stream) margin() time.Duration {
	if s.Margin > 0 {
		return s.Margin
	}
	return DefaultMargin
}

// Start starts a process and shakes hands with it.
func (s *Stream) Start(ctx context.Context, python string, slot int) (Worker, error) {
	w := &streamWorker{subject: s, python: python, slot: slot}
	if err := w.start(ctx); err != nil {
		return nil, err
	}
	return w, nil
}

type streamWorker struct {
	subject *Stream
	python  string
	slot    int
	hello   Hello
	conn    *conn // nil after a breakdown, until the next behaviour
}

func (w *streamWorker) Hello() Hello { return w.hello }

func (w *streamWorker) Close() error {
	if w.conn == nil {
		return nil
	}
	conn := w.conn
	w.conn = nil
	return conn.close()
}

// drop ends a process that is not fit for another behaviour. That it may not end
// properly is no news then.
func (w *streamWorker) drop() { _ = w.Close() }

func (w *streamWorker) start(ctx context.Context) error {
	process, err := w.subject.StartFunc(ctx, w.python, w.slot)
	if err != nil {
		return fmt.Errorf("start %s: %w", w.subject.SubjectName, err)
	}
	conn := newConn(process)
	hello, err := conn.handshake(ctx, w.python)
	if err != nil {
		_ = conn.close() // it never became useful
		return fmt.Errorf("%s: %w%s", w.subject.SubjectName, err, stderrNote(process.Stderr()))
	}
	w.conn, w.hello = conn, hello
	return nil
}

func (w *streamWorker) Run(ctx context.Context, req Request) (trace.Trace, error) {
	// Output between two behaviours belongs to neither: replace the process
	// rather than blame the behaviour that comes next.
	if w.conn != nil && w.conn.pending() {
		w.drop()
	}
	if w.conn == nil {
		if err := w.start(ctx); err != nil {
			return trace.Trace{}, err
		}
	}
	t := w.conn.run(ctx, req, w.subject.margin(), nil)
	if err := ctx.Err(); err != nil {
		w.drop()
		return t, err
	}
	if t.End == trace.EndDone {
		return t, nil
	}
	t.Stderr = w.conn.process.Stderr()
	if t.End == trace.EndBroken || w.conn.lost {
		w.drop()
	}
	return t, nil
}

func stderrNote(stderr string) string {
	if stderr = strings.TrimSpace(stderr); stderr == "" {
		return ""
	}
	return "; it wrote on stderr: " + stderr
}

// A conn is the protocol over one process.
type conn struct {
	process Process
	lines   chan line
	stop    chan struct{}
	lost    bool // the process is gone or does not listen any more
}

type line struct {
	text []byte
	err  error
}

var errLineTooLong = fmt.Errorf("a line longer than %d bytes", MaxLine)

func newConn(process Process) *conn {
	c := &conn{process: process, lines: make(chan line, 64), stop: make(chan struct{})}
	go c.read()
	return c
}

func (c *conn) read() {
	defer close(c.lines)
	r := bufio.NewReaderSize(c.process.Stdout(), 64<<10)
	for {
		text, err := readLine(r)
		if len(text) == 0 && err == nil {
			continue
		}
		select {
		case c.lines <- line{text, err}:
		case <-c.stop:
			return
		}
		if err != nil {
			return
		}
	}
}

// readLine reads one line without its end. A last line without a newline is
// reported as junk by way of io.ErrUnexpectedEOF.
func readLine(r *bufio.Reader) ([]byte, error) {
	var text []byte
	for {
		part, err := r.ReadSlice('\n')
		text = append(text, part...)
		switch {
		case err == nil:
			return bytes.TrimSpace(text), nil
		case len(text) > MaxLine:
			return text[:80], errLineTooLong
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF) && len(text) > 0:
			return text, io.ErrUnexpectedEOF
		default:
			return nil, err
		}
	}
}

func (c *conn) close() error {
	close(c.stop)
	err := c.process.Close()
	for range c.lines { // until read has returned
	}
	return err
}

func (c *conn) pending() bool { return len(c.lines) > 0 }

// send writes a request, and gives up at the deadline: a subject that does not
// read would otherwise block the harness once the pipe is full.
func (c *conn) send(ctx context.Context, req Request) error {
	text, err := json.Marshal(req)
	if err != nil {
		return err
	}
	done := make(chan error, 1)
	go func() {
		_, err := c.process.Stdin().Write(append(text, '\n'))
		done <- err
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		// Closing unblocks the write.
		return errors.Join(ctx.Err(), c.process.Close(), <-done)
	}
}

var (
	errTimeout = errors.New("timed out")
	errClosed  = errors.New("closed its output")
)

// next returns the next event, errTimeout, errClosed or an error that says
// what was wrong with the line.
func (c *conn) next(ctx context.Context, timeout <-chan time.Time) (Event, error) {
	var e Event
	select {
	case l, ok := <-c.lines:
		switch {
		case !ok || errors.Is(l.err, io.EOF):
			return e, errClosed
		case errors.Is(l.err, errLineTooLong):
			return e, l.err
		case l.err != nil && len(l.text) == 0:
			return e, errClosed
		}
		if err := json.Unmarshal(l.text, &e); err != nil {
			return e, fmt.Errorf("not an event (%w): %s", err, excerpt(l.text))
		}
		return e, nil
	case <-timeout:
		return e, errTimeout
	case <-ctx.Done():
		return e, ctx.Err()
	}
}

func excerpt(text []byte) string {
	if len(text) > 120 {
		return fmt.Sprintf("%q…", text[:120])
	}
	return fmt.Sprintf("%q", text)
}

func (c *conn) handshake(ctx context.Context, python string) (Hello, error) {
	ctx, cancel := context.WithTimeout(ctx, HelloTimeout)
	defer cancel()
	sendErr := c.send(ctx, Request{Op: OpHello, Protocol: Protocol, Python: python})
	e, err := c.next(ctx, nil)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return Hello{}, fmt.Errorf("no hello within %v", HelloTimeout)
	case errors.Is(err, errClosed):
		return Hello{}, errors.New("ended before it said hello")
	case err != nil:
		return Hello{}, fmt.Errorf("its hello is %w", err)
	case e.Hello == nil:
		return Hello{}, fmt.Errorf("sent %q before its hello", e.Event)
	case e.Hello.Protocol != Protocol:
		return Hello{}, fmt.Errorf("speaks protocol %d, this harness speaks %d", e.Hello.Protocol, Protocol)
	case sendErr != nil:
		// Last, because what a process said tells more than that it was gone
		// before the request reached it.
		return Hello{}, fmt.Errorf("does not read its input: %w", sendErr)
	}
	return *e.Hello, nil
}

// run sends a behaviour and gathers its trace; each observation is also given to
// seen, if that is not nil, as it comes. It sets lost if the process cannot be
// used again.
func (c *conn) run(ctx context.Context, req Request, margin time.Duration, seen func(trace.Observation)) trace.Trace {
	limits := *req.Limits
	deadline := time.Now().Add(limits.Behaviour + margin)
	var t trace.Trace
	end := func(end trace.End, format string, args ...any) trace.Trace {
		t.End, t.Detail = end, fmt.Sprintf(format, args...)
		return t
	}

	sendCtx, cancel := context.WithTimeout(ctx, limits.Step+margin)
	defer cancel()
	if err := c.send(sendCtx, req); errors.Is(err, context.DeadlineExceeded) {
		c.lost = true
		return end(trace.EndHang, "did not read its input for %v", limits.Step+margin)
	}
	// Any other error of send means a closed pipe, which the next read explains.

	for {
		timer := time.NewTimer(min(limits.Step+margin, time.Until(deadline)))
		e, err := c.next(ctx, timer.C)
		timer.Stop()
		switch {
		case errors.Is(err, errTimeout):
			c.lost = true
			return end(trace.EndHang, "step %d gave no answer within the limits of %v a step and %v in all",
				t.LastStep()+1, limits.Step, limits.Behaviour)
		case errors.Is(err, errClosed):
			c.lost = true
			return end(trace.EndCrash, "closed its output at step %d%s", t.LastStep()+1, c.exit())
		case err != nil:
			c.lost = true
			return end(trace.EndBroken, "at step %d: %v", t.LastStep()+1, err)
		case e.Hello != nil:
			return end(trace.EndBroken, "at step %d: an unasked hello", t.LastStep()+1)
		case e.ID != req.ID:
			return end(trace.EndBroken, "at step %d: an event of %q", t.LastStep()+1, e.ID)
		case e.Done != nil:
			return finish(t, *e.Done, len(req.Steps))
		case e.Step.Step != t.LastStep() || e.Step.Step >= len(req.Steps):
			return end(trace.EndBroken, "sent an observation of step %d where step %d of %d was due",
				e.Step.Step+1, t.LastStep()+1, len(req.Steps))
		}
		t.Observations = append(t.Observations, *e.Step)
		if seen != nil {
			seen(*e.Step)
		}
	}
}

// exit says how the process ended, if it did and can tell.
func (c *conn) exit() string {
	p, ok := c.process.(interface {
		Exit(within time.Duration) string
	})
	if !ok {
		return ""
	}
	if how := p.Exit(time.Second); how != "" {
		return ": " + how
	}
	return ", and went on running"
}

func finish(t trace.Trace, done Done, steps int) trace.Trace {
	t.End, t.Detail = done.End, done.Detail
	switch done.End {
	case trace.EndDone:
		if t.LastStep() < steps {
			t.End = trace.EndBroken
			t.Detail = fmt.Sprintf("said done after %d of %d steps", t.LastStep(), steps)
		}
	case trace.EndHang, trace.EndCrash, trace.EndRefused:
	default:
		t.End = trace.EndBroken
		t.Detail = fmt.Sprintf("ended with %q, which the protocol does not know", done.End)
	}
	return t
}

package subject

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"time"

	"github.com/pyparity/pyparity/harness/trace"
)

// isolateMargin is what an agent that Isolate runs may be late. It is less than
// what the harness adds, so that the step is blamed and not the isolation.
const isolateMargin = time.Second

// Isolate makes a full subject of an agent that can run one behaviour and no
// more: one that cannot clean up after a behaviour, has no deadlines or ends with
// what it runs. It serves the protocol on in and out, and starts the command anew
// for each behaviour. A run that hangs, crashes or prints junk costs that behaviour
// alone. It returns at the end of in.
func Isolate(ctx context.Context, command []string, in io.Reader, out io.Writer) error {
	i := &isolation{
		agent: &Stream{SubjectName: command[0], StartFunc: func(context.Context, string, int) (Process, error) {
			return StartCommand(exec.Command(command[0], command[1:]...))
		}},
		out: json.NewEncoder(out),
	}
	i.out.SetEscapeHTML(false)
	r := bufio.NewReaderSize(in, 64<<10)
	for {
		line, err := readLine(r)
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("reading requests: %w", err)
		case len(line) == 0:
			continue
		}
		var req Request
		if err := json.Unmarshal(line, &req); err != nil {
			return fmt.Errorf("a line that is no request (%w): %s", err, excerpt(line))
		}
		if err := i.answer(ctx, req); err != nil {
			return err
		}
	}
}

type isolation struct {
	agent  *Stream
	python string
	out    *json.Encoder
}

func (i *isolation) answer(ctx context.Context, req Request) error {
	switch req.Op {
	case OpHello:
		i.python = req.Python
		w, err := i.agent.Start(ctx, i.python, 0)
		if err != nil {
			return err
		}
		hello := w.Hello()
		return errors.Join(i.out.Encode(Event{Event: EventHello, Hello: &hello}), w.Close())
	case OpRun:
		return i.run(ctx, req)
	}
	return fmt.Errorf("a request for %q, which the protocol does not know", req.Op)
}

func (i *isolation) run(ctx context.Context, req Request) error {
	if req.Limits == nil {
		return fmt.Errorf("a request to run %s without limits", req.ID)
	}
	w := &streamWorker{subject: i.agent, python: i.python}
	if err := w.start(ctx); err != nil {
		return i.out.Encode(Event{Event: EventDone, ID: req.ID, Done: &Done{End: trace.EndCrash, Detail: err.Error()}})
	}
	var lost error
	t := w.conn.run(ctx, req, isolateMargin, func(o trace.Observation) {
		lost = errors.Join(lost, i.out.Encode(Event{Event: EventStep, ID: req.ID, Step: &o}))
	})
	done := Done{End: t.End, Detail: t.Detail}
	if t.End == trace.EndBroken {
		// What breaks the protocol ends the process; to the harness that is a crash.
		done.End = trace.EndCrash
	}
	return errors.Join(lost, w.Close(), i.out.Encode(Event{Event: EventDone, ID: req.ID, Done: &done}))
}

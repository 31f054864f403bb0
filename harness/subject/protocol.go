package subject

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/pyparity/pyparity/harness/trace"
)

// Protocol is the version of the protocol that this package speaks.
const Protocol = 1

// MaxLine bounds one message, so that a subject that prints without end costs
// its behaviour and not the harness's memory.
const MaxLine = 8 << 20

// A Request is a line that the harness writes to a subject.
type Request struct {
	Op string `json:"op"` // "hello" or "run"

	// Of hello.
	Protocol int    `json:"protocol,omitempty"`
	Python   string `json:"python,omitempty"` // the version to behave like, such as "3.13"

	// Of run.
	ID           string        `json:"id,omitempty"`
	Modules      []string      `json:"modules,omitempty"` // bound by their names before the first step
	Steps        []Step        `json:"steps,omitempty"`
	Limits       *Limits       `json:"limits,omitempty"`
	Perturbation *Perturbation `json:"perturbation,omitempty"`
	// Variant asks for a version of the subject that is not itself: a wrong one,
	// for an audit of the behaviours. A subject that has none of that name refuses.
	Variant string `json:"variant,omitempty"`
}

// The operations of a Request.
const (
	OpHello = "hello"
	OpRun   = "run"
)

// A Step is one Python statement as the behaviour's author wrote it. The names
// that it reads and assigns come from the harness, so that every subject agrees
// on which steps are not run: one that reads a name whose last assignment
// raised or was itself not run.
type Step struct {
	Text    string   `json:"text"`
	Reads   []string `json:"reads,omitempty"`
	Assigns []string `json:"assigns,omitempty"`
}

// Limits are the deadlines that a subject keeps by itself, so that it can say
// which step ran into them. The harness adds a margin and then kills it.
type Limits struct {
	Step      time.Duration
	Behaviour time.Duration
}

type limitsForm struct {
	Step      float64 `json:"step_seconds"`
	Behaviour float64 `json:"behaviour_seconds"`
}

// MarshalJSON writes seconds.
func (l Limits) MarshalJSON() ([]byte, error) {
	return json.Marshal(limitsForm{l.Step.Seconds(), l.Behaviour.Seconds()})
}

// UnmarshalJSON reads seconds.
func (l *Limits) UnmarshalJSON(data []byte) error {
	var f limitsForm
	if err := json.Unmarshal(data, &f); err != nil {
		return err
	}
	seconds := func(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }
	*l = Limits{Step: seconds(f.Step), Behaviour: seconds(f.Behaviour)}
	return nil
}

// A Perturbation changes what must not matter, so that several runs tell what
// CPython keeps stable from what merely happened. Only references need to
// honour it.
type Perturbation struct {
	// Index numbers the runs that are compared, from 0.
	Index int `json:"index"`
	// FDOffset is how many descriptors are open before the first step.
	FDOffset int `json:"fd_offset"`
	// Occupy asks to take every descriptor number that a step freed, before the
	// next step runs.
	Occupy bool `json:"occupy"`
}

// An Event is a line that a subject writes.
type Event struct {
	Event string // "hello", "step" or "done"
	Hello *Hello
	ID    string // of step and done
	Step  *trace.Observation
	Done  *Done
}

// The kinds of Event.
const (
	EventHello = "hello"
	EventStep  = "step"
	EventDone  = "done"
)

// Hello is how a subject introduces itself.
type Hello struct {
	Protocol       int               `json:"protocol"`
	Implementation string            `json:"implementation"` // "cpython", "pyparity", "pypy", …
	Version        string            `json:"version"`        // of the implementation
	Python         string            `json:"python"`         // the language version it behaves like: "3.13"
	Platform       map[string]string `json:"platform"`       // system, kernel, libc, machine, build, …
	// Capabilities answer requires(…): ipv4, ipv6, root, container, memory, family:unix, …
	Capabilities []string `json:"capabilities"`
}

// Done ends a behaviour.
type Done struct {
	End    trace.End `json:"end"`
	Detail string    `json:"detail,omitempty"`
}

type eventForm struct {
	Event string `json:"event"`
	ID    string `json:"id,omitempty"`
}

// MarshalJSON writes the event's fields beside "event" and "id".
func (e Event) MarshalJSON() ([]byte, error) {
	var body any
	switch {
	case e.Hello != nil:
		body = e.Hello
	case e.Step != nil:
		body = e.Step
	case e.Done != nil:
		body = e.Done
	default:
		return nil, errors.New("an event without a body")
	}
	head, err := json.Marshal(eventForm{e.Event, e.ID})
	if err != nil {
		return nil, err
	}
	rest, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	// Both are JSON objects, and neither is empty: join them.
	return append(append(head[:len(head)-1], ','), rest[1:]...), nil
}

// UnmarshalJSON reads any event, and rejects one of an unknown kind.
func (e *Event) UnmarshalJSON(data []byte) error {
	var head eventForm
	if err := json.Unmarshal(data, &head); err != nil {
		return err
	}
	*e = Event{Event: head.Event, ID: head.ID}
	switch head.Event {
	case EventHello:
		e.Hello = new(Hello)
		return json.Unmarshal(data, e.Hello)
	case EventStep:
		e.Step = new(trace.Observation)
		return json.Unmarshal(data, e.Step)
	case EventDone:
		e.Done = new(Done)
		return json.Unmarshal(data, e.Done)
	}
	return fmt.Errorf("unknown event %q", head.Event)
}

// Package subject runs behaviours on whatever can run them: a process that
// speaks the project's protocol, a container, or Go code in this process.
//
// The protocol is JSON Lines over standard input and output, version
// [Protocol]; protocol.schema.json describes every line. The harness writes
// [Request]s, the subject answers with [Event]s:
//
//	→ {"op":"hello","protocol":1,"python":"3.13"}
//	← {"event":"hello","protocol":1,"implementation":"cpython","version":"3.13.5",…}
//	→ {"op":"run","id":"connect.refused","modules":["socket"],"steps":[{"text":"s = socket.socket()",…}],…}
//	← {"event":"step","id":"connect.refused","step":0,"returned":{…},"seconds":0.0001}
//	← {"event":"done","id":"connect.refused","end":"done"}
//
// An observation is sent as soon as its step ends, so that a subject that hangs
// or dies is blamed on the right step and keeps what came before. Standard error
// is kept for messages and never judged. Closing standard input ends a subject.
package subject

import (
	"context"

	"github.com/pyparity/pyparity/harness/trace"
)

// A Subject can run behaviours as a Python of a given version.
type Subject interface {
	// Name is how reports and known differences call it: "go", "exec:./agent".
	Name() string
	// Where says where it runs: "container", "in process", "command".
	Where() string
	// Exclusive reports whether its workers share one network namespace, so that
	// only one of them may run at a time.
	Exclusive() bool
	// Start readies a worker that behaves like the given Python ("3.13").
	// Slot numbers the workers of a run from 0; a subject may give each slot
	// another host name.
	Start(ctx context.Context, python string, slot int) (Worker, error)
}

// A Worker runs one behaviour at a time.
type Worker interface {
	// Hello is what the worker said of itself.
	Hello() Hello
	// Run runs one behaviour. Whatever the subject does wrong is in the trace's
	// End; the error is for what keeps the harness from asking at all, and the
	// behaviour may be tried again on another worker.
	Run(ctx context.Context, req Request) (trace.Trace, error)
	// Close ends the worker and everything that it started.
	Close() error
}

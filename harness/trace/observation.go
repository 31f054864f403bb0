package trace

import "time"

// An Outcome is which of the three things happened to a step.
type Outcome string

// The outcomes of a step.
const (
	OutcomeReturned Outcome = "returned"
	OutcomeRaised   Outcome = "raised"
	OutcomeNotRun   Outcome = "not run"
)

// An Observation is what one step did. Exactly one of Returned, Raised and
// NotRun is set.
type Observation struct {
	Step     int
	Returned *Value     // the value of an expression, or the value assigned
	Raised   *Exception // the exception that ended the step
	NotRun   string     // the name that the step needed and that was never assigned
	Warnings []Warning
	Took     time.Duration
}

// Outcome tells which of the three things happened.
func (o Observation) Outcome() Outcome {
	switch {
	case o.Raised != nil:
		return OutcomeRaised
	case o.NotRun != "":
		return OutcomeNotRun
	}
	return OutcomeReturned
}

// An Exception is a raised Python exception. Errno and Strerror are nil where
// the class has no such attribute (anything but OSError and its subclasses).
type Exception struct {
	Class    string   // qualified, without "builtins."
	Bases    []string // the rest of the method resolution order, without object
	Args     []Value
	Errno    *Value
	Strerror *Value
	Text     Value // str(exception)
	// Members is a tuple of the exceptions that a group holds; nil for what is no
	// group, and from subjects that do not tell.
	Members *Value
}

// A Warning is a warning issued while a step ran.
type Warning struct {
	Class string
	Text  Value
}

// An End says how a subject came to the end of a behaviour.
type End string

// The ends of a run.
const (
	EndDone    End = "done"    // every step was run or marked not run
	EndHang    End = "hang"    // a deadline passed
	EndCrash   End = "crash"   // the process or goroutine died
	EndBroken  End = "broken"  // the subject broke the protocol: junk, a closed pipe, a wrong event
	EndRefused End = "refused" // the subject said that it cannot run the behaviour
)

// A Trace is everything that a subject did with one behaviour.
type Trace struct {
	Observations []Observation
	End          End
	// Detail explains any End but EndDone: the signal, the deadline, the line
	// that was not JSON.
	Detail string
	// Stderr is the tail of what the subject wrote there; it is never judged.
	Stderr string
}

// LastStep is the step that a hang or a crash is blamed on: the first one
// without an observation.
func (t Trace) LastStep() int { return len(t.Observations) }

// Package harness checks implementations of a Python module against CPython,
// behaviour by behaviour.
//
// A [Suite] is a corpus of behaviours with the recorded contracts of CPython
// and the differences that are known. [Suite.Run] runs it: every behaviour on a
// live CPython, if there is one, and on each subject, and gives a [Verdict] for
// each. [Suite.Record] writes down what CPython does.
//
// The package knows no module in particular. What runs behaviours is a
// subject.Subject; package harness/starlark makes one of any Go code that is
// bound as a Starlark module, package pyref one of CPython in a container.
package harness

import (
	"context"
	"fmt"
	"io/fs"
	"time"

	"github.com/pyparity/pyparity/harness/behaviour"
	"github.com/pyparity/pyparity/harness/known"
	"github.com/pyparity/pyparity/harness/recording"
	"github.com/pyparity/pyparity/harness/subject"
)

// A Suite is what there is to check.
type Suite struct {
	Corpus *behaviour.Corpus
	// Recordings holds a folder cpython-X.Y for each Python; nil means none.
	// RecordingsName names it in errors.
	Recordings     fs.FS
	RecordingsName string
	Known          *known.Set // nil means none
}

// A ReferenceSource provides live CPythons.
type ReferenceSource interface {
	// Open readies a Python ("3.13") and says what it is. Where that Python is
	// not to be had at all, the error is an *UnavailableError.
	Open(ctx context.Context, python string) (subject.Subject, Reference, error)
}

// An UnavailableError means that a Python is not to be had on this machine,
// which is no failure: a run goes on with the others.
type UnavailableError struct {
	Python string
	Err    error
}

func (e *UnavailableError) Error() string {
	return fmt.Sprintf("Python %s is unavailable: %v", e.Python, e.Err)
}

func (e *UnavailableError) Unwrap() error { return e.Err }

// Options say how to run a Suite.
type Options struct {
	Pythons  []string
	Selected []*behaviour.Behaviour // nil means the whole corpus
	Subjects []subject.Subject
	// Live provides the references; nil means that the recordings are.
	Live ReferenceSource
	// Jobs is how many behaviours run at a time; less than 1 means 1.
	Jobs int
	// Limits are the deadlines for a step and a behaviour; zero fields mean
	// DefaultLimits.
	Limits subject.Limits
	// Strict turns drift into a failure.
	Strict   bool
	Progress Progress // may be nil
}

// DefaultLimits suit behaviours that take well under a second, on a machine
// that is busy.
var DefaultLimits = subject.Limits{Step: 5 * time.Second, Behaviour: 20 * time.Second}

// Progress hears how a run goes on, from one goroutine at a time.
type Progress interface {
	Begin(total int)
	Result(Result)
	Note(text string) // what a person should know meanwhile
}

type noProgress struct{}

func (noProgress) Begin(int)     {}
func (noProgress) Result(Result) {}
func (noProgress) Note(string)   {}

func (s *Suite) selected(opts Options) []*behaviour.Behaviour {
	if opts.Selected != nil {
		return opts.Selected
	}
	return s.Corpus.Behaviours
}

func (s *Suite) recordings(python string) (*recording.Set, error) {
	if s.Recordings == nil {
		return nil, nil
	}
	return recording.Load(s.Recordings, s.RecordingsName, python)
}

func (o Options) withDefaults() Options {
	if o.Jobs < 1 {
		o.Jobs = 1
	}
	if o.Limits.Step == 0 {
		o.Limits.Step = DefaultLimits.Step
	}
	if o.Limits.Behaviour == 0 {
		o.Limits.Behaviour = DefaultLimits.Behaviour
	}
	if o.Progress == nil {
		o.Progress = noProgress{}
	}
	return o
}

package starlark

import (
	"context"
	"errors"
	"fmt"
	"os"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/harness/subject"
)

// A Runner runs behaviours in this process. It is a subject.Runner.
type Runner struct {
	// Python is the version to behave like; the zero value is
	// pyval.DefaultVersion.
	Python  pyval.Version
	Modules []Module
	// Version is what Hello says of the program; empty for that of the build.
	Version string

	// Variant returns the runner that runs a request for a variant, in place of
	// this one; nil: there are no variants.
	Variant func(name string) (*Runner, error)
	// Call makes the calls of everything that is not the interpreter's own: what
	// stands in a variant's way from the steps to what is under test. Nil is
	// starlark.Call.
	Call pyval.CallFunc
	// Attr says what an attribute is that a step reads, or that an observation
	// shows, of a value that knows its attributes itself; nil leaves it as it is.
	Attr func(owner starlark.Value, name string, v starlark.Value) starlark.Value
}

var _ subject.Runner = (*Runner)(nil)

// Run runs a behaviour, step after step, in a goroutine of its own, and gives
// emit each event as it happens. The limits are kept: at one the behaviour ends
// with trace.EndHang, and what is stuck is left behind. A panic ends it with
// trace.EndCrash, text that is not a step with trace.EndRefused. The error is
// emit's, or the context's.
func (r *Runner) Run(ctx context.Context, req subject.Request, emit func(subject.Event) error) error {
	directory, err := newDirectory()
	if err != nil {
		return emit(refusal(req.ID, err))
	}
	defer os.RemoveAll(directory)
	before := openDescriptors()
	err = r.run(ctx, req, directory, emit)
	if openDescriptors() > before {
		// What a behaviour leaves open holds an address that the next may want:
		// the same behaviour as another Python wants the very same.
		pyval.Collect()
	}
	return err
}

// openDescriptors is how many this process has, as far as the system tells.
func openDescriptors() int {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return len(entries)
}

func (r *Runner) python() pyval.Version {
	if r.Python == (pyval.Version{}) {
		return pyval.DefaultVersion
	}
	return r.Python
}

// run is Run with the directory for tmp.
func (r *Runner) run(ctx context.Context, req subject.Request, directory string, emit func(subject.Event) error) error {
	if req.Variant != "" {
		variant, err := r.variant(req.Variant)
		if err != nil {
			return emit(refusal(req.ID, err))
		}
		req.Variant = ""
		return variant.run(ctx, req, directory, emit)
	}
	plans := make([]*plan, len(req.Steps))
	for i, step := range req.Steps {
		var err error
		if plans[i], err = parse(i, step); err != nil {
			return emit(refusal(req.ID, err))
		}
	}
	s := newSession(r.python(), directory)
	s.intercept(r)
	defer s.stop()
	modules, err := r.bind(s.env(), req.Modules)
	if err != nil {
		return emit(refusal(req.ID, err))
	}
	for name, module := range modules {
		s.set(name, module)
	}
	w := newWatcher(s, req, emit)
	go w.steps(plans)
	return w.watch(ctx)
}

func (r *Runner) variant(name string) (*Runner, error) {
	if r.Variant == nil {
		return nil, fmt.Errorf("there is no variant %q here, nor any other", name)
	}
	return r.Variant(name)
}

// newDirectory makes a directory for tmp, whose path is short enough for a
// socket's name and as long as any other's.
func newDirectory() (string, error) {
	for range 100 {
		path := "/tmp/pp" + randomLetters(8)
		err := os.Mkdir(path, 0o700)
		if err == nil || !errors.Is(err, os.ErrExist) {
			return path, err
		}
	}
	return "", errors.New("no free name for tmp() in /tmp")
}

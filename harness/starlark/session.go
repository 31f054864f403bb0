package starlark

import (
	"fmt"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"
	"go.starlark.net/syntax"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/harness/subject"
	"github.com/pyparity/pyparity/harness/trace"
)

// A session is one run of one behaviour.
type session struct {
	python    pyval.Version
	directory string // for tmp
	builtins  starlark.StringDict
	prims     starlark.StringDict
	lock      interpreterLock
	warnings  warningLog
	signals   *signals
	hooks     *hooks
	observer  *observer
	invoke    pyval.CallFunc // calls what is not the interpreter's own
	attr      attrFunc       // nil: an attribute is what it is
	closing   []func(fd int) // set before the first step
	crashed   chan string    // a goroutine panicked: with what
	ended     chan struct{}  // closed when nobody wants observations any more

	mu      sync.Mutex
	names   starlark.StringDict
	threads map[*starlark.Thread]bool
	holders map[string]*holder // the innermost of each goroutine
	stopped bool
}

func newSession(python pyval.Version, directory string) *session {
	s := &session{
		python: python, directory: directory,
		observer: newObserver(python), names: starlark.StringDict{},
		threads: map[*starlark.Thread]bool{}, holders: map[string]*holder{}, crashed: make(chan string, 1), ended: make(chan struct{}),
	}
	s.invoke = callDirectly
	s.signals, s.hooks = &signals{session: s}, &hooks{session: s}
	s.builtins = s.namespace()
	s.prims = s.primitives()
	return s
}

// env is what modules may know of the behaviour.
func (s *session) env() *Env {
	observers := map[string]starlark.Value{}
	for name, v := range s.builtins {
		if _, ok := v.(*starlarkstruct.Module); ok {
			observers[name] = v
		}
	}
	return &Env{Python: s.python, Warn: s.warnings.add, Waiting: s.signals.waiting, Audit: s.hooks.audit, Observers: observers, OnClose: func(f func(fd int)) { s.closing = append(s.closing, f) }}
}

// beforeClose tells the modules that a descriptor is about to be closed.
func (s *session) beforeClose(fd int) {
	for _, f := range s.closing {
		f(fd)
	}
}

type attrFunc func(owner starlark.Value, name string, v starlark.Value) starlark.Value

// intercept lets a runner stand between the steps and what is under test.
func (s *session) intercept(r *Runner) {
	if r.Call != nil {
		s.invoke = r.Call
	}
	s.attr, s.observer.attr = r.Attr, r.Attr
}

func callDirectly(thread *starlark.Thread, f starlark.Callable, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	return starlark.Call(thread, f, args, kwargs)
}

// getAttr is v.name.
func (s *session) getAttr(thread *starlark.Thread, v starlark.Value, name string) (starlark.Value, error) {
	a, err := pyval.GetAttr(thread, v, name)
	if _, ok := v.(starlark.HasAttrs); ok && err == nil && s.attr != nil {
		a = s.attr(v, name, a)
	}
	return a, err
}

// lookup finds a name as Python does for code at module level.
func (s *session) lookup(name string) (starlark.Value, error) {
	s.mu.Lock()
	v := s.names[name]
	s.mu.Unlock()
	if v == nil {
		v = s.builtins[name]
	}
	if v == nil {
		return nil, pyval.NameError.Errorf("name '%s' is not defined", name)
	}
	return v, nil
}

func (s *session) set(name string, v starlark.Value) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.names[name] = v
}

// thread makes a thread for a step or for spawn. done ends it.
func (s *session) thread(name string) (thread *starlark.Thread, done func()) {
	thread = &starlark.Thread{Name: name, Print: func(*starlark.Thread, string) {}}
	s.lock.attach(thread)
	pyval.SetPython(thread, s.python)
	pyval.SetWarner(thread, s.warnings.add)
	pyval.SetCaller(thread, s.call)
	pyval.SetEvaluator(thread, s.evaluate)
	h := holderOf(thread)
	pyval.SetDepth(thread, &h.calls)
	self := goroutine()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.threads[thread] = true
	h.inside(s.holders[self])
	s.holders[self] = h
	if s.stopped {
		thread.Cancel("the behaviour ended")
	}
	return thread, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.threads, thread)
		if s.holders[self] = h.outer; h.outer == nil {
			delete(s.holders, self)
		}
	}
}

// evaluate calls a function of the steps for an operation that has no thread at
// hand.
func (s *session) evaluate(f starlark.Value, args starlark.Tuple) (starlark.Value, error) {
	thread, done := s.thread("evaluate")
	defer done()
	return pyval.Call(thread, f, args, nil)
}

// stop makes every goroutine that still evaluates something end soon. One that
// waits in a call of the module under test stays there.
func (s *session) stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stopped = true
	s.signals.stop()
	close(s.ended)
	for thread := range s.threads {
		thread.Cancel("the behaviour ended")
	}
	s.names = starlark.StringDict{}
}

// eval evaluates a rewritten expression.
func (s *session) eval(thread *starlark.Thread, e syntax.Expr) (starlark.Value, error) {
	return starlark.EvalExprOptions(fileOptions, thread, e, s.prims)
}

// step executes a plan and observes it. The thread and every value of the step
// are gone when it returns, so that what only they held can be collected.
func (s *session) step(index int, p *plan) trace.Observation {
	thread, done := s.thread(fmt.Sprintf("step %d", index+1))
	defer done()
	o := trace.Observation{Step: index}
	shown := s.observer.next
	start := time.Now()
	paused, err := s.execute(thread, p, &o)
	o.Took = time.Since(start) - paused
	if err != nil {
		s.lock.hold(thread, func() {
			s.observer.forget(shown)
			raised := s.observer.exception(asException(asPython(pyval.Reword(err, s.python))))
			o.Returned, o.Raised = nil, &raised
		})
	}
	return o
}

// execute runs the step and observes its value. The time that observing takes,
// which it returns, is no part of what the step took.
func (s *session) execute(thread *starlark.Thread, p *plan, o *trace.Observation) (paused time.Duration, err error) {
	var v starlark.Value
	if p.op != 0 {
		v, err = s.augment(thread, p.target, p.op, p.value)
	} else {
		v, err = s.eval(thread, p.value)
	}
	if err == nil {
		err = s.signals.raised()
	}
	if err != nil {
		return 0, err
	}
	start := time.Now()
	s.lock.hold(thread, func() {
		returned := s.observer.value(v)
		o.Returned = &returned
	})
	paused = time.Since(start)
	if p.target == nil || p.op != 0 {
		return paused, nil
	}
	return paused, s.bind(thread, p.target, v)
}

func asException(err error) *pyval.Exception {
	e, ok := pyval.AsException(err)
	if !ok {
		return pyval.RuntimeError.Errorf("%v", err)
	}
	return e
}

// steps runs all steps and sends an observation of each, until send says that
// nobody listens.
func (s *session) steps(plans []*plan, send func(trace.Observation) bool) {
	s.signals.main = goroutine()
	failed := map[string]bool{}
	for i, p := range plans {
		if name := firstFailed(p.reads, failed); name != "" {
			mark(failed, p.assigns, true)
			if !send(trace.Observation{Step: i, NotRun: name}) {
				return
			}
			continue
		}
		o := s.step(i, p)
		mark(failed, p.assigns, o.Raised != nil)
		o.Warnings = s.warnings.take()
		if !send(o) {
			return
		}
	}
}

func firstFailed(reads []string, failed map[string]bool) string {
	for _, name := range reads {
		if failed[name] {
			return name
		}
	}
	return ""
}

func mark(failed map[string]bool, names []string, to bool) {
	for _, name := range names {
		if to {
			failed[name] = true
		} else {
			delete(failed, name)
		}
	}
}

// crash reports a panic: its value and where it happened. Of several the first
// counts.
func (s *session) crash(value any) {
	lines := strings.Split(strings.TrimSpace(string(debug.Stack())), "\n")
	select {
	case s.crashed <- fmt.Sprintf("panic: %v\n%s", value, strings.Join(panicFrames(lines), "\n")):
	default:
	}
}

// panicFrames are the first frames below the call of panic: two lines each.
func panicFrames(lines []string) []string {
	for i, line := range lines {
		if strings.HasPrefix(line, "panic(") && i+2 < len(lines) {
			lines = lines[i+2:]
			break
		}
	}
	return lines[:min(len(lines), 8)]
}

// refusal is the end of a behaviour that cannot be run.
func refusal(id string, err error) subject.Event {
	return doneEvent(id, trace.EndRefused, err.Error())
}

func doneEvent(id string, end trace.End, detail string) subject.Event {
	return subject.Event{Event: subject.EventDone, ID: id, Done: &subject.Done{End: end, Detail: detail}}
}

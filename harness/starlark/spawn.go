package starlark

import (
	"sync"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// A handle is what spawn returns. It keeps the result: joining twice is allowed.
type handle struct {
	ended  chan struct{}
	result starlark.Value
	err    error
}

var handleClass = &pyval.Class{Short: "spawn"}

func (h *handle) String() string        { return "<spawn>" }
func (h *handle) Type() string          { return handleClass.Short }
func (h *handle) PyClass() *pyval.Class { return handleClass }
func (h *handle) Freeze()               {}
func (h *handle) Truth() starlark.Bool  { return true }
func (h *handle) Hash() (uint32, error) { return 0, nil }

// spawnFunction is spawn(f, *args): it starts f beside the steps.
func (s *session) spawnFunction() *pyval.Function {
	return pythonFunction("spawn", "function *", func(_ *starlark.Thread, args []starlark.Value, rest starlark.Tuple) (starlark.Value, error) {
		h := &handle{ended: make(chan struct{})}
		go s.runSpawned(h, args[0], rest)
		return h, nil
	})
}

func (s *session) runSpawned(h *handle, f starlark.Value, args starlark.Tuple) {
	thread, done := s.thread("spawn")
	pyval.SetThreadState(thread, new(sync.Map))
	defer close(h.ended)
	defer done()
	defer func() {
		if value := recover(); value != nil {
			h.err = pyval.SystemError.Errorf("the function panicked")
			s.crash(value)
		}
	}()
	h.result, h.err = pyval.Call(thread, f, args, nil)
	if h.err != nil {
		h.err = asException(asPython(h.err))
	}
}

// joinFunction is join(handle): it waits for the end and returns the result, or
// raises the exception.
func joinFunction() *pyval.Function {
	return pythonFunction("join", "handle", func(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
		h, ok := args[0].(*handle)
		if !ok {
			return nil, pyval.AttributeError.Errorf("'%s' object has no attribute '_thread'", pyval.TypeName(args[0]))
		}
		unlocked(thread, func() { <-h.ended })
		return h.result, h.err
	})
}

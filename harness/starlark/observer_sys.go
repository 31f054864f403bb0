package starlark

import (
	"slices"
	"sync/atomic"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// hooks is the observer sys of one behaviour: the auditing hooks, which hear the
// events of the modules under test.
type hooks struct {
	session *session
	added   atomic.Pointer[[]starlark.Value]
}

// module is what steps see.
func (h *hooks) module() *starlarkstruct.Module {
	return observerModule("sys", pythonFunction("addaudithook", "hook", func(_ *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
		for {
			before := h.added.Load()
			var added []starlark.Value
			if before != nil {
				added = *before
			}
			added = append(slices.Clip(added), args[0])
			if h.added.CompareAndSwap(before, &added) {
				return starlark.None, nil
			}
		}
	}))
}

// audit is Env.Audit. A hook runs in the middle of a call, which does not hold the
// interpreter's lock; it has a thread of its own, since the call's is busy.
func (h *hooks) audit(event string, args func() starlark.Tuple) error {
	added := h.added.Load()
	if added == nil {
		return nil
	}
	thread, done := h.session.thread("audit")
	defer done()
	arguments := starlark.Tuple{starlark.String(event), args()}
	for _, hook := range *added {
		if _, err := pyval.Call(thread, hook, arguments, nil); err != nil {
			return asException(asPython(err))
		}
	}
	return nil
}

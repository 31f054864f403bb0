package pyval

import (
	"sync"

	"go.starlark.net/starlark"
)

const stateKey = "pyval.state"

// SetThreadState says what belongs to the Python thread that the thread's code runs
// in, unless it is the main one. Several Starlark threads, one after the other, may be one Python thread.
func SetThreadState(thread *starlark.Thread, state *sync.Map) { thread.SetLocal(stateKey, state) }

// ThreadState is where a module keeps what it has of each Python thread, under keys
// of its own; nil in the main thread, whose state is the module's, and where nobody tells threads
// apart.
func ThreadState(thread *starlark.Thread) *sync.Map {
	if thread == nil {
		return nil
	}
	state, _ := thread.Local(stateKey).(*sync.Map)
	return state
}

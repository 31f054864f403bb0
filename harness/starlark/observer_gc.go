package starlark

import (
	"runtime"
	"runtime/metrics"
	"time"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// gcModule is the observer gc.
func gcModule() *starlarkstruct.Module {
	return observerModule("gc", pythonFunction("collect", "", func(thread *starlark.Thread, _ []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
		unlocked(thread, collect)
		return starlark.None, nil
	}))
}

// observerModule makes a module of functions.
func observerModule(name string, functions ...*pyval.Function) *starlarkstruct.Module {
	m := &starlarkstruct.Module{Name: name, Members: starlark.StringDict{}}
	for _, f := range functions {
		m.Members[f.Name()] = f
	}
	return m
}

// maxCollections bounds collect: what a finaliser frees needs another round.
const maxCollections = 8

// patience is how long collect waits for a round's finalisers.
const patience = time.Second

// collect frees all that is unreachable and waits until its finalisers and
// cleanups have run.
func collect() {
	before := finalised()
	for range maxCollections {
		runtime.GC()
		deadline := time.Now().Add(patience)
		for now := finalised(); now.executed < now.queued && time.Now().Before(deadline); now = finalised() {
			time.Sleep(50 * time.Microsecond)
		}
		after := finalised()
		if after.queued == before.queued {
			return
		}
		before = after
	}
}

// A finalCount is how many finalisers and cleanups the runtime has found due,
// and how many of them have run.
type finalCount struct{ queued, executed uint64 }

func finalised() finalCount {
	samples := []metrics.Sample{
		{Name: "/gc/finalizers/queued:finalizers"}, {Name: "/gc/cleanups/queued:cleanups"},
		{Name: "/gc/finalizers/executed:finalizers"}, {Name: "/gc/cleanups/executed:cleanups"},
	}
	metrics.Read(samples)
	return finalCount{
		queued:   samples[0].Value.Uint64() + samples[1].Value.Uint64(),
		executed: samples[2].Value.Uint64() + samples[3].Value.Uint64(),
	}
}

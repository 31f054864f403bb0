package pyval

import (
	"runtime"
	"runtime/metrics"
	"time"
)

// maxCollections bounds Collect: what a finaliser frees needs another round.
const maxCollections = 8

// Collect frees all that is unreachable and waits until its finalisers and cleanups have
// run. Its caller does not hold the interpreter's lock, which they may need.
func Collect() { collect(time.Second) }

// collect waits so long, at most, for what one round has found.
func collect(patience time.Duration) {
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

package netpoll

import (
	"sync/atomic"
	"time"
)

// mostBlocked is how many calls may wait in the kernel at a time, each of which occupies
// a thread.
const mostBlocked = 64

// longestLook is how long a call that may not is asleep before it looks again.
const longestLook = 100 * time.Millisecond

// blocked are the calls that wait in the kernel.
var blocked threads

// threads counts what occupies a thread, up to mostBlocked.
type threads struct{ n atomic.Int64 }

// enter reports whether there is room for another, which then has to leave.
func (t *threads) enter() bool {
	for {
		n := t.n.Load()
		if n >= mostBlocked {
			return false
		}
		if t.n.CompareAndSwap(n, n+1) {
			return true
		}
	}
}

func (t *threads) leave() { t.n.Add(-1) }

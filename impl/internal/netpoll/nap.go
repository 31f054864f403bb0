package netpoll

import "time"

const (
	firstNap   = 20 * time.Microsecond
	longestNap = 2 * time.Millisecond
)

// A nap is the wait of a call that fails with EAGAIN while the kernel calls the
// descriptor ready, so that no event will come: sendto on an unconnected
// AF_UNIX datagram socket whose receiver's queue is full. Each one is longer
// than the one before.
type nap struct {
	length  time.Duration
	longest time.Duration // 0 is longestNap
}

// sleep sleeps, not beyond the given time unless that is zero.
func (n *nap) sleep(until time.Time) {
	longest := n.longest
	if longest == 0 {
		longest = longestNap
	}
	n.length = max(firstNap, min(2*n.length, longest))
	length := n.length
	if !until.IsZero() {
		length = min(length, time.Until(until))
	}
	time.Sleep(length)
}

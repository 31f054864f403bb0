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
	length time.Duration
}

// sleep sleeps, not beyond the given time unless that is zero.
func (n *nap) sleep(until time.Time) {
	n.length = max(firstNap, min(2*n.length, longestNap))
	length := n.length
	if !until.IsZero() {
		length = min(length, time.Until(until))
	}
	time.Sleep(length)
}

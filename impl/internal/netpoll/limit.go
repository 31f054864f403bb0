package netpoll

import (
	"sync/atomic"
	"time"
)

// A limit is how long a call may wait, once that had to be found out.
type limit struct {
	known       bool
	nonBlocking bool      // it may not
	at          time.Time // when it ends; zero is never
}

func (l limit) expired() bool { return l.known && !l.at.IsZero() && !time.Now().Before(l.at) }

// until is how long a call may be parked at a time; zero is for ever.
func (w *Wait) until(l limit) time.Time {
	if w.Recheck == 0 || !w.Deadline.IsZero() {
		return l.at
	}
	next := time.Now().Add(w.Recheck)
	if l.at.IsZero() || next.Before(l.at) {
		return next
	}
	return l.at
}

// limit is the limit of a call on fd that has failed with EAGAIN: its own, or
// what the descriptor says.
func (d *Desc) limit(wait *Wait, fd int) limit {
	if !wait.Deadline.IsZero() {
		return limit{known: true, at: wait.Deadline}
	}
	l := limit{known: true, nonBlocking: d.settledNonBlocking(fd)}
	if kernelTimeouts.Load() {
		if timeout := kernelTimeout(fd, wait.Dir); timeout > 0 {
			l.at = time.Now().Add(timeout)
		}
	}
	return l
}

// settledNonBlocking is NonBlocking, apart from a flag that is set for a moment.
func (d *Desc) settledNonBlocking(fd int) bool {
	if d.shared.Load() {
		d.mu.RLock()
		defer d.mu.RUnlock()
	}
	return d.NonBlocking(fd)
}

// kernelTimeouts says that there may be a socket with SO_RCVTIMEO or
// SO_SNDTIMEO. Few programs ever set them, and to ask before every wait would be
// about 7 % of a round trip over loopback.
var kernelTimeouts atomic.Bool

// ExpectKernelTimeouts has to be called when a socket of this process is given
// SO_RCVTIMEO or SO_SNDTIMEO.
func ExpectKernelTimeouts() { kernelTimeouts.Store(true) }

// NoteKernelTimeouts calls ExpectKernelTimeouts if the descriptor, which comes
// from elsewhere, has one of them.
func NoteKernelTimeouts(fd int) {
	if kernelTimeout(fd, Read) > 0 || kernelTimeout(fd, Write) > 0 {
		ExpectKernelTimeouts()
	}
}

//go:build !linux

package netpoll

import (
	"time"

	"github.com/pyparity/pyparity/pyref/base/unix"
)

// Only Linux has what this package waits with: elsewhere there are no
// descriptors to ask about.

// Ready reports that the next call says what is wrong.
func Ready(int, int16) bool { return true }

// Poll is that of an invalid descriptor.
func Poll(int, int16) int16 { return unix.POLLNVAL }

func poll(int, int16, int) int16 { return unix.POLLNVAL }

func nonBlocking(int) bool { return false }

func kernelTimeout(int, Direction) time.Duration { return 0 }

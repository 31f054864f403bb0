package starlark

import (
	"sync"

	"go.starlark.net/starlark"
)

// An interpreterLock is what Python calls the global interpreter lock: it is
// held while values are worked on, and let go of while a call may block.
type interpreterLock struct{ mu sync.Mutex }

const lockKey = "harness.lock"

// A holder is a goroutine's hold on the lock; operations nest.
type holder struct {
	lock  *interpreterLock
	depth int
	calls int     // one inside the other
	outer *holder // of the same goroutine: the thread was made in the middle of its call
}

// inside makes the holder go on where its goroutine is: within as many calls, and with
// the lock if that is held.
func (h *holder) inside(outer *holder) {
	if h.outer = outer; outer == nil {
		return
	}
	h.calls = outer.calls
	if outer.depth > 0 {
		h.depth = 1
	}
}

// attach gives a thread its holder.
func (l *interpreterLock) attach(thread *starlark.Thread) {
	thread.SetLocal(lockKey, &holder{lock: l})
}

// hold runs f with the lock.
func (l *interpreterLock) hold(thread *starlark.Thread, f func()) {
	h := holderOf(thread)
	h.enter()
	defer h.leave()
	f()
}

func holderOf(thread *starlark.Thread) *holder { return thread.Local(lockKey).(*holder) }

func (h *holder) enter() {
	if h.depth == 0 {
		h.lock.mu.Lock()
	}
	h.depth++
}

func (h *holder) leave() {
	h.depth--
	if h.depth == 0 {
		h.lock.mu.Unlock()
	}
}

// released runs f without the lock.
func (h *holder) released(f func()) {
	if h.depth == 0 {
		f()
		return
	}
	depth := h.depth
	h.depth = 0
	h.lock.mu.Unlock()
	defer func() {
		h.lock.mu.Lock()
		h.depth = depth
	}()
	f()
}

// unlocked runs f, which may block, without the interpreter's lock.
func unlocked(thread *starlark.Thread, f func()) { holderOf(thread).released(f) }

package netpoll

import (
	"errors"
	"os"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/pyparity/pyparity/pyref/base/unix"
)

// A waiter parks one call at a time: an epoll instance with at most one
// descriptor in it, watched by Go's poller.
type waiter struct {
	epoll int
	file  *os.File // of epoll
	raw   syscall.RawConn
	armed bool // file has a read deadline, perhaps a past one

	registered int // the descriptor in the epoll instance, or -1
	attempt    func(uintptr) bool

	// Of the call under way.
	desc   *Desc
	wait   Wait
	fd     int   // what Op is called with; guarded by desc.mu
	number int   // what fd was when the call began
	kept   *kept // the description, when it was closed under the call; guarded by desc.mu
	limit  limit
	errno  syscall.Errno // of the last attempt
	stuck  bool          // it failed with EAGAIN though the descriptor is ready

	interrupted atomic.Bool // the call is to end
	ran         bool        // and has ended so before
}

func newWaiter() (*waiter, error) {
	epoll, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return nil, err
	}
	// Only a non-blocking descriptor becomes one that Go's poller watches.
	if err := unix.SetNonblock(epoll, true); err != nil {
		_ = unix.Close(epoll)
		return nil, err
	}
	w := &waiter{epoll: epoll, file: os.NewFile(uintptr(epoll), "epoll"), registered: -1}
	w.attempt = w.try
	w.raw, err = w.file.SyscallConn()
	if err == nil {
		// Fails if the poller did not take the descriptor.
		err = w.file.SetReadDeadline(time.Time{})
	}
	if err != nil {
		_ = w.file.Close()
		return nil, err
	}
	return w, nil
}

// register puts the descriptor into the epoll instance.
func (w *waiter) register(fd int, dir Direction) error {
	// Urgent data makes no call ready, but ends one that has begun.
	event := unix.EpollEvent{Events: unix.EPOLLIN | unix.EPOLLPRI}
	if dir == Write {
		event.Events = unix.EPOLLOUT
	}
	if err := unix.EpollCtl(w.epoll, unix.EPOLL_CTL_ADD, fd, &event); err != nil {
		return err
	}
	w.registered = fd
	return nil
}

// unregister empties the epoll instance and reports whether it could: a
// descriptor that was closed behind our back may still be in it, through a
// duplicate, and cannot be taken out any more.
func (w *waiter) unregister() bool {
	if w.registered >= 0 {
		if unix.EpollCtl(w.epoll, unix.EPOLL_CTL_DEL, w.registered, nil) != nil {
			return false
		}
		w.registered = -1
	}
	return true
}

// try makes one attempt at the call. It reports false to be parked until the
// epoll instance is ready; what becomes ready from here on is not missed.
func (w *waiter) try(uintptr) bool {
	if w.interrupted.Load() {
		w.errno, w.stuck = unix.EINTR, false
		return true
	}
	w.errno, w.stuck = w.call(), false
	if w.errno != unix.EAGAIN {
		return true
	}
	if !w.limit.known {
		w.limit = w.desc.limit(&w.wait, w.descriptor())
	}
	if w.limit.nonBlocking {
		return true
	}
	if w.wait.Dir == Write && Ready(w.descriptor(), unix.POLLOUT) {
		w.stuck = true
		return true
	}
	if until := w.wait.until(w.limit); w.armed || !until.IsZero() {
		w.arm(until)
	}
	if w.interrupted.Load() {
		// The deadline that was to wake the call may have been the one before.
		_ = w.file.SetReadDeadline(past)
	}
	return false
}

// past is a deadline that has passed.
var past = time.Unix(1, 0)

// interrupt ends the call that is parked, or is about to be, with EINTR. The
// deadline that it leaves behind is met like that of any earlier call.
func (w *waiter) interrupt() {
	w.interrupted.Store(true)
	_ = w.file.SetReadDeadline(past)
}

func (w *waiter) call() syscall.Errno {
	w.desc.mu.RLock()
	if !w.wait.MayBlock {
		defer w.desc.mu.RUnlock()
		return w.wait.Op.Try(w.fd)
	}
	fd := w.fd
	w.desc.mu.RUnlock()
	return w.wait.Op.Try(fd)
}

func (w *waiter) descriptor() int {
	w.desc.mu.RLock()
	defer w.desc.mu.RUnlock()
	return w.fd
}

// arm sets the deadline of the parked call; a zero time is none. It cannot
// fail on a file that newWaiter accepted.
func (w *waiter) arm(at time.Time) {
	_ = w.file.SetReadDeadline(at)
	w.armed = !at.IsZero()
}

// runAgain is run, and goes on after an interruption when it is called again.
func (w *waiter) runAgain() error {
	if w.ran {
		if part, ok := w.wait.Op.(Part); ok && part.Begun() {
			return nil
		}
		w.desc.mu.RLock()
		w.fd = w.desc.fd
		w.desc.mu.RUnlock()
		w.limit = limit{} // O_NONBLOCK may be another, SO_RCVTIMEO begins anew
	}
	w.ran = true
	err := w.run()
	if errors.Is(err, unix.EINTR) {
		w.interrupted.Store(false) // another that came meanwhile has the same effect
	}
	return err
}

// run makes attempts, parked in between, until one does not fail with EAGAIN
// or the limit is reached.
func (w *waiter) run() error {
	var nap nap
	for {
		err := w.raw.Read(w.attempt)
		switch {
		case err == nil && w.stuck:
			nap.sleep(w.limit.at)
		case err == nil:
			return result(w.errno)
		case !errors.Is(err, os.ErrDeadlineExceeded):
			return w.desc.block(&w.wait)
		case w.interrupted.Load():
			return unix.EINTR
		case !w.limit.expired():
			// Time for a recheck, or the deadline of an earlier call, which the file
			// still had.
			w.arm(w.limit.at)
			continue
		}
		if w.limit.expired() {
			return w.expire()
		}
	}
}

// expire ends a call whose time is over. poll(2) looks once more before it
// gives up, at the number and not at the description, which is how CPython
// finds out then that a socket was closed in the meantime.
func (w *waiter) expire() error {
	if w.wait.Deadline.IsZero() {
		return unix.EAGAIN
	}
	if Ready(w.number, w.wait.Dir.events()) {
		if errno := w.call(); errno != unix.EAGAIN {
			return result(errno)
		}
	}
	return ErrTimedOut
}

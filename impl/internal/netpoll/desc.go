package netpoll

import (
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/pyparity/pyparity/pyref/base/unix"
)

// ErrTimedOut is returned when a wait's deadline has passed.
var ErrTimedOut = errors.New("timed out")

// A Direction is what a call waits for.
type Direction int

// Read waits until there is something to receive or accept, Write until there
// is room to send or a connection is made.
const (
	Read Direction = iota
	Write
)

// events are the poll events that CPython waits for.
func (dir Direction) events() int16 {
	if dir == Write {
		return unix.POLLOUT
	}
	return unix.POLLIN
}

// A Wait is one call that may have to wait.
type Wait struct {
	Dir Direction
	// Deadline is when the wait ends with ErrTimedOut. A zero Deadline is that
	// of the kernel's own calls: EAGAIN at once if the descriptor is O_NONBLOCK,
	// EAGAIN after SO_RCVTIMEO or SO_SNDTIMEO, and otherwise none.
	Deadline time.Time
	Op       Op
	// Recheck, unless it is 0, is after what time a parked call without a Deadline
	// is attempted again even though nothing made the descriptor ready: for what
	// wakes a blocked system call and no poller.
	Recheck time.Duration
	// MayBlock is for an Op that cannot promise not to block. It runs without
	// the protection against being closed, so that Close need not wait for it.
	MayBlock bool
	// Around, unless it is nil, is called once the call has to wait, and calls wait
	// from any goroutine. After interrupt, which may be called until Around returns,
	// wait makes no further attempt and returns EINTR. Called again, it goes on as a
	// system call that a signal has interrupted and that is made again: with the
	// descriptor as it is by then, and not at all if Op is a Part that is begun. What
	// Around returns is the result of the call.
	Around func(wait func() error, interrupt func()) error
	// Block is for a call that must not use Go's poller: it waits in the kernel.
	Block bool
}

// An Op is a system call.
type Op interface {
	// Try makes one attempt, on the descriptor that it is given, which is -1 once
	// that is closed. EAGAIN means: try again when the descriptor is ready. It
	// must not block, and the descriptor is not closed while it runs.
	Try(fd int) syscall.Errno
}

// A Part is an Op that does its work bit by bit. A system call that is interrupted
// when it has begun returns what is done.
type Part interface {
	Op
	Begun() bool
}

// An OpFunc is an Op that is just a function.
type OpFunc func(fd int) syscall.Errno

// Try calls the function.
func (f OpFunc) Try(fd int) syscall.Errno { return f(fd) }

// A Desc is a descriptor and the calls that wait on it. All of its methods may
// be called at the same time.
type Desc struct {
	// mu is held shared by system calls on fd and exclusively to change fd or
	// its flags, never while waiting.
	mu sync.RWMutex
	fd int // -1 once closed or detached; changed with waits held too

	shared      atomic.Bool // others may know it; stored with mu held
	nonblocking atomic.Bool // O_NONBLOCK as it shall be, until it is shared

	idle [2]atomic.Pointer[waiter] // the last waiter of each direction, still registered

	waits  sync.Mutex
	parked []*waiter

	next *Desc // in the registry
}

// kept is the description of a closed descriptor, for the calls that were
// parked on it.
type kept struct {
	fd    int
	calls int
}

// New returns a Desc for a descriptor that others may know.
func New(fd int) *Desc {
	d := &Desc{fd: fd}
	d.shared.Store(true)
	descs.add(fd, d)
	return d
}

// NewPrivate returns a Desc for a new descriptor that nobody else knows and that
// the caller has made O_NONBLOCK: until Share it stays so, whatever SetNonblock
// says, because then no call on it blocks and none has to ask the kernel.
// Nonblocking is what it shall be once it is shared.
func NewPrivate(fd int, nonblocking bool) *Desc {
	d := &Desc{fd: fd}
	d.nonblocking.Store(nonblocking)
	descs.add(fd, d)
	return d
}

// Share has to be called before anybody else learns of the descriptor.
func (d *Desc) Share() {
	if d.shared.Load() {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.share()
}

// share is Share; mu is held. What is closed stays private, as the duplicate for
// the calls that are parked on it does.
func (d *Desc) share() {
	if d.fd < 0 || d.shared.Load() {
		return
	}
	if !d.nonblocking.Load() {
		_ = unix.SetNonblock(d.fd, false) // it is open
	}
	d.shared.Store(true)
}

// Shared reports whether others may know the descriptor.
func (d *Desc) Shared() bool { return d.shared.Load() }

// Privately calls f, a system call on the descriptor of a call, while that stays
// private and therefore O_NONBLOCK, and returns what f does; ok is false if it is
// shared. The errno is EBADF, and f is not called, once that descriptor is closed:
// the number may be somebody else's by then.
func (d *Desc) Privately(fd int, f func() syscall.Errno) (errno syscall.Errno, ok bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	switch {
	case d.shared.Load():
		return 0, false
	case !d.holds(fd):
		return unix.EBADF, true
	}
	return f(), true
}

// holds reports whether a descriptor that a call was given is still this one's,
// or a duplicate that is kept for the call; mu is held. -1 is that of what was
// closed before.
func (d *Desc) holds(fd int) bool {
	if fd == d.fd || fd < 0 {
		return true
	}
	d.waits.Lock()
	defer d.waits.Unlock()
	return slices.ContainsFunc(d.parked, func(w *waiter) bool { return w.kept != nil && w.kept.fd == fd })
}

// SetNonblock sets or clears O_NONBLOCK, to those who share the descriptor,
// while no other call of this Desc sees it.
func (d *Desc) SetNonblock(on bool) syscall.Errno {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.shared.Load() {
		if d.fd < 0 {
			return unix.EBADF
		}
		d.nonblocking.Store(on)
		return 0
	}
	var errno syscall.Errno
	errors.As(unix.SetNonblock(d.fd, on), &errno)
	return errno
}

// NonBlocking reports whether the descriptor of a call, which is this one's or
// its duplicate, is O_NONBLOCK to those who share it.
func (d *Desc) NonBlocking(fd int) bool {
	if d.shared.Load() {
		return nonBlocking(fd)
	}
	return fd >= 0 && d.nonblocking.Load()
}

// Fd is the descriptor, or -1 once it is closed or detached.
func (d *Desc) Fd() int {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.fd
}

// Once makes one system call on the descriptor, which is not closed while it
// runs.
func (d *Desc) Once(op Op) syscall.Errno {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return op.Try(d.fd)
}

// Exclusively calls f, system calls on the descriptor of a call, while no other
// call of this Desc sees it: for a change of its flags. As by Privately, f is not
// called on what is closed.
func (d *Desc) Exclusively(fd int, f func() syscall.Errno) syscall.Errno {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.holds(fd) {
		return unix.EBADF
	}
	return f()
}

// Do makes the call. It returns nil, the [syscall.Errno] of Op's last attempt,
// or ErrTimedOut.
func (d *Desc) Do(wait *Wait) error {
	if wait.Block {
		return d.block(wait)
	}
	var w *waiter
	if wait.Around == nil {
		w = d.takeIdle(wait)
	}
	if w == nil {
		// A call that need not wait, or may not, shall not cost a waiter.
		if errno := d.first(wait); errno != unix.EAGAIN {
			return result(errno)
		}
		fd := d.Fd()
		limit := d.limit(wait, fd)
		if limit.nonBlocking {
			return unix.EAGAIN
		}
		if w = d.takeIdle(wait); w == nil {
			w = d.take(wait, fd)
		}
		if w == nil {
			return d.block(wait)
		}
		w.limit = limit
	}
	defer d.put(w)
	if wait.Around != nil {
		return wait.Around(w.runAgain, w.interrupt)
	}
	return w.run()
}

func (d *Desc) first(wait *Wait) syscall.Errno {
	if wait.MayBlock {
		return wait.Op.Try(d.Fd())
	}
	return d.Once(wait.Op)
}

// takeIdle takes the waiter that the direction's last wait left, if there is one.
func (d *Desc) takeIdle(wait *Wait) *waiter {
	idle := &d.idle[wait.Dir]
	if idle.Load() == nil { // as it mostly is for sending; cheaper than to swap
		return nil
	}
	w := idle.Swap(nil)
	if w == nil {
		return nil
	}
	d.mu.RLock()
	defer d.mu.RUnlock()
	d.begin(w, wait)
	return w
}

// take registers fd with a new waiter. It returns nil if the system gives none.
func (d *Desc) take(wait *Wait, fd int) *waiter {
	w, err := spares.get()
	if err != nil {
		return nil
	}
	d.mu.RLock()
	defer d.mu.RUnlock()
	if d.fd == fd && fd >= 0 {
		err = w.register(fd, wait.Dir)
	}
	if err != nil {
		spares.put(w)
		return nil
	}
	d.begin(w, wait)
	return w
}

// begin makes w the waiter of a call; mu is held.
func (d *Desc) begin(w *waiter, wait *Wait) {
	d.waits.Lock()
	defer d.waits.Unlock()
	w.desc, w.wait, w.fd, w.number, w.limit, w.ran = d, *wait, d.fd, d.fd, limit{}, false
	if w.interrupted.Load() {
		w.interrupted.Store(false)
	}
	d.parked = append(d.parked, w)
}

// put ends a call: its waiter stays with the descriptor if that is still open
// and has none, else it is spare.
func (d *Desc) put(w *waiter) {
	if kept := d.end(w); kept >= 0 {
		_ = unix.Close(kept)
	}
}

// end is put, apart from the duplicate that the call was the last one to use:
// it is returned to be closed without the lock, or -1.
func (d *Desc) end(w *waiter) (last int) {
	d.waits.Lock()
	defer d.waits.Unlock()
	i := slices.Index(d.parked, w)
	d.parked = slices.Delete(d.parked, i, i+1)
	dir, kept := w.wait.Dir, w.kept
	w.desc, w.wait, w.kept = nil, Wait{}, nil
	if d.fd >= 0 && w.registered == d.fd && d.idle[dir].CompareAndSwap(nil, w) {
		return -1
	}
	spares.put(w)
	if kept == nil {
		return -1
	}
	if kept.calls--; kept.calls > 0 {
		return -1
	}
	return kept.fd
}

// block makes the call as CPython does, waiting in the kernel and occupying a
// thread: the way out when there is no descriptor or memory left for a waiter. The
// runtime ends a program that has too many threads, so most calls look from time to
// time once there are some.
func (d *Desc) block(wait *Wait) error {
	look := nap{longest: longestLook}
	var nap nap
	inKernel := wait.Block
	defer func() {
		if inKernel && !wait.Block {
			blocked.leave()
		}
	}()
	number := d.Fd()
	limit := d.limit(wait, number)
	for {
		errno := d.first(wait)
		if errno != unix.EAGAIN {
			return result(errno)
		}
		if limit.nonBlocking {
			return unix.EAGAIN
		}
		if wait.Dir == Write && Ready(number, unix.POLLOUT) {
			nap.sleep(limit.at)
		}
		if inKernel = inKernel || blocked.enter(); !inKernel {
			look.sleep(wait.until(limit))
			if Ready(number, wait.Dir.events()) || !limit.expired() {
				continue
			}
			return limitError(wait)
		}
		ms := -1
		if until := wait.until(limit); !until.IsZero() {
			ms = int(max(0, time.Until(until)+time.Millisecond-1) / time.Millisecond)
		}
		if poll(number, wait.Dir.events(), ms) == 0 && limit.expired() {
			return limitError(wait)
		}
	}
}

// limitError is how a call ends whose time is over.
func limitError(wait *Wait) error {
	if wait.Deadline.IsZero() {
		return unix.EAGAIN
	}
	return ErrTimedOut
}

func result(errno syscall.Errno) error {
	if errno == 0 {
		return nil
	}
	return errno
}

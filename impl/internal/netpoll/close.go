package netpoll

import "github.com/pyparity/pyparity/pyref/base/unix"

// Close closes the descriptor. Calls with a deadline that are parked on it
// fail with EBADF when they wake up or when it passes; calls without one go on
// and may still succeed, because the description lives until the last of them
// returns. Closing again does nothing.
func (d *Desc) Close() error {
	fd := d.release(true)
	if fd < 0 {
		return nil
	}
	// Not while the lock is held: with SO_LINGER this may take seconds.
	return unix.Close(fd)
}

// Detach gives the descriptor away and returns it, or -1 if it was closed or
// detached before. Calls that are parked on it are treated as by Close.
func (d *Desc) Detach() int { return d.release(false) }

func (d *Desc) release(closing bool) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.waits.Lock()
	defer d.waits.Unlock()
	if !closing {
		d.share()
	}
	fd := d.fd
	d.fd = -1
	if fd >= 0 {
		descs.remove(fd, d)
	}
	for dir := range d.idle {
		if w := d.idle[dir].Swap(nil); w != nil {
			spares.put(w)
		}
	}
	if closing && fd >= 0 {
		d.keep(fd)
	}
	for _, w := range d.parked {
		if !w.wait.Deadline.IsZero() || closing && w.kept == nil {
			w.fd = -1
		}
	}
	return fd
}

// keep moves the parked calls to a duplicate of fd. Without one, if the
// process is at its limit of descriptors, only their deadlines wake them.
func (d *Desc) keep(fd int) {
	if len(d.parked) == 0 {
		return
	}
	dup, err := unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return
	}
	k := &kept{fd: dup}
	for _, w := range d.parked {
		if w.kept != nil || !w.unregister() {
			continue
		}
		if w.register(dup, w.wait.Dir) != nil {
			continue
		}
		w.fd, w.kept = dup, k
		k.calls++
	}
	if k.calls == 0 {
		_ = unix.Close(dup)
	}
}

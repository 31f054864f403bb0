package netpoll

// Closing has to be called before a descriptor is closed by its number, and not by
// its Desc. The calls that are parked on it go on as in CPython: those without a
// deadline on the description, which lives until the last of them returns; those
// with one watch the description, and when it is ready they use the number, whatever
// that has become.
func Closing(fd int) {
	for _, d := range descs.of(fd) {
		d.orphan(fd)
	}
}

// orphan prepares for fd being closed by somebody else.
func (d *Desc) orphan(fd int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.waits.Lock()
	defer d.waits.Unlock()
	if d.fd != fd {
		return
	}
	d.keep(fd)
	for _, w := range d.parked {
		if w.kept != nil && !w.wait.Deadline.IsZero() {
			w.fd = w.number
		}
	}
	for dir := range d.idle {
		if w := d.idle[dir].Swap(nil); w != nil {
			spares.put(w)
		}
	}
}

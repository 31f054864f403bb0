package netpoll

import (
	"slices"
	"sync"
	"weak"
)

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

// descs are the Descs that are open, by number.
var descs registry

type registry struct {
	mu   sync.Mutex
	byFd map[int][]weak.Pointer[Desc]
}

// add also drops what is gone without having been released.
func (r *registry) add(fd int, d *Desc) {
	if fd < 0 {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.byFd == nil {
		r.byFd = map[int][]weak.Pointer[Desc]{}
	}
	r.byFd[fd] = append(slices.DeleteFunc(r.byFd[fd], func(p weak.Pointer[Desc]) bool { return p.Value() == nil }), weak.Make(d))
}

func (r *registry) remove(fd int, d *Desc) {
	r.mu.Lock()
	defer r.mu.Unlock()
	left := slices.DeleteFunc(r.byFd[fd], func(p weak.Pointer[Desc]) bool { return p.Value() == nil || p.Value() == d })
	if len(left) == 0 {
		delete(r.byFd, fd)
		return
	}
	r.byFd[fd] = left
}

func (r *registry) of(fd int) []*Desc {
	r.mu.Lock()
	defer r.mu.Unlock()
	var list []*Desc
	for _, p := range r.byFd[fd] {
		if d := p.Value(); d != nil {
			list = append(list, d)
		}
	}
	return list
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

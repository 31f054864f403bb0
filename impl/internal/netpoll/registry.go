package netpoll

import "sync"

// descs are the Descs that are open, by number. A Desc is of one socket object, which
// closes or detaches it in the end, also when it is collected.
var descs registry

// A registry has a list of Descs for each number, linked by their next.
type registry struct {
	mu    sync.Mutex
	first []*Desc
}

func (r *registry) add(fd int, d *Desc) {
	if fd < 0 {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for len(r.first) <= fd {
		r.first = append(r.first, nil)
	}
	d.next, r.first[fd] = r.first[fd], d
}

func (r *registry) remove(fd int, d *Desc) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for at := &r.first[fd]; *at != nil; at = &(*at).next {
		if *at == d {
			*at, d.next = d.next, nil
			return
		}
	}
}

func (r *registry) of(fd int) (list []*Desc) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if fd < 0 || fd >= len(r.first) {
		return nil
	}
	for d := r.first[fd]; d != nil; d = d.next {
		list = append(list, d)
	}
	return list
}

package netpoll

import "sync"

// maxSpares bounds the epoll instances that wait for a next user.
const maxSpares = 64

var spares spareWaiters

// spareWaiters are waiters without a call and without a registered descriptor.
type spareWaiters struct {
	mu   sync.Mutex
	list []*waiter
}

// get takes a spare waiter or makes one.
func (s *spareWaiters) get() (*waiter, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if last := len(s.list) - 1; last >= 0 {
		w := s.list[last]
		s.list[last] = nil
		s.list = s.list[:last]
		return w, nil
	}
	return newWaiter()
}

// put takes a waiter back, whatever is registered in it.
func (s *spareWaiters) put(w *waiter) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if w.unregister() && len(s.list) < maxSpares {
		s.list = append(s.list, w)
		return
	}
	_ = w.file.Close()
}

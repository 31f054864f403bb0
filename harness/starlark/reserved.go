package starlark

import (
	"os"
	"strconv"
	"sync"
)

// reserved are the descriptors of the agent itself, which the observers treat as
// closed. Empty where a behaviour runs in a process that is not an agent's.
var reserved fdSet

type fdSet struct {
	mu  sync.Mutex
	fds map[int]bool
}

func (s *fdSet) has(fd int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.fds[fd]
}

func (s *fdSet) replace(fds []int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fds = map[int]bool{}
	for _, fd := range fds {
		s.fds[fd] = true
	}
}

// openFDs lists the descriptors of this process, in no order.
func openFDs() ([]int, error) {
	directory, err := os.Open("/proc/self/fd")
	if err != nil {
		return nil, err
	}
	defer directory.Close()
	names, err := directory.Readdirnames(-1)
	if err != nil {
		return nil, err
	}
	own := int(directory.Fd())
	var fds []int
	for _, name := range names {
		if fd, err := strconv.Atoi(name); err == nil && fd != own {
			fds = append(fds, fd)
		}
	}
	return fds, nil
}

package subject

import (
	"cmp"
	"sync"
)

// A Tail is an io.Writer that keeps the last bytes written to it, for the
// standard error of a process.
type Tail struct {
	Size int // how many bytes are kept; 0 is 4096

	mu   sync.Mutex
	data []byte
}

const tailSize = 4 << 10 // by default

func (t *Tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.data = append(t.data, p...)
	if extra := len(t.data) - cmp.Or(t.Size, tailSize); extra > 0 {
		t.data = append(t.data[:0], t.data[extra:]...)
	}
	return len(p), nil
}

// String returns what is kept.
func (t *Tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.data)
}

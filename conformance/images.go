package conformance

import (
	"context"
	"sync"

	"github.com/pyparity/pyparity/pyref"
)

// images obtains each Python's image once.
type images struct {
	session *pyref.Session
	mu      sync.Mutex
	known   map[string]*obtained
}

type obtained struct {
	once  sync.Once
	image pyref.Image
	err   error
}

func newImages(s *pyref.Session) *images {
	return &images{session: s, known: map[string]*obtained{}}
}

func (i *images) get(ctx context.Context, python string) (pyref.Image, error) {
	i.mu.Lock()
	o, ok := i.known[python]
	if !ok {
		o = new(obtained)
		i.known[python] = o
	}
	i.mu.Unlock()
	o.once.Do(func() { o.image, o.err = i.session.Obtain(ctx, python) })
	return o.image, o.err
}

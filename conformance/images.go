package conformance

import (
	"context"
	"sync"

	"github.com/pyparity/pyparity/pyref"
)

// images obtains each interpreter's image once.
type images struct {
	session *pyref.Session
	mu      sync.Mutex
	known   map[interpreter]*obtained
}

// An interpreter is a CPython, or another implementation if that is named.
type interpreter struct{ implementation, python string }

type obtained struct {
	once  sync.Once
	image pyref.Image
	err   error
}

func newImages(s *pyref.Session) *images {
	return &images{session: s, known: map[interpreter]*obtained{}}
}

func (i *images) get(ctx context.Context, python string) (pyref.Image, error) {
	return i.obtain(interpreter{python: python}, func() (pyref.Image, error) { return i.session.Obtain(ctx, python) })
}

func (i *images) implementation(ctx context.Context, name, python string) (pyref.Image, error) {
	return i.obtain(interpreter{name, python}, func() (pyref.Image, error) {
		return i.session.ObtainImplementation(ctx, name, python)
	})
}

func (i *images) obtain(key interpreter, obtain func() (pyref.Image, error)) (pyref.Image, error) {
	i.mu.Lock()
	o, ok := i.known[key]
	if !ok {
		o = new(obtained)
		i.known[key] = o
	}
	i.mu.Unlock()
	o.once.Do(func() { o.image, o.err = obtain() })
	return o.image, o.err
}

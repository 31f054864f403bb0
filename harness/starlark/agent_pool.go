package starlark

import (
	"context"
	"runtime"
)

// A pool hands out workers, one at a time, and keeps the next one started.
type pool struct {
	agent  *Agent
	python string
	starts chan startOrder
	spare  chan started
	before chan *worker // gives the worker of the last behaviour back, or nil if it is gone
}

type started struct {
	worker *worker
	err    error
}

// A startOrder asks for one worker.
type startOrder struct{ result chan<- started }

func newPool(ctx context.Context, agent *Agent, python string) (*pool, error) {
	p := &pool{agent: agent, python: python, starts: make(chan startOrder), before: make(chan *worker, 1)}
	go p.starter()
	p.order()
	first, err := p.next(ctx)
	p.before <- first
	if err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

// starter starts workers. The kernel ends a worker when the thread that started
// it ends, so it keeps to one thread.
func (p *pool) starter() {
	runtime.LockOSThread()
	for start := range p.starts {
		w, err := startWorker(p.agent, p.python)
		start.result <- started{w, err}
	}
}

// order has the next worker started.
func (p *pool) order() {
	p.spare = make(chan started, 1)
	p.starts <- startOrder{p.spare}
}

// next waits for the worker that was ordered, and orders another.
func (p *pool) next(ctx context.Context) (*worker, error) {
	s := <-p.spare
	p.order()
	if s.err != nil {
		return nil, s.err
	}
	if err := s.worker.ready(ctx); err != nil {
		return nil, err
	}
	return s.worker, nil
}

// take returns a worker once that of the behaviour before is done: two never
// share the network.
func (p *pool) take(ctx context.Context) (*worker, error) {
	select {
	case w := <-p.before:
		if w == nil {
			var err error
			if w, err = p.next(ctx); err != nil {
				p.before <- nil
				return nil, err
			}
		}
		return w, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// give takes a worker back. One that left something behind is ended first.
func (p *pool) give(w *worker, after func()) {
	go func() {
		if !w.clean() {
			w.kill()
			w = nil
		}
		after()
		p.before <- w
	}()
}

// close ends all workers. None may be taken, and nothing may be called after it.
func (p *pool) close() {
	if w := <-p.before; w != nil {
		w.kill()
	}
	if s := <-p.spare; s.worker != nil {
		s.worker.kill()
	}
	close(p.starts)
}

package starlark

import (
	"fmt"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// bind assigns a value to a target, whose parts are evaluated from left to
// right.
func (s *session) bind(thread *starlark.Thread, target syntax.Expr, v starlark.Value) error {
	switch t := target.(type) {
	case *syntax.ParenExpr:
		return s.bind(thread, t.X, v)
	case *syntax.Ident:
		s.set(t.Name, v)
		return nil
	case *syntax.TupleExpr:
		return s.bindAll(thread, t.List, v)
	case *syntax.ListExpr:
		return s.bindAll(thread, t.List, v)
	}
	place, err := s.place(thread, target)
	if err != nil {
		return err
	}
	s.lock.hold(thread, func() { err = place.set(v) })
	return err
}

func (s *session) bindAll(thread *starlark.Thread, targets []syntax.Expr, v starlark.Value) error {
	var values []starlark.Value
	var err error
	s.lock.hold(thread, func() { values, err = unpack(thread, v, len(targets)) })
	if err != nil {
		return err
	}
	for i, target := range targets {
		if err := s.bind(thread, target, values[i]); err != nil {
			return err
		}
	}
	return nil
}

// A place is a target whose parts were evaluated.
type place struct {
	get func() (starlark.Value, error)
	set func(v starlark.Value) error
}

func (s *session) place(thread *starlark.Thread, target syntax.Expr) (place, error) {
	switch t := target.(type) {
	case *syntax.ParenExpr:
		return s.place(thread, t.X)
	case *syntax.Ident:
		return place{
			get: func() (starlark.Value, error) { return s.lookup(t.Name) },
			set: func(v starlark.Value) error { s.set(t.Name, v); return nil },
		}, nil
	case *syntax.DotExpr:
		x, err := s.eval(thread, rewrite(t.X))
		return place{
			get: func() (starlark.Value, error) { return pyval.GetAttr(thread, x, t.Name.Name) },
			set: func(v starlark.Value) error { return pyval.SetAttr(thread, x, t.Name.Name, v) },
		}, err
	case *syntax.IndexExpr:
		return s.itemPlace(thread, t.X, rewrite(t.Y))
	case *syntax.SliceExpr:
		return s.itemPlace(thread, t.X, (&rewriter{}).slice(t))
	}
	return place{}, fmt.Errorf("cannot assign to %T", target)
}

func (s *session) itemPlace(thread *starlark.Thread, object, key syntax.Expr) (place, error) {
	x, err := s.eval(thread, rewrite(object))
	if err != nil {
		return place{}, err
	}
	k, err := s.eval(thread, key)
	return place{
		get: func() (starlark.Value, error) { return pyval.GetItem(thread, x, k) },
		set: func(v starlark.Value) error { return pyval.SetItem(thread, x, k, v) },
	}, err
}

// augment is target op= value; it returns what the target then holds, which is
// read again: a slice may have become another one.
func (s *session) augment(thread *starlark.Thread, target syntax.Expr, op syntax.Token, value syntax.Expr) (starlark.Value, error) {
	p, err := s.place(thread, target)
	if err != nil {
		return nil, err
	}
	var old, result starlark.Value
	s.lock.hold(thread, func() { old, err = p.get() })
	if err != nil {
		return nil, err
	}
	v, err := s.eval(thread, value)
	if err != nil {
		return nil, err
	}
	s.lock.hold(thread, func() {
		if result, err = pyval.InPlace(thread, op, old, v); err == nil {
			err = p.set(result)
		}
	})
	if err != nil {
		return nil, err
	}
	return s.eval(thread, rewrite(target))
}

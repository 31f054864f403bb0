package starlark

import (
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// The names of the primitives, which no source can spell.
const (
	primName     = "·name"     // (name)
	primAttr     = "·attr"     // (x, name)
	primMethod   = "·method"   // (x, name): what x.name(…) calls
	primItem     = "·item"     // (x, key)
	primSlice    = "·slice"    // (lo, hi, step)
	primBinary   = "·binary"   // (operator, x, y)
	primUnary    = "·unary"    // (operator, x)
	primCall     = "·call"     // (f, …)
	primTruth    = "·truth"    // (x): of a condition
	primAnd      = "·and"      // (x, lambda: y)
	primOr       = "·or"       // (x, lambda: y)
	primStar     = "·star"     // (x): what *x adds to a call
	primStarStar = "·starstar" // (x): what **x adds to a call
	primDict     = "·dict"     // ([key, value, …])
	primKey      = "·key"      // (key of a dict comprehension)
	primIterate  = "·iterate"  // (shape, x): what a comprehension runs over
)

// operators maps their spelling back to Starlark's tokens.
var operators = func() map[string]syntax.Token {
	m := map[string]syntax.Token{}
	for _, t := range []syntax.Token{
		syntax.PLUS, syntax.MINUS, syntax.STAR, syntax.SLASH, syntax.SLASHSLASH, syntax.PERCENT,
		syntax.AMP, syntax.PIPE, syntax.CIRCUMFLEX, syntax.LTLT, syntax.GTGT, syntax.TILDE,
		syntax.EQL, syntax.NEQ, syntax.LT, syntax.LE, syntax.GT, syntax.GE, syntax.IN, syntax.NOT_IN,
	} {
		m[t.String()] = t
	}
	return m
}()

// primitives are what a rewritten step is evaluated with.
func (s *session) primitives() starlark.StringDict {
	prims := starlark.StringDict{}
	add := func(name string, f func(thread *starlark.Thread, args starlark.Tuple) (starlark.Value, error)) {
		prims[name] = starlark.NewBuiltin(name, func(thread *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
			h := holderOf(thread)
			h.enter()
			defer h.leave()
			return f(thread, args)
		})
	}
	add(primName, func(_ *starlark.Thread, args starlark.Tuple) (starlark.Value, error) {
		return s.lookup(string(args[0].(starlark.String)))
	})
	add(primAttr, func(thread *starlark.Thread, args starlark.Tuple) (starlark.Value, error) {
		return s.getAttr(thread, args[0], string(args[1].(starlark.String)))
	})
	add(primMethod, func(thread *starlark.Thread, args starlark.Tuple) (starlark.Value, error) {
		f, err := s.getAttr(thread, args[0], string(args[1].(starlark.String)))
		if err != nil {
			return nil, err
		}
		return pyval.AsMethod(f), nil
	})
	add(primItem, func(thread *starlark.Thread, args starlark.Tuple) (starlark.Value, error) {
		return pyval.GetItem(thread, args[0], args[1])
	})
	add(primSlice, func(_ *starlark.Thread, args starlark.Tuple) (starlark.Value, error) {
		return &pyval.SliceValue{Lo: args[0], Hi: args[1], Step: args[2]}, nil
	})
	add(primBinary, func(thread *starlark.Thread, args starlark.Tuple) (starlark.Value, error) {
		return pyval.Binary(thread, operators[string(args[0].(starlark.String))], args[1], args[2])
	})
	add(primUnary, func(thread *starlark.Thread, args starlark.Tuple) (starlark.Value, error) {
		return pyval.Unary(thread, operators[string(args[0].(starlark.String))], args[1])
	})
	add(primTruth, func(thread *starlark.Thread, args starlark.Tuple) (starlark.Value, error) {
		truth, err := pyval.Truth(thread, args[0])
		return starlark.Bool(truth), err
	})
	for name, decides := range map[string]bool{primAnd: false, primOr: true} {
		add(name, func(thread *starlark.Thread, args starlark.Tuple) (starlark.Value, error) {
			truth, err := pyval.Truth(thread, args[0])
			if err != nil || truth == decides {
				return args[0], err
			}
			return starlark.Call(thread, args[1], nil, nil)
		})
	}
	add(primStar, func(thread *starlark.Thread, args starlark.Tuple) (starlark.Value, error) {
		return starred(thread, args[0])
	})
	add(primStarStar, func(_ *starlark.Thread, args starlark.Tuple) (starlark.Value, error) { return keywords(args[0]) })
	add(primDict, func(_ *starlark.Thread, args starlark.Tuple) (starlark.Value, error) {
		entries := args[0].(*starlark.List)
		d := starlark.NewDict(entries.Len() / 2)
		for i := 0; i < entries.Len(); i += 2 {
			if err := pyval.DictSet(d, entries.Index(i), entries.Index(i+1)); err != nil {
				return nil, err
			}
		}
		return d, nil
	})
	add(primKey, func(_ *starlark.Thread, args starlark.Tuple) (starlark.Value, error) {
		return args[0], pyval.CheckKey(args[0])
	})
	add(primIterate, func(thread *starlark.Thread, args starlark.Tuple) (starlark.Value, error) {
		items, err := pyval.ToSlice(thread, args[1])
		if err != nil {
			return nil, err
		}
		return unpackAll(thread, args[0], items)
	})
	prims[primCall] = starlark.NewBuiltin(primCall, func(thread *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		if bad := badSpread(args[1:], kwargs); bad != nil {
			return nil, bad.raise(thread, args[0])
		}
		return pyval.Call(thread, args[0], args[1:], kwargs)
	})
	return prims
}

// unpackAll makes each item fit a loop variable of the shape.
func unpackAll(thread *starlark.Thread, shape starlark.Value, items []starlark.Value) (starlark.Value, error) {
	parts, ok := shape.(starlark.Tuple)
	if !ok {
		return starlark.Tuple(items), nil
	}
	out := make(starlark.Tuple, len(items))
	for i, item := range items {
		values, err := unpack(thread, item, len(parts))
		if err != nil {
			return nil, err
		}
		for j, part := range parts {
			one, err := unpackAll(thread, part, values[j:j+1])
			if err != nil {
				return nil, err
			}
			values[j] = one.(starlark.Tuple)[0]
		}
		out[i] = starlark.Tuple(values)
	}
	return out, nil
}

// unpack is Python's unpacking of a value into n targets.
func unpack(thread *starlark.Thread, v starlark.Value, n int) ([]starlark.Value, error) {
	it, err := pyval.Iterate(thread, v)
	if err != nil {
		if !pyval.IsIterable(thread, v) {
			return nil, pyval.TypeError.Errorf("cannot unpack non-iterable %s object", pyval.TypeName(v))
		}
		return nil, err
	}
	var values []starlark.Value
	for len(values) <= n {
		x, err := it.Next(thread)
		if err != nil {
			return nil, err
		}
		if x == nil {
			break
		}
		values = append(values, x)
	}
	switch {
	case len(values) < n:
		return nil, pyval.ValueError.Errorf("not enough values to unpack (expected %d, got %d)", n, len(values))
	case len(values) > n:
		return nil, tooMany(thread, v, n)
	}
	return values, nil
}

func tooMany(thread *starlark.Thread, v starlark.Value, n int) error {
	if pyval.Python(thread).AtLeast(3, 14) {
		switch v.(type) {
		case starlark.Tuple, *starlark.List, *starlark.Dict:
			if got, err := pyval.Len(thread, v); err == nil {
				return pyval.ValueError.Errorf("too many values to unpack (expected %d, got %d)", n, got)
			}
		}
	}
	return pyval.ValueError.Errorf("too many values to unpack (expected %d)", n)
}

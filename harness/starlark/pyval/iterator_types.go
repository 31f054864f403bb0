package pyval

import (
	"math/big"
	"slices"

	"go.starlark.net/starlark"
)

// The classes of iterator that are called by name.
var (
	EnumerateType = &Class{Short: "enumerate", Bases: []*Class{IteratorType}}
	ZipType       = &Class{Short: "zip", Bases: []*Class{IteratorType}}
	ReversedType  = &Class{Short: "reversed", Bases: []*Class{IteratorType}}
	MapType       = &Class{Short: "map", Bases: []*Class{IteratorType}}
	FilterType    = &Class{Short: "filter", Bases: []*Class{IteratorType}}
)

func callEnumerate(thread *starlark.Thread, class *Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	c := &call{thread: thread, name: "enumerate"}
	if len(args)+len(kwargs) == 0 && Python(thread).AtLeast(3, 11) {
		return nil, TypeError.Errorf("enumerate() missing required argument 'iterable'")
	}
	if err := parseParams("iterable= start?=").bind(c, "", args, kwargs); err != nil {
		return nil, err
	}
	it, err := Iterate(thread, c.args[0])
	if err != nil {
		return nil, err
	}
	next := new(big.Int)
	if c.args[1] != nil {
		start, err := Index(thread, c.args[1])
		if err != nil {
			return nil, err
		}
		next.Set(start)
	}
	return &Iter{class: class, from: NextFunc(func(thread *starlark.Thread) (starlark.Value, error) {
		v, err := it.Next(thread)
		if v == nil || err != nil {
			return nil, err
		}
		number := starlark.MakeBigInt(next)
		next = new(big.Int).Add(next, big.NewInt(1))
		return starlark.Tuple{number, v}, nil
	})}, nil
}

func callZip(thread *starlark.Thread, class *Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	c := &call{thread: thread, name: "zip"}
	if err := parseParams("strict?=").bind(c, "", nil, kwargs); err != nil {
		return nil, err
	}
	strict := c.args[0] != nil && bool(c.args[0].Truth())
	its := make([]Iterator, len(args))
	for i, arg := range args {
		it, err := Iterate(thread, arg)
		if err != nil {
			if !isIterable(thread, arg) && len(args) > 0 {
				return nil, TypeError.Errorf("'%s' object is not iterable", TypeName(arg))
			}
			return nil, err
		}
		its[i] = it
	}
	return &Iter{class: class, from: NextFunc(func(thread *starlark.Thread) (starlark.Value, error) {
		return zipNext(thread, its, strict)
	})}, nil
}

func zipNext(thread *starlark.Thread, its []Iterator, strict bool) (starlark.Value, error) {
	if len(its) == 0 {
		return nil, nil
	}
	row := make(starlark.Tuple, len(its))
	for i, it := range its {
		v, err := it.Next(thread)
		if err != nil {
			return nil, err
		}
		if v == nil {
			if !strict {
				return nil, nil
			}
			return nil, zipUneven(thread, its, i)
		}
		row[i] = v
	}
	return row, nil
}

// zipUneven is what zip(strict=True) raises when argument i ends; nil if all
// end together.
func zipUneven(thread *starlark.Thread, its []Iterator, i int) error {
	if i > 0 {
		return ValueError.Errorf("zip() argument %d is shorter than argument%s", i+1, earlier(i))
	}
	for j := 1; j < len(its); j++ {
		v, err := its[j].Next(thread)
		if err != nil {
			return err
		}
		if v != nil {
			return ValueError.Errorf("zip() argument %d is longer than argument%s", j+1, earlier(j))
		}
	}
	return nil
}

func earlier(n int) string {
	if n == 1 {
		return " 1"
	}
	return "s 1-" + starlark.MakeInt(n).String()
}

// callReversed is reversed(sequence).
func callReversed(thread *starlark.Thread, class *Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	if len(kwargs) > 0 {
		return nil, TypeError.Errorf("reversed() takes no keyword arguments")
	}
	if len(args) != 1 {
		return nil, TypeError.Errorf("reversed expected 1 argument, got %d", len(args))
	}
	switch v := args[0].(type) {
	case *starlark.List:
		class = foreignIterator("list_reverseiterator")
	case *Range:
		class = foreignIterator("range_iterator")
	case *starlark.Dict:
		class = foreignIterator("dict_reversekeyiterator")
	case starlark.String, starlark.Bytes, *Bytearray, *Memoryview, starlark.Tuple:
	case *Class:
		if v.Enum == nil {
			return nil, TypeError.Errorf("'type' object is not reversible")
		}
	default:
		return nil, TypeError.Errorf("'%s' object is not reversible", TypeName(v))
	}
	items, err := ToSlice(thread, args[0])
	if err != nil {
		return nil, err
	}
	items = slices.Clone(items)
	slices.Reverse(items)
	return &Iter{class: class, from: &sliceIterator{items: items}}, nil
}

// callMap is map(function, iterable, ...).
func callMap(thread *starlark.Thread, class *Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	switch {
	case len(kwargs) > 0:
		return nil, TypeError.Errorf("map() takes no keyword arguments")
	case len(args) < 2:
		return nil, TypeError.Errorf("map() must have at least two arguments.")
	}
	its := make([]Iterator, len(args)-1)
	for i, arg := range args[1:] {
		it, err := Iterate(thread, arg)
		if err != nil {
			return nil, err
		}
		its[i] = it
	}
	return &Iter{class: class, from: NextFunc(func(thread *starlark.Thread) (starlark.Value, error) {
		row, err := zipNext(thread, its, false)
		if row == nil || err != nil {
			return nil, err
		}
		return Call(thread, args[0], row.(starlark.Tuple), nil)
	})}, nil
}

// callFilter is filter(function, iterable); without a function the values' own truth
// decides.
func callFilter(thread *starlark.Thread, class *Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	switch {
	case len(kwargs) > 0:
		return nil, TypeError.Errorf("filter() takes no keyword arguments")
	case len(args) != 2:
		return nil, TypeError.Errorf("filter expected 2 arguments, got %d", len(args))
	}
	it, err := Iterate(thread, args[1])
	if err != nil {
		return nil, err
	}
	return &Iter{class: class, from: NextFunc(func(thread *starlark.Thread) (starlark.Value, error) {
		for {
			v, err := it.Next(thread)
			if v == nil || err != nil {
				return nil, err
			}
			verdict := v
			if args[0] != starlark.None {
				if verdict, err = Call(thread, args[0], starlark.Tuple{v}, nil); err != nil {
					return nil, err
				}
			}
			if truth, err := Truth(thread, verdict); truth || err != nil {
				return v, err
			}
		}
	})}, nil
}

package pyval

import (
	"fmt"

	"go.starlark.net/starlark"
)

// A Range is Python's range, of numbers that fit an int64.
type Range struct {
	start, stop, step int64
	// given are the three as the range was made with them, where they are objects of a
	// class derived from int, which it keeps before 3.10; nil for any other.
	given [3]starlark.Value
}

// Len is how many numbers there are.
func (r *Range) Len() int {
	switch {
	case r.step > 0 && r.start < r.stop:
		return int((r.stop-r.start-1)/r.step + 1)
	case r.step < 0 && r.start > r.stop:
		return int((r.start-r.stop-1)/-r.step + 1)
	}
	return 0
}

func (r *Range) at(i int) starlark.Value { return starlark.MakeInt64(r.start + int64(i)*r.step) }

func (r *Range) equal(o *Range) bool {
	n := r.Len()
	return n == o.Len() && (n == 0 || r.start == o.start && (n == 1 || r.step == o.step))
}

func (r *Range) String() string {
	if r.step == 1 {
		return fmt.Sprintf("range(%s, %s)", Repr(r.part(0)), Repr(r.part(1)))
	}
	return fmt.Sprintf("range(%s, %s, %s)", Repr(r.part(0)), Repr(r.part(1)), Repr(r.part(2)))
}

// part is start, stop or step.
func (r *Range) part(n int) starlark.Value {
	if v := r.given[n]; v != nil {
		return v
	}
	return starlark.MakeInt64([3]int64{r.start, r.stop, r.step}[n])
}

// PyClass is range.
func (r *Range) PyClass() *Class { return RangeType }

// Type is Python's name.
func (r *Range) Type() string { return "range" }

// Freeze does nothing: a range never changes.
func (r *Range) Freeze() {}

// Truth is false for an empty one.
func (r *Range) Truth() starlark.Bool { return r.Len() > 0 }

// Hash is that of start, length and step.
func (r *Range) Hash() (uint32, error) {
	return starlark.Tuple{starlark.MakeInt64(r.start), starlark.MakeInt(r.Len()), starlark.MakeInt64(r.step)}.Hash()
}

type rangeIterator struct {
	r    *Range
	next int
}

func (i *rangeIterator) Next(*starlark.Thread) (starlark.Value, error) {
	if i.next >= i.r.Len() {
		return nil, nil
	}
	i.next++
	return i.r.at(i.next - 1), nil
}

func rangeInfo() *builtinInfo {
	part := func(n int) func(starlark.Value) (starlark.Value, error) {
		return func(self starlark.Value) (starlark.Value, error) { return self.(*Range).part(n), nil }
	}
	return &builtinInfo{
		construct: callRange,
		getters: map[string]func(starlark.Value) (starlark.Value, error){
			"start": part(0),
			"stop":  part(1),
			"step":  part(2),
		},
		methods: sequenceMethods(),
	}
}

func callRange(thread *starlark.Thread, _ *Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	c := &call{thread: thread, name: "range"}
	if err := parseParams("start stop? step?").bind(c, "", args, kwargs); err != nil {
		return nil, err
	}
	numbers := [3]int64{0, 0, 1}
	var given [3]starlark.Value
	first := 0
	if len(args) == 1 {
		first = 1 // which is stop
	}
	for i, arg := range args {
		n, err := smallIndex(thread, arg)
		if err != nil {
			return nil, err
		}
		numbers[first+i] = int64(n)
		if class := TypeOf(arg); class != IntType && class.Subclass(IntType) && !Python(thread).AtLeast(3, 10) {
			given[first+i] = arg
		}
	}
	if numbers[2] == 0 {
		return nil, ValueError.Errorf("range() arg 3 must not be zero")
	}
	return &Range{numbers[0], numbers[1], numbers[2], given}, nil
}

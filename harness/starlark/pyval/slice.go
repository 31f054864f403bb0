package pyval

import (
	"go.starlark.net/starlark"
)

// A SliceValue is Python's slice(lo, hi, step); None stands for what is left
// out.
type SliceValue struct{ Lo, Hi, Step starlark.Value }

func (s *SliceValue) parts() []starlark.Value { return []starlark.Value{s.Lo, s.Hi, s.Step} }

func (s *SliceValue) String() string { return "slice" + Repr(starlark.Tuple(s.parts())) }

// PyClass is slice.
func (s *SliceValue) PyClass() *Class { return SliceType }

// Type is Python's name.
func (s *SliceValue) Type() string { return "slice" }

// Freeze does nothing: a slice never changes.
func (s *SliceValue) Freeze() {}

// Truth is always true.
func (s *SliceValue) Truth() starlark.Bool { return true }

// Hash is that of its parts: a slice can be a key since 3.12.
func (s *SliceValue) Hash() (uint32, error) { return starlark.Tuple(s.parts()).Hash() }

// span is a slice over a sequence of a known length.
type span struct{ start, stop, step, count int }

// over resolves the slice as slice.indices does, and counts its items.
func (s *SliceValue) over(thread *starlark.Thread, length int) (span, error) {
	step, err := sliceIndex(thread, s.Step, 1)
	if err != nil {
		return span{}, err
	}
	if step == 0 {
		return span{}, ValueError.Errorf("slice step cannot be zero")
	}
	low, high, lo, hi := 0, length, 0, length
	if step < 0 {
		low, high = -1, length-1
		lo, hi = high, low
	}
	start, err := clamped(thread, s.Lo, lo, length, low, high)
	if err != nil {
		return span{}, err
	}
	stop, err := clamped(thread, s.Hi, hi, length, low, high)
	if err != nil {
		return span{}, err
	}
	r := Range{start: int64(start), stop: int64(stop), step: int64(step)}
	return span{start, stop, step, r.Len()}, nil
}

func clamped(thread *starlark.Thread, v starlark.Value, absent, length, low, high int) (int, error) {
	if v == starlark.None {
		return absent, nil
	}
	i, err := sliceIndex(thread, v, 0)
	if err != nil {
		return 0, err
	}
	if i < 0 {
		i += length
	}
	return min(max(i, low), high), nil
}

// farAway stands for indices that no sequence has; adding a length to it or its
// negative does not overflow.
const farAway = 1 << 60

func sliceIndex(thread *starlark.Thread, v starlark.Value, absent int) (int, error) {
	if v == starlark.None {
		return absent, nil
	}
	i, err := Index(thread, v)
	if err != nil {
		if v != starlark.None && Python(thread).AtLeast(3, 15) {
			return 0, TypeError.Errorf("slice indices must be integers or have an __index__ method")
		}
		return 0, TypeError.Errorf("slice indices must be integers or None or have an __index__ method")
	}
	if !i.IsInt64() || i.Int64() > farAway || i.Int64() < -farAway {
		return farAway * i.Sign(), nil
	}
	return int(i.Int64()), nil
}

// pick applies a span to items.
func pick[T any](items []T, s span) []T {
	picked := make([]T, 0, s.count)
	for i := range s.count {
		picked = append(picked, items[s.start+i*s.step])
	}
	return picked
}

func sliceInfo() *builtinInfo {
	part := func(get func(*SliceValue) starlark.Value) func(starlark.Value) (starlark.Value, error) {
		return func(self starlark.Value) (starlark.Value, error) { return get(self.(*SliceValue)), nil }
	}
	return &builtinInfo{
		construct: func(_ *starlark.Thread, _ *Class, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
			switch len(args) {
			case 1:
				return &SliceValue{starlark.None, args[0], starlark.None}, nil
			case 2:
				return &SliceValue{args[0], args[1], starlark.None}, nil
			case 3:
				return &SliceValue{args[0], args[1], args[2]}, nil
			case 0:
				return nil, TypeError.Errorf("slice expected at least 1 argument, got 0")
			}
			return nil, TypeError.Errorf("slice expected at most 3 arguments, got %d", len(args))
		},
		getters: map[string]func(starlark.Value) (starlark.Value, error){
			"start": part(func(s *SliceValue) starlark.Value { return s.Lo }),
			"stop":  part(func(s *SliceValue) starlark.Value { return s.Hi }),
			"step":  part(func(s *SliceValue) starlark.Value { return s.Step }),
		},
	}
}

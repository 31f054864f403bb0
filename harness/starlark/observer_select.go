package starlark

import (
	"errors"
	"maps"
	"time"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/pyparity/pyparity/pyref/base/unix"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// selectModule is the observer select.
func selectModule(sig *signals) *starlarkstruct.Module {
	m := observerModule("select", pyval.NewFunction("select.select", "rlist wlist xlist timeout?", sig.selectFDs), pollFunction(sig))
	maps.Copy(m.Members, pollEvents)
	return m
}

// A waiting is one of select's three lists: the values given, their descriptors,
// the set made of them, and those of it that were found ready.
type waiting struct {
	values []starlark.Value
	fds    []int
	set    unix.FdSet
	found  unix.FdSet
}

func (sig *signals) selectFDs(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
	timeout := time.Duration(-1)
	if args[3] != nil && args[3] != starlark.None {
		var err error
		if timeout, err = selectTimeout(thread, args[3]); err != nil {
			return nil, err
		}
	}
	var lists [3]*waiting
	highest := -1
	for i := range lists {
		w, err := newWaiting(thread, args[i])
		if err != nil {
			return nil, err
		}
		lists[i] = w
		for _, fd := range w.fds {
			highest = max(highest, fd)
		}
	}
	err := waitInSlices(thread, sig, timeout, func(left time.Duration) (int, error) {
		return selectCall(highest+1, lists, left)
	})
	if err != nil {
		return nil, osError(err, nil)
	}
	result := make(starlark.Tuple, len(lists))
	for i, w := range lists {
		result[i] = starlark.NewList(w.ready())
	}
	return result, nil
}

func selectTimeout(thread *starlark.Thread, v starlark.Value) (time.Duration, error) {
	timeout, err := duration(thread, v)
	if e, ok := pyval.AsException(err); ok && e.Class == pyval.TypeError {
		if pyval.Python(thread).AtLeast(3, 15) {
			return 0, pyval.TypeError.Errorf("timeout must be a real number or None, not %s", pyval.TypeName(v))
		}
		return 0, pyval.TypeError.Errorf("timeout must be a float or None")
	}
	if err != nil {
		return 0, err
	}
	if timeout < 0 {
		return 0, pyval.ValueError.Errorf("timeout must be non-negative")
	}
	return timeout, nil
}

// setSize is FD_SETSIZE: what an FdSet has room for.
const setSize = 1024

func newWaiting(thread *starlark.Thread, list starlark.Value) (*waiting, error) {
	values, err := pyval.ToSlice(thread, list)
	if err != nil {
		if e, ok := pyval.AsException(err); ok && e.Class == pyval.TypeError {
			return nil, pyval.TypeError.Errorf("arguments 1-3 must be sequences")
		}
		return nil, err
	}
	w := &waiting{values: values}
	for _, v := range values {
		fd, err := fileDescriptor(thread, v)
		if err != nil {
			return nil, err
		}
		if fd >= setSize {
			return nil, pyval.ValueError.Errorf("filedescriptor out of range in select()")
		}
		w.fds = append(w.fds, fd)
		w.set.Set(fd)
	}
	return w, nil
}

// fileDescriptor is PyObject_AsFileDescriptor: an int, or what fileno() returns.
func fileDescriptor(thread *starlark.Thread, v starlark.Value) (int, error) {
	number := v
	if !pyval.IsInstance(v, pyval.IntType) {
		has, err := pyval.HasAttr(thread, v, "fileno")
		if err != nil {
			return 0, err
		}
		if !has {
			return 0, pyval.TypeError.Errorf("argument must be an int, or have a fileno() method.")
		}
		fileno, err := pyval.GetAttr(thread, v, "fileno")
		if err != nil {
			return 0, err
		}
		if number, err = pyval.Call(thread, fileno, nil, nil); err != nil {
			return 0, err
		}
		if !pyval.IsInstance(number, pyval.IntType) {
			if pyval.Python(thread).AtLeast(3, 15) {
				return 0, pyval.TypeError.Errorf("%s.fileno() must return an int, not %s", pyval.TypeOf(v).Full(), pyval.TypeOf(number).Full())
			}
			return 0, pyval.TypeError.Errorf("fileno() returned a non-integer")
		}
	}
	fd, err := descriptor(thread, number)
	if err != nil {
		return 0, err
	}
	if fd < 0 {
		return 0, pyval.ValueError.Errorf("file descriptor cannot be a negative integer (%d)", fd)
	}
	return fd, nil
}

// slice is how long select and poll wait before they look whether they were interrupted.
const slice = 10 * time.Millisecond

// waitInSlices has call wait for descriptors, no longer than it is told, until it
// finds some, fails, or the timeout is over. A negative timeout is none.
func waitInSlices(thread *starlark.Thread, sig *signals, timeout time.Duration, call func(left time.Duration) (ready int, err error)) error {
	var err error
	unlocked(thread, func() {
		deadline := time.Now().Add(timeout)
		err = sig.interruptible(func(interrupted <-chan struct{}) error {
			for {
				left := slice
				if timeout >= 0 {
					left = min(max(time.Until(deadline), 0), slice)
				}
				ready, err := call(left)
				select {
				case <-interrupted:
					return unix.EINTR
				default:
				}
				over := timeout >= 0 && !time.Now().Before(deadline)
				if errors.Is(err, unix.EINTR) || err == nil && ready == 0 && !over {
					continue
				}
				return err
			}
		})
	})
	return err
}

// selectCall calls select(2) and leaves in the lists what it found.
func selectCall(n int, lists [3]*waiting, left time.Duration) (int, error) {
	tv := unix.NsecToTimeval(int64(left.Round(time.Microsecond)))
	sets := [3]unix.FdSet{lists[0].set, lists[1].set, lists[2].set}
	ready, err := unix.Select(n, &sets[0], &sets[1], &sets[2], &tv)
	for i, w := range lists {
		w.found = sets[i]
	}
	return ready, err
}

func (w *waiting) ready() []starlark.Value {
	var ready []starlark.Value
	for i, fd := range w.fds {
		if w.found.IsSet(fd) {
			ready = append(ready, w.values[i])
		}
	}
	return ready
}

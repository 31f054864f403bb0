package audit

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/pyref/base/unix"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// effects makes the mutants that do something else than they say.
func (b *builder) effects() {
	b.add("effect", "it never returns", func(Call, starlark.Value) Call {
		return func(*starlark.Thread, starlark.Tuple, []starlark.Tuple) (starlark.Value, error) {
			select {}
		}
	})
	b.add("effect", "a descriptor leaks", func(right Call, _ starlark.Value) Call {
		return func(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
			v, err := right(thread, args, kwargs)
			if err != nil {
				return nil, err
			}
			if _, err := unix.FcntlInt(0, unix.F_DUPFD_CLOEXEC, 0); err != nil {
				return nil, pyval.SystemError.Errorf("no descriptor to leak: %v", err)
			}
			return v, nil
		}
	})
	if b.callable.Result == "" {
		b.add("effect", "nothing is done", func(Call, starlark.Value) Call {
			return func(*starlark.Thread, starlark.Tuple, []starlark.Tuple) (starlark.Value, error) {
				return starlark.None, nil
			}
		})
	}
	if !b.callable.Repeats {
		b.add("effect", "it is done twice", func(right Call, _ starlark.Value) Call {
			return func(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
				if _, err := right(thread, args, kwargs); err != nil {
					return nil, err
				}
				return right(thread, args, kwargs)
			}
		})
	}
}

package pysocket

import (
	"errors"
	"syscall"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/impl/socket"
)

// addAudit hands the auditing events of impl/socket on as Python code has them.
func (m *module) addAudit(audit func(event string, args func() starlark.Tuple) error) {
	m.impl.AddAuditHook(func(event string, args ...any) error {
		err := audit(event, func() starlark.Tuple {
			tuple := make(starlark.Tuple, len(args))
			for i, arg := range args {
				tuple[i] = m.eventArgument(arg)
			}
			return tuple
		})
		if e, ok := errors.AsType[*pyval.Exception](err); ok {
			return refusal{e, m.timeout}
		}
		return err
	})
}

// eventArgument is an argument of an event for Python code. What that has given is
// handed back as it is.
func (m *module) eventArgument(arg any) starlark.Value {
	switch arg := arg.(type) {
	case starlark.Value:
		return arg
	case *socket.Socket:
		if o := objectOf(arg); o != nil {
			return o
		}
		o := m.wrap(arg)
		o.slots.empty()
		return o
	case address:
		return arg.value
	case socket.Addr:
		if v, err := addressValue(m.python, arg); err == nil {
			return v
		}
	case int:
		return starlark.MakeInt(arg)
	case string:
		return starlark.String(arg)
	}
	return starlark.None
}

// A refusal is the exception that Python code raised, such as a hook. Where Python's code catches an
// OSError, impl/socket asks whether it is one.
type refusal struct {
	*pyval.Exception
	timeout *pyval.Class // socket.timeout
}

// Is is whether the exception is of a class that impl/socket knows, or has an errno.
func (r refusal) Is(target error) bool {
	if errno, ok := target.(syscall.Errno); ok {
		number, ok := r.Errno.(starlark.Int)
		return ok && pyval.Equal(number, starlark.MakeInt(int(errno)))
	}
	class, ok := target.(*pyerr.Class)
	if !ok {
		return false
	}
	known := pyval.Builtin(class.Name)
	if class == pyerr.TimeoutError {
		known = r.timeout
	}
	return known != nil && r.Class.Subclass(known)
}

// As is an OSError as impl/socket has it, for the text that create_server adds.
func (r refusal) As(target any) bool {
	e, ok := target.(**pyerr.Error)
	if !ok || !r.Class.Subclass(pyval.OSError) {
		return false
	}
	args := []any{nil, pyval.Str(r.Strerror)}
	if errno, ok := r.Errno.(starlark.Int); ok {
		n, _ := starlark.AsInt32(errno)
		args[0] = n
	}
	*e = pyerr.OSError.New(args...)
	return true
}

// Unwrap is the exception.
func (r refusal) Unwrap() error { return r.Exception }

package pysocket

import (
	"errors"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/pyerr"
)

// addExceptions adds the module's names for exceptions. Until 3.9 a timeout had
// a class of its own.
func (m *module) addExceptions(members starlark.StringDict) {
	own := func(name string) *pyval.Class {
		return &pyval.Class{Module: "socket", Short: name, Bases: []*pyval.Class{pyval.OSError}, Attrs: starlark.StringDict{}}
	}
	m.herror, m.gaierror, m.timeout = own("herror"), own("gaierror"), pyval.TimeoutError
	if !m.python.AtLeast(3, 10) {
		m.timeout = own("timeout")
	}
	members["error"] = pyval.OSError
	members["herror"] = m.herror
	members["gaierror"] = m.gaierror
	members["timeout"] = m.timeout
}

// raising wraps a function so that whatever error it returns is a Python
// exception.
func (m *module) raising(f pycall.Func) pycall.Func {
	return func(c *pycall.Call) (starlark.Value, error) {
		if m.evaluate.Load() == nil {
			evaluate := pyval.Evaluator(c.Thread)
			m.evaluate.Store(&evaluate)
		}
		v, err := f(c)
		if err != nil {
			return nil, m.exception(err)
		}
		return v, nil
	}
}

// exception turns an error of impl/socket into the exception that Python code
// sees. An error that is no Python exception at all is left as it is: it is a
// fault of the program.
func (m *module) exception(err error) error {
	var (
		raised *pyval.Exception
		group  *pyerr.Group
		one    *pyerr.Error
	)
	switch {
	case errors.As(err, &group): // before what it is made of
		excs := make([]starlark.Value, len(group.Errors))
		for i, e := range group.Errors {
			v, ok := m.exception(e).(starlark.Value)
			if !ok {
				return err
			}
			excs[i] = v
		}
		return newGroup(group.Message, excs)
	case errors.As(err, &raised):
		return raised
	case errors.As(err, &one):
		class := m.exceptionClass(one)
		if class == nil {
			return err
		}
		args := make([]starlark.Value, len(one.Args))
		for i, arg := range one.Args {
			args[i] = argument(arg)
		}
		return pyval.NewException(class, args...)
	}
	return err
}

// newGroup makes an ExceptionGroup as create_connection does, which clears the
// list that it gave as an argument afterwards.
func newGroup(message string, exceptions []starlark.Value) error {
	list := starlark.NewList(exceptions)
	group := pyval.NewException(pyval.ExceptionGroup, starlark.String(message), list)
	if err := list.Clear(); err != nil {
		return err
	}
	return group
}

func (m *module) exceptionClass(e *pyerr.Error) *pyval.Class {
	switch {
	case e.Class == pyerr.Herror:
		return m.herror
	case e.Class == pyerr.Gaierror:
		return m.gaierror
	case e.Class == pyerr.TimeoutError && e.Errno == nil:
		return m.timeout
	case e.Class == pyerr.UnsupportedOperation:
		return m.io.UnsupportedOperation
	}
	return pyval.Builtin(e.Class.Name)
}

// argument is an argument of an exception: pyerr has only these types.
func argument(v any) starlark.Value {
	switch v := v.(type) {
	case int:
		return starlark.MakeInt(v)
	case string:
		return starlark.String(v)
	case []byte:
		return starlark.Bytes(v)
	}
	return starlark.None
}

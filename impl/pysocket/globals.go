package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// global is what the module's name stands for: Python's code looks its globals up as
// it runs, and so finds what a program has put there instead.
func (m *module) global(name string) starlark.Value {
	return pyval.Member(m.home, name)
}

// callGlobal calls a function or class of the module by its name.
func (m *module) callGlobal(c *pycall.Call, name string, args ...starlark.Value) (starlark.Value, error) {
	return pyval.Call(c.Thread, m.global(name), args, nil)
}

// own reports whether names of the module still stand for what they did.
func (m *module) own(names ...string) bool {
	for _, name := range names {
		if m.global(name) != m.genuine[name] {
			return false
		}
	}
	return true
}

// ownMethods reports whether socket.socket still has these methods of its own.
func (m *module) ownMethods(names ...string) bool {
	for _, name := range names {
		if !nativeIn(m.class, name) {
			return false
		}
	}
	return true
}

// evaluator calls functions of the steps where there is no thread to call them in.
func (m *module) evaluator() pyval.EvaluateFunc {
	if evaluate := m.evaluate.Load(); evaluate != nil {
		return *evaluate
	}
	return pyval.Evaluator(nil)
}

// caught is "except error": whether it is of the class that the name error stands for.
func (m *module) caught(err error) bool {
	e, raised := pyval.AsException(err)
	class, isClass := m.global("error").(*pyval.Class)
	return raised && isClass && e.Class.Subclass(class)
}

// catches is "except NAME": whether the exception is of a class that the name stands
// for, which has to be one of exceptions, or several of them.
func (m *module) catches(name string, err error) (bool, error) {
	e, raised := pyval.AsException(err)
	if !raised {
		return false, nil
	}
	classes, several := m.global(name).(starlark.Tuple)
	if !several {
		classes = starlark.Tuple{m.global(name)}
	}
	for _, v := range classes {
		if class, ok := v.(*pyval.Class); !ok || !class.Subclass(pyval.BaseException) {
			return false, pyval.TypeError.Errorf("catching classes that do not inherit from BaseException is not allowed")
		}
	}
	for _, class := range classes {
		if e.Class.Subclass(class.(*pyval.Class)) {
			return true, nil
		}
	}
	return false, nil
}

// raise is "raise error(…)", of whatever class the name stands for.
func (m *module) raise(c *pycall.Call, args ...starlark.Value) error {
	made, err := m.callGlobal(c, "error", args...)
	if e, ok := made.(*pyval.Exception); ok {
		return e
	}
	return orElse(err, pyval.TypeError.Errorf("exceptions must derive from BaseException"))
}

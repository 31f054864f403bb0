package pyval

import "go.starlark.net/starlark"

// Warn issues a Python warning to whoever runs the thread (PyErr_WarnEx). Category
// is a warning class such as [ResourceWarning]. The error is the warning as an
// exception, if a filter makes one of it: whatever warns fails with it. Threads
// that a port starts itself (finalisers, for instance) keep the function that
// [Warner] returned.
func Warn(thread *starlark.Thread, category *Class, text string) error {
	if warn := Warner(thread); warn != nil {
		return warn(category, text)
	}
	return nil
}

// A WarnFunc takes a warning, as Warn does; it may be called from any goroutine.
type WarnFunc func(category *Class, text string) error

const warnKey = "pyval.warn"

// SetWarner says where warnings of the thread go.
func SetWarner(thread *starlark.Thread, warn WarnFunc) { thread.SetLocal(warnKey, warn) }

// Warner returns where warnings of the thread go, or nil.
func Warner(thread *starlark.Thread) WarnFunc {
	if thread == nil {
		return nil
	}
	warn, _ := thread.Local(warnKey).(WarnFunc)
	return warn
}

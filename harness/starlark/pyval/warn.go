package pyval

import "go.starlark.net/starlark"

// Warn issues a Python warning to whoever runs the thread. Category is a
// warning class such as [ResourceWarning]. Threads that a port starts itself
// (finalisers, for instance) keep the function that [Warner] returned.
func Warn(thread *starlark.Thread, category *Class, text string) {
	if warn := Warner(thread); warn != nil {
		warn(category, text)
	}
}

// A WarnFunc takes a warning; it may be called from any goroutine.
type WarnFunc func(category *Class, text string)

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

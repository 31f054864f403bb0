package pyval

import (
	"runtime"

	"go.starlark.net/starlark"
)

// MaxDepth is how deep calls, and the texts of objects that show each other, may be
// inside one another.
const MaxDepth = 1000

const depthKey = "pyval.depth"

// SetDepth says where the depth of the thread is counted.
func SetDepth(thread *starlark.Thread, depth *int) { thread.SetLocal(depthKey, depth) }

// Nested runs f one level deeper, unless that is too deep: RecursionError, which before
// 3.12 says while doing what, if that is not calling Python code.
func Nested(thread *starlark.Thread, doing string, f func() error) error {
	var depth *int
	if thread != nil {
		depth, _ = thread.Local(depthKey).(*int)
	}
	switch {
	case depth == nil && tooDeep(), depth != nil && *depth >= MaxDepth:
		if doing != "" && !Python(thread).AtLeast(3, 12) {
			doing = " while " + doing
		} else {
			doing = ""
		}
		return RecursionError.Errorf("maximum recursion depth exceeded%s", doing)
	case depth == nil:
		return f()
	}
	*depth++
	defer func() { *depth-- }()
	return f()
}

// tooDeep is for where nobody counts: it looks at the stack of Go.
func tooDeep() bool {
	const functions = 5000
	return runtime.Callers(functions, make([]uintptr, 1)) > 0
}

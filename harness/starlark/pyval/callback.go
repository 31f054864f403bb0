package pyval

import "go.starlark.net/starlark"

const callbackKey = "pyval.callback"

// SetCallback says what calls a function of the steps for code that has no thread
// at hand and does not hold the interpreter's lock: a stream that reads from an
// object of the steps, for instance.
func SetCallback(thread *starlark.Thread, call EvaluateFunc) { thread.SetLocal(callbackKey, call) }

// Callback returns it; it may be called from any goroutine, and when the thread has
// ended.
func Callback(thread *starlark.Thread) EvaluateFunc {
	if thread != nil {
		if call, ok := thread.Local(callbackKey).(EvaluateFunc); ok {
			return call
		}
	}
	return func(f starlark.Value, args starlark.Tuple) (starlark.Value, error) {
		return Call(new(starlark.Thread), f, args, nil)
	}
}

package pyval

import "go.starlark.net/starlark"

// An EvaluateFunc calls a function of the steps from within an operation that has no
// thread, such as [Repr].
type EvaluateFunc func(f starlark.Value, args starlark.Tuple) (starlark.Value, error)

const evaluatorKey = "pyval.evaluator"

// SetEvaluator says what makes those calls for the classes that are made in the
// thread.
func SetEvaluator(thread *starlark.Thread, evaluate EvaluateFunc) {
	thread.SetLocal(evaluatorKey, evaluate)
}

// Evaluator returns what makes them; its caller holds the interpreter's lock.
func Evaluator(thread *starlark.Thread) EvaluateFunc { return evaluator(thread) }

func evaluator(thread *starlark.Thread) EvaluateFunc {
	if thread != nil {
		if evaluate, ok := thread.Local(evaluatorKey).(EvaluateFunc); ok {
			return evaluate
		}
	}
	return func(f starlark.Value, args starlark.Tuple) (starlark.Value, error) {
		return Call(new(starlark.Thread), f, args, nil)
	}
}

// ownText is what a special method returns that Python code gave to the class of v.
func ownText(v starlark.Value, name string) (string, bool) {
	class := TypeOf(v)
	if !class.Made {
		return "", false
	}
	f := class.made(name)
	if f == nil {
		return "", false
	}
	result, err := class.evaluate(Bound(f, v), nil)
	if err != nil {
		return "", false
	}
	text, ok := result.(starlark.String)
	return string(text), ok
}

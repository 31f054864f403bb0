package pyval

import "go.starlark.net/starlark"

// An EvaluateFunc calls a function of the steps from within an operation that has no
// thread, such as [Repr]. It may be called from any goroutine, whether that holds the
// interpreter's lock or not.
type EvaluateFunc func(f starlark.Value, args starlark.Tuple) (starlark.Value, error)

const evaluatorKey = "pyval.evaluator"

// SetEvaluator says what makes those calls for the classes that are made in the
// thread.
func SetEvaluator(thread *starlark.Thread, evaluate EvaluateFunc) {
	thread.SetLocal(evaluatorKey, evaluate)
}

// Evaluator returns what makes them; it may be used when the thread has ended.
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
	text, ok := PlainValue(result).(starlark.String)
	return string(text), ok
}

// ReprIn is Python's repr(v), which what Python code gave to the class can keep from
// being made.
func ReprIn(thread *starlark.Thread, v starlark.Value) (string, error) {
	w := &reprWriter{thread: thread}
	w.write(v)
	return w.String(), w.err
}

// StrIn is Python's str(v); see [ReprIn].
func StrIn(thread *starlark.Thread, v starlark.Value) (string, error) {
	if f := ownTextMethod(v, "__str__"); f != nil {
		return textFrom(thread, f, "__str__", v)
	}
	switch v := v.(type) {
	case starlark.String:
		return string(v), nil
	case *Exception:
		return v.TextIn(thread)
	case interface{ PyStr() string }:
		return v.PyStr(), nil
	case *Derived:
		if _, text := v.Of.(starlark.String); text {
			return Str(v.Of), nil
		}
	}
	// object's __str__ is the __repr__ of the class, under its own name.
	if f := ownTextMethod(v, "__repr__"); f != nil {
		return textFrom(thread, f, "__str__", v)
	}
	return ReprIn(thread, v)
}

// ownTextMethod is a special method that Python code gave to the class of v, or nil.
func ownTextMethod(v starlark.Value, name string) starlark.Value {
	if class := TypeOf(v); class.Made {
		return class.made(name)
	}
	return nil
}

func textFrom(thread *starlark.Thread, f starlark.Value, name string, v starlark.Value, args ...starlark.Value) (string, error) {
	bound, err := boundIn(f, v)
	if err != nil {
		return "", err
	}
	result, err := Call(thread, bound, args, nil)
	if err != nil {
		return "", err
	}
	text, ok := PlainValue(result).(starlark.String)
	switch {
	case ok:
		return string(text), nil
	case name == "__format__" && !Python(thread).AtLeast(3, 15):
		return "", TypeError.Errorf("__format__ must return a str, not %s", TypeName(result))
	case Python(thread).AtLeast(3, 15):
		return "", TypeError.Errorf("%s.%s() must return a str, not %s", TypeOf(v).Full(), name, TypeName(result))
	}
	return "", TypeError.Errorf("%s returned non-string (type %s)", name, TypeName(result))
}

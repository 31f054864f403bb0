package pyval

import "go.starlark.net/starlark"

// FSPath is os.fspath: a str or bytes as it is, and of another object what its
// __fspath__ returns.
func FSPath(thread *starlark.Thread, v starlark.Value) (starlark.Value, error) {
	if isPath(v) {
		return PlainValue(v), nil
	}
	var method starlark.Value
	if o, ok := v.(Object); ok {
		var err error
		if method, err = special(o, "__fspath__"); err != nil {
			return nil, err
		}
	}
	if method == nil || method == starlark.None && Python(thread).AtLeast(3, 13) {
		return nil, TypeError.Errorf("expected str, bytes or os.PathLike object, not %s", TypeName(v))
	}
	result, err := Call(thread, method, nil, nil)
	if err != nil {
		return nil, err
	}
	if !isPath(result) {
		return nil, TypeError.Errorf("expected %s.__fspath__() to return str or bytes, not %s", TypeName(v), TypeName(result))
	}
	return PlainValue(result), nil
}

func isPath(v starlark.Value) bool {
	switch PlainValue(v).(type) {
	case starlark.String, starlark.Bytes:
		return true
	}
	return false
}

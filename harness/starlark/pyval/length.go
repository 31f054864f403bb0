package pyval

import (
	"strings"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/trace"
)

// Len is Python's len(v).
func Len(thread *starlark.Thread, v starlark.Value) (int, error) {
	switch v := underlying(v, "__len__").(type) {
	case starlark.String:
		return trace.CodePoints(string(v)), nil
	case starlark.Bytes:
		return len(v), nil
	case *Bytearray:
		return v.Len(), nil
	case *Memoryview:
		if n, err := v.Len(); err != nil || !v.scalar || !Python(thread).AtLeast(3, 12) {
			return n, err
		}
		return 0, TypeError.Errorf("0-dim memory has no length")
	case starlark.Tuple:
		return len(v), nil
	case *starlark.List:
		return v.Len(), nil
	case *starlark.Dict:
		return v.Len(), nil
	case *starlark.Set:
		return v.Len(), nil
	case *Frozenset:
		return v.Len(), nil
	case *Range:
		return v.Len(), nil
	case *View:
		return v.dict.Len(), nil
	case *Class:
		if v.Enum != nil {
			return len(v.Members()), nil
		}
	case *Enum:
		if v.Of.Enum.Flag && v.Of.Enum.Python.AtLeast(3, 11) {
			return strings.Count(v.Value.Text(2), "1"), nil
		}
	case Object:
		result, found, err := callSpecial(thread, v, "__len__")
		if err != nil {
			return 0, err
		}
		if found {
			return madeLength(thread, result)
		}
	}
	return 0, TypeError.Errorf("object of type '%s' has no len()", TypeName(v))
}

// madeLength is the length that a __len__ of Python code gave.
func madeLength(thread *starlark.Thread, v starlark.Value) (int, error) {
	n, err := Index(thread, v)
	switch {
	case err != nil:
		return 0, err
	case n.Sign() < 0:
		return 0, ValueError.Errorf("__len__() should return >= 0")
	case !n.IsInt64():
		return 0, OverflowError.Errorf("cannot fit '%s' into an index-sized integer", TypeName(v))
	}
	return int(n.Int64()), nil
}

// smallIndex is an index that has to fit a Python ssize_t.
func smallIndex(thread *starlark.Thread, v starlark.Value) (int, error) {
	i, err := Index(thread, v)
	if err != nil {
		return 0, err
	}
	if !i.IsInt64() {
		return 0, OverflowError.Errorf("Python int too large to convert to C ssize_t")
	}
	return int(i.Int64()), nil
}

// Truth is Python's bool(v). It fails for a memoryview that was released, whose
// length there is no telling.
func Truth(thread *starlark.Thread, v starlark.Value) (bool, error) {
	switch v := v.(type) {
	case *Memoryview:
		n, err := Len(thread, v)
		return n > 0, err
	case Object:
		if !v.PyClass().Made {
			break
		}
		if result, found, err := callSpecial(thread, v, "__bool__"); found || err != nil {
			if _, ok := result.(starlark.Bool); err == nil && !ok {
				err = notBool(Python(thread), v, result)
			}
			return err == nil && bool(result.Truth()), err
		}
		if hasSpecial(v, "__len__") {
			n, err := Len(thread, v)
			return n > 0, err
		}
	}
	return bool(v.Truth()), nil
}

// notBool is the error of a __bool__ that returns something else.
func notBool(python Version, v, result starlark.Value) error {
	if python.AtLeast(3, 15) {
		return TypeError.Errorf("%s.__bool__() must return a bool, not %s", TypeName(v), TypeName(result))
	}
	return TypeError.Errorf("__bool__ should return bool, returned %s", TypeName(result))
}

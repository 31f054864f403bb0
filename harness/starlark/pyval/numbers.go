package pyval

import (
	"math"
	"math/big"

	"go.starlark.net/starlark"
)

func boolInt(b starlark.Bool) *big.Int {
	if b {
		return big.NewInt(1)
	}
	return new(big.Int)
}

// asInt is the value of an int, a bool or an enum member.
func asInt(v starlark.Value) (*big.Int, bool) {
	switch v := v.(type) {
	case starlark.Int:
		return v.BigInt(), true
	case starlark.Bool:
		return boolInt(v), true
	case *Enum:
		return v.Value, true
	case *Derived:
		return asInt(v.Of)
	}
	return nil, false
}

// wholeFloat is the int that a float equals.
func wholeFloat(f float64) (*big.Int, bool) {
	if math.IsNaN(f) || math.IsInf(f, 0) || f != math.Trunc(f) {
		return nil, false
	}
	i, _ := new(big.Float).SetFloat64(f).Int(nil)
	return i, true
}

// ratioOf is the float as a fraction, which it is exactly.
func ratioOf(f float64) (*big.Rat, error) {
	switch {
	case math.IsNaN(f):
		return nil, ValueError.Errorf("cannot convert NaN to integer ratio")
	case math.IsInf(f, 0):
		return nil, OverflowError.Errorf("cannot convert Infinity to integer ratio")
	}
	return new(big.Rat).SetFloat64(f), nil
}

// intToFloat rounds to the nearest float; OverflowError is for one that has
// none.
func intToFloat(i *big.Int) (float64, error) {
	f, _ := new(big.Float).SetInt(i).Float64()
	if math.IsInf(f, 0) {
		return 0, OverflowError.Errorf("int too large to convert to float")
	}
	return f, nil
}

// Index is Python's operator.index: the value of an int, a bool, an enum
// member, or of an object's __index__.
func Index(thread *starlark.Thread, v starlark.Value) (*big.Int, error) {
	if i, ok := asInt(v); ok {
		return i, nil
	}
	if o, ok := v.(Object); ok {
		result, found, err := callSpecial(thread, o, "__index__")
		if err != nil {
			return nil, err
		}
		if found {
			return indexResult(thread, o, result)
		}
	}
	return nil, TypeError.Errorf("'%s' object cannot be interpreted as an integer", TypeName(v))
}

// hasIndex reports whether the value has an __index__ of its own, which may raise.
func hasIndex(v starlark.Value) bool {
	o, ok := v.(Object)
	return ok && hasSpecial(o, "__index__")
}

// indexResult is what an object's __index__ returned: an int, and of a class derived
// from int only with a warning.
func indexResult(thread *starlark.Thread, o Object, result starlark.Value) (*big.Int, error) {
	wrong := "__index__ returned non-int (type " + TypeName(result) + ")"
	if Python(thread).AtLeast(3, 15) {
		wrong = o.PyClass().Full() + ".__index__() must return an int, not " + TypeOf(result).Full()
	}
	i, ok := asInt(result)
	if !ok {
		return nil, TypeError.Errorf("%s", wrong)
	}
	if TypeOf(result) != IntType {
		err := Warn(thread, DeprecationWarning, wrong+".  The ability to return an instance of a strict subclass of int is deprecated, "+
			"and may be removed in a future version of Python.")
		if err != nil {
			return nil, err
		}
	}
	return i, nil
}

// HasIndex reports whether [Index] has a way to make an int of v.
func HasIndex(v starlark.Value) bool {
	if _, ok := asInt(v); ok {
		return true
	}
	o, ok := v.(Object)
	return ok && hasSpecial(o, "__index__")
}

// Float is the value of a real number, as PyFloat_AsDouble reads it: a float,
// an int, or an object's __float__ or __index__.
func Float(thread *starlark.Thread, v starlark.Value) (float64, error) {
	if f, ok := PlainValue(v).(starlark.Float); ok {
		return float64(f), nil
	}
	if d, ok := v.(*Derived); !ok || !hasSpecial(d, "__float__") {
		if i, ok := asInt(v); ok {
			return intToFloat(i)
		}
	}
	if o, ok := v.(Object); ok {
		result, found, err := callSpecial(thread, o, "__float__")
		if err != nil {
			return 0, err
		}
		if found {
			f, ok := PlainValue(result).(starlark.Float)
			if !ok {
				return 0, notFloat(Python(thread), o, result)
			}
			return float64(f), nil
		}
		if hasSpecial(o, "__index__") {
			i, err := Index(thread, o)
			if err != nil {
				return 0, err
			}
			return intToFloat(i)
		}
	}
	return 0, TypeError.Errorf("must be real number, not %s", TypeName(v))
}

// notFloat is the error of a __float__ that returns something else.
func notFloat(python Version, o Object, result starlark.Value) error {
	if python.AtLeast(3, 15) {
		return TypeError.Errorf("%s.__float__() must return a float, not %s", o.PyClass().Full(), TypeOf(result).Full())
	}
	return TypeError.Errorf("%s.__float__ returned non-float (type %s)", TypeName(o), TypeName(result))
}

// CallSpecial calls the special method of an object that has it.
func CallSpecial(thread *starlark.Thread, v starlark.Value, name string, args ...starlark.Value) (result starlark.Value, found bool, err error) {
	o, ok := v.(Object)
	if !ok {
		return nil, false, nil
	}
	return callSpecial(thread, o, name, args...)
}

// callSpecial calls a special method if the object has it.
func callSpecial(thread *starlark.Thread, o Object, name string, args ...starlark.Value) (result starlark.Value, found bool, err error) {
	return callSpecialWith(thread, o, name, args, nil)
}

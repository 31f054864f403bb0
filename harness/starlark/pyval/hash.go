package pyval

import (
	"errors"
	"math/big"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"
)

// Hash is Python's hash(v) of a number, and of others as far as equality goes: for them
// the number itself differs from Python's.
func Hash(v starlark.Value) (starlark.Value, error) {
	if err := hashable(v); err != nil {
		return nil, err
	}
	if i, ok := asInt(v); ok {
		return starlark.MakeBigInt(hashRational(i, big.NewInt(1))), nil
	}
	if f, ok := PlainValue(v).(starlark.Float); ok {
		if r := new(big.Rat); r.SetFloat64(float64(f)) != nil {
			return starlark.MakeBigInt(hashRational(r.Num(), r.Denom())), nil
		}
	}
	if module, ok := v.(*starlarkstruct.Module); ok {
		return starlark.MakeUint(uint(hashPointer(module))), nil
	}
	h, err := v.Hash()
	if err != nil {
		return nil, err
	}
	return starlark.MakeUint(uint(h)), nil
}

// hashPrime is what numbers are reduced by on machines of 64 bits, so that all that are
// equal have one hash, whatever their type.
var hashPrime = big.NewInt(1<<61 - 1)

func hashRational(num, denom *big.Int) *big.Int {
	h := new(big.Int).Abs(num)
	h.Mul(h, new(big.Int).ModInverse(denom, hashPrime)).Mod(h, hashPrime)
	if num.Sign() < 0 {
		h.Neg(h)
	}
	if h.IsInt64() && h.Int64() == -1 {
		return big.NewInt(-2) // -1 says that there was an error
	}
	return h
}

// hashable returns the TypeError that using v as a key raises.
func hashable(v starlark.Value) error {
	switch v := v.(type) {
	case *starlark.List, *starlark.Dict, *starlark.Set, *Bytearray:
		return unhashable(v)
	case starlark.Tuple:
		for _, item := range v {
			if err := hashable(item); err != nil {
				return err
			}
		}
	case *Memoryview:
		_, err := v.Hash()
		return err
	case *Derived:
		if !v.class.hidesHash() {
			return hashable(v.Of)
		}
	}
	if TypeOf(v).hidesHash() {
		return unhashable(v)
	}
	return hashableByMethod(v)
}

// hashableByMethod asks the __hash__ that Python code gave to the class, if it did.
func hashableByMethod(v starlark.Value) error {
	class := TypeOf(v)
	f := class.made("__hash__")
	if f == nil {
		return nil
	}
	bound, err := boundIn(f, v)
	if err != nil {
		return err
	}
	hash, err := class.evaluate(bound, nil)
	if _, isInt := asInt(hash); err != nil || isInt {
		return err
	}
	return TypeError.Errorf("__hash__ method should return an integer")
}

// hidesHash reports whether Python code gave the class an __eq__ and no __hash__, or
// None as its __hash__.
func (c *Class) hidesHash() bool {
	for _, k := range c.MRO() {
		if !k.Made {
			break
		}
		if hash, ok := k.Attrs["__hash__"]; ok {
			return hash == starlark.None
		}
	}
	return false
}

func unhashable(v starlark.Value) error {
	return TypeError.Errorf("unhashable type: '%s'", TypeName(v))
}

// An unhashableError is raised where a value cannot be a dict's key or a set's
// item. Its text depends on the Python, which dicts do not know; see [Reword].
type unhashableError struct {
	*Exception
	value starlark.Value
	as    string
}

func (u *unhashableError) Unwrap() error { return u.Exception }

// CheckKey raises what using v as a key of a dict raises.
func CheckKey(v starlark.Value) error { return usable(v, "dict key") }

// usable returns the error that using v as a "dict key" or "set element" raises.
func usable(v starlark.Value, as string) error {
	err := hashable(v)
	if e, ok := AsException(err); ok && e.Class == TypeError {
		return &unhashableError{e, v, as}
	}
	return err
}

// Reword gives an error that left the operations of this package the text that
// it has in a Python.
func Reword(err error, python Version) error {
	var u *unhashableError
	if !errors.As(err, &u) || !python.AtLeast(3, 14) {
		return err
	}
	return TypeError.Errorf("cannot use '%s' as a %s (%s)", TypeName(u.value), u.as, u.Text())
}

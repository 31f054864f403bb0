package pycall

import (
	"math"
	"math/big"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// long is the int that v stands for where C code asks for one (PyLong_AsLong
// and its like). Python 3.9 still truncates a float and asks an object for its
// __int__, with a DeprecationWarning.
func (c *Call) long(v starlark.Value) (*big.Int, error) {
	if c.atLeast(10) {
		return pyval.Index(c.Thread, v)
	}
	i, err := pyval.Index(c.Thread, v)
	if err == nil {
		return i, nil
	}
	f, ok := pyval.PlainValue(v).(starlark.Float)
	if !ok {
		if pyval.HasIndex(v) {
			return nil, err
		}
		if result, found, err := pyval.CallSpecial(c.Thread, v, "__int__"); found || err != nil {
			return c.deprecatedInt(v, result, err)
		}
		return nil, pyval.TypeError.Errorf("an integer is required (got type %s)", pyval.TypeName(v))
	}
	switch {
	case math.IsNaN(float64(f)):
		return nil, pyval.ValueError.Errorf("cannot convert float NaN to integer")
	case math.IsInf(float64(f), 0):
		return nil, pyval.OverflowError.Errorf("cannot convert float infinity to integer")
	}
	i, _ = big.NewFloat(float64(f)).Int(nil)
	return c.deprecatedInt(v, starlark.MakeBigInt(i), nil)
}

// deprecatedInt is what __int__ of a value gave.
func (c *Call) deprecatedInt(v, result starlark.Value, err error) (*big.Int, error) {
	if err != nil {
		return nil, err
	}
	if !pyval.IsInstance(result, pyval.IntType) {
		return nil, pyval.TypeError.Errorf("__int__ returned non-int (type %s)", pyval.TypeName(result))
	}
	err = c.Warn(pyval.DeprecationWarning, "an integer is required (got type "+pyval.TypeName(v)+").  Implicit conversion to integers "+
		"using __int__ is deprecated, and may be removed in a future version of Python.")
	if err != nil {
		return nil, err
	}
	return pyval.Index(c.Thread, result)
}

// noFloat is the check that Python 3.9's argument parsers make before they ask
// for an int.
func (c *Call) noFloat(v starlark.Value) error {
	if _, ok := pyval.PlainValue(v).(starlark.Float); ok && !c.atLeast(10) {
		return pyval.TypeError.Errorf("integer argument expected, got float")
	}
	return nil
}

// AsLong is PyLong_AsLong.
func (c *Call) AsLong(v starlark.Value) (int64, error) { return c.int64(v, "C long") }

func (c *Call) int64(v starlark.Value, ctype string) (int64, error) {
	i, err := c.long(v)
	if err != nil {
		return 0, err
	}
	if !i.IsInt64() {
		return 0, pyval.OverflowError.Errorf("Python int too large to convert to %s", ctype)
	}
	return i.Int64(), nil
}

// AsDescriptor is PyLong_AsSocket_t: it reads a long and keeps its low 32 bits.
func (c *Call) AsDescriptor(v starlark.Value) (int, error) {
	i, err := c.AsLong(v)
	return int(int32(i)), err
}

// ParseDescriptor is AsDescriptor as the constructor of sockets calls it.
func (c *Call) ParseDescriptor(v starlark.Value) (int, error) {
	if err := c.noFloat(v); err != nil {
		return 0, err
	}
	return c.AsDescriptor(v)
}

// AsInt is PyLong_AsInt (_PyLong_AsInt before 3.13).
func (c *Call) AsInt(v starlark.Value) (int, error) {
	i, err := c.int64(v, "C int")
	if err != nil {
		return 0, err
	}
	if i != int64(int32(i)) {
		return 0, pyval.OverflowError.Errorf("Python int too large to convert to C int")
	}
	return int(i), nil
}

// ClinicInt is Argument Clinic's converter "int".
func (c *Call) ClinicInt(v starlark.Value) (int, error) {
	if err := c.noFloat(v); err != nil {
		return 0, err
	}
	return c.AsInt(v)
}

// parseInt is the format unit i.
func (c *Call) parseInt(v starlark.Value) (int, error) {
	if err := c.noFloat(v); err != nil {
		return 0, err
	}
	i, err := c.AsLong(v)
	switch {
	case err != nil:
		return 0, err
	case i > math.MaxInt32:
		return 0, pyval.OverflowError.Errorf("signed integer is greater than maximum")
	case i < math.MinInt32:
		return 0, pyval.OverflowError.Errorf("signed integer is less than minimum")
	}
	return int(i), nil
}

// ssize is the format unit n and Argument Clinic's converter "Py_ssize_t".
func (c *Call) ssize(v starlark.Value) (int, error) {
	if err := c.noFloat(v); err != nil {
		return 0, err
	}
	i, err := pyval.Index(c.Thread, v)
	if err != nil {
		return 0, err
	}
	if !i.IsInt64() {
		return 0, pyval.OverflowError.Errorf("Python int too large to convert to C ssize_t")
	}
	return int(i.Int64()), nil
}

// mask is the format units that keep the low bits: B, H, I, k, K. From 3.15 on an int
// that does not fit the C type is deprecated there.
func (c *Call) mask(v starlark.Value, bits uint) (uint64, error) {
	if err := c.noFloat(v); err != nil {
		return 0, err
	}
	i, err := c.long(v)
	if err != nil {
		return 0, err
	}
	if c.atLeast(15) && outside(i, bits) {
		if err := c.Warn(pyval.DeprecationWarning, "integer value out of range"); err != nil {
			return 0, err
		}
	}
	low := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), bits), big.NewInt(1))
	// And of big.Int sees a negative number in two's complement, as C does.
	return low.And(i, low).Uint64(), nil
}

// outside reports whether neither the signed nor the unsigned type of so many
// bits holds i.
func outside(i *big.Int, bits uint) bool {
	if i.Sign() < 0 {
		return new(big.Int).Not(i).BitLen() > int(bits)-1
	}
	return i.BitLen() > int(bits)
}

// AsUnsignedLong is PyLong_AsUnsignedLong of something known to be an int.
func (c *Call) AsUnsignedLong(v starlark.Value) (uint64, error) {
	i, err := c.long(v)
	switch {
	case err != nil:
		return 0, err
	case i.Sign() < 0:
		return 0, pyval.OverflowError.Errorf("can't convert negative value to unsigned int")
	case !i.IsUint64():
		return 0, pyval.OverflowError.Errorf("Python int too large to convert to C unsigned long")
	}
	return i.Uint64(), nil
}

// AsUint16 is Argument Clinic's converter "uint16", new in 3.14.
func (c *Call) AsUint16(v starlark.Value) (uint16, error) {
	u, err := c.unsigned(v, 16, "uint16_t")
	return uint16(u), err
}

// AsUint32 is Argument Clinic's converter "uint32", new in 3.14.
func (c *Call) AsUint32(v starlark.Value) (uint32, error) {
	u, err := c.unsigned(v, 32, "uint32_t")
	return uint32(u), err
}

// AsUnsignedInt is Argument Clinic's converter "unsigned_int" since 3.14.
func (c *Call) AsUnsignedInt(v starlark.Value) (uint32, error) {
	u, err := c.unsigned(v, 32, "unsigned int")
	return uint32(u), err
}

func (c *Call) unsigned(v starlark.Value, bits int, ctype string) (uint64, error) {
	i, err := c.long(v)
	switch {
	case err != nil:
		return 0, err
	case i.Sign() < 0:
		return 0, pyval.ValueError.Errorf("Cannot convert negative int")
	case i.BitLen() > bits:
		return 0, pyval.OverflowError.Errorf("Python int too large for C %s", ctype)
	}
	return i.Uint64(), nil
}

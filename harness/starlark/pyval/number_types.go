package pyval

import (
	"errors"
	"maps"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"go.starlark.net/starlark"
)

type getters = map[string]func(starlark.Value) (starlark.Value, error)

// asIntGetter answers with the value as a plain int.
func asIntGetter(self starlark.Value) (starlark.Value, error) {
	i, _ := asInt(self)
	return starlark.MakeBigInt(i), nil
}

func constant(n int) func(starlark.Value) (starlark.Value, error) {
	return func(starlark.Value) (starlark.Value, error) { return starlark.MakeInt(n), nil }
}

func intInfo() *builtinInfo {
	self := func(c *call) *big.Int {
		i, _ := asInt(c.self)
		return i
	}
	plain := def("", func(c *call) (starlark.Value, error) { return starlark.MakeBigInt(self(c)), nil })
	info := &builtinInfo{
		construct: callInt,
		getters: getters{
			"real": asIntGetter, "numerator": asIntGetter, "imag": constant(0), "denominator": constant(1),
		},
		methods: map[string]method{
			"bit_length": def("", func(c *call) (starlark.Value, error) { return starlark.MakeInt(self(c).BitLen()), nil }),
			"bit_count": def("", func(c *call) (starlark.Value, error) {
				return starlark.MakeInt(strings.Count(self(c).Text(2), "1")), nil
			}).from(10),
			"as_integer_ratio": def("", func(c *call) (starlark.Value, error) {
				return starlark.Tuple{starlark.MakeBigInt(self(c)), starlark.MakeInt(1)}, nil
			}),
			"is_integer": def("", func(*call) (starlark.Value, error) { return starlark.True, nil }).from(12),
			"conjugate":  plain, "__index__": plain, "__int__": plain,
			"__bool__": def("", func(c *call) (starlark.Value, error) { return starlark.Bool(self(c).Sign() != 0), nil }),
			"to_bytes": def("length?= byteorder?= signed?=", intToBytes),
		},
		statics: map[string]method{"from_bytes": def("bytes= byteorder?= signed?=", intFromBytes)},
	}
	maps.Copy(info.methods, intOperators())
	maps.Copy(info.methods, roundingMethods())
	return info
}

// byteOrder reads the arguments byteorder, which is required before 3.11, and
// signed.
func byteOrder(c *call) (little, signed bool, err error) {
	if c.args[1] == nil && !Python(c.thread).AtLeast(3, 11) {
		return false, false, TypeError.Errorf("%s() missing required argument 'byteorder' (pos 2)", c.name)
	}
	if c.args[1] != nil {
		order, ok := c.args[1].(starlark.String)
		switch {
		case !ok:
			return false, false, TypeError.Errorf("%s() argument 'byteorder' must be str, not %s", c.name, TypeName(c.args[1]))
		case order != "little" && order != "big":
			return false, false, ValueError.Errorf("byteorder must be either 'little' or 'big'")
		}
		little = order == "little"
	}
	if c.args[2] != nil {
		signed, err = Truth(c.thread, c.args[2])
	}
	return little, signed, err
}

func intToBytes(c *call) (starlark.Value, error) {
	size := 1
	if c.args[0] != nil {
		var err error
		if size, err = smallIndex(c.thread, c.args[0]); err != nil {
			return nil, err
		}
	} else if !Python(c.thread).AtLeast(3, 11) {
		return nil, TypeError.Errorf("to_bytes() missing required argument 'length' (pos 1)")
	}
	little, signed, err := byteOrder(c)
	if err != nil {
		return nil, err
	}
	i, _ := asInt(c.self)
	switch {
	case size < 0 && Python(c.thread).AtLeast(3, 15):
		return nil, ValueError.Errorf("length cannot be negative")
	case size < 0:
		return nil, ValueError.Errorf("length argument must be non-negative")
	case i.Sign() < 0 && !signed:
		return nil, OverflowError.Errorf("can't convert negative int to unsigned")
	case size == 0 && i.Sign() != 0, size > 0 && !fits(i, size, signed):
		return nil, OverflowError.Errorf("int too big to convert")
	}
	data := make([]byte, size)
	if i.Sign() < 0 {
		i = new(big.Int).Add(i, new(big.Int).Lsh(big.NewInt(1), uint(8*size)))
	}
	i.FillBytes(data)
	if little {
		slices.Reverse(data)
	}
	return starlark.Bytes(data), nil
}

func intFromBytes(c *call) (starlark.Value, error) {
	little, signed, err := byteOrder(c)
	if err != nil {
		return nil, err
	}
	if _, ok := c.args[0].(starlark.String); ok {
		return nil, TypeError.Errorf("cannot convert 'str' object to bytes")
	}
	if !isIterable(c.thread, c.args[0]) {
		return nil, TypeError.Errorf("cannot convert '%s' object to bytes", TypeName(c.args[0]))
	}
	data, err := bytesFrom(c.thread, c.args[0], "bytes must be in range(0, 256)")
	if err != nil {
		return nil, err
	}
	if little {
		data = slices.Clone(data)
		slices.Reverse(data)
	}
	i := new(big.Int).SetBytes(data)
	if signed && len(data) > 0 && data[0]&0x80 != 0 {
		i.Sub(i, new(big.Int).Lsh(big.NewInt(1), uint(8*len(data))))
	}
	return ofClass(c, IntType, starlark.MakeBigInt(i))
}

// ofClass is what a class method makes for the class that it was called on, which is
// base or derives from it: the class is called with what base would have.
func ofClass(c *call, base *Class, v starlark.Value) (starlark.Value, error) {
	if class, ok := c.self.(*Class); ok && class != base {
		return Call(c.thread, class, starlark.Tuple{v}, nil)
	}
	return v, nil
}

func floatInfo() *builtinInfo {
	self := func(v starlark.Value) float64 { return float64(v.(starlark.Float)) }
	info := &builtinInfo{
		construct: callFloat,
		getters: getters{
			"real": func(v starlark.Value) (starlark.Value, error) { return v, nil },
			"imag": func(starlark.Value) (starlark.Value, error) { return starlark.Float(0), nil },
		},
		methods: map[string]method{
			"is_integer": def("", func(c *call) (starlark.Value, error) {
				_, whole := wholeFloat(self(c.self))
				return starlark.Bool(whole), nil
			}),
			"conjugate": def("", func(c *call) (starlark.Value, error) { return c.self, nil }),
			"as_integer_ratio": def("", func(c *call) (starlark.Value, error) {
				ratio, err := ratioOf(self(c.self))
				if err != nil {
					return nil, err
				}
				return starlark.Tuple{starlark.MakeBigInt(ratio.Num()), starlark.MakeBigInt(ratio.Denom())}, nil
			}),
			"hex": def("", func(c *call) (starlark.Value, error) {
				return starlark.String(floatHex(self(c.self))), nil
			}),
			"__bool__": def("", func(c *call) (starlark.Value, error) { return c.self.Truth(), nil }),
		},
		statics: map[string]method{"fromhex": def("string", floatFromHex)},
	}
	maps.Copy(info.methods, roundingMethods())
	return info
}

// floatFromHex is the class method of float.
func floatFromHex(c *call) (starlark.Value, error) {
	text, ok := c.args[0].(starlark.String)
	if !ok {
		return nil, TypeError.Errorf("bad argument type for built-in operation")
	}
	s := strings.TrimSpace(strings.ToLower(string(text)))
	digits := strings.TrimLeft(s, "+-")
	if digits != "" && !strings.HasPrefix(digits, "0x") && digits[0] != 'i' && digits[0] != 'n' {
		s = s[:len(s)-len(digits)] + "0x" + digits
	}
	if strings.Contains(s, "0x") && !strings.Contains(s, "p") {
		s += "p0"
	}
	if digits == "nan" {
		s = digits // which has no sign
	}
	f, err := strconv.ParseFloat(s, 64)
	switch {
	case errors.Is(err, strconv.ErrRange):
		return nil, OverflowError.Errorf("hexadecimal value too large to represent as a float")
	case err != nil || strings.Contains(s, "_"):
		return nil, ValueError.Errorf("invalid hexadecimal floating-point string")
	}
	return ofClass(c, FloatType, starlark.Float(f))
}

// floatHex is float.hex: all 13 hexadecimal digits of the fraction.
func floatHex(f float64) string {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return strings.ToLower(strings.TrimPrefix(strconv.FormatFloat(f, 'g', -1, 64), "+"))
	}
	s := strconv.FormatFloat(f, 'x', 13, 64)
	if f == 0 {
		return strings.Replace(strconv.FormatFloat(f, 'x', 1, 64), "p+00", "p+0", 1)
	}
	mantissa, exponent, _ := strings.Cut(s, "p")
	sign := exponent[:1]
	return mantissa + "p" + sign + strings.TrimLeft(exponent[1:len(exponent)-1], "0") + exponent[len(exponent)-1:]
}

// callBool is bool(x).
func callBool(thread *starlark.Thread, _ *Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	if len(kwargs) > 0 {
		return nil, TypeError.Errorf("bool() takes no keyword arguments")
	}
	if len(args) > 1 {
		return nil, TypeError.Errorf("bool expected at most 1 argument, got %d", len(args))
	}
	if len(args) == 0 {
		return starlark.False, nil
	}
	truth, err := Truth(thread, args[0])
	return starlark.Bool(truth), err
}

package pyval

import (
	"math/big"

	"go.starlark.net/starlark"
)

// roundingMethods are those of int and float that make ints and floats of them.
func roundingMethods() map[string]method {
	whole := func(round func(r *big.Rat) *big.Int) method {
		return def("", func(c *call) (starlark.Value, error) {
			r, err := exact(c.self)
			if err != nil {
				return nil, err
			}
			return starlark.MakeBigInt(round(r)), nil
		})
	}
	truncate := func(r *big.Rat) *big.Int { return new(big.Int).Quo(r.Num(), r.Denom()) }
	return map[string]method{
		"__int__": whole(truncate), "__trunc__": whole(truncate), "__floor__": whole(floor),
		"__ceil__": whole(func(r *big.Rat) *big.Int {
			down := floor(new(big.Rat).Neg(r))
			return down.Neg(down)
		}),
		"__float__": def("", func(c *call) (starlark.Value, error) {
			f, err := Float(c.thread, c.self)
			return starlark.Float(f), err
		}),
		"__round__": def("ndigits?", rounded),
	}
}

// exact is the value of an int or a float.
func exact(v starlark.Value) (*big.Rat, error) {
	if i, ok := asInt(v); ok {
		return new(big.Rat).SetInt(i), nil
	}
	f := float64(v.(starlark.Float))
	if _, err := floatToInt(f); err != nil { // of infinity and NaN
		return nil, err
	}
	return new(big.Rat).SetFloat64(f), nil
}

func floor(r *big.Rat) *big.Int { return new(big.Int).Div(r.Num(), r.Denom()) }

// nearest is the next int, of two that are as near the even one.
func nearest(r *big.Rat) *big.Int {
	half := big.NewRat(1, 2)
	down := floor(new(big.Rat).Add(r, half))
	if down.Bit(0) == 1 && new(big.Rat).Add(r, half).IsInt() {
		down.Sub(down, big.NewInt(1))
	}
	return down
}

// rounded is __round__: to an int, or to so many digits behind the point in the type of
// the number.
func rounded(c *call) (starlark.Value, error) {
	f, isFloat := c.self.(starlark.Float)
	toInt := c.args[0] == nil || c.args[0] == starlark.None
	digits := 0
	if !toInt {
		var err error
		if digits, err = smallIndex(c.thread, c.args[0]); err != nil {
			return nil, err
		}
	}
	r, err := exact(c.self)
	switch {
	case err != nil && (toInt || !isFloat):
		return nil, err
	case err != nil || isFloat && digits > 400:
		return f, nil // there is nothing to round of infinity and NaN
	case toInt:
		return starlark.MakeBigInt(nearest(r)), nil
	case !isFloat && digits >= 0:
		return starlark.MakeBigInt(r.Num()), nil
	case digits < -400:
		r, digits = new(big.Rat), 0
	}
	scale := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(digits, -digits))), nil))
	if digits < 0 {
		scale.Inv(scale)
	}
	n := new(big.Rat).Quo(new(big.Rat).SetInt(nearest(new(big.Rat).Mul(r, scale))), scale)
	if !isFloat {
		return starlark.MakeBigInt(n.Num()), nil
	}
	result, _ := n.Float64()
	return starlark.Float(result), nil
}

package pyval

import (
	"math"
	"math/big"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// numeric is arithmetic of ints, bools, enum members and floats.
func numeric(thread *starlark.Thread, op syntax.Token, x, y starlark.Value) (starlark.Value, error) {
	if result := flagOperation(op, x, y); result != nil {
		return result, nil
	}
	a, aInt := asInt(x)
	b, bInt := asInt(y)
	if !aInt || !bInt {
		f, err := Float(nil, x)
		if err != nil {
			return nil, err
		}
		g, err := Float(nil, y)
		if err != nil {
			return nil, err
		}
		return floatOperation(thread, op, f, g, x, y)
	}
	if op == syntax.SLASH {
		return intDivision(a, b)
	}
	result, err := intOperation(thread, op, a, b, x, y)
	if err != nil {
		return nil, err
	}
	switch op {
	case syntax.AMP, syntax.PIPE, syntax.CIRCUMFLEX:
		if isBool(x) && isBool(y) {
			return starlark.Bool(result.Sign() != 0), nil
		}
	}
	return starlark.MakeBigInt(result), nil
}

func isBool(v starlark.Value) bool {
	_, ok := v.(starlark.Bool)
	return ok
}

// flagOperation is | & ^ where one side is a flag's member, which keeps the
// class; nil where it is none. A flag on the right comes first only if its class
// derives from that of the left side: it does from int, but neither from bool
// nor from another enum.
func flagOperation(op syntax.Token, x, y starlark.Value) starlark.Value {
	e, ok := x.(*Enum)
	other := y
	if !ok || !e.Of.Enum.Flag {
		if e, ok = y.(*Enum); !ok || !e.Of.Enum.Flag || !e.Of.Subclass(TypeOf(x)) {
			return nil
		}
		other = x
	}
	i, ok := asInt(other)
	if !ok {
		return nil
	}
	value := new(big.Int)
	switch op {
	case syntax.PIPE:
		value.Or(e.Value, i)
	case syntax.AMP:
		value.And(e.Value, i)
	case syntax.CIRCUMFLEX:
		value.Xor(e.Value, i)
	default:
		return nil
	}
	if o, ok := other.(*Enum); ok && o.Of != e.Of {
		if !e.Of.Enum.Python.AtLeast(3, 11) {
			e.Of.Enum.combine(e.Of, o.Value, o) // the other one is made a member first
		} else if o.Of.Enum.Flag {
			// Between an int and a flag the flag decides: the value is a member of the other.
			return flagHolding(e.Of, o.Of, value)
		}
	}
	m, err := e.Of.Lookup(value)
	if err != nil {
		return nil
	}
	return m
}

// flagHolding is what calling the class of a flag with a member of another one returns.
func flagHolding(class, other *Class, value *big.Int) starlark.Value {
	held, err := other.Lookup(value)
	if err != nil {
		return nil
	}
	return class.Enum.combine(class, held.Value, held)
}

func intDivision(a, b *big.Int) (starlark.Value, error) {
	if b.Sign() == 0 {
		return nil, ZeroDivisionError.Errorf("division by zero")
	}
	f, _ := new(big.Rat).SetFrac(a, b).Float64()
	if math.IsInf(f, 0) {
		return nil, OverflowError.Errorf("integer division result too large for a float")
	}
	return starlark.Float(f), nil
}

// divisionByZero finds the words of the Python; they are one since 3.14.
func divisionByZero(thread *starlark.Thread, op syntax.Token, float bool) error {
	python := Python(thread)
	text := "division by zero"
	switch {
	case python.AtLeast(3, 14):
	case float && op == syntax.SLASH:
		text = "float division by zero"
	case float && op == syntax.SLASHSLASH:
		text = "float floor division by zero"
	case float && python.AtLeast(3, 13):
		text = "float modulo by zero"
	case float:
		text = "float modulo"
	case op == syntax.PERCENT && python.AtLeast(3, 11):
		text = "integer modulo by zero"
	default:
		text = "integer division or modulo by zero"
	}
	return ZeroDivisionError.Errorf("%s", text)
}

// maxShift bounds what a shift may allocate: a number of 128 MiB.
const maxShift = 1 << 30

func intOperation(thread *starlark.Thread, op syntax.Token, a, b *big.Int, x, y starlark.Value) (*big.Int, error) {
	z := new(big.Int)
	switch op {
	case syntax.PLUS:
		return z.Add(a, b), nil
	case syntax.MINUS:
		return z.Sub(a, b), nil
	case syntax.STAR:
		return z.Mul(a, b), nil
	case syntax.SLASHSLASH, syntax.PERCENT:
		if b.Sign() == 0 {
			return nil, divisionByZero(thread, op, false)
		}
		quotient, remainder := floorDivision(a, b)
		if op == syntax.PERCENT {
			return remainder, nil
		}
		return quotient, nil
	case syntax.AMP:
		return z.And(a, b), nil
	case syntax.PIPE:
		return z.Or(a, b), nil
	case syntax.CIRCUMFLEX:
		return z.Xor(a, b), nil
	case syntax.LTLT, syntax.GTGT:
		return shift(op, a, b)
	}
	return nil, unsupported(op, x, y)
}

// floorDivision rounds towards minus infinity, as Python's // and %.
func floorDivision(a, b *big.Int) (quotient, remainder *big.Int) {
	quotient, remainder = new(big.Int).QuoRem(a, b, new(big.Int))
	if remainder.Sign() != 0 && (remainder.Sign() < 0) != (b.Sign() < 0) {
		quotient.Sub(quotient, big.NewInt(1))
		remainder.Add(remainder, b)
	}
	return quotient, remainder
}

func shift(op syntax.Token, a, by *big.Int) (*big.Int, error) {
	if by.Sign() < 0 {
		return nil, ValueError.Errorf("negative shift count")
	}
	huge := !by.IsInt64() || by.Int64() > maxShift
	z := new(big.Int)
	switch {
	case op == syntax.GTGT && huge:
		if a.Sign() < 0 {
			return z.SetInt64(-1), nil
		}
		return z, nil
	case op == syntax.GTGT:
		return z.Rsh(a, uint(by.Int64())), nil
	case a.Sign() == 0:
		return z, nil
	case huge:
		return nil, NewException(MemoryError)
	}
	return z.Lsh(a, uint(by.Int64())), nil
}

func floatOperation(thread *starlark.Thread, op syntax.Token, f, g float64, x, y starlark.Value) (starlark.Value, error) {
	switch op {
	case syntax.PLUS:
		return starlark.Float(f + g), nil
	case syntax.MINUS:
		return starlark.Float(f - g), nil
	case syntax.STAR:
		return starlark.Float(f * g), nil
	case syntax.SLASH:
		if g == 0 {
			return nil, divisionByZero(thread, op, true)
		}
		return starlark.Float(f / g), nil
	case syntax.SLASHSLASH:
		if g == 0 {
			return nil, divisionByZero(thread, op, true)
		}
		quotient, _ := floatDivmod(f, g)
		return starlark.Float(quotient), nil
	case syntax.PERCENT:
		if g == 0 {
			return nil, divisionByZero(thread, op, true)
		}
		_, remainder := floatDivmod(f, g)
		return starlark.Float(remainder), nil
	}
	return nil, unsupported(op, x, y)
}

// floatDivmod is Python's divmod of floats: the remainder has the divisor's
// sign, and the quotient is whole.
func floatDivmod(f, g float64) (quotient, remainder float64) {
	remainder = math.Mod(f, g)
	quotient = (f - remainder) / g
	if remainder != 0 {
		if (g < 0) != (remainder < 0) {
			remainder += g
			quotient--
		}
	} else {
		remainder = math.Copysign(0, g)
	}
	if quotient == 0 {
		return math.Copysign(0, f/g), remainder
	}
	whole := math.Floor(quotient)
	if quotient-whole > 0.5 {
		whole++
	}
	return whole, remainder
}

var unaryMethods = map[syntax.Token]string{syntax.MINUS: "__neg__", syntax.PLUS: "__pos__", syntax.TILDE: "__invert__"}

// Unary is Python's -x, +x and ~x; not is [Truth].
func Unary(thread *starlark.Thread, op syntax.Token, x starlark.Value) (starlark.Value, error) {
	if op == syntax.NOT {
		truth, err := Truth(thread, x)
		return starlark.Bool(!truth), err
	}
	if o, ok := x.(Object); ok {
		if result, found, err := callSpecial(thread, o, unaryMethods[op]); found || err != nil {
			return result, err
		}
	}
	if f, ok := PlainValue(x).(starlark.Float); ok && op != syntax.TILDE {
		if op == syntax.MINUS {
			return -f, nil
		}
		return f, nil
	}
	i, ok := asInt(x)
	if !ok {
		return nil, TypeError.Errorf("bad operand type for unary %s: '%s'", op, TypeName(x))
	}
	switch op {
	case syntax.MINUS:
		return starlark.MakeBigInt(new(big.Int).Neg(i)), nil
	case syntax.TILDE:
		inverted := new(big.Int).Not(i)
		if e, ok := x.(*Enum); ok && e.Of.Enum.Flag {
			return e.Of.Lookup(inverted)
		}
		if isBool(x) && Python(thread).AtLeast(3, 12) {
			if err := Warn(thread, DeprecationWarning, invertedBool); err != nil {
				return nil, err
			}
		}
		return starlark.MakeBigInt(inverted), nil
	}
	return starlark.MakeBigInt(i), nil
}

const invertedBool = "Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. " +
	"This returns the bitwise inversion of the underlying int object and is usually not what you expect " +
	"from negating a bool. Use the 'not' operator for boolean negation or ~int(x) if you really want the " +
	"bitwise inversion of the underlying int."

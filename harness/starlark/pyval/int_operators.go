package pyval

import (
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// intOperators are the special methods of int that an operator stands for.
func intOperators() map[string]method {
	methods := map[string]method{}
	binary := func(name string, op syntax.Token, reflected bool) {
		methods[name] = def("value", func(c *call) (starlark.Value, error) {
			x, y := c.self, c.args[0]
			if _, ok := asInt(y); !ok {
				return NotImplemented, nil
			}
			if reflected {
				x, y = y, x
			}
			return Binary(c.thread, op, x, y)
		})
	}
	for op, names := range binaryMethods {
		binary(names[0], op, false)
		binary(names[1], op, true)
	}
	for name, swapped := range map[string]bool{"__divmod__": false, "__rdivmod__": true} {
		methods[name] = def("value", func(c *call) (starlark.Value, error) {
			x, y := c.self, c.args[0]
			if _, ok := asInt(y); !ok {
				return NotImplemented, nil
			}
			if swapped {
				x, y = y, x
			}
			quotient, err := Binary(c.thread, syntax.SLASHSLASH, x, y)
			if err != nil {
				return nil, err
			}
			rest, err := Binary(c.thread, syntax.PERCENT, x, y)
			return starlark.Tuple{quotient, rest}, err
		})
	}
	for name, op := range map[string]syntax.Token{
		"__eq__": syntax.EQL, "__ne__": syntax.NEQ, "__lt__": syntax.LT, "__le__": syntax.LE, "__gt__": syntax.GT, "__ge__": syntax.GE,
	} {
		binary(name, op, false)
	}
	for name, op := range map[string]syntax.Token{"__neg__": syntax.MINUS, "__pos__": syntax.PLUS, "__invert__": syntax.TILDE} {
		methods[name] = def("", func(c *call) (starlark.Value, error) { return Unary(c.thread, op, c.self) })
	}
	methods["__abs__"] = def("", func(c *call) (starlark.Value, error) {
		i, _ := asInt(c.self)
		if i.Sign() < 0 {
			return Unary(c.thread, syntax.MINUS, starlark.MakeBigInt(i))
		}
		return starlark.MakeBigInt(i), nil
	})
	return methods
}

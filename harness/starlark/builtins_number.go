package starlark

import (
	"math/big"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// numberFunctions are the builtins that write numbers in another base.
func numberFunctions() []*pyval.Function {
	var all []*pyval.Function
	for name, form := range map[string]struct {
		prefix string
		base   int
	}{"bin": {"0b", 2}, "oct": {"0o", 8}, "hex": {"0x", 16}} {
		all = append(all, pyval.NewFunction(name, "number", func(thread *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
			i, err := pyval.Index(thread, args[0])
			if err != nil {
				return nil, err
			}
			sign := ""
			if i.Sign() < 0 {
				sign = "-"
			}
			return starlark.String(sign + form.prefix + new(big.Int).Abs(i).Text(form.base)), nil
		}))
	}
	return all
}

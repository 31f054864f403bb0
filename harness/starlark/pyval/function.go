package pyval

import (
	"fmt"
	"runtime"
	"sync"
	"weak"

	"go.starlark.net/starlark"
)

var codeType = &Class{Short: "code"}

// A Code is what a function of Python code tells of its parameters, as its __code__.
type Code struct {
	Function    string
	Names       []string // of the parameters, those that * and ** take included
	Positional  int      // how many can be given by position
	KeywordOnly int
}

var _ Object = (*Code)(nil)

// functionDicts holds what was assigned to functions of the steps, by weak pointers to
// them: Starlark's have no place for it.
var functionDicts sync.Map

func functionDict(f *starlark.Function) *Dictionary {
	key := weak.Make(f)
	d, found := functionDicts.LoadOrStore(key, new(Dictionary))
	if !found {
		runtime.AddCleanup(f, func(key weak.Pointer[starlark.Function]) { functionDicts.Delete(key) }, key)
	}
	return d.(*Dictionary)
}

// functionAttr is an attribute of a function of the steps, or nil.
func functionAttr(f *starlark.Function, name string) starlark.Value {
	if v := functionDict(f).Get(name); v != nil {
		return v
	}
	positional := f.NumParams() - f.NumKwonlyParams()
	if f.HasVarargs() {
		positional--
	}
	if f.HasKwargs() {
		positional--
	}
	switch name {
	case "__code__":
		code := &Code{Function: functionName(f), Positional: positional, KeywordOnly: f.NumKwonlyParams()}
		for i := range f.NumParams() {
			param, _ := f.Param(i)
			code.Names = append(code.Names, param)
		}
		return code
	case "__defaults__":
		var defaults starlark.Tuple
		for i := range positional {
			if v := f.ParamDefault(i); v != nil {
				defaults = append(defaults, v)
			}
		}
		if defaults != nil {
			return defaults
		}
		return starlark.None
	case "__kwdefaults__":
		defaults := starlark.NewDict(0)
		for i := positional; i < positional+f.NumKwonlyParams(); i++ {
			if v := f.ParamDefault(i); v != nil {
				param, _ := f.Param(i)
				_ = defaults.SetKey(starlark.String(param), v) // a fresh dict of strings cannot refuse
			}
		}
		if defaults.Len() > 0 {
			return defaults
		}
		return starlark.None
	case "__annotations__":
		return starlark.NewDict(0)
	case "__dict__":
		return functionDict(f).Dict()
	case "__module__":
		return starlark.String(stepsModule)
	case "__doc__":
		return starlark.None
	}
	return nil
}

// PyClass is code.
func (c *Code) PyClass() *Class { return codeType }

// PyState is nothing: there is no bytecode here to show.
func (c *Code) PyState() []Attr { return nil }

// Attr reads the names and numbers of the parameters.
func (c *Code) Attr(name string) (starlark.Value, error) {
	switch name {
	case "co_name":
		return starlark.String(c.Function), nil
	case "co_argcount":
		return starlark.MakeInt(c.Positional), nil
	case "co_kwonlyargcount":
		return starlark.MakeInt(c.KeywordOnly), nil
	case "co_posonlyargcount":
		return starlark.MakeInt(0), nil
	case "co_varnames":
		names := make(starlark.Tuple, len(c.Names))
		for i, n := range c.Names {
			names[i] = starlark.String(n)
		}
		return names, nil
	}
	return nil, nil
}

// AttrNames lists what Attr answers to.
func (c *Code) AttrNames() []string {
	return []string{"co_argcount", "co_kwonlyargcount", "co_name", "co_posonlyargcount", "co_varnames"}
}

// String is close to Python's repr, which names a file too.
func (c *Code) String() string { return fmt.Sprintf("<code object %s at %s>", c.Function, address(c)) }

// Type is the class's name.
func (c *Code) Type() string { return codeType.Short }

// Freeze does nothing: it never changes.
func (c *Code) Freeze() {}

// Truth is always true.
func (c *Code) Truth() starlark.Bool { return true }

// Hash is by identity.
func (c *Code) Hash() (uint32, error) { return hashPointer(c), nil }

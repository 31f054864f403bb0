package pycall

import (
	"strconv"
	"strings"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// In says which module defines the function: Python code's finds its globals there,
// which its defaults are made of.
func (f *Function) In(home *starlarkstruct.Module) *Function {
	f.home = home
	return f
}

// defined is an attribute of what a function of Python code was defined with.
func (f *Function) defined(name string) starlark.Value {
	switch name {
	case "__defaults__":
		var values starlark.Tuple
		for _, p := range f.def.params[:f.def.position] {
			if p.optional {
				values = append(values, f.value(p))
			}
		}
		if values != nil {
			return values
		}
	case "__kwdefaults__":
		values := starlark.NewDict(0)
		for _, p := range f.def.params[f.def.position:] {
			if p.optional {
				_ = values.SetKey(starlark.String(p.name), f.value(p)) // a fresh dict of strings cannot refuse
			}
		}
		if values.Len() > 0 {
			return values
		}
	case "__globals__":
		globals := starlark.NewDict(0)
		if f.home != nil {
			for _, member := range f.home.Members.Keys() {
				_ = globals.SetKey(starlark.String(member), f.home.Members[member])
			}
		}
		return globals
	}
	return starlark.None
}

// code is __code__ of a function of Python code.
func (f *Function) code() *pyval.Code {
	code := &pyval.Code{Function: f.name, Positional: f.def.position, KeywordOnly: len(f.def.params) - f.def.position}
	for _, p := range f.def.params {
		code.Names = append(code.Names, p.name)
	}
	if f.def.varargs {
		code.Names = append(code.Names, "args")
	}
	return code
}

// value is the default of a parameter: a literal, or a name of the module.
func (f *Function) value(p parameter) starlark.Value {
	switch p.value {
	case "None":
		return starlark.None
	case "True", "False":
		return starlark.Bool(p.value == "True")
	}
	if i, err := strconv.Atoi(p.value); err == nil {
		return starlark.MakeInt(i)
	}
	if strings.HasPrefix(p.value, "'") {
		return starlark.String(strings.Trim(p.value, "'"))
	}
	if f.home != nil {
		if v := f.home.Members[p.value]; v != nil {
			return v
		}
	}
	return starlark.None
}

// textSignature is __text_signature__ of C code's function. Since 3.13 the
// interpreter makes one of how a function is called that takes no argument or one.
func (m Method) textSignature(python pyval.Version) starlark.Value {
	switch {
	case m.Signature != "":
		return starlark.String(m.Signature)
	case m.slot():
		return m.slotSignature()
	case !python.AtLeast(3, 13):
	case m.Takes == NoArgs:
		return starlark.String("($self, /)")
	case m.Takes == OneArg:
		return starlark.String("($self, object, /)")
	}
	return starlark.None
}

// slotSignature is that of a method that stands for a slot.
func (m Method) slotSignature() starlark.Value {
	switch {
	case m.Takes == Keywords:
		return starlark.String("($self, /, *args, **kwargs)")
	case m.Takes == NoArgs:
		return starlark.String("($self, /)")
	case strings.HasSuffix(m.Name, "attribute__"):
		return starlark.String("($self, name, /)")
	}
	return starlark.String("($self, value, /)")
}

package pyval

import (
	"sync"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"
)

// TypeOf is Python's type(v).
func TypeOf(v starlark.Value) *Class {
	switch v := v.(type) {
	case nil, starlark.NoneType:
		return NoneType
	case starlark.Bool:
		return BoolType
	case starlark.Int:
		return IntType
	case starlark.Float:
		return FloatType
	case starlark.String:
		return StrType
	case starlark.Bytes:
		return BytesType
	case starlark.Tuple:
		return TupleType
	case *starlark.List:
		return ListType
	case *starlark.Dict:
		return DictType
	case *starlark.Set:
		return SetType
	case *Exception:
		return v.Class
	case *Class:
		return metaclass(v)
	case Typed:
		return v.PyClass()
	case *starlark.Function:
		return FunctionType
	case *starlark.Builtin:
		return BuiltinFunctionType
	case *starlarkstruct.Module:
		return ModuleType
	}
	return foreignType(v.Type())
}

// TypeName is how errors name the class of v.
func TypeName(v starlark.Value) string { return TypeOf(v).inErrors() }

// inErrors is how errors name the class (tp_name): one of C code with its module,
// others by their __name__.
func (c *Class) inErrors() string {
	if c.C {
		return c.Qualified()
	}
	return c.Short
}

// IsInstance is isinstance(v, class).
func IsInstance(v starlark.Value, class *Class) bool { return TypeOf(v).Subclass(class) }

func metaclass(c *Class) *Class {
	switch {
	case c == intEnumType39, c == intFlagType39:
		return enumMeta39
	case c.Enum == nil && !c.Made && c.Subclass(EnumType):
		return enumMeta
	case c.Enum == nil && c.abstract():
		return abcMeta
	case c.Enum == nil:
		return TypeType
	case c.Enum.Python.AtLeast(3, 11):
		return enumMeta
	}
	return enumMeta39
}

// foreignTypes are the classes of values that a Starlark module brings along
// without saying anything about Python, by their Starlark type.
var foreignTypes sync.Map

func foreignType(name string) *Class {
	c, _ := foreignTypes.LoadOrStore(name, &Class{Short: name})
	return c.(*Class)
}

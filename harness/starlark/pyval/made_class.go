package pyval

import (
	"slices"

	"go.starlark.net/starlark"
)

// final are the builtin types that nothing derives from.
func final(c *Class) bool {
	switch c {
	case BoolType, NoneType, MemoryviewType, RangeType, SliceType, EllipsisType,
		FunctionType, MethodType, BuiltinFunctionType, MethodDescriptor, WrapperDescriptor, MethodWrapper, IteratorType:
		return true
	}
	return false
}

// callType is type(x), and with three arguments what a class statement is short for.
func callType(thread *starlark.Thread, _ *Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	switch {
	case len(args) == 3:
		return makeClass(thread, args, kwargs)
	case len(args) != 1 || len(kwargs) != 0:
		return nil, TypeError.Errorf("type() takes 1 or 3 arguments")
	}
	return TypeOf(args[0]), nil
}

// makeClass is type(name, bases, dict). The class belongs to the module that the
// steps are.
func makeClass(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	name, isStr := args[0].(starlark.String)
	bases, isTuple := args[1].(starlark.Tuple)
	dict, isDict := args[2].(*starlark.Dict)
	mapping := "dict"
	if Python(thread).AtLeast(3, 15) {
		mapping = "dict or frozendict"
	}
	for i, wrong := range []string{wrongUnless(isStr, "str"), wrongUnless(isTuple, "tuple"), wrongUnless(isDict, mapping)} {
		if wrong != "" {
			return nil, TypeError.Errorf("type.__new__() argument %d must be %s, not %s", i+1, wrong, TypeName(args[i]))
		}
	}
	c := &Class{Module: stepsModule, Short: string(name), Made: true, Attrs: starlark.StringDict{}, evaluate: evaluator(thread), python: Python(thread)}
	if err := c.takeBases(Python(thread), bases); err != nil {
		return nil, err
	}
	c.mro = slices.Clip(c.MRO())
	others, err := c.takeNamespace(dict)
	if err != nil {
		return nil, err
	}
	if err := c.takeSlots(thread); err != nil {
		return nil, err
	}
	if c.Attrs["__eq__"] != nil && c.Attrs["__hash__"] == nil {
		c.Attrs["__hash__"] = starlark.None
	}
	if c.abstract() {
		c.Module = "abc"
	}
	if module := c.Attrs["__module__"]; module != nil {
		text, _ := module.(starlark.String)
		c.Module = string(text)
	}
	if err := c.announce(thread, kwargs); err != nil {
		return nil, err
	}
	if others && c.python.AtLeast(3, 13) {
		if err := Warn(thread, RuntimeWarning, "non-string key in the __dict__ of class "+c.Short); err != nil {
			return nil, err
		}
	}
	return c.Derived(), nil
}

// takeNamespace makes the attributes of the class of the dict that it is made with, and
// reports whether that has keys that are no names.
func (c *Class) takeNamespace(dict *starlark.Dict) (others bool, err error) {
	for _, item := range dict.Items() {
		name, ok := item[0].(starlark.String)
		switch {
		case !ok:
			others = true
			continue
		case name == "__qualname__":
			qualname, ok := item[1].(starlark.String)
			if !ok {
				return false, TypeError.Errorf("type __qualname__ must be a str, not %s", TypeName(item[1]))
			}
			c.qualname = string(qualname)
			continue
		}
		c.Attrs[string(name)] = item[1]
		c.own = append(c.own, string(name))
	}
	return others, nil
}

// ofType are the attributes of a class that type has a say in.
var ofType = []string{"__name__", "__qualname__", "__module__", "__dict__", "__class__", "__mro__", "__base__"}

// assignOwn is the assignment of one of them.
func (c *Class) assignOwn(python Version, name string, to starlark.Value) error {
	switch name {
	case "__module__":
		module, _ := to.(starlark.String) // anything else no repr shows
		c.Module = string(module)
		c.setMember(name, to)
		return nil
	case "__dict__":
		return AttributeError.Errorf("attribute '__dict__' of 'type' objects is not writable")
	case "__mro__":
		if python.AtLeast(3, 13) {
			return AttributeError.Errorf("attribute '__mro__' of 'type' objects is not writable")
		}
		return AttributeError.Errorf("readonly attribute")
	case "__base__":
		return AttributeError.Errorf("readonly attribute")
	case "__class__":
		if _, isClass := to.(*Class); !isClass {
			return TypeError.Errorf("__class__ must be set to a class, not '%s' object", TypeName(to))
		}
		return classNotMutable(python)
	}
	return c.rename(name, to)
}

// classNotMutable is the TypeError of an assignment of __class__ between classes that C
// code defines.
func classNotMutable(python Version) error {
	kind := "mutable"
	if !python.AtLeast(3, 10) {
		kind = "heap"
	}
	return TypeError.Errorf("__class__ assignment only supported for %s types or ModuleType subclasses", kind)
}

// rename is the assignment of __name__ or __qualname__.
func (c *Class) rename(attribute string, to starlark.Value) error {
	name, ok := PlainValue(to).(starlark.String)
	switch {
	case !ok:
		return TypeError.Errorf("can only assign string to %s.%s, not '%s'", c.Short, attribute, TypeName(to))
	case attribute == "__qualname__":
		c.qualname = string(name)
	default:
		c.qualname, c.Short = c.qualified(), string(name)
	}
	return nil
}

// stepsModule is the module that the steps are.
const stepsModule = "__main__"

// abstract reports whether the class's own class is ABCMeta, which makes it in a
// module of its own: that of the classes of io is.
func (c *Class) abstract() bool {
	return slices.ContainsFunc(c.MRO(), func(k *Class) bool { return k.Module == "io" && k.Short != "UnsupportedOperation" })
}

func wrongUnless(ok bool, want string) string {
	if ok {
		return ""
	}
	return want
}

// takeBases checks what the class derives from.
func (c *Class) takeBases(python Version, bases starlark.Tuple) error {
	for _, b := range bases {
		base, ok := b.(*Class)
		switch {
		case !ok:
			return TypeError.Errorf("metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases")
		case base.Enum != nil && python.AtLeast(3, 11):
			// EnumType.__new__ wants the namespace that its own __prepare__ makes.
			return AttributeError.Errorf("'dict' object has no attribute '_member_names'")
		case base.Enum != nil:
			return TypeError.Errorf("Cannot extend enumerations")
		case final(base):
			return TypeError.Errorf("type '%s' is not an acceptable base type", base.Short)
		case slices.Contains(c.Bases, base):
			return TypeError.Errorf("duplicate base class %s", base.Short)
		}
		c.Bases = append(c.Bases, base)
	}
	if err := c.checkLayout(); err != nil {
		return err
	}
	return c.checkOrder(python)
}

// checkOrder refuses bases that have no order in which each goes before what it
// derives from.
func (c *Class) checkOrder(python Version) error {
	for i, base := range c.Bases {
		for _, later := range c.Bases[i+1:] {
			if later != base && later.Subclass(base) {
				gap := "\n"
				if python.AtLeast(3, 13) {
					gap = " "
				}
				return TypeError.Errorf("Cannot create a consistent method resolution%sorder (MRO) for bases %s, %s", gap, base.Short, later.Short)
			}
		}
	}
	c.Bases = slices.DeleteFunc(c.Bases, func(base *Class) bool { return base == ObjectType })
	return nil
}

// checkLayout refuses bases whose objects are laid out differently: C code defines
// more than one of them.
func (c *Class) checkLayout() error {
	var solid *Class
	for _, base := range c.Bases {
		s := base.layout()
		switch {
		case s == nil || solid != nil && solid.Subclass(s):
		case solid == nil || s.Subclass(solid):
			solid = s
		default:
			return TypeError.Errorf("multiple bases have instance lay-out conflict")
		}
	}
	return nil
}

// holding are the exceptions that keep more in memory than what they derive from.
var holding = []*Class{
	BaseException, OSError, StopIteration, SystemExit, ImportError, AttributeError, NameError, SyntaxError,
	UnicodeDecodeError, UnicodeEncodeError, UnicodeTranslateError, BaseExceptionGroup,
}

// solid is the class that gives the objects of a class their layout, or nil.
func (c *Class) solid() *Class {
	for _, k := range c.MRO() {
		if !k.Made && k != ObjectType && (!k.Subclass(BaseException) || slices.Contains(holding, k)) {
			return k
		}
	}
	return nil
}

// layout is solid, or a class in front of it that adds slots.
func (c *Class) layout() *Class {
	for _, k := range c.MRO() {
		if k.Made && slices.ContainsFunc(k.own, func(name string) bool { return k.Slot(name) != nil }) {
			return k
		}
		if k == c.solid() {
			return k
		}
	}
	return nil
}

// made finds an attribute that Python code gave to the class or one of its bases,
// before the first class that C code defines.
func (c *Class) made(name string) starlark.Value {
	for _, k := range c.MRO() {
		if !k.Made {
			break
		}
		if v, ok := k.Attrs[name]; ok {
			return v
		}
	}
	return nil
}

// instantiate is type.__call__ for a class that Python code made: __new__ and then
// __init__, either of which may be the class's own.
func (c *Class) instantiate(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	create, initialise := c.made("__new__"), c.made("__init__")
	if create == nil && initialise == nil {
		return c.native(thread, args, kwargs)
	}
	var v starlark.Value
	var err error
	if create != nil {
		v, err = Call(thread, create, append(starlark.Tuple{c}, args...), kwargs)
	} else {
		v, err = c.blank(thread, args, kwargs)
	}
	if err != nil || !IsInstance(v, c) {
		return v, err
	}
	if initialise == nil {
		// What object.__init__ is left with, it ignores.
		if f, found := v.(Object); found && hasSpecial(f, "__init__") {
			_, _, err = callSpecialWith(thread, f, "__init__", args, kwargs)
		}
		return v, err
	}
	bound, err := boundIn(initialise, v)
	if err != nil {
		return nil, err
	}
	result, err := Call(thread, bound, args, kwargs)
	if err == nil && result != starlark.None {
		err = TypeError.Errorf("__init__() should return None, not '%s'", TypeName(result))
	}
	return v, err
}

// blank is what the __new__ of the classes that C code defines makes of arguments
// that are meant for another __init__.
func (c *Class) blank(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	for _, k := range c.MRO() {
		switch {
		case k.Blank != nil:
			return k.Blank(thread, c, args, kwargs)
		case k == OSError:
			return &Exception{Class: c, Errno: starlark.None, Strerror: starlark.None}, nil
		case k == BaseException:
			return NewException(c, args...), nil
		}
	}
	switch base := c.solid(); {
	case base == nil:
		return newInstance(c), nil
	case slices.Contains(mutable, base):
		return c.native(thread, nil, nil)
	}
	return c.native(thread, args, kwargs)
}

func callSpecialWith(thread *starlark.Thread, o Object, name string, args starlark.Tuple, kwargs []starlark.Tuple) (result starlark.Value, found bool, err error) {
	m, err := special(o, name)
	if err != nil || m == nil {
		return nil, false, err
	}
	result, err = Call(thread, m, args, kwargs)
	return result, true, err
}

// special is the special method of an object, or nil. Python looks for it in the
// class: what an instance of a class that Python code made has been given itself
// does not count.
func special(o Object, name string) (starlark.Value, error) {
	if i, ok := o.(*Instance); ok {
		if m := i.class.Current(name); m != nil {
			return boundIn(m, i)
		}
		return nil, nil
	}
	if class := o.PyClass(); class.Made {
		if m := class.made(name); m != nil {
			return boundIn(m, o)
		}
		if class.Current(name) == nil {
			return nil, nil
		}
	}
	m, err := o.Attr(name)
	return m, ignoreNoSuchAttr(err)
}

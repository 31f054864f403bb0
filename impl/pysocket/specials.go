package pysocket

import (
	"maps"
	"slices"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/socket"
)

// addSpecials adds the special methods that every class has, as far as a socket's
// class does not define them, and what a class has of itself. An extension of
// CPython has them from its interpreter.
func (m *module) addSpecials() {
	for _, method := range m.specialMethods() {
		method.Func = m.raising(method.Func)
		m.rawClass.Attrs[method.Name] = pycall.BuiltinMethod(m.python, m.rawClass, method)
	}
	for _, class := range []*pyval.Class{m.socketIO, m.gaierror, m.herror, m.addressFamily, m.socketKind, m.msgFlag, m.addressInfo} {
		class.Names, class.InstanceNames = m.names.Dirs[class.Qualified()], m.names.Dirs[class.Qualified()+"()"]
	}
	for class, label := range map[*pyval.Class]string{m.rawClass: "_socket.socket", m.class: "socket.socket"} {
		class.Names = slices.Sorted(maps.Keys(m.names.Owners[label]))
		of := m.names.Classes[label]
		class.Attrs["__doc__"] = starlark.None
		class.Attrs["__basicsize__"] = starlark.MakeInt(of.BasicSize)
		class.Attrs["__new__"] = pycall.Builtin(m.python, "", pycall.Method{Name: "__new__", Takes: pycall.Keywords, Func: m.raising(m.blank)})
		if of.FirstLine != nil {
			class.Attrs["__firstlineno__"] = starlark.MakeInt(*of.FirstLine)
			static := make(starlark.Tuple, len(of.StaticAttributes))
			for i, name := range of.StaticAttributes {
				static[i] = starlark.String(name)
			}
			class.Attrs["__static_attributes__"] = static
		}
	}
}

// specialMethods is the table of special methods.
func (m *module) specialMethods() []pycall.Method {
	hook := pycall.VarArgs
	if m.python.AtLeast(3, 14) {
		hook = pycall.OneArg
	}
	methods := []pycall.Method{
		{Name: "__del__", Takes: pycall.NoArgs, Func: func(c *pycall.Call) (starlark.Value, error) {
			self(c).Collected(func(category *pyval.Class, prefix string) {
				_ = c.Warn(category, prefix+self(c).String()) // not raised here
			})
			return starlark.None, nil
		}},
		{Name: "__delattr__", Takes: pycall.SlotOne, Func: func(c *pycall.Call) (starlark.Value, error) {
			name, err := attributeName(c)
			if err != nil {
				return nil, err
			}
			return starlark.None, self(c).SetField(name, nil)
		}},
		{Name: "__dir__", Takes: pycall.NoArgs, Func: func(c *pycall.Call) (starlark.Value, error) {
			var names []starlark.Value
			for _, name := range pyval.Dir(c.Self) {
				names = append(names, starlark.String(name))
			}
			return starlark.NewList(names), nil
		}},
		{Name: "__getattribute__", Takes: pycall.SlotOne, Func: func(c *pycall.Call) (starlark.Value, error) {
			name, err := attributeName(c)
			if err != nil {
				return nil, err
			}
			return pyval.OwnAttr(c.Thread, c.Self, name)
		}},
		{Name: "__init__", Takes: pycall.Keywords, Func: func(c *pycall.Call) (starlark.Value, error) {
			return starlark.None, self(c).initAgain(func(sock *socket.Socket) error { return m.rawInit(c, sock, c.Args, c.Kwargs) })
		}},
		{Name: "__init_subclass__", Takes: pycall.NoArgs, Func: func(*pycall.Call) (starlark.Value, error) { return starlark.None, nil }},
		{Name: "__reduce__", Takes: pycall.NoArgs, Func: func(c *pycall.Call) (starlark.Value, error) { return nil, noPickle(c, 0) }},
		{Name: "__reduce_ex__", Takes: pycall.OneArg, Func: func(c *pycall.Call) (starlark.Value, error) {
			protocol, err := c.AsInt(c.Args[0])
			if err != nil {
				return nil, err
			}
			return nil, noPickle(c, protocol)
		}},
		{Name: "__setattr__", Takes: pycall.SlotTwo, Func: func(c *pycall.Call) (starlark.Value, error) {
			name, err := attributeName(c)
			if err != nil {
				return nil, err
			}
			return starlark.None, self(c).SetField(name, c.Args[1])
		}},
		{Name: "__sizeof__", Takes: pycall.NoArgs, Func: func(c *pycall.Call) (starlark.Value, error) {
			return starlark.MakeInt(m.names.Classes[self(c).class.Qualified()].BasicSize), nil
		}},
		{Name: "__subclasshook__", Takes: hook, Func: func(*pycall.Call) (starlark.Value, error) { return pyval.NotImplemented, nil }},
	}
	for _, operator := range []string{"__lt__", "__le__", "__gt__", "__ge__"} {
		methods = append(methods, pycall.Method{Name: operator, Takes: pycall.SlotOne, Func: func(*pycall.Call) (starlark.Value, error) {
			return pyval.NotImplemented, nil
		}})
	}
	if m.python.AtLeast(3, 11) {
		// Python's object.__getstate__; there is no state but for what C code keeps.
		methods = append(methods, pycall.Method{Name: "__getstate__", Takes: pycall.NoArgs, Func: func(*pycall.Call) (starlark.Value, error) {
			return starlark.None, nil
		}})
	}
	return methods
}

// attributeName is the first argument of a method that is about an attribute.
func attributeName(c *pycall.Call) (string, error) {
	name, ok := c.Args[0].(starlark.String)
	if !ok {
		return "", pyval.TypeError.Errorf("attribute name must be string, not '%s'", pyval.TypeName(c.Args[0]))
	}
	return string(name), nil
}

// noPickle is the refusal of object.__reduce_ex__. The older protocols make a
// copy of what C code keeps by calling the C class with the object, and so fail
// there.
func noPickle(c *pycall.Call, protocol int) error {
	o := self(c)
	switch {
	case protocol >= 2 || o.class == o.m.rawClass && protocol < 2:
		name := o.class.Short
		if o.class == o.m.rawClass && protocol >= 2 {
			name = o.class.Qualified()
		}
		return pyval.TypeError.Errorf("cannot pickle '%s' object", name)
	default:
		_, err := c.ClinicInt(o)
		return err
	}
}

// blank is socket.socket.__new__(cls, …): an object that has no descriptor until
// __init__ gives it one.
func (m *module) blank(c *pycall.Call) (starlark.Value, error) {
	if len(c.Args) == 0 {
		return nil, pyval.TypeError.Errorf("%s.__new__(): not enough arguments", m.rawClass.Qualified())
	}
	class, ok := c.Args[0].(*pyval.Class)
	switch {
	case !ok:
		return nil, pyval.TypeError.Errorf("%s.__new__(X): X is not a type object (%s)", m.rawClass.Qualified(), pyval.TypeName(c.Args[0]))
	case !class.Subclass(m.rawClass):
		return nil, pyval.TypeError.Errorf("%[1]s.__new__(%[2]s): %[2]s is not a subtype of %[1]s", m.rawClass.Qualified(), class.Short)
	}
	return m.blankOf(class), nil
}

// blankOf is an object before its __init__, whose slots are empty.
func (m *module) blankOf(class *pyval.Class) *object {
	o := m.instance(class, m.impl.Blank())
	if class.Subclass(m.class) {
		o.slots.assigned = emptySlots()
	}
	return o
}

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
		class.Attrs["__doc__"] = starlark.None
		class.Attrs["__basicsize__"] = starlark.MakeInt(m.names.Classes[label].BasicSize)
		class.Attrs["__new__"] = pyval.NewOf(m.rawClass)
		m.addOfDefinition(class)
	}
	m.addOfDefinition(m.socketIO)
	none, _ := pyval.NewFrozenset(nil) // of nothing, which cannot fail
	m.socketIO.Attrs["__abstractmethods__"] = none
	m.socketIO.Attrs["_abc_impl"] = &record{class: abcDataClass}
}

// addOfDefinition adds what a class of Python code keeps of its definition since 3.13.
func (m *module) addOfDefinition(class *pyval.Class) {
	of := m.names.Classes[class.Qualified()]
	if of.FirstLine == nil {
		return
	}
	class.Attrs["__firstlineno__"] = starlark.MakeInt(*of.FirstLine)
	static := make(starlark.Tuple, len(of.StaticAttributes))
	for i, name := range of.StaticAttributes {
		static[i] = starlark.String(name)
	}
	class.Attrs["__static_attributes__"] = static
}

// specialMethods is the table of those of the class of C code.
func (m *module) specialMethods() []pycall.Method {
	methods := []pycall.Method{
		{Name: "__del__", Takes: pycall.NoArgs, Slot: true, Func: func(c *pycall.Call) (starlark.Value, error) {
			self(c).Collected(func(category *pyval.Class, prefix string) {
				_ = c.Warn(category, prefix+self(c).String()) // not raised here
			})
			return starlark.None, nil
		}},
		{Name: "__init__", Takes: pycall.Keywords, Slot: true, Func: func(c *pycall.Call) (starlark.Value, error) {
			return starlark.None, self(c).initAgain(func(sock *socket.Socket) error { return m.rawInit(c, sock, c.Args, c.Kwargs) })
		}},
		{Name: "__repr__", Takes: pycall.NoArgs, Slot: true, Func: func(c *pycall.Call) (starlark.Value, error) {
			return starlark.String(self(c).rawText()), nil
		}},
	}
	if !m.python.AtLeast(3, 13) {
		// Later the class takes it from object.
		methods = append(methods, pycall.Method{Name: "__getattribute__", Takes: pycall.SlotOne, Func: func(c *pycall.Call) (starlark.Value, error) {
			name, ok := c.Args[0].(starlark.String)
			if !ok {
				return nil, pyval.TypeError.Errorf("attribute name must be string, not '%s'", pyval.TypeName(c.Args[0]))
			}
			return pyval.OwnAttr(c.Thread, c.Self, string(name))
		}})
	}
	return methods
}

// blankOf is an object before its __init__, whose slots are empty.
func (m *module) blankOf(class *pyval.Class) *object {
	o := m.instance(class, m.impl.Blank())
	if class.Subclass(m.class) {
		o.slots.empty()
	}
	return o
}

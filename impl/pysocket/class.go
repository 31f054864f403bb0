package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// addClasses makes socket.socket and its base, _socket.socket, which C code
// defines.
func (m *module) addClasses() {
	m.rawClass = &pyval.Class{Module: "_socket", Short: "socket", C: true, Attrs: starlark.StringDict{}}
	m.class = &pyval.Class{Module: "socket", Short: "socket", Bases: []*pyval.Class{m.rawClass}, Attrs: starlark.StringDict{}}
	m.class.Derived()
	m.rawClass.New = m.newRaw
	m.class.New = m.newSocket
	m.rawClass.Blank = func(_ *starlark.Thread, class *pyval.Class, _ starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
		return m.blankOf(class), nil
	}
	for _, methods := range [][]pycall.Method{
		m.bindMethods(), m.acceptMethods(), m.connectMethods(), m.recvMethods(), m.sendMethods(), m.messageMethods(), m.sockoptMethods(),
		m.modeMethods(), m.nameMethods(), m.closeMethods(),
	} {
		for _, method := range methods {
			method.Func = m.raising(method.Func)
			m.rawClass.Attrs[method.Name] = pycall.BuiltinMethod(m.python, m.rawClass, m.signature(method))
		}
	}
	for _, defs := range [][]pycall.Definition{
		{m.initMethod()}, m.acceptDefs(), m.closeDefs(), m.dupDefs(), m.reprDefs(), m.makefileDefs(), m.sendfileDefs(),
	} {
		for _, def := range defs {
			def.Func = m.raising(def.Func)
			m.class.Attrs[def.Name] = pycall.PythonMethod(m.python, m.class, def)
		}
	}
	m.addDescriptors()
	m.class.Attrs["__slots__"] = starlark.NewList([]starlark.Value{
		starlark.String("__weakref__"), starlark.String("_io_refs"), starlark.String("_closed"),
	})
}

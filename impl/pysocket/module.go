package pysocket

import (
	"maps"
	"sync"
	"sync/atomic"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyio"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/socket"
)

// A module is the state of one import of Python's socket module.
type module struct {
	python pyval.Version
	names  *Names
	impl   *socket.Module

	class    *pyval.Class // socket.socket
	rawClass *pyval.Class // _socket.socket

	timeout, herror, gaierror *pyval.Class
	addressFamily, socketKind *pyval.Class
	msgFlag, addressInfo      *pyval.Class

	io       *pyio.IO
	giveUp   *pyval.Class // _GiveupOnSendfile
	socketIO *pyval.Class // socket.SocketIO

	home      *starlarkstruct.Module // socket
	genuine   starlark.StringDict    // what is in it before anybody replaces it
	extension *starlarkstruct.Module // _socket, which C code defines

	unsetTimeout starlark.Value // _GLOBAL_DEFAULT_TIMEOUT

	warn pyval.WarnFunc // never nil

	evaluate atomic.Pointer[pyval.EvaluateFunc] // of a thread that called the module

	mu sync.Mutex
	// others holds the classes of the sockets, by descriptor, that are no plain
	// socket.socket.
	others map[int]*pyval.Class
}

// glibcs are the minor versions of the C library that the references run on.
var glibcs = map[pyval.Version]int{
	{Major: 3, Minor: 9}:  31,
	{Major: 3, Minor: 11}: 36,
	{Major: 3, Minor: 13}: 41,
	{Major: 3, Minor: 14}: 43,
	{Major: 3, Minor: 15}: 43,
}

// Options say what kind of module to make.
type Options struct {
	// Python is the version to behave like, one of [Pythons]; the zero value is
	// pyval.DefaultVersion.
	Python pyval.Version
	// Warn takes the warnings about sockets that are collected unclosed, which no
	// call makes. It may be called from any goroutine; nil ignores them.
	Warn pyval.WarnFunc
	// Imports are the modules that Python's code imports and so has as names, such
	// as os and errno. One that is not there has nothing in it.
	Imports map[string]starlark.Value
	// Waiting, if set, is called by each call that has to wait; see
	// [socket.Module].
	Waiting func(wait func() error, interrupt func()) error
	// Audit, if set, is called with each auditing event, on the goroutine of the call;
	// an exception ends the call. The arguments are made when they are asked for.
	Audit func(event string, args func() starlark.Tuple) error
}

// Module returns a new socket module. It fails for a Python that has no table of
// constants.
func Module(options Options) (starlark.Value, error) {
	m, members, err := newModule(options)
	if err != nil {
		return nil, err
	}
	members["__name__"] = starlark.String("socket")
	m.addFunctions(members, m.functions()...)
	ofC := maps.Clone(members)
	m.addInternals(members)
	ofC["CAPI"] = members["CAPI"]
	m.addImports(members, ofC, options.Imports)
	m.addSpecials()
	members["socket"] = m.class
	members["SocketIO"] = m.socketIO
	home := &starlarkstruct.Module{Name: "socket", Members: members}
	m.home = home
	for _, def := range m.definitions() {
		def.Func = m.raising(def.Func)
		members[def.Name] = pycall.Python(m.python, "socket", def).In(home)
	}
	for _, class := range []*pyval.Class{m.class, m.socketIO} {
		for _, v := range class.Attrs {
			if f, ok := v.(*pycall.Function); ok {
				f.In(home)
			}
		}
	}
	m.genuine = maps.Clone(members)
	return home, nil
}

// definitions are the functions that Python code defines.
func (m *module) definitions() []pycall.Definition {
	definitions := []pycall.Definition{
		m.socketpair(), m.fromfd(), m.sendFDs(), m.recvFDs(), m.createConnection(), m.createServer(), m.getaddrinfo(), m.getfqdn(), m.hasDualstackIPv6(),
		m.intEnumConverter(),
	}
	if m.python.AtLeast(3, 13) {
		definitions = append(definitions, m.fallbackSocketpair())
	}
	return definitions
}

// newModule makes a module's state, and what both its Python code and its C code
// have.
func newModule(options Options) (*module, starlark.StringDict, error) {
	python := options.Python
	if python == (pyval.Version{}) {
		python = pyval.DefaultVersion
	}
	table, err := readConstants(python)
	if err != nil {
		return nil, nil, err
	}
	names, err := ReadNames(python.String())
	if err != nil {
		return nil, nil, err
	}
	m := &module{python: python, names: names, warn: options.Warn, others: map[int]*pyval.Class{}, unsetTimeout: &pyval.Plain{Class: pyval.ObjectType}, extension: &starlarkstruct.Module{Name: "_socket"}}
	if m.warn == nil {
		m.warn = func(*pyval.Class, string) error { return nil }
	}
	m.impl = &socket.Module{Unclosed: m.unclosed, Waiting: options.Waiting, Glibc: glibcs[python],
		// 3.14.8 has the correction, 3.15.0 has not.
		ExactHErrno: python == pyval.Version{Major: 3, Minor: 14}, EncodedHosts: true}
	if options.Audit != nil {
		m.addAudit(options.Audit)
	}
	members := starlark.StringDict{"has_ipv6": starlark.True}
	m.addConstants(table, members)
	m.addExceptions(members)
	m.addSocketIO()
	m.addClasses()
	members["SocketType"] = m.rawClass
	return m, members, nil
}

// functions are those that C code defines and Python code takes over as they are.
func (m *module) functions() [][]pycall.Method {
	return [][]pycall.Method{
		m.byteOrder(), m.inet(), m.defaultTimeout(), m.descriptors(), m.ancillarySizes(), m.hosts(), m.services(), m.interfaces(),
	}
}

// addFunctions adds functions that C code defines.
func (m *module) addFunctions(members starlark.StringDict, tables ...[]pycall.Method) {
	for _, methods := range tables {
		for _, method := range methods {
			method.Func = m.raising(method.Func)
			members[method.Name] = pycall.Builtin(m.python, "_socket", m.signature(method)).In(m.extension)
		}
	}
}

package pysocket

import (
	"maps"
	"time"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// An Extension is a module _socket: what CPython's C code defines, and
// Lib/socket.py is built on. It is for a CPython that takes it in place of its
// own. Its functions and methods are those of [Module]; where the two differ
// (getaddrinfo, socketpair), it has the ones that the C code has.
type Extension struct {
	Members starlark.StringDict
	Class   *pyval.Class // _socket.socket, among the members too

	// What Lib/socket.py defines itself, for a CPython that takes that from here too:
	// its functions, its class of sockets, and the default of create_connection's
	// timeout.
	Functions    []*pycall.Function
	PythonClass  *pyval.Class
	UnsetTimeout starlark.Value
	Enums        []*pyval.Class // AddressFamily, …
	// UnsupportedOperation is io's, which a file raises that has no descriptor.
	UnsupportedOperation *pyval.Class

	m *module
}

// Blank is what _socket.socket.__new__ returns, before __init__: a closed socket
// of no family.
func (e *Extension) Blank() Instance { return e.m.instance(e.Class, e.m.impl.Blank()) }

// Forked tells the module that the process was forked without exec: calls wait in
// the kernel from then on.
func (e *Extension) Forked() { e.m.impl.Forked() }

// NewExtension returns a new module _socket. It fails for a Python that has no
// table of constants.
func NewExtension(options Options) (*Extension, error) {
	m, members, err := newModule(options)
	if err != nil {
		return nil, err
	}
	m.addFunctions(members, m.functions()...)
	var enums []*pyval.Class
	for _, v := range members {
		if class, ok := v.(*pyval.Class); ok && class.Enum != nil {
			enums = append(enums, class)
		}
	}
	home := maps.Clone(members)
	m.addInternals(home)
	members = m.extensionMembers(members)
	members["__name__"] = starlark.String("_socket")
	e := &Extension{Members: members, Class: m.rawClass, PythonClass: m.class, UnsetTimeout: m.unsetTimeout, Enums: enums,
		UnsupportedOperation: m.io.UnsupportedOperation, m: m}
	for _, def := range m.definitions() {
		def.Func = m.raising(def.Func)
		f := pycall.Python(m.python, "socket", def)
		e.Functions = append(e.Functions, f)
		home[def.Name] = f
	}
	home["socket"], home["SocketIO"] = m.class, m.socketIO
	m.home, m.genuine = &starlarkstruct.Module{Name: "socket", Members: home}, maps.Clone(home)
	return e, nil
}

// An Instance is a socket object.
type Instance interface {
	pyval.Object
	starlark.HasSetField
	// Descriptor is what C code finds in the object's memory: the descriptor, -1
	// once it is closed, and the timeout, negative for none.
	Descriptor() (fd int, timeout time.Duration)
	// Collected is what CPython does once nothing refers to the object any more: an
	// open socket is closed, after a warning with the object's repr. The object is
	// then a closed one, should anybody still find it.
	Collected(warn func(category *pyval.Class, prefix string))
}

var _ Instance = (*object)(nil)

// Collected is the end of Python's socket object (sock_finalize).
//
//nolint:misspell // CPython's name
func (o *object) Collected(warn func(category *pyval.Class, prefix string)) {
	if o.sock.Fileno() < 0 {
		return
	}
	warn(pyval.ResourceWarning, unclosedPrefix)
	_ = o.sock.Close() // there is nobody to tell
}

// Descriptor is the descriptor and the timeout.
func (o *object) Descriptor() (fd int, timeout time.Duration) {
	return o.sock.Fileno(), time.Duration(o.sock.GetTimeout())
}

package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/socket"
)

// global is what the module's name stands for: Python's code looks its globals up as
// it runs, and so finds what a program has put there instead.
func (m *module) global(name string) starlark.Value {
	return pyval.Member(m.home, name)
}

// callGlobal calls a function or class of the module by its name.
func (m *module) callGlobal(c *pycall.Call, name string, args ...starlark.Value) (starlark.Value, error) {
	return pyval.Call(c.Thread, m.global(name), args, nil)
}

// own reports whether names of the module still stand for what they did.
func (m *module) own(names ...string) bool {
	if m.home == nil {
		return true
	}
	for _, name := range names {
		if m.global(name) != m.genuine[name] {
			return false
		}
	}
	return true
}

// ownMethods reports whether socket.socket still has these methods of its own.
func (m *module) ownMethods(names ...string) bool {
	for _, name := range names {
		if !nativeIn(m.class, name) {
			return false
		}
	}
	return true
}

// adopt is what Python's code makes of a new descriptor: socket(family, type, proto,
// fileno=fd), of whatever class the name stands for.
func (m *module) adopt(c *pycall.Call, sock *socket.Socket) (starlark.Value, error) {
	if m.own("socket") {
		return m.wrap(sock), nil
	}
	args := starlark.Tuple{
		m.addressFamily.Member(int64(sock.Family())), m.socketKind.Member(int64(sock.Type())), starlark.MakeInt(sock.Proto()),
	}
	fileno := starlark.Tuple{starlark.String("fileno"), starlark.MakeInt(sock.Detach())}
	return pyval.Call(c.Thread, m.global("socket"), args, []starlark.Tuple{fileno})
}

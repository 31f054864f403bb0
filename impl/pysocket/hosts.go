package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/socket"
)

// hosts is the table of the functions for names of hosts.
func (m *module) hosts() []pycall.Method {
	return []pycall.Method{
		{Name: "gethostname", Takes: pycall.NoArgs, Func: m.gethostname},
		{Name: "sethostname", Takes: pycall.VarArgs, Func: m.sethostname},
		{Name: "gethostbyname", Takes: pycall.VarArgs, Func: m.gethostbyname},
		{Name: "gethostbyname_ex", Takes: pycall.VarArgs, Func: m.gethostbynameEx},
		{Name: "gethostbyaddr", Takes: pycall.VarArgs, Func: m.gethostbyaddr},
		{Name: "getnameinfo", Takes: pycall.VarArgs, Func: m.getnameinfo},
	}
}

// gethostname is Python's socket.gethostname (socket_gethostname).
func (m *module) gethostname(*pycall.Call) (starlark.Value, error) {
	name, err := m.impl.GetHostName()
	if err != nil {
		return nil, err
	}
	return fsDecode(name)
}

// sethostname is Python's socket.sethostname (socket_sethostname).
func (m *module) sethostname(c *pycall.Call) (starlark.Value, error) {
	var name string
	if given, ok := pyval.PlainValue(c.Arg(0)).(starlark.Bytes); ok && len(c.Args) == 1 {
		// Only bytes may hold a NUL.
		return starlark.None, m.impl.Given(given).SetHostName(string(given))
	}
	if err := c.ParseTuple("O&:sethostname", pycall.FSConverter(&name)); err != nil {
		return nil, err
	}
	return starlark.None, m.impl.Given(starlark.Bytes(name)).SetHostName(name)
}

// lookups is what names are looked up with in the thread of the call, whose event
// has these arguments.
func (m *module) lookups(c *pycall.Call, args ...starlark.Value) *socket.Module {
	given := make([]any, len(args))
	for i, arg := range args {
		given[i] = arg
	}
	return m.threadLookups(c).Given(given...)
}

func (m *module) threadLookups(c *pycall.Call) *socket.Module {
	state := pyval.ThreadState(c.Thread)
	if state == nil {
		return m.impl
	}
	own, ok := state.Load(m)
	if !ok {
		own, _ = state.LoadOrStore(m, m.impl.Thread())
	}
	return own.(*socket.Module)
}

// gethostbyname is Python's socket.gethostbyname (socket_gethostbyname).
func (m *module) gethostbyname(c *pycall.Call) (starlark.Value, error) {
	name, err := hostArgument(c, "gethostbyname")
	if err != nil {
		return nil, err
	}
	addr, err := m.lookups(c, c.Args...).GetHostByName(name)
	return starlark.String(addr), err
}

// gethostbynameEx is Python's socket.gethostbyname_ex (socket_gethostbyname_ex).
func (m *module) gethostbynameEx(c *pycall.Call) (starlark.Value, error) {
	name, err := hostArgument(c, "gethostbyname_ex")
	if err != nil {
		return nil, err
	}
	host, err := m.lookups(c, c.Args...).GetHostByNameEx(name)
	if err != nil {
		return nil, err
	}
	return hostValue(host)
}

// gethostbyaddr is Python's socket.gethostbyaddr (socket_gethostbyaddr).
func (m *module) gethostbyaddr(c *pycall.Call) (starlark.Value, error) {
	addr, err := hostArgument(c, "gethostbyaddr")
	if err != nil {
		return nil, err
	}
	host, err := m.lookups(c, c.Args...).GetHostByAddr(addr)
	if err != nil {
		return nil, err
	}
	return hostValue(host)
}

// getfqdn is Python's socket.getfqdn. Python 3.9 looks for the name of "::".
func (m *module) getfqdn() pycall.Definition {
	return pycall.Def("getfqdn", "name=''", func(c *pycall.Call) (starlark.Value, error) {
		name, err := m.strippedName(c)
		if err != nil {
			return nil, err
		}
		host, err := m.callGlobal(c, "gethostbyaddr", name)
		switch {
		case m.caught(err):
			return name, nil
		case err != nil:
			return nil, err
		}
		return qualified(c, host)
	})
}

// qualified is the first name with a dot of those that gethostbyaddr gives, or else
// the first one.
func qualified(c *pycall.Call, host starlark.Value) (starlark.Value, error) {
	parts, err := unpack(c, host, 3)
	if err != nil {
		return nil, err
	}
	aliases, err := pyval.ToSlice(c.Thread, parts[1])
	if err != nil {
		return nil, err
	}
	for _, name := range append([]starlark.Value{parts[0]}, aliases...) {
		if dotted, err := pyval.Contains(c.Thread, name, starlark.String(".")); err != nil || dotted {
			return name, err
		}
	}
	return parts[0], nil
}

// strippedName is what getfqdn looks for: its argument without white space
// around it, or the machine's name.
func (m *module) strippedName(c *pycall.Call) (starlark.Value, error) {
	name := c.Args[0]
	if name == nil {
		return m.callGlobal(c, "gethostname")
	}
	strip, err := pyval.GetAttr(c.Thread, name, "strip")
	if err != nil {
		return nil, err
	}
	if name, err = pyval.Call(c.Thread, strip, nil, nil); err != nil {
		return nil, err
	}
	given, err := pyval.Truth(c.Thread, name)
	if err != nil {
		return nil, err
	}
	if !given || name == starlark.String("0.0.0.0") || (name == starlark.String("::") && m.python.AtLeast(3, 11)) {
		return m.callGlobal(c, "gethostname")
	}
	return name, nil
}

// hostArgument is the only argument of the function, the name of a host. A str
// passes the codec idna, bytes stay as they are.
func hostArgument(c *pycall.Call, function string) (name string, err error) {
	err = c.ParseTuple("et:"+function, pycall.Encoded{Codec: encodeIDNA, To: &name})
	return name, err
}

// hostValue is a triple of names and addresses (gethost_common).
func hostValue(host socket.Host) (starlark.Value, error) {
	name, err := decoded(host.Name)
	if err != nil {
		return nil, err
	}
	aliases := make([]starlark.Value, len(host.Aliases))
	for i, alias := range host.Aliases {
		if aliases[i], err = decoded(alias); err != nil {
			return nil, err
		}
	}
	addrs := make([]starlark.Value, len(host.Addrs))
	for i, addr := range host.Addrs {
		addrs[i] = starlark.String(addr)
	}
	return starlark.Tuple{name, starlark.NewList(aliases), starlark.NewList(addrs)}, nil
}

// decoded is a text that the C library has as bytes, which have to be UTF-8
// (PyUnicode_FromString).
func decoded(text string) (starlark.Value, error) {
	s, err := pyval.Decode(nil, []byte(text), "utf-8", "strict")
	return starlark.String(s), err
}

// fsDecode is a name that the system has as bytes (PyUnicode_DecodeFSDefault).
func fsDecode(name string) (starlark.Value, error) {
	text, err := pyval.Decode(nil, []byte(name), "utf-8", "surrogateescape")
	return starlark.String(text), err
}

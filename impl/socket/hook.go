package socket

import "slices"

// A Hook is an auditing hook, as Python's sys.addaudithook takes one. It is called
// before a call has an effect, with an event and its arguments, on the goroutine
// of the call. An error ends the call, which fails with it as it is.
//
// The events are CPython's, raised where CPython raises them; addresses are the
// arguments as they were given, checked already:
//
//	socket.__new__        *Socket, family, type, proto int: as given, -1 for a default
//	socket.bind           *Socket, Addr
//	socket.connect        *Socket, Addr: of ConnectEx, too
//	socket.sendto         *Socket, Addr
//	socket.sendmsg        *Socket, Addr or nil
//	socket.getaddrinfo    host, port *string, family, type, proto int
//	socket.gethostbyname  string: of GetHostByNameEx, too
//	socket.gethostbyaddr  string
//	socket.gethostname
//	socket.getnameinfo    Addr
//	socket.getservbyname  name, proto string: nil for no protocol
//	socket.getservbyport  int, and string or nil
//	socket.sethostname    string
//
// The socket of socket.__new__ has no descriptor yet. If it is refused where the
// socket was to be one for a descriptor that is open already, as Accept, Dup and
// SocketPair make them, that descriptor stays open, as in CPython.
type Hook func(event string, args ...any) error

// AddAuditHook is Python's sys.addaudithook, for the events of this module: of its
// functions, of its sockets and of what its Thread returned. Hooks are called in
// the order in which they came, from any goroutine that makes a call and by several at
// a time; the first that fails ends it. There is no way to remove one. Nil is none. Without any,
// an event costs one atomic load.
func (m *Module) AddAuditHook(hook Hook) {
	m = m.orStd()
	if hook == nil {
		return
	}
	for {
		before := m.hooks.Load()
		var hooks []Hook
		if before != nil {
			hooks = *before
		}
		hooks = append(slices.Clip(hooks), hook)
		if m.hooks.CompareAndSwap(before, &hooks) {
			return
		}
	}
}

// AddAuditHook adds a hook for the functions of this package and the sockets that
// they make; see [Module.AddAuditHook]. A Module of a program's own has hooks of
// its own.
func AddAuditHook(hook Hook) { std.AddAuditHook(hook) }

// Given returns the module for one call of a function whose event, if there are
// hooks, has these arguments in place of the ones that Go has. It is for programs
// that embed Python code, where a name of a host may be more than a string.
func (m *Module) Given(args ...any) *Module {
	if m.audited() == nil {
		return m
	}
	of := m.Thread()
	of.given = args
	return of
}

// audited are the hooks; nil for none.
func (m *Module) audited() *[]Hook {
	m = m.orStd()
	for m.of != nil {
		m = m.of
	}
	return m.hooks.Load()
}

// audit raises an event. Its arguments are made only if somebody wants them.
func (m *Module) audit(event string, args func() []any) error {
	hooks := m.audited()
	if hooks == nil {
		return nil
	}
	given := m.orStd().given
	if given == nil {
		given = args()
	}
	for _, hook := range *hooks {
		if err := hook(event, given...); err != nil {
			return err
		}
	}
	return nil
}

// audit raises an event of a socket and an address.
func (s *Socket) audit(event string, addr Addr) error {
	return s.orClosed().module.audit(event, func() []any { return []any{s, addr} })
}

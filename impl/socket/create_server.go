package socket

import (
	"errors"
	"fmt"

	"github.com/pyparity/pyparity/impl/pyerr"
)

// ServerOptions are the optional arguments of Python's create_server.
type ServerOptions struct {
	// Family is AF_INET or AF_INET6. 0 is AF_INET.
	Family int
	// Backlog is Listen's. Nil is Python's default.
	Backlog *int
	// ReusePort lets several sockets be bound to the address.
	ReusePort bool
	// DualStackIPv6 makes an AF_INET6 socket take connections of IPv4 too.
	DualStackIPv6 bool
}

// CreateServer is Python's socket.create_server: a stream socket that is bound to
// the address and listens, with SO_REUSEADDR set. It fails with ValueError for
// DualStackIPv6 without AF_INET6, and with OSError; if the address is the reason,
// the text says which one it was.
func (m *Module) CreateServer(addr Addr, opts ServerOptions) (*Socket, error) {
	family := opts.Family
	if family == AF_UNSPEC {
		family = AF_INET
	}
	if opts.DualStackIPv6 {
		if err := m.checkDualStack(family); err != nil {
			return nil, err
		}
	}
	s, err := m.New(family, SOCK_STREAM, 0)
	if err != nil {
		return nil, err
	}
	backlog := DefaultBacklog
	if opts.Backlog != nil {
		backlog = *opts.Backlog
	}
	err = s.setServerOptions(opts)
	if err == nil {
		err = bindTo(s, addr)
	}
	if err == nil {
		err = s.Listen(backlog)
	}
	if err != nil {
		// CPython leaves the socket to the collector if it is not an OSError.
		if errors.Is(err, pyerr.OSError) {
			_ = s.Close()
		}
		return nil, err
	}
	return s, nil
}

// CreateServer is Python's socket.create_server; see [Module.CreateServer].
func CreateServer(addr Addr, opts ServerOptions) (*Socket, error) {
	return std.CreateServer(addr, opts)
}

func (m *Module) checkDualStack(family int) error {
	has, err := m.HasDualStackIPv6()
	switch {
	case err != nil:
		return err
	case !has:
		return pyerr.ValueError.New("dualstack_ipv6 not supported on this platform")
	case family != AF_INET6:
		return pyerr.ValueError.New("dualstack_ipv6 requires AF_INET6 family")
	}
	return nil
}

// setServerOptions sets what has to be set before the socket is bound.
func (s *Socket) setServerOptions(opts ServerOptions) error {
	// CPython goes on without it.
	_ = s.SetSockOpt(SOL_SOCKET, SO_REUSEADDR, 1)
	if opts.ReusePort && (s.family == AF_INET || s.family == AF_INET6) {
		if err := s.SetSockOpt(SOL_SOCKET, SO_REUSEPORT, 1); err != nil {
			return err
		}
	}
	if s.family != AF_INET6 {
		return nil
	}
	only := 1
	if opts.DualStackIPv6 {
		only = 0
	}
	return s.SetSockOpt(IPPROTO_IPV6, IPV6_V6ONLY, only)
}

// bindTo binds the socket, and adds the address to the text of an OSError.
func bindTo(s *Socket, addr Addr) error {
	err := s.Bind(addr)
	var e *pyerr.Error
	if !errors.As(err, &e) || !e.Class.Subclass(pyerr.OSError) {
		return err
	}
	text := "None"
	if e.Strerror != nil {
		text = *e.Strerror
	}
	text = fmt.Sprintf("%s (while attempting to bind on address %s)", text, addressRepr(addr))
	if e.Errno == nil {
		return pyerr.OSError.New(nil, text)
	}
	made := pyerr.OSError.New(*e.Errno, text)
	made.Cause = e.Cause
	return made
}

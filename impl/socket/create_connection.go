package socket

import (
	"errors"

	"github.com/pyparity/pyparity/impl/pyerr"
)

// ConnectionOptions are the optional arguments of Python's create_connection.
type ConnectionOptions struct {
	// Timeout is set on the socket before it connects. Nil leaves the module's
	// default timeout.
	Timeout *Timeout
	// Source is what the socket is bound to before it connects. Nil is nothing.
	Source Addr
	// AllErrors fails with a [pyerr.Group] of the errors of all addresses, and
	// not just with the last one.
	AllErrors bool
	// Encoded leaves a host that is not ASCII as it is; see [Hints].
	Encoded bool
}

// CreateConnection is Python's socket.create_connection: it connects a stream
// socket to the first of the host's addresses that answers. Host and port are
// getaddrinfo's: a name or a number, nil for Python's None. It fails with
// gaierror if the host is not found, and otherwise with the OSError of the last
// address. What is wrong with the options, and is no OSError, ends it at once.
func (m *Module) CreateConnection(host, port *string, opts ConnectionOptions) (*Socket, error) {
	found, err := m.GetAddrInfo(host, port, Hints{Type: SOCK_STREAM, Encoded: opts.Encoded})
	if err != nil {
		return nil, err
	}
	return m.ConnectAny(found, opts)
}

// ConnectAny is the rest of CreateConnection, once the addresses are known.
func (m *Module) ConnectAny(found []AddrInfo, opts ConnectionOptions) (*Socket, error) {
	var failures []error
	for _, info := range found {
		s, err := m.connection(info, opts)
		if err == nil {
			return s, nil
		}
		if !errors.Is(err, pyerr.OSError) {
			return nil, err
		}
		failures = append(failures, err)
	}
	switch {
	case len(failures) == 0:
		return nil, pyerr.OSError.New("getaddrinfo returns an empty list")
	case opts.AllErrors:
		return nil, &pyerr.Group{Message: "create_connection failed", Errors: failures}
	}
	return nil, failures[len(failures)-1]
}

// CreateConnection is Python's socket.create_connection; see
// [Module.CreateConnection]. Port is a number or the name of a service.
func CreateConnection(host, port string, opts ConnectionOptions) (*Socket, error) {
	return std.CreateConnection(&host, &port, opts)
}

// connection makes the connection to one address.
func (m *Module) connection(info AddrInfo, opts ConnectionOptions) (*Socket, error) {
	s, err := m.New(info.Family, info.Type, info.Proto)
	if err != nil {
		return nil, err
	}
	if err := s.prepareAndConnect(info.Addr, opts); err != nil {
		// CPython leaves the socket to the collector if it is not an OSError.
		if errors.Is(err, pyerr.OSError) {
			_ = s.Close()
		}
		return nil, err
	}
	return s, nil
}

func (s *Socket) prepareAndConnect(addr Addr, opts ConnectionOptions) error {
	if opts.Timeout != nil {
		if err := s.SetTimeout(*opts.Timeout); err != nil {
			return err
		}
	}
	if opts.Source != nil {
		if err := s.Bind(opts.Source); err != nil {
			return err
		}
	}
	return s.Connect(addr)
}

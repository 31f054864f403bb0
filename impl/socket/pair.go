package socket

import "github.com/pyparity/pyparity/pyref/base/unix"

// SocketPair is Python's socket.socketpair (socket_socketpair): two sockets
// that are connected to each other. Python's defaults are AF_UNIX, SOCK_STREAM
// and 0.
func (m *Module) SocketPair(family, typ, proto int) (a, b *Socket, err error) {
	if a, b, err = m.RawSocketPair(family, typ, proto); err != nil {
		return nil, nil, err
	}
	if a, err = a.Renew(typ); err == nil {
		b, err = b.Renew(typ)
	}
	if err != nil {
		return nil, nil, err // what is still open is left to the collector, as in CPython
	}
	return a, b, nil
}

// RawSocketPair is SocketPair without the events of new sockets, as CPython's C
// code has it.
func (m *Module) RawSocketPair(family, typ, proto int) (a, b *Socket, err error) {
	if err := checkInts(family, typ, proto); err != nil {
		return nil, nil, err
	}
	fds, err := unix.Socketpair(family, typ|SOCK_CLOEXEC|SOCK_NONBLOCK, proto)
	if err != nil {
		return nil, nil, osError(err)
	}
	if a, err = m.adoptNew(fds[0], family, typ, proto); err != nil {
		_ = unix.Close(fds[1])
		return nil, nil, err
	}
	if b, err = m.adoptNew(fds[1], family, typ, proto); err != nil {
		_ = a.Close()
		return nil, nil, err
	}
	return a, b, nil
}

// SocketPair is Python's socket.socketpair; see [Module.SocketPair].
func SocketPair(family, typ, proto int) (a, b *Socket, err error) {
	return std.SocketPair(family, typ, proto)
}

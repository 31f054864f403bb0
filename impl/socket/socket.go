package socket

import (
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"

	"github.com/pyparity/pyparity/pyref/base/unix"

	"github.com/pyparity/pyparity/impl/internal/netpoll"
	"github.com/pyparity/pyparity/impl/internal/sockaddr"
	"github.com/pyparity/pyparity/impl/pyerr"
)

// A Socket is Python's socket.socket object. Its methods may be called from
// several goroutines at the same time. One that is not closed is closed some
// time after it became unreachable, see [Module].
type Socket struct {
	*state

	// Value is for a program that has an object of its own for each socket, as one
	// that embeds Python code has. Nothing is done with it here.
	Value any
}

// state is a Socket without its identity, so that a collected one can still be
// closed.
type state struct {
	module             *Module
	desc               *netpoll.Desc
	family, typ, proto int
	timeout            atomic.Int64
	closed             atomic.Bool
	lowWater           atomic.Bool // SO_RCVLOWAT is more than 1
	shut               atomic.Bool // Shutdown was called
	peer               atomic.Pointer[peer]
	cleanup            runtime.Cleanup
	taking             sync.Mutex // held by the call that takes a connection

	files     sync.Mutex // protects openFiles, and closed against it
	openFiles int
}

// New is Python's socket.socket(family, type, proto) (sock_initobj). Each of
// them may be -1 for its default: AF_INET, SOCK_STREAM and 0. The descriptor
// is not inheritable. Of the flags that typ may hold, SOCK_NONBLOCK sets the
// timeout to 0. It fails with the OSError of socket(2).
func (m *Module) New(family, typ, proto int) (*Socket, error) {
	s := m.Blank()
	if err := s.Init(family, typ, proto); err != nil {
		return nil, err
	}
	return s, nil
}

// Init is Python's socket.__init__ for a socket that [Module.Blank] has made, and
// that nobody else uses yet, or for a new Socket; see [Module.New].
func (s *Socket) Init(family, typ, proto int) error {
	s = s.blanked()
	if err := s.auditNew(family, typ, proto); err != nil {
		return err
	}
	family, typ, proto = orDefault(family, AF_INET), orDefault(typ, SOCK_STREAM), orDefault(proto, 0)
	fd, err := unix.Socket(family, typ|SOCK_CLOEXEC|SOCK_NONBLOCK, proto)
	if err != nil {
		return osError(err)
	}
	return s.adopt(netpoll.NewPrivate(fd, typ&SOCK_NONBLOCK != 0), family, typ, proto)
}

// blanked is the socket as [Module.Blank] would have made it. One that is nil can only
// be lost.
func (s *Socket) blanked() *Socket {
	if s != nil && s.state == nil {
		s.state = std.Blank().state
	}
	return s.orClosed()
}

// auditNew raises the event of a new socket, once its arguments are what they can be.
func (s *Socket) auditNew(family, typ, proto int) error {
	if err := checkAsInts(family, typ, proto); err != nil {
		return err
	}
	return s.module.audit("socket.__new__", func() []any { return []any{s, family, typ, proto} })
}

// New is Python's socket.socket(family, type, proto); see [Module.New].
func New(family, typ, proto int) (*Socket, error) { return std.New(family, typ, proto) }

// FromFileno is Python's socket.socket(family, type, proto, fileno=fd)
// (sock_initobj): a socket object for a descriptor that is open already and
// belongs to the object from then on. What is -1 is asked of the descriptor. It
// fails with ValueError for a negative fd, and with OSError for one that is not
// open (EBADF) or no socket (ENOTSOCK).
func (m *Module) FromFileno(fd, family, typ, proto int) (*Socket, error) {
	s := m.Blank()
	if err := s.InitFileno(func() (int, error) { return fd, nil }, family, typ, proto); err != nil {
		return nil, err
	}
	return s, nil
}

// InitFileno is Python's socket.__init__ with fileno=, as [Socket.Init] is
// without; see [Module.FromFileno]. Fileno is asked for the descriptor once the
// hooks have passed the rest.
func (s *Socket) InitFileno(fileno func() (int, error), family, typ, proto int) error {
	s = s.blanked()
	if err := s.auditNew(family, typ, proto); err != nil {
		return err
	}
	if fileno == nil {
		return errNotCallable()
	}
	fd, err := fileno()
	if err != nil {
		return err
	}
	if fd < 0 {
		return pyerr.ValueError.New("negative file descriptor")
	}
	if family, typ, proto, err = detect(fd, family, typ, proto); err != nil {
		return err
	}
	if err = s.adopt(netpoll.New(fd), family, typ, proto); err != nil {
		return err
	}
	s.noteLowWater()
	netpoll.NoteKernelTimeouts(fd)
	return nil
}

// Renew is what Python's code does with a socket that its C code has made: it makes
// another of the descriptor, which is an event. Without hooks nobody could tell the
// two, and it returns this one.
func (s *Socket) Renew(typ int) (*Socket, error) {
	s = s.orClosed()
	if s.module.audited() == nil {
		return s, nil
	}
	return s.module.FromFileno(s.Detach(), s.family, typ, s.proto)
}

// FromFileno is Python's socket.socket(…, fileno=fd); see [Module.FromFileno].
func FromFileno(fd, family, typ, proto int) (*Socket, error) {
	return std.FromFileno(fd, family, typ, proto)
}

// none is the descriptor of all sockets that have none yet.
var none = netpoll.New(-1)

// Blank is a socket object that has no descriptor, as Python's is between __new__
// and __init__ (sock_new): closed, with family, type and protocol 0.
func (m *Module) Blank() *Socket {
	s := &Socket{state: &state{module: m.orStd(), desc: none}}
	s.timeout.Store(int64(None))
	return s
}

// orClosed is the socket, or a closed one in place of nil and of the zero value.
func (s *Socket) orClosed() *Socket {
	if s != nil && s.state != nil {
		return s
	}
	return std.Blank()
}

// detect asks the descriptor for what is -1. It is an error if it is no socket,
// even if nothing is asked.
func detect(fd, family, typ, proto int) (int, int, int, error) {
	var name [sockaddr.MaxLen]byte
	n, errno := getsockname(fd, name[:])
	switch {
	case errno == 0 && family == -1:
		family = sockaddr.Family(name[:min(n, len(name))])
	case errno == unix.EBADF, errno == unix.ENOTSOCK, errno != 0 && family == -1:
		return 0, 0, 0, errnoError(errno)
	}
	for _, unknown := range []struct {
		value  *int
		option int
	}{{&typ, SO_TYPE}, {&proto, SO_PROTOCOL}} {
		if *unknown.value != -1 {
			continue
		}
		value, err := unix.GetsockoptInt(fd, SOL_SOCKET, unknown.option)
		if err != nil {
			return 0, 0, 0, osError(err)
		}
		*unknown.value = value
	}
	return family, typ, proto, nil
}

// adoptNew makes the object for a descriptor that was just made, O_NONBLOCK.
func (m *Module) adoptNew(fd, family, typ, proto int) (*Socket, error) {
	s := &Socket{state: &state{module: m.orStd()}}
	if err := s.adopt(netpoll.NewPrivate(fd, typ&SOCK_NONBLOCK != 0), family, typ, proto); err != nil {
		return nil, err
	}
	return s, nil
}

// adopt makes the object one for a descriptor (init_sockobject), which is closed
// if that fails.
func (s *Socket) adopt(desc *netpoll.Desc, family, typ, proto int) error {
	s.peer.Store(nil) // it may have been a socket of another family
	s.desc, s.family, s.typ, s.proto = desc, family, typ&^(SOCK_NONBLOCK|SOCK_CLOEXEC), proto
	s.cleanup = runtime.AddCleanup(s, (*state).collected, s.state)
	if typ&SOCK_NONBLOCK != 0 {
		s.timeout.Store(int64(NonBlocking))
		return nil
	}
	timeout := s.module.GetDefaultTimeout()
	s.timeout.Store(int64(timeout))
	if timeout == None {
		return nil
	}
	if err := s.setNonblock(true); err != nil {
		_ = s.desc.Close()
		return err
	}
	return nil
}

// collected closes the descriptor of a socket that has become unreachable
// (sock_finalize).
//
//nolint:misspell // CPython's name
func (st *state) collected() {
	if st.desc.Fd() < 0 {
		return
	}
	if st.module.Unclosed != nil {
		st.module.Unclosed(&Socket{state: st})
	}
	_ = st.desc.Close()
}

// Module is the module that the socket belongs to.
func (s *Socket) Module() *Module { return s.orClosed().module }

// Family is Python's socket.family, an AF_ constant.
func (s *Socket) Family() int { return s.orClosed().family }

// Type is Python's socket.type, a SOCK_ constant without SOCK_NONBLOCK and
// SOCK_CLOEXEC.
func (s *Socket) Type() int { return s.orClosed().typ }

// Proto is Python's socket.proto.
func (s *Socket) Proto() int { return s.orClosed().proto }

// Fileno is Python's socket.fileno (sock_fileno): the descriptor, or -1 once
// the socket is closed or detached.
func (s *Socket) Fileno() int {
	s = s.orClosed()
	defer runtime.KeepAlive(s)
	s.desc.Share()
	return s.desc.Fd()
}

// Closed reports whether Close or Detach has been called, which Python shows as
// "[closed]" in a socket's repr.
func (s *Socket) Closed() bool { return s.orClosed().closed.Load() }

// SetClosed assigns Python's socket._closed: what Close and ReleaseFile go by, and
// the repr. The descriptor stays as it is.
func (s *Socket) SetClosed(closed bool) { s.orClosed().closed.Store(closed) }

// Close is Python's socket.close. While files of [Socket.Makefile] are open it
// only marks the socket as closed, and the last file's Close does the rest.
// Closing again does nothing; other calls fail with EBADF from then on. Calls that wait on the socket are
// not woken, as in CPython: one without a timeout goes on until it succeeds or
// the peer ends the connection, one with a timeout fails with EBADF when it
// wakes up or the timeout has passed. To wake them, call Shutdown first.
func (s *Socket) Close() error {
	s = s.orClosed()
	s.files.Lock()
	s.closed.Store(true)
	open := s.openFiles > 0
	s.files.Unlock()
	if open {
		return nil
	}
	return s.RealClose()
}

// RealClose is Python's socket._real_close (sock_close): it closes the descriptor
// whether files are open or not.
func (s *Socket) RealClose() error {
	s = s.orClosed()
	defer runtime.KeepAlive(s)
	s.cleanup.Stop() // one that stays makes every later socket's dearer
	return closeError(s.desc.Close())
}

// OpenFiles is Python's socket._io_refs: how many files of [Socket.Makefile] are
// open.
func (s *Socket) OpenFiles() int {
	s = s.orClosed()
	s.files.Lock()
	defer s.files.Unlock()
	return s.openFiles
}

// SetOpenFiles assigns Python's socket._io_refs.
func (s *Socket) SetOpenFiles(n int) {
	s = s.orClosed()
	s.files.Lock()
	defer s.files.Unlock()
	s.openFiles = n
}

// ReleaseFile is Python's socket._decref_socketios: a file less is open, and if
// it was the last one of a closed socket, that is really closed.
func (s *Socket) ReleaseFile() error {
	s = s.orClosed()
	s.files.Lock()
	if s.openFiles > 0 {
		s.openFiles--
	}
	s.files.Unlock()
	if s.Closed() {
		return s.Close()
	}
	return nil
}

// HoldFile counts one more open file, which ReleaseFile takes back.
func (s *Socket) HoldFile() {
	s = s.orClosed()
	s.files.Lock()
	defer s.files.Unlock()
	s.openFiles++
}

// Detach is Python's socket.detach (sock_detach): it gives the descriptor away
// without closing it, and returns it. The socket is closed from then on.
func (s *Socket) Detach() int {
	s = s.orClosed()
	defer runtime.KeepAlive(s)
	s.closed.Store(true)
	return s.desc.Detach()
}

// Close is Python's socket.close function (socket_close): it closes a
// descriptor, whatever it belongs to.
func Close(fd int) error {
	Closing(fd)
	return closeError(unix.Close(fd))
}

// Closing tells the sockets of a descriptor that it is about to be closed by its
// number, by other means than [Close]. Calls that wait on it then go on as CPython's
// do, which keep the kernel from ending the connection. Without it they wait for their
// timeout, since nothing of the connection is left.
func Closing(fd int) { netpoll.Closing(fd) }

// closeError is the exception for the result of close(2). That the peer has
// reset the connection is no failure to close it.
func closeError(err error) error {
	if errors.Is(err, unix.ECONNRESET) {
		return nil
	}
	return osError(err)
}

// once makes a system call that does not wait.
func (s *Socket) once(op func(fd int) syscall.Errno) error { return s.onceOp(netpoll.OpFunc(op)) }

func (s *Socket) onceOp(op netpoll.Op) error {
	s = s.orClosed()
	defer runtime.KeepAlive(s)
	return errnoError(s.desc.Once(op))
}

func orDefault(value, otherwise int) int {
	if value == -1 {
		return otherwise
	}
	return value
}

package socket

import (
	"errors"
	"io"
	"runtime"
	"sync"
	"syscall"

	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/pyref/base/codecs"
	"github.com/pyparity/pyparity/pyref/base/streams"
)

// WouldBlock is the count that a raw file returns for Python's None: the socket is
// non-blocking and would have to wait.
const WouldBlock = streams.WouldBlock

// A SocketIO is Python's socket.SocketIO: a raw file over a socket, each of whose
// reads and writes is one call of Recv or Send. It is what Makefile's files are
// built on. After a timeout it cannot be read from any more.
//
// One that becomes unreachable is closed, as in Python.
type SocketIO struct{ *socketIO }

type socketIO struct {
	mode             string
	reading, writing bool

	mu       sync.Mutex
	sock     Endpoint // nil once it was let go of
	closed   bool
	timedOut bool
}

// An Endpoint is what a SocketIO uses of a socket.
type Endpoint interface {
	RecvInto(buf []byte, nbytes, flags int) (int, error)
	Send(data []byte, flags int) (int, error)
	Descriptor() (int, error)
	ReleaseFile() error
}

// endpoint is a socket as a SocketIO uses it.
type endpoint struct{ *Socket }

func (e endpoint) Descriptor() (int, error) { return e.Fileno(), nil }

// NewSocketIO is Python's socket.SocketIO(sock, mode). The mode is one of r, w and
// rw, or one of these with a b behind it. It fails with ValueError for any other.
// Unlike Makefile it does not count as one of the socket's open files.
func NewSocketIO(sock *Socket, mode string) (*SocketIO, error) {
	return NewSocketIOOver(endpoint{sock}, mode)
}

// NewSocketIOOver is NewSocketIO over anything that has a socket's methods. Nil is a
// closed socket.
func NewSocketIOOver(sock Endpoint, mode string) (*SocketIO, error) {
	if sock == nil {
		sock = endpoint{}
	}
	f := &socketIO{sock: sock}
	switch mode {
	case "r", "rb":
		f.mode, f.reading = "rb", true
	case "w", "wb":
		f.mode, f.writing = "wb", true
	case "rw", "rwb":
		f.mode, f.reading, f.writing = "rwb", true, true
	default:
		return nil, pyerr.ValueError.Errorf("invalid mode: %s", codecs.Repr(mode))
	}
	handle := &SocketIO{f}
	runtime.AddCleanup(handle, func(f *socketIO) { _ = f.close() }, f)
	return handle, nil
}

func errClosedFile() error { return pyerr.ValueError.New("I/O operation on closed file.") }

func errUnsupported(what string) error { return pyerr.UnsupportedOperation.New(what) }

// endpoint is the socket, or the error of a use after Close.
func (f *socketIO) endpoint() (Endpoint, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return nil, errClosedFile()
	}
	return f.sock, nil
}

// Sock is the socket of the file, or nil once it is closed (SocketIO._sock). A
// Close that failed keeps it.
func (f *SocketIO) Sock() Endpoint {
	file := f.in()
	file.mu.Lock()
	defer file.mu.Unlock()
	return file.sock
}

// TimedOut reports whether a read has timed out (SocketIO._timeout_occurred).
func (f *SocketIO) TimedOut() bool {
	file := f.in()
	file.mu.Lock()
	defer file.mu.Unlock()
	return file.timedOut
}

// ReadInto is Python's SocketIO.readinto: one Recv into p. It returns how many
// bytes, 0 at the end of the stream, or [WouldBlock]. It fails with OSError if a
// read has timed out before, and with what Recv fails with.
func (f *SocketIO) ReadInto(p []byte) (int, error) {
	defer runtime.KeepAlive(f) // or the collector closes it
	if err := f.CheckRead(); err != nil {
		return 0, err
	}
	sock, err := f.in().endpoint()
	if err != nil {
		return 0, err
	}
	n, err := sock.RecvInto(p, 0, 0)
	if isTimeout(err) {
		f.SetTimedOut(true)
	}
	return orWouldBlock(n, err)
}

// SetTimedOut makes the file one that has timed out in a read, or one that has not.
func (f *SocketIO) SetTimedOut(occurred bool) {
	file := f.in()
	file.mu.Lock()
	defer file.mu.Unlock()
	file.timedOut = occurred
}

// isTimeout recognises Python's socket.timeout, which since 3.10 is any
// TimeoutError.
func isTimeout(err error) bool { return errors.Is(err, pyerr.TimeoutError) }

// orWouldBlock makes EAGAIN Python's None.
func orWouldBlock(n int, err error) (int, error) {
	if errors.Is(err, syscall.EAGAIN) {
		return WouldBlock, nil
	}
	return n, err
}

// WriteSome is Python's SocketIO.write: one Send of p. It returns how many bytes,
// or [WouldBlock]. It fails with what Send fails with.
func (f *SocketIO) WriteSome(p []byte) (int, error) {
	defer runtime.KeepAlive(f)
	if err := f.CheckWrite(); err != nil {
		return 0, err
	}
	sock, err := f.in().endpoint()
	if err != nil {
		return 0, err
	}
	return orWouldBlock(sock.Send(p, 0))
}

// ReadAll is Python's SocketIO.readall: it reads to the end of the stream, or until
// it would have to wait; nil is None, where there was nothing at all.
func (f *SocketIO) ReadAll() ([]byte, error) { return fileHost.ReadAll(f.ReadInto) }

// ReadLine is Python's SocketIO.readline: it reads byte by byte, at most limit
// bytes if that is not negative. Where it would have to wait it fails with
// OSError.
func (f *SocketIO) ReadLine(limit int) ([]byte, error) {
	return fileHost.ReadLine(nil, f.ReadUpTo, limit)
}

// ReadUpTo is Python's SocketIO.read(n): one read of at most n bytes, or ReadAll if
// n is negative; nil is None. It fails as Recv does if n is more than there can be.
func (f *SocketIO) ReadUpTo(n int) ([]byte, error) {
	if n < 0 {
		return f.ReadAll()
	}
	none := false
	data, err := intoNew(n, 0, func(p []byte) (int, error) {
		got, err := f.ReadInto(p)
		none = got == WouldBlock
		return max(got, 0), err
	})
	if err != nil || none {
		return nil, err
	}
	return data, nil
}

// Read makes a SocketIO an [io.Reader]. Where Python returns None it fails with
// BlockingIOError.
func (f *SocketIO) Read(p []byte) (int, error) {
	n, err := f.ReadInto(p)
	switch {
	case err != nil:
		return 0, err
	case n == WouldBlock:
		return 0, pyerr.FromErrno(syscall.EAGAIN)
	case n == 0 && len(p) > 0:
		return 0, io.EOF
	}
	return n, nil
}

// Write makes a SocketIO an [io.Writer]: it writes all of p. Where Python returns
// None it fails with BlockingIOError.
func (f *SocketIO) Write(p []byte) (int, error) {
	written := 0
	for {
		n, err := f.WriteSome(p[written:])
		switch {
		case err != nil:
			return written, err
		case n == WouldBlock:
			return written, pyerr.FromErrno(syscall.EAGAIN)
		}
		if written += n; written >= len(p) {
			return written, nil
		}
	}
}

// Mode is Python's SocketIO.mode: rb, wb or rwb.
func (f *SocketIO) Mode() string { return f.in().mode }

// Name is Python's SocketIO.name: the descriptor, or -1 once closed.
func (f *SocketIO) Name() (int, error) {
	sock, err := f.in().endpoint()
	if err != nil {
		return -1, nil //nolint:nilerr // a closed file has a name
	}
	return sock.Descriptor()
}

// Fileno is Python's SocketIO.fileno. It fails with ValueError once closed.
func (f *SocketIO) Fileno() (int, error) {
	sock, err := f.in().endpoint()
	if err != nil {
		return 0, err
	}
	return sock.Descriptor()
}

// Closed is Python's SocketIO.closed.
func (f *SocketIO) Closed() (bool, error) {
	file := f.in()
	file.mu.Lock()
	defer file.mu.Unlock()
	return file.closed, nil
}

// Close is Python's SocketIO.close. It does not close the socket, unless that
// waits for its last file. The file is closed even if that fails.
func (f *SocketIO) Close() error { return f.in().close() }

func (f *socketIO) close() error {
	f.mu.Lock()
	sock, closed := f.sock, f.closed
	f.closed = true
	f.mu.Unlock()
	if closed {
		return nil
	}
	if err := sock.ReleaseFile(); err != nil {
		return err
	}
	f.mu.Lock()
	f.sock = nil
	f.mu.Unlock()
	return nil
}

// Flush does nothing. It fails with ValueError once closed.
func (f *SocketIO) Flush() error {
	_, err := f.in().endpoint()
	return err
}

func (f *SocketIO) question(answer bool) (bool, error) {
	if closed, _ := f.Closed(); closed {
		return false, pyerr.ValueError.New("I/O operation on closed socket.")
	}
	return answer, nil
}

// Readable reports whether the mode has an r. It fails with ValueError once
// closed, as do the other questions.
func (f *SocketIO) Readable() (bool, error) { return f.question(f.in().reading) }

// Writable reports whether the mode has a w.
func (f *SocketIO) Writable() (bool, error) { return f.question(f.in().writing) }

// Seekable is false.
func (f *SocketIO) Seekable() (bool, error) { return f.question(false) }

// IsATTY is false.
func (f *SocketIO) IsATTY() (bool, error) { return false, f.Flush() }

// Seek fails with UnsupportedOperation.
func (f *SocketIO) Seek(int64, int) (int64, error) { return 0, errUnsupported("seek") }

// Tell fails with UnsupportedOperation.
func (f *SocketIO) Tell() (int64, error) { return 0, errUnsupported("seek") }

// Truncate fails with UnsupportedOperation.
func (f *SocketIO) Truncate(*int64) (int64, error) { return 0, errUnsupported("truncate") }

// Can reports whether the mode has an r, or else a w, also once closed.
func (f *SocketIO) Can(read bool) bool {
	if read {
		return f.in().reading
	}
	return f.in().writing
}

// CheckRead is the error of a read, as far as it is clear before one.
func (f *SocketIO) CheckRead() error {
	switch _, err := f.in().endpoint(); {
	case err != nil:
		return err
	case !f.in().reading:
		return errUnsupported("File or stream is not readable.")
	case f.TimedOut():
		return pyerr.OSError.New("cannot read from timed out object")
	}
	return nil
}

// CheckWrite is the error of a write, as far as it is clear before one.
func (f *SocketIO) CheckWrite() error {
	if _, err := f.in().endpoint(); err != nil {
		return err
	}
	if !f.in().writing {
		return errUnsupported("File or stream is not writable.")
	}
	return nil
}

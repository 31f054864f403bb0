package socket

import (
	"errors"
	"io"
	"runtime"
	"syscall"

	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/pyref/base/streams"
)

// In what follows and in textfile.go a call that may wait keeps its file alive, as calls
// do in Python: the collector would close it, and would wait for the call.

// A BufferedReader is Python's io.BufferedReader over a socket. It may be used by
// several goroutines, one of which receives at a time.
type BufferedReader struct{ b *streams.Buffered }

var _ io.Reader = (*BufferedReader)(nil)

func newReader(raw *SocketIO, size int) (*BufferedReader, error) {
	b, err := fileHost.NewReader(raw, size)
	return &BufferedReader{b}, err
}

func (r *BufferedReader) layer() streams.Binary { return r.in() }

// Read is one ReadInto1, which makes the file an [io.Reader]. Where Python returns
// None it fails with BlockingIOError.
func (r *BufferedReader) Read(p []byte) (int, error) { return asReader(p, r.ReadInto1) }

// asReader gives readinto1 the contract of io.Reader.
func asReader(p []byte, readInto func([]byte) (int, error)) (int, error) {
	n, err := readInto(p)
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

// ReadUpTo is Python's read(n): n bytes, or to the end of the stream if n is -1.
// Fewer mean that the stream is at its end, or non-blocking and without data; nil
// is Python's None, for a non-blocking stream without any.
func (r *BufferedReader) ReadUpTo(n int) ([]byte, error) {
	defer runtime.KeepAlive(r)
	return r.in().ReadUpTo(n)
}

// Read1 is Python's read1(n): what is buffered, or what one Recv returns, at most n
// bytes, or a buffer full if n is negative. Empty is the end of the stream.
func (r *BufferedReader) Read1(n int) ([]byte, error) {
	defer runtime.KeepAlive(r)
	return r.in().Read1(n)
}

// ReadInto is Python's readinto: it fills p and returns how many bytes it has, or
// [WouldBlock].
func (r *BufferedReader) ReadInto(p []byte) (int, error) {
	defer runtime.KeepAlive(r)
	return r.in().ReadInto(p)
}

// ReadInto1 is Python's readinto1: ReadInto with at most one Recv.
func (r *BufferedReader) ReadInto1(p []byte) (int, error) {
	defer runtime.KeepAlive(r)
	return r.in().ReadInto1(p)
}

// Peek is Python's peek: what is buffered, or what one Recv returns, without taking
// it.
func (r *BufferedReader) Peek() ([]byte, error) {
	defer runtime.KeepAlive(r)
	return r.in().Peek(0)
}

// ReadLine is Python's readline: up to and with the next \n, at most limit bytes if
// that is not negative. Empty is the end of the stream.
func (r *BufferedReader) ReadLine(limit int) ([]byte, error) {
	defer runtime.KeepAlive(r)
	return r.in().ReadLine(limit)
}

// Raw is Python's raw: the file below. It is nil once that is detached.
func (r *BufferedReader) Raw() *SocketIO { return rawOf(r.in()) }

func rawOf(b *streams.Buffered) *SocketIO {
	raw, _ := b.Raw().(*SocketIO)
	return raw
}

// Detach is Python's detach: it returns the file below and makes this one
// unusable. What is buffered is lost.
func (r *BufferedReader) Detach() (*SocketIO, error) { return detachRaw(r.in()) }

func detachRaw(b *streams.Buffered) (*SocketIO, error) {
	raw, err := b.Detach()
	if err != nil {
		return nil, err
	}
	return raw.(*SocketIO), nil
}

// Fileno is Python's fileno. It fails with ValueError once the file is closed.
func (r *BufferedReader) Fileno() (int, error) { return r.in().Fileno() }

// Closed is Python's closed.
func (r *BufferedReader) Closed() (bool, error) { return r.in().Closed() }

// Flush does nothing: a reader has nothing to send.
func (r *BufferedReader) Flush() error { return r.in().Flush() }

// Close is Python's close.
func (r *BufferedReader) Close() error { return r.in().Close() }

// A BufferedWriter is Python's io.BufferedWriter over a socket. It may be used by
// several goroutines, one of which sends at a time.
type BufferedWriter struct{ b *streams.Buffered }

var _ io.Writer = (*BufferedWriter)(nil)

func newWriter(raw *SocketIO, size int) (*BufferedWriter, error) {
	b, err := fileHost.NewWriter(raw, size)
	return &BufferedWriter{b}, err
}

func (w *BufferedWriter) layer() streams.Binary { return w.in() }

// Write is Python's write: it keeps p in the buffer, and sends what has no room
// there. It fails with BlockingIOError, whose third argument is how many bytes were
// taken, if the socket is non-blocking and cannot send.
func (w *BufferedWriter) Write(p []byte) (int, error) {
	defer runtime.KeepAlive(w)
	return asWriter(w.in().Write(p))
}

// asWriter counts what a failed write has taken.
func asWriter(n int, err error) (int, error) {
	var e *pyerr.Error
	if errors.As(err, &e) && e.Class == pyerr.BlockingIOError && len(e.Args) == 3 {
		n, _ = e.Args[2].(int)
	}
	return n, err
}

// Raw is Python's raw: the file below. It is nil once that is detached.
func (w *BufferedWriter) Raw() *SocketIO { return rawOf(w.in()) }

// Detach is Python's detach: it flushes, returns the file below and makes this one
// unusable.
func (w *BufferedWriter) Detach() (*SocketIO, error) {
	defer runtime.KeepAlive(w)
	return detachRaw(w.in())
}

// Fileno is Python's fileno. It fails with ValueError once the file is closed.
func (w *BufferedWriter) Fileno() (int, error) { return w.in().Fileno() }

// Closed is Python's closed.
func (w *BufferedWriter) Closed() (bool, error) { return w.in().Closed() }

// Flush is Python's flush: it sends what the buffer holds.
func (w *BufferedWriter) Flush() error {
	defer runtime.KeepAlive(w)
	return w.in().Flush()
}

// Close is Python's close: it flushes, and closes even if that fails.
func (w *BufferedWriter) Close() error {
	defer runtime.KeepAlive(w)
	return w.in().Close()
}

// A BufferedRWPair is Python's io.BufferedRWPair over a socket: a reader and a
// writer that share nothing but the socket.
type BufferedRWPair struct{ p *streams.Pair }

var _ io.ReadWriteCloser = (*BufferedRWPair)(nil)

func newPair(raw *SocketIO, size int) (*BufferedRWPair, error) {
	p, err := fileHost.NewPair(raw, raw, size)
	return &BufferedRWPair{p}, err
}

func (p *BufferedRWPair) layer() streams.Binary { return p.in() }

// Read is described at [BufferedReader.Read], as are the others that read.
func (p *BufferedRWPair) Read(b []byte) (int, error) {
	defer runtime.KeepAlive(p)
	return asReader(b, p.in().ReadInto1)
}

// ReadUpTo is described at [BufferedReader.ReadUpTo].
func (p *BufferedRWPair) ReadUpTo(n int) ([]byte, error) {
	defer runtime.KeepAlive(p)
	return p.in().ReadUpTo(n)
}

// Read1 is described at [BufferedReader.Read1].
func (p *BufferedRWPair) Read1(n int) ([]byte, error) {
	defer runtime.KeepAlive(p)
	return p.in().Read1(n)
}

// ReadInto is described at [BufferedReader.ReadInto].
func (p *BufferedRWPair) ReadInto(b []byte) (int, error) {
	defer runtime.KeepAlive(p)
	return p.in().ReadInto(b)
}

// ReadInto1 is described at [BufferedReader.ReadInto1].
func (p *BufferedRWPair) ReadInto1(b []byte) (int, error) {
	defer runtime.KeepAlive(p)
	return p.in().ReadInto1(b)
}

// Peek is described at [BufferedReader.Peek].
func (p *BufferedRWPair) Peek() ([]byte, error) {
	defer runtime.KeepAlive(p)
	return p.in().Peek(0)
}

// ReadLine is described at [BufferedReader.ReadLine]. Unlike that it fails with
// OSError where it would have to wait.
func (p *BufferedRWPair) ReadLine(limit int) ([]byte, error) {
	defer runtime.KeepAlive(p)
	return p.in().ReadLine(limit)
}

// Write is described at [BufferedWriter.Write].
func (p *BufferedRWPair) Write(b []byte) (int, error) {
	defer runtime.KeepAlive(p)
	return asWriter(p.in().Write(b))
}

// Closed is Python's closed.
func (p *BufferedRWPair) Closed() (bool, error) { return p.in().Closed() }

// Flush is Python's flush: it sends what was written.
func (p *BufferedRWPair) Flush() error {
	defer runtime.KeepAlive(p)
	return p.in().Flush()
}

// Close is Python's close: it flushes, and closes even if that fails.
func (p *BufferedRWPair) Close() error {
	defer runtime.KeepAlive(p)
	return p.in().Close()
}

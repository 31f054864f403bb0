package socket

import (
	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/pyref/base/streams"
)

// What Python's files answer about themselves, whichever they are. A file over a
// socket has no positions and is no terminal; the errors tell its state.

// Readable is Python's readable: true. It fails with ValueError once the file is closed
// or detached, as do the others.
func (r *BufferedReader) Readable() (bool, error) { return r.in().Readable() }

// Writable is Python's writable: false, in any state.
func (r *BufferedReader) Writable() (bool, error) { return r.in().Writable() }

// Seekable is Python's seekable: false.
func (r *BufferedReader) Seekable() (bool, error) { return r.in().Seekable() }

// IsATTY is Python's isatty: false.
func (r *BufferedReader) IsATTY() (bool, error) { return r.in().IsATTY() }

// Seek is Python's seek, which fails with UnsupportedOperation.
func (r *BufferedReader) Seek(offset int64, whence int) (int64, error) {
	return r.in().Seek(offset, whence)
}

// Tell is Python's tell, which fails with UnsupportedOperation.
func (r *BufferedReader) Tell() (int64, error) { return r.in().Tell() }

// Truncate is Python's truncate, which fails with UnsupportedOperation.
func (r *BufferedReader) Truncate(size *int64) (int64, error) { return r.in().Truncate(size) }

// Mode is Python's mode, that of the file below: rb. It fails with ValueError once
// that is detached.
func (r *BufferedReader) Mode() (string, error) {
	return ofRaw(r.in(), func(raw *SocketIO) (string, error) { return raw.Mode(), nil })
}

// Name is Python's name, that of the file below: see [SocketIO.Name]. It fails with
// ValueError once that is detached.
func (r *BufferedReader) Name() (int, error) { return ofRaw(r.in(), (*SocketIO).Name) }

func (r *BufferedReader) name() (int, error) { return r.Name() }

// Writable is Python's writable: true. It fails with ValueError once the file is closed
// or detached, as do the others.
func (w *BufferedWriter) Writable() (bool, error) { return w.in().Writable() }

// Readable is Python's readable: false, in any state.
func (w *BufferedWriter) Readable() (bool, error) { return w.in().Readable() }

// Seekable is Python's seekable: false.
func (w *BufferedWriter) Seekable() (bool, error) { return w.in().Seekable() }

// IsATTY is Python's isatty: false.
func (w *BufferedWriter) IsATTY() (bool, error) { return w.in().IsATTY() }

// Seek is Python's seek, which fails with UnsupportedOperation.
func (w *BufferedWriter) Seek(offset int64, whence int) (int64, error) {
	return w.in().Seek(offset, whence)
}

// Tell is Python's tell, which fails with UnsupportedOperation.
func (w *BufferedWriter) Tell() (int64, error) { return w.in().Tell() }

// Truncate is Python's truncate, which fails with UnsupportedOperation.
func (w *BufferedWriter) Truncate(size *int64) (int64, error) { return w.in().Truncate(size) }

// Mode is Python's mode, that of the file below: wb. It fails with ValueError once
// that is detached.
func (w *BufferedWriter) Mode() (string, error) {
	return ofRaw(w.in(), func(raw *SocketIO) (string, error) { return raw.Mode(), nil })
}

// Name is Python's name, that of the file below: see [SocketIO.Name]. It fails with
// ValueError once that is detached.
func (w *BufferedWriter) Name() (int, error) { return ofRaw(w.in(), (*SocketIO).Name) }

func (w *BufferedWriter) name() (int, error) { return w.Name() }

// ofRaw asks the file below a buffer.
func ofRaw[T any](b *streams.Buffered, question func(*SocketIO) (T, error)) (T, error) {
	if raw := rawOf(b); raw != nil {
		return question(raw)
	}
	var none T
	_, err := b.Closed()
	return none, err
}

// Readable is Python's readable: true. It fails with ValueError once the file is
// closed, as do Writable and IsATTY.
func (p *BufferedRWPair) Readable() (bool, error) { return p.in().Readable() }

// Writable is Python's writable: true.
func (p *BufferedRWPair) Writable() (bool, error) { return p.in().Writable() }

// Seekable is Python's seekable: false, in any state.
func (p *BufferedRWPair) Seekable() (bool, error) { return p.in().Seekable() }

// IsATTY is Python's isatty: false.
func (p *BufferedRWPair) IsATTY() (bool, error) { return p.in().IsATTY() }

// Fileno is Python's fileno, which fails with UnsupportedOperation. A pair has no mode
// and no name either.
func (p *BufferedRWPair) Fileno() (int, error) { return p.in().Fileno() }

// Seek is Python's seek, which fails with UnsupportedOperation.
func (p *BufferedRWPair) Seek(offset int64, whence int) (int64, error) {
	return p.in().Seek(offset, whence)
}

// Tell is Python's tell, which fails with UnsupportedOperation.
func (p *BufferedRWPair) Tell() (int64, error) { return p.in().Tell() }

// Truncate is Python's truncate, which fails with UnsupportedOperation.
func (p *BufferedRWPair) Truncate(*int64) (int64, error) { return 0, errUnsupported("truncate") }

// Detach is Python's detach, which fails with UnsupportedOperation: there are two files
// below.
func (p *BufferedRWPair) Detach() (*SocketIO, error) { return nil, errUnsupported("detach") }

func (p *BufferedRWPair) name() (int, error) {
	return 0, pyerr.AttributeError.New("'_io.BufferedRWPair' object has no attribute 'name'")
}

// Readable is Python's readable, that of the file below, as are the other questions.
// They fail with ValueError once that is detached.
func (f *TextIOWrapper) Readable() (bool, error) { return f.orClosed().t.Readable() }

// Writable is Python's writable.
func (f *TextIOWrapper) Writable() (bool, error) { return f.orClosed().t.Writable() }

// Seekable is Python's seekable: false.
func (f *TextIOWrapper) Seekable() (bool, error) { return f.orClosed().t.Seekable() }

// IsATTY is Python's isatty: false.
func (f *TextIOWrapper) IsATTY() (bool, error) { return f.orClosed().t.IsATTY() }

// Seek is Python's seek, which fails with UnsupportedOperation.
func (f *TextIOWrapper) Seek(offset int64, whence int) (int64, error) {
	return f.orClosed().t.Seek(offset, whence)
}

// Tell is Python's tell, which fails with UnsupportedOperation.
func (f *TextIOWrapper) Tell() (int64, error) { return f.orClosed().t.Tell() }

// Truncate is Python's truncate: it flushes, and fails with UnsupportedOperation.
func (f *TextIOWrapper) Truncate(size *int64) (int64, error) {
	f = f.orClosed()
	if err := f.t.Flush(); err != nil {
		return 0, err
	}
	return f.buffer.Truncate(size)
}

// Mode is Python's mode: what Makefile was given.
func (f *TextIOWrapper) Mode() string { return f.orClosed().mode }

// Name is Python's name, that of the file below: see [SocketIO.Name]. It fails with
// ValueError once that is detached, and with AttributeError for a file that reads and
// writes.
func (f *TextIOWrapper) Name() (int, error) {
	f = f.orClosed()
	if _, err := f.t.Closed(); err != nil {
		return 0, err
	}
	return f.buffer.name()
}

// LineBuffering is Python's line_buffering: whether a line ending flushes.
func (f *TextIOWrapper) LineBuffering() bool { return f.orClosed().t.LineBuffering() }

// WriteThrough is Python's write_through: whether nothing is kept back from the file
// below.
func (f *TextIOWrapper) WriteThrough() bool { return f.orClosed().t.WriteThrough() }

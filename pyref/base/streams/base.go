package streams

import "bytes"

// WouldBlock is the count of a raw stream that would have to wait: Python's None.
const WouldBlock = -1

// A Stream is what every layer is: the part of io.IOBase that has no data.
type Stream interface {
	Closed() (bool, error)
	Close() error
	Flush() error
	Readable() (bool, error)
	Writable() (bool, error)
	Seekable() (bool, error)
	IsATTY() (bool, error)
	Fileno() (int, error)
	// Seek and Tell fail with UnsupportedOperation where a stream has no positions.
	Seek(offset int64, whence int) (int64, error)
	Tell() (int64, error)
}

// A Raw stream is io.RawIOBase: every call is at most one of the system.
type Raw interface {
	Stream
	// ReadInto reads into p and returns how many bytes, 0 at the end of the
	// stream, or WouldBlock.
	ReadInto(p []byte) (int, error)
	// WriteSome writes some of p and returns how many bytes, or WouldBlock.
	WriteSome(p []byte) (int, error)
	// ReadAll reads to the end of the stream; nil is None.
	ReadAll() ([]byte, error)
	// Truncate changes the size; nil is the present position.
	Truncate(size *int64) (int64, error)
}

// A Binary stream is what text is laid over: io.BufferedIOBase.
type Binary interface {
	Stream
	ReadUpTo(n int) ([]byte, error)
	Read1(n int) ([]byte, error)
	Write(p []byte) (int, error)
}

// ReadAll is io.RawIOBase.readall on top of ReadInto: it reads to the end of the
// stream, or until it would have to wait. Nil is None: nothing was there.
func (h *Host) ReadAll(readInto func(p []byte) (int, error)) ([]byte, error) {
	var all []byte
	chunk := make([]byte, h.DefaultBufferSize())
	for {
		n, err := readInto(chunk)
		switch {
		case err != nil:
			return nil, err
		case n == WouldBlock:
			return all, nil
		case n == 0:
			return append([]byte{}, all...), nil
		}
		all = append(all, chunk[:n]...)
	}
}

// ReadLine is io.IOBase.readline: a line, of at most limit bytes if that is not
// negative. Peek may be nil; then it reads byte by byte.
func (h *Host) ReadLine(peek, read func(n int) ([]byte, error), limit int) ([]byte, error) {
	line := []byte{}
	for limit < 0 || len(line) < limit {
		n := 1
		if peek != nil {
			ahead, err := peek(1)
			if err != nil {
				return nil, err
			}
			if ahead == nil {
				return nil, h.Raise(OSError, "peek() should have returned a bytes object, not 'NoneType'")
			}
			if limit >= 0 && len(ahead) > limit {
				ahead = ahead[:limit]
			}
			if end := bytes.IndexByte(ahead, '\n'); end >= 0 {
				n = end + 1
			} else if len(ahead) > 0 {
				n = len(ahead)
			}
		}
		b, err := read(n)
		if err != nil {
			return nil, err
		}
		if b == nil {
			return nil, h.Raise(OSError, "read() should have returned a bytes object, not 'NoneType'")
		}
		line = append(line, b...)
		if len(b) == 0 || b[len(b)-1] == '\n' {
			break
		}
	}
	return line, nil
}

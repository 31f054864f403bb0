package socket

import (
	"io"
	"math"
	"strings"

	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/pyref/base/codecs"
	"github.com/pyparity/pyparity/pyref/base/streams"
)

// A File is what [Socket.Makefile] returns: a [*SocketIO], [*BufferedReader],
// [*BufferedWriter], [*BufferedRWPair] or [*TextIOWrapper].
//
// Its questions fail with ValueError once the file is closed or detached. Closed fails
// only once it is detached, and what is false of all files of a kind, as that a reader
// is writable, stays false.
type File interface {
	io.Closer
	io.Seeker
	// Closed reports whether the file is closed.
	Closed() (bool, error)
	// Flush sends what was written and kept back.
	Flush() error
	// Readable reports whether the mode has an r.
	Readable() (bool, error)
	// Writable reports whether the mode has a w.
	Writable() (bool, error)
	// Seekable is false.
	Seekable() (bool, error)
	// IsATTY is false.
	IsATTY() (bool, error)
	// Fileno is the socket's descriptor. It fails with UnsupportedOperation for a
	// file of two others, which reads and writes.
	Fileno() (int, error)
	// Tell, and Seek and Truncate, fail with UnsupportedOperation.
	Tell() (int64, error)
	Truncate(size *int64) (int64, error)
}

// Unbuffered is the Buffering of a raw file, where Python has 0.
const Unbuffered = math.MinInt

// FileOptions are the arguments of Python's socket.makefile after the mode. The
// zero value is their defaults.
type FileOptions struct {
	// Buffering is the size of the buffer in bytes: 0 is the default of 8 KiB, as
	// None in Python, and so is what is negative, but for [Unbuffered], which is none.
	Buffering int
	// Encoding is that of text; empty is UTF-8.
	Encoding string
	// Errors is what becomes of text that cannot be encoded or decoded: "strict"
	// (the default), "ignore", "replace", "backslashreplace", "xmlcharrefreplace",
	// "namereplace", "surrogateescape" or "surrogatepass".
	Errors string
	// Newline says which line endings there are; nil, as None in Python, that all
	// kinds are read as \n.
	Newline *string
}

// Makefile is Python's socket.makefile (socket.py): a file over the socket. The
// mode has an r, a w or both, for reading (the default) and writing, and a b for
// bytes instead of text.
//
//	mode               returns
//	"rb"               *BufferedReader
//	"wb"               *BufferedWriter
//	"rwb"              *BufferedRWPair
//	"r", "w", "rw"     *TextIOWrapper
//	any, Unbuffered    *SocketIO
//
// The socket stays open until it and all of its files are closed. It fails with
// ValueError for a mode, and a combination of arguments, that makes no sense, and
// with LookupError for an unknown encoding.
func (s *Socket) Makefile(mode string, o FileOptions) (File, error) {
	if i := strings.IndexFunc(mode, func(r rune) bool { return !strings.ContainsRune("rwb", r) }); i >= 0 {
		return nil, pyerr.ValueError.Errorf("invalid mode %s (only r, w, b allowed)", codecs.Repr(mode))
	}
	rawMode := ""
	if strings.Contains(mode, "r") || !strings.Contains(mode, "w") {
		rawMode = "r"
	}
	if strings.Contains(mode, "w") {
		rawMode += "w"
	}
	raw, err := NewSocketIO(s, rawMode)
	if err != nil {
		return nil, err
	}
	s.HoldFile()
	file, err := layers(raw, mode, o)
	if err != nil {
		_ = raw.Close() // which takes back what HoldFile counted
		return nil, err
	}
	return file, nil
}

// A layeredFile is a file of bytes that one of text can be laid over.
type layeredFile interface {
	File
	layer() streams.Binary
	name() (int, error)
}

// layers are what Makefile lays over the raw file for its mode.
func layers(raw *SocketIO, mode string, o FileOptions) (File, error) {
	size, binary := o.Buffering, strings.Contains(mode, "b")
	switch {
	case size == Unbuffered && !binary:
		return nil, pyerr.ValueError.New("unbuffered streams must be binary")
	case size == Unbuffered:
		return raw, nil
	case size <= 0:
		size = fileHost.DefaultBufferSize()
	}
	var file layeredFile
	var err error
	switch {
	case raw.Can(true) && raw.Can(false):
		file, err = newPair(raw, size)
	case raw.Can(true):
		file, err = newReader(raw, size)
	default:
		file, err = newWriter(raw, size)
	}
	if err != nil || binary {
		return file, err
	}
	return newText(file, mode, o)
}

// MakeReader is Makefile("rb"); a buffering of 0 or less is the default.
func (s *Socket) MakeReader(buffering int) (*BufferedReader, error) {
	return made[*BufferedReader](s.Makefile("rb", FileOptions{Buffering: buffering}))
}

// MakeWriter is Makefile("wb"); a buffering of 0 or less is the default.
func (s *Socket) MakeWriter(buffering int) (*BufferedWriter, error) {
	return made[*BufferedWriter](s.Makefile("wb", FileOptions{Buffering: buffering}))
}

// MakeReadWriter is Makefile("rwb"); a buffering of 0 or less is the default.
func (s *Socket) MakeReadWriter(buffering int) (*BufferedRWPair, error) {
	return made[*BufferedRWPair](s.Makefile("rwb", FileOptions{Buffering: buffering}))
}

// MakeText is Makefile for the modes of text: "r", "w" and "rw".
func (s *Socket) MakeText(mode string, o FileOptions) (*TextIOWrapper, error) {
	return made[*TextIOWrapper](s.Makefile(mode, o))
}

// made gives a file its own type.
func made[T File](file File, err error) (T, error) {
	var none T
	if err != nil {
		return none, err
	}
	f, ok := file.(T)
	if !ok {
		_ = file.Close()
		return none, pyerr.ValueError.New("the arguments are those of another kind of file")
	}
	return f, nil
}

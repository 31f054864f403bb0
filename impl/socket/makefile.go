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
type File interface {
	io.Closer
	// Closed reports whether the file is closed. It fails with ValueError once the
	// file is detached.
	Closed() (bool, error)
	// Flush sends what was written and kept back.
	Flush() error
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
	writing, binary := strings.Contains(mode, "w"), strings.Contains(mode, "b")
	reading := strings.Contains(mode, "r") || !writing
	rawMode := ""
	if reading {
		rawMode = "r"
	}
	if writing {
		rawMode += "w"
	}
	raw, err := NewSocketIO(s, rawMode)
	if err != nil {
		return nil, err
	}
	s.HoldFile()
	file, err := layers(raw, reading, writing, binary, o)
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
}

func layers(raw *SocketIO, reading, writing, binary bool, o FileOptions) (File, error) {
	size := o.Buffering
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
	case reading && writing:
		file, err = newPair(raw, size)
	case reading:
		file, err = newReader(raw, size)
	default:
		file, err = newWriter(raw, size)
	}
	if err != nil || binary {
		return file, err
	}
	return newText(file, o)
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

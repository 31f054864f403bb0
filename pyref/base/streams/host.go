package streams

// The classes that the layers raise, by their qualified names.
const (
	AttributeError       = "AttributeError"
	BlockingIOError      = "BlockingIOError"
	MemoryError          = "MemoryError"
	OSError              = "OSError"
	OverflowError        = "OverflowError"
	TypeError            = "TypeError"
	UnsupportedOperation = "io.UnsupportedOperation"
	ValueError           = "ValueError"
)

// A Host is the program that uses the layers.
type Host struct {
	// Python is the minor version to behave like: 13 is Python 3.13.
	Python int
	// Raise makes an error of a class and arguments, which are int, string and
	// []byte.
	Raise func(class string, args ...any) error
	// Failed makes the error of one of package codecs.
	Failed func(err error) error
	// Blocking reports whether an error is a BlockingIOError.
	Blocking func(err error) bool
}

// DefaultBufferSize is io.DEFAULT_BUFFER_SIZE.
func (h *Host) DefaultBufferSize() int {
	if h.Python >= 14 {
		return 128 << 10
	}
	return 8 << 10
}

func (h *Host) unsupported(what string) error { return h.Raise(UnsupportedOperation, what) }

func (h *Host) closedFile() error { return h.Raise(ValueError, "I/O operation on closed file.") }

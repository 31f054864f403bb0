package socket

import (
	"bytes"
	"math"
	"slices"
	"sync"

	"github.com/pyparity/pyparity/pyref/base/unix"

	"github.com/pyparity/pyparity/impl/pyerr"
)

const (
	// smallBuffer is up to what size a result gets memory of its own at once.
	smallBuffer = 4 << 10
	// largeBuffer is from what size memory is mapped and not allocated: the size
	// is the caller's and may be anything, and what is received seldom needs it.
	largeBuffer = 64 << 10

	bytesHeader = 33 // sizeof PyBytesObject
)

var buffers = sync.Pool{New: func() any { return new([largeBuffer]byte) }}

// intoNew calls receive with memory for n bytes and returns the bytes that it
// filled. It fails with OverflowError or MemoryError, as CPython does, if n is
// more than there can be. With MSG_TRUNC among the flags the kernel may fill less than it
// says: what a stream throws away comes out as zeros, and not as what the memory held before.
func intoNew(n, flags int, receive func([]byte) (int, error)) ([]byte, error) {
	switch {
	case n <= smallBuffer:
		buf := make([]byte, n)
		got, err := receive(buf)
		return sized(buf, got), err
	case n <= largeBuffer:
		buf := buffers.Get().(*[largeBuffer]byte)
		defer buffers.Put(buf)
		if flags&MSG_TRUNC != 0 {
			clear(buf[:n])
		}
		return cloned(buf[:n], receive)
	case n > math.MaxInt-bytesHeader:
		return nil, pyerr.OverflowError.New("byte string is too large")
	}
	buf, release, err := scratch(n)
	if err != nil {
		return nil, err
	}
	defer release()
	return cloned(buf, receive)
}

// scratch is memory for n bytes until it is released. It fails with MemoryError.
func scratch(n int) (buf []byte, release func(), err error) {
	if n <= largeBuffer {
		return make([]byte, n), func() {}, nil
	}
	buf, err = unix.Mmap(-1, 0, n, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE|unix.MAP_ANONYMOUS)
	if err != nil {
		return nil, nil, pyerr.MemoryError.New()
	}
	return buf, func() { _ = unix.Munmap(buf) }, nil
}

func cloned(buf []byte, receive func([]byte) (int, error)) ([]byte, error) {
	got, err := receive(buf)
	if err != nil {
		return nil, err
	}
	return bytes.Clone(sized(buf, got)), nil
}

// sized is buf with got bytes. That may be more than it holds: with MSG_TRUNC
// the kernel returns the length of the datagram, and so does the result, whose
// last bytes are undefined in Python and zero here.
func sized(buf []byte, got int) []byte {
	if got > len(buf) {
		return append(slices.Clip(buf), make([]byte, got-len(buf))...)
	}
	return buf[:got]
}

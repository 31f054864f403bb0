package streams

import (
	"runtime"
	"sync"
)

// Buffered is io.BufferedReader, io.BufferedWriter or io.BufferedRandom,
// depending on how it was made. One that becomes unreachable is closed, as in
// Python.
type Buffered struct{ *buffered }

// buffered is CPython's struct of that name. The numbers are offsets in buf,
// except for absPos; those below 0 are unknown or stand for an invalid buffer.
type buffered struct {
	host               *Host
	raw                Raw
	readable, writable bool
	detached           bool

	// mu protects what follows, except during calls of the raw stream; turn is
	// held by the goroutine that makes some.
	mu, turn sync.Mutex

	buf      []byte // as much of it as was needed
	size     int    // that it may grow to
	gone     bool   // it was freed by a close
	pos      int    // the position in the stream
	rawPos   int    // that of the raw stream
	readEnd  int    // up to where there is data that was read
	absPos   int64  // the raw stream's position as far as it is known
	writePos int    // what has to be written, from here
	writeEnd int    // to here
}

// most is how much memory a single buffer may ask for.
const most = 1 << 40

// atOnce bounds how much of a very large buffer one call fills.
const atOnce = 64 << 20

func (h *Host) newBuffered(raw Raw, size int, readable, writable bool) (*Buffered, error) {
	b := &buffered{host: h, raw: raw, size: size, readable: readable, writable: writable, readEnd: -1, writeEnd: -1}
	if size <= 0 {
		return nil, h.Raise(ValueError, "buffer size must be strictly positive")
	}
	if size > most {
		return nil, h.Raise(MemoryError)
	}
	// A stream without positions says so when it is asked for one, not here.
	_, _ = b.rawTell()
	handle := &Buffered{b}
	runtime.AddCleanup(handle, (*buffered).collected, b)
	return handle, nil
}

// NewReader is io.BufferedReader(raw, size). It fails with UnsupportedOperation if
// raw is not readable, and with ValueError for a size that is not positive.
func (h *Host) NewReader(raw Raw, size int) (*Buffered, error) {
	if err := h.check(raw.Readable, "readable"); err != nil {
		return nil, err
	}
	return h.newBuffered(raw, size, true, false)
}

// NewWriter is io.BufferedWriter(raw, size). It fails as NewReader does.
func (h *Host) NewWriter(raw Raw, size int) (*Buffered, error) {
	if err := h.check(raw.Writable, "writable"); err != nil {
		return nil, err
	}
	return h.newBuffered(raw, size, false, true)
}

// NewRandom is io.BufferedRandom(raw, size). It fails as NewReader does.
func (h *Host) NewRandom(raw Raw, size int) (*Buffered, error) {
	for _, c := range []struct {
		is   func() (bool, error)
		what string
	}{{raw.Seekable, "seekable"}, {raw.Readable, "readable"}, {raw.Writable, "writable"}} {
		if err := h.check(c.is, c.what); err != nil {
			return nil, err
		}
	}
	return h.newBuffered(raw, size, true, true)
}

// check is _checkReadable and its like.
func (h *Host) check(is func() (bool, error), what string) error {
	yes, err := is()
	if err == nil && !yes {
		err = h.unsupported("File or stream is not " + what + ".")
	}
	return err
}

// collected closes a stream that has become unreachable. What fails then, nobody
// hears of. Writing may take as long as the other end likes, and the collector
// does not wait for that.
func (b *buffered) collected() {
	b.mu.Lock()
	pending := b.validWrite() && b.writePos < b.writeEnd
	b.mu.Unlock()
	if pending {
		go func() { _ = b.Close() }()
		return
	}
	_ = b.Close()
}

// Raw is the raw stream; nil once it is detached.
func (b *buffered) Raw() Raw {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.raw
}

// Size is the size of the buffer.
func (b *buffered) Size() int { return b.size }

// attached returns the raw stream, or the error of a use after Detach.
func (b *buffered) attached() (Raw, error) {
	if raw := b.Raw(); raw != nil {
		return raw, nil
	}
	return nil, b.detachedRaw()
}

func (b *buffered) detachedRaw() error {
	return b.host.Raise(ValueError, "raw stream has been detached")
}

// Closed is the raw stream's.
func (b *buffered) Closed() (bool, error) {
	raw, err := b.attached()
	if err != nil {
		return false, err
	}
	return raw.Closed()
}

// Readable is the raw stream's, or false for a writer.
func (b *buffered) Readable() (bool, error) {
	if !b.readable {
		return false, nil
	}
	return ask(b, Raw.Readable)
}

// Writable is the raw stream's, or false for a reader.
func (b *buffered) Writable() (bool, error) {
	if !b.writable {
		return false, nil
	}
	return ask(b, Raw.Writable)
}

// Seekable is the raw stream's.
func (b *buffered) Seekable() (bool, error) { return ask(b, Raw.Seekable) }

// IsATTY is the raw stream's.
func (b *buffered) IsATTY() (bool, error) { return ask(b, Raw.IsATTY) }

// Fileno is the raw stream's.
func (b *buffered) Fileno() (int, error) { return ask(b, Raw.Fileno) }

func ask[T any](b *buffered, question func(Raw) (T, error)) (T, error) {
	raw, err := b.attached()
	if err != nil {
		var none T
		return none, err
	}
	return question(raw)
}

// Flush writes what is pending. A reader flushes its raw stream, and has nothing
// to write.
func (b *buffered) Flush() error {
	raw, err := b.attached()
	if err != nil {
		return err
	}
	if !b.writable {
		return raw.Flush()
	}
	if err := b.checkClosed("flush of closed file"); err != nil {
		return err
	}
	return b.inTurn(b.flushAndRewind)
}

// Close flushes and closes the raw stream, which is closed even if the flush
// fails. Closing again does nothing.
func (b *buffered) Close() error {
	raw, err := b.attached()
	if err != nil {
		return err
	}
	closed, err := raw.Closed()
	if err != nil || closed {
		return err
	}
	flushErr := b.Flush()
	return b.inTurn(func() error {
		b.mu.Unlock()
		err := raw.Close()
		b.mu.Lock()
		b.gone, b.buf, b.readEnd, b.pos = true, nil, 0, 0
		b.resetWrite() // what could not be flushed is lost, also to a call that waits for its turn
		if err == nil {
			err = flushErr
		}
		return err
	})
}

// Detach flushes, and returns the raw stream. The buffered stream is unusable from
// then on.
func (b *buffered) Detach() (Raw, error) {
	if _, err := b.attached(); err != nil {
		return nil, err
	}
	if err := b.Flush(); err != nil {
		return nil, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	raw := b.raw
	b.raw, b.detached = nil, true
	return raw, nil
}

// inTurn runs f as the only one that calls the raw stream, with what the stream
// keeps protected.
func (b *buffered) inTurn(f func() error) error {
	b.turn.Lock()
	defer b.turn.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	return f()
}

// checkClosed is the error of a use after a close, unless there still is data.
func (b *buffered) checkClosed(text string) error {
	closed, err := b.isClosed()
	if err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	// Before 3.10 what was read ahead was lost.
	if closed && (b.ahead() == 0 || b.host.Python < 10) {
		return b.host.Raise(ValueError, text)
	}
	return nil
}

func (b *buffered) isClosed() (bool, error) {
	b.mu.Lock()
	raw, gone := b.raw, b.gone
	b.mu.Unlock()
	if gone {
		return true, nil
	}
	if raw == nil {
		return false, b.detachedRaw()
	}
	return raw.Closed()
}

// grow makes room for n bytes and returns the buffer.
func (b *buffered) grow(n int) []byte {
	if n > len(b.buf) {
		grown := make([]byte, max(n, min(2*len(b.buf), b.size)))
		copy(grown, b.buf)
		b.buf = grown
	}
	return b.buf
}

func (b *buffered) validRead() bool  { return b.readable && b.readEnd != -1 }
func (b *buffered) validWrite() bool { return b.writable && b.writeEnd != -1 }

// ahead is how many bytes were read that nobody has taken yet.
func (b *buffered) ahead() int {
	if b.validRead() {
		return b.readEnd - b.pos
	}
	return 0
}

// rawOffset is how far the raw stream is ahead.
func (b *buffered) rawOffset() int {
	if (b.validRead() || b.validWrite()) && b.rawPos >= 0 {
		return b.rawPos - b.pos
	}
	return 0
}

func (b *buffered) adjust(pos int) {
	b.pos = pos
	if b.validRead() && b.readEnd < pos {
		b.readEnd = pos
	}
}

func (b *buffered) resetRead() { b.readEnd = -1 }

func (b *buffered) resetWrite() { b.writePos, b.writeEnd = 0, -1 }

// callRaw makes a call of the raw stream, which another call may have detached
// meanwhile.
func (b *buffered) callRaw(call func(raw Raw) error) (err error) {
	raw := b.raw
	if raw == nil {
		return b.detachedRaw()
	}
	b.unlocked(func() { err = call(raw) })
	return err
}

// unlocked calls the raw stream, for which what the stream keeps is not held.
func (b *buffered) unlocked(f func()) {
	b.mu.Unlock()
	defer b.mu.Lock()
	f()
}

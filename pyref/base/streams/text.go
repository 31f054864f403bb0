package streams

import (
	"runtime"
	"strings"
	"sync"

	"github.com/pyparity/pyparity/pyref/base/codecs"
)

// Text is io.TextIOWrapper. One that becomes unreachable is closed, as in Python.
type Text struct{ *text }

type text struct {
	host *Host
	// mu protects what follows, except during calls of the buffer.
	mu       sync.Mutex
	buffer   Binary // nil once it is detached
	encoding string
	errors   string
	newline  newlineMode

	lineBuffering, writeThrough bool
	seekable, telling           bool

	warn    func(text string) error
	codec   *codecs.Codec
	decoder *decoder        // nil if the buffer is not readable
	encoder *codecs.Encoder // nil if it is not writable

	decoded    string // what was decoded last
	hasDecoded bool
	used       int // how many bytes of it were taken
	pending    []byte
	chunk      int
	ratio      float64 // of bytes to characters in the last chunk
	snapshot   *snapshot
}

// A snapshot is what the decoder was given after the last position that the
// buffer can be sent to.
type snapshot struct {
	flags uint64 // of the decoder there
	input []byte
}

// chunkSize is how many bytes are asked of the buffer.
const chunkSize = 8192

// Options are the arguments of io.TextIOWrapper; nil is None.
type Options struct {
	Encoding, Errors, Newline   *string
	LineBuffering, WriteThrough bool
	// Warn is given the texts of DeprecationWarnings; what reads fails with what it
	// returns. It may be nil.
	Warn func(text string) error
}

// NewText is io.TextIOWrapper(buffer, …). It fails with LookupError for an unknown
// encoding, and with ValueError for a newline that is none.
func (h *Host) NewText(buffer Binary, o Options) (*Text, error) {
	mode, err := h.newlineMode(o.Newline)
	if err != nil {
		return nil, err
	}
	t := &text{host: h, buffer: buffer, newline: mode, chunk: chunkSize, warn: o.Warn,
		encoding: h.encodingName(o.Encoding), errors: "strict", lineBuffering: o.LineBuffering, writeThrough: o.WriteThrough}
	if o.Errors != nil {
		t.errors = *o.Errors
	}
	if err := t.setCodec(t.encoding, t.errors); err != nil {
		return nil, err
	}
	if t.seekable, err = buffer.Seekable(); err != nil {
		return nil, err
	}
	t.telling = t.seekable
	if err := t.fixEncoder(); err != nil {
		return nil, err
	}
	handle := &Text{t}
	runtime.AddCleanup(handle, (*text).collected, t)
	return handle, nil
}

// collected closes a stream that has become unreachable, see [Buffered].
func (t *text) collected() {
	t.mu.Lock()
	pending := len(t.pending) > 0
	t.mu.Unlock()
	if pending {
		go func() { _ = t.Close() }()
		return
	}
	_ = t.Close()
}

// encodingName is the encoding of a stream that is given none, and of the locale.
func (h *Host) encodingName(encoding *string) string {
	switch {
	case encoding == nil && h.Python >= 15:
		return "utf-8"
	case encoding == nil, *encoding == "locale" && h.Python >= 10:
		return "UTF-8"
	}
	return *encoding
}

// setCodec makes the decoder and the encoder, as far as the buffer can use them.
func (t *text) setCodec(encoding, handler string) error {
	codec, err := t.host.lookup(encoding)
	if err != nil {
		return err
	}
	readable, err := t.buffer.Readable()
	if err != nil {
		return err
	}
	writable, err := t.buffer.Writable()
	if err != nil {
		return err
	}
	codec.Warn = t.warn
	t.codec = codec
	if readable {
		t.decoder = newDecoder(codec, handler, t.newline)
	}
	if writable {
		// Python's own encoders of these take a stream without positions for one
		// that has begun.
		t.encoder = codec.NewEncoder(handler, codec.HasMark())
	}
	return nil
}

// newDecoder is one as the stream's, at the start of a stream.
func (t *text) newDecoder() *decoder { return newDecoder(t.codec, t.errors, t.newline) }

// fixEncoder makes the encoder write its mark at the start of a file only.
func (t *text) fixEncoder() error {
	if !t.seekable || t.encoder == nil {
		return nil
	}
	at, err := t.buffer.Tell()
	if err != nil {
		return err
	}
	t.encoder.Begin(at != 0)
	return nil
}

// attached returns the buffer, or the error of a use after Detach.
func (t *text) attached() (Binary, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.buffer == nil {
		return nil, t.detachedBuffer()
	}
	return t.buffer, nil
}

func (t *text) detachedBuffer() error {
	return t.host.Raise(ValueError, "underlying buffer has been detached")
}

// open is attached, and fails with ValueError if the buffer is closed.
func (t *text) open() (Binary, error) {
	buffer, err := t.attached()
	if err != nil {
		return nil, err
	}
	closed, err := buffer.Closed()
	if err == nil && closed {
		err = t.host.closedFile()
	}
	return buffer, err
}

// locked runs f with what the stream keeps protected.
func (t *text) locked(f func() error) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return f()
}

// callBuffer makes a call of the buffer, which another call may have detached
// meanwhile.
func (t *text) callBuffer(call func(buffer Binary) error) (err error) {
	buffer := t.buffer
	if buffer == nil {
		return t.detachedBuffer()
	}
	t.unlocked(func() { err = call(buffer) })
	return err
}

// unlocked calls the buffer, for which what the stream keeps is not held.
func (t *text) unlocked(f func()) {
	t.mu.Unlock()
	defer t.mu.Lock()
	f()
}

// Buffer is what the text is laid over; nil once it is detached.
func (t *text) Buffer() Binary {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.buffer
}

// Encoding is the name of the encoding as it was given.
func (t *text) Encoding() string { t.mu.Lock(); defer t.mu.Unlock(); return t.encoding }

// Errors is the name of the error handler.
func (t *text) Errors() string { t.mu.Lock(); defer t.mu.Unlock(); return t.errors }

// LineBuffering reports whether a newline flushes.
func (t *text) LineBuffering() bool { t.mu.Lock(); defer t.mu.Unlock(); return t.lineBuffering }

// WriteThrough reports whether nothing is kept back from the buffer.
func (t *text) WriteThrough() bool { t.mu.Lock(); defer t.mu.Unlock(); return t.writeThrough }

// ChunkSize is how many bytes are asked of the buffer at a time.
func (t *text) ChunkSize() (int, error) {
	if _, err := t.attached(); err != nil {
		return 0, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.chunk, nil
}

// SetChunkSize changes ChunkSize. It fails with ValueError for a size that is not
// positive.
func (t *text) SetChunkSize(n int) error {
	if _, err := t.attached(); err != nil {
		return err
	}
	if n <= 0 {
		return t.host.Raise(ValueError, "a strictly positive integer is required")
	}
	return t.locked(func() error { t.chunk = n; return nil })
}

// Newlines are the kinds of line ending that were read, as far as newlines are
// universal.
func (t *text) Newlines() ([]string, error) {
	if _, err := t.attached(); err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.decoder == nil || !t.decoder.universal {
		return nil, nil
	}
	return t.decoder.newlines(), nil
}

// Closed is the buffer's, and so are the other questions.
func (t *text) Closed() (bool, error) { return askBuffer(t, Binary.Closed) }

// Readable is the buffer's.
func (t *text) Readable() (bool, error) { return askBuffer(t, Binary.Readable) }

// Writable is the buffer's.
func (t *text) Writable() (bool, error) { return askBuffer(t, Binary.Writable) }

// Seekable is the buffer's.
func (t *text) Seekable() (bool, error) { return askBuffer(t, Binary.Seekable) }

// IsATTY is the buffer's.
func (t *text) IsATTY() (bool, error) { return askBuffer(t, Binary.IsATTY) }

// Fileno is the buffer's.
func (t *text) Fileno() (int, error) { return askBuffer(t, Binary.Fileno) }

func askBuffer[T any](t *text, question func(Binary) (T, error)) (T, error) {
	buffer, err := t.attached()
	if err != nil {
		var none T
		return none, err
	}
	return question(buffer)
}

// Flush writes what is pending and flushes the buffer.
func (t *text) Flush() error {
	buffer, err := t.open()
	if err != nil {
		return err
	}
	err = t.locked(func() error {
		t.telling = t.seekable
		return t.writeFlush()
	})
	if err != nil {
		return err
	}
	return buffer.Flush()
}

// Close flushes and closes the buffer, which is closed even if the flush fails.
func (t *text) Close() error {
	buffer, err := t.attached()
	if err != nil {
		return err
	}
	closed, err := buffer.Closed()
	if err != nil || closed {
		return err
	}
	flushErr := t.Flush()
	if err := buffer.Close(); err != nil {
		return err
	}
	return flushErr
}

// Detach flushes, and returns the buffer. The text stream is unusable from then
// on.
func (t *text) Detach() (Binary, error) {
	if _, err := t.attached(); err != nil {
		return nil, err
	}
	if err := t.Flush(); err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	buffer := t.buffer
	t.buffer = nil
	return buffer, nil
}

// A Change is the arguments of reconfigure; nil leaves what is there.
type Change struct {
	Encoding, Errors            *string
	NewNewline                  bool // Newline is given
	Newline                     *string
	LineBuffering, WriteThrough *bool
}

// Reconfigure flushes and changes the stream. It fails with UnsupportedOperation
// if the change is about text and some was read already.
func (t *text) Reconfigure(c Change) error {
	if err := t.CheckChange(c); err != nil {
		return err
	}
	if err := t.Flush(); err != nil {
		return err
	}
	return t.locked(func() error {
		t.ratio = 0
		if c.NewNewline {
			mode, err := t.host.newlineMode(c.Newline)
			if err != nil {
				return err
			}
			t.newline = mode
		}
		if c.Encoding != nil || c.Errors != nil || c.NewNewline {
			encoding, handler := t.encoding, t.errors
			if c.Encoding != nil {
				encoding, handler = t.host.encodingName(c.Encoding), "strict"
			}
			if c.Errors != nil {
				handler = *c.Errors
			}
			if err := t.setCodec(encoding, handler); err != nil {
				return err
			}
			t.encoding, t.errors = encoding, handler
			if err := t.fixEncoder(); err != nil {
				return err
			}
		}
		if c.LineBuffering != nil {
			t.lineBuffering = *c.LineBuffering
		}
		if c.WriteThrough != nil {
			t.writeThrough = *c.WriteThrough
		}
		return nil
	})
}

// CheckText is what NewText checks before it looks at the buffer.
func (h *Host) CheckText(o Options) error {
	if _, err := h.newlineMode(o.Newline); err != nil {
		return err
	}
	_, err := h.lookup(h.encodingName(o.Encoding))
	return err
}

func (h *Host) lookup(encoding string) (*codecs.Codec, error) {
	instead := "codecs.open()"
	if h.Python >= 14 {
		instead = ""
	}
	name, _, _ := strings.Cut(encoding, "\x00") // the codec's name is a C string
	codec, err := codecs.Lookup(name, h.Python, instead)
	if err != nil {
		return nil, h.Failed(err)
	}
	return codec, nil
}

// CheckChange is what Reconfigure checks first.
func (t *text) CheckChange(c Change) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.hasDecoded && (c.Encoding != nil || c.Errors != nil || c.NewNewline) {
		return t.host.unsupported("It is not possible to set the encoding or newline of stream after the first read")
	}
	if c.NewNewline {
		_, err := t.host.newlineMode(c.Newline)
		return err
	}
	return nil
}

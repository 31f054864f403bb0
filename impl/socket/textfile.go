package socket

import (
	"io"
	"runtime"
	"sync"
	"unicode/utf8"

	"github.com/pyparity/pyparity/pyref/base/streams"
)

// A TextIOWrapper is Python's io.TextIOWrapper over a socket: text, of which Go
// sees UTF-8 whatever the encoding on the wire is. A lone surrogate, as the
// surrogateescape handler makes them, is three bytes that are no UTF-8.
type TextIOWrapper struct {
	t      *streams.Text
	buffer layeredFile
	mode   string

	mu   sync.Mutex
	rest string // what Read has not returned yet

	partMu sync.Mutex
	part   string // the start of a character, which Write waits for the rest of
}

var (
	_ io.Reader       = (*TextIOWrapper)(nil)
	_ io.Writer       = (*TextIOWrapper)(nil)
	_ io.StringWriter = (*TextIOWrapper)(nil)
)

func newText(buffer layeredFile, mode string, o FileOptions) (*TextIOWrapper, error) {
	texts := []string{o.Encoding, o.Errors}
	if o.Newline != nil {
		texts = append(texts, *o.Newline)
	}
	if err := checkTexts(texts...); err != nil {
		return nil, err
	}
	t, err := fileHost.NewText(buffer.layer(), streams.Options{Encoding: orNil(o.Encoding), Errors: orNil(o.Errors), Newline: o.Newline})
	if err != nil {
		return nil, err
	}
	return &TextIOWrapper{t: t, buffer: buffer, mode: mode}, nil
}

func orNil(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// ReadChars is Python's read(n): n characters, or to the end of the stream if n is
// negative. Fewer mean that the stream is at its end. It fails with
// UnicodeDecodeError, and with UnsupportedOperation if the mode has no r.
func (f *TextIOWrapper) ReadChars(n int) (string, error) {
	defer runtime.KeepAlive(f)
	return f.orClosed().t.ReadChars(n)
}

// ReadLine is Python's readline: up to and with the next line ending, at most
// limit characters if that is not negative. Empty is the end of the stream.
func (f *TextIOWrapper) ReadLine(limit int) (string, error) {
	defer runtime.KeepAlive(f)
	return f.orClosed().t.ReadLine(limit)
}

// Read makes the file an [io.Reader] of UTF-8. It is not to be mixed with the other
// calls that read.
func (f *TextIOWrapper) Read(p []byte) (int, error) {
	f = f.orClosed()
	defer runtime.KeepAlive(f)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.rest == "" && len(p) > 0 {
		chars, err := f.t.ReadSome()
		if err != nil {
			return 0, err
		}
		if chars == "" {
			return 0, io.EOF
		}
		f.rest = chars
	}
	n := copy(p, f.rest)
	f.rest = f.rest[n:]
	return n, nil
}

// WriteString is Python's write. It returns len(text), where Python returns the
// number of characters. It fails with UnicodeEncodeError, and with
// UnsupportedOperation if the mode has no w.
func (f *TextIOWrapper) WriteString(text string) (int, error) {
	f = f.orClosed()
	defer runtime.KeepAlive(f)
	if _, err := f.t.Write(f.swapPart("") + text); err != nil {
		return 0, err
	}
	return len(text), nil
}

// Write is WriteString of UTF-8, which may be cut anywhere: a character that is not
// complete waits for the next call.
func (f *TextIOWrapper) Write(p []byte) (int, error) {
	f = f.orClosed()
	defer runtime.KeepAlive(f)
	text := f.swapPart("") + string(p)
	whole := wholeCharacters(text)
	f.swapPart(text[whole:])
	if _, err := f.t.Write(text[:whole]); err != nil {
		return 0, err
	}
	return len(p), nil
}

// swapPart is the start of a character, and what it is from now on.
func (f *TextIOWrapper) swapPart(part string) (before string) {
	f.partMu.Lock()
	defer f.partMu.Unlock()
	before, f.part = f.part, part
	return before
}

// wholeCharacters is how much of a text comes before a character that is cut off at
// its end.
func wholeCharacters(text string) int {
	for i := len(text) - 1; i >= max(0, len(text)-utf8.UTFMax); i-- {
		switch {
		case !utf8.RuneStart(text[i]):
		case !utf8.FullRuneInString(text[i:]):
			return i
		default:
			return len(text)
		}
	}
	return len(text)
}

// Encoding is Python's encoding: the name that was given.
func (f *TextIOWrapper) Encoding() string { return f.orClosed().t.Encoding() }

// Errors is Python's errors: the name of the error handler.
func (f *TextIOWrapper) Errors() string { return f.orClosed().t.Errors() }

// Newlines is Python's newlines: the kinds of line ending that were read, where all
// kinds are.
func (f *TextIOWrapper) Newlines() ([]string, error) { return f.orClosed().t.Newlines() }

// SetLineBuffering is Python's reconfigure(line_buffering=on): whether a line ending
// flushes.
func (f *TextIOWrapper) SetLineBuffering(on bool) error {
	return f.orClosed().t.Reconfigure(streams.Change{LineBuffering: &on})
}

// SetWriteThrough is Python's reconfigure(write_through=on): whether nothing is kept
// back from the buffer below.
func (f *TextIOWrapper) SetWriteThrough(on bool) error {
	return f.orClosed().t.Reconfigure(streams.Change{WriteThrough: &on})
}

// Buffer is Python's buffer: the file of bytes below, which is a [*BufferedReader],
// [*BufferedWriter] or [*BufferedRWPair]. It is nil once that is detached.
func (f *TextIOWrapper) Buffer() File {
	f = f.orClosed()
	if f.t.Buffer() == nil {
		return nil
	}
	return f.buffer
}

// Detach is Python's detach: it flushes, returns the file below and makes this one
// unusable. What was read ahead is lost.
func (f *TextIOWrapper) Detach() (File, error) {
	f = f.orClosed()
	defer runtime.KeepAlive(f)
	if _, err := f.t.Detach(); err != nil {
		return nil, err
	}
	return f.buffer, nil
}

// Fileno is Python's fileno. It fails with UnsupportedOperation if the file reads
// and writes.
func (f *TextIOWrapper) Fileno() (int, error) { return f.orClosed().t.Fileno() }

// Closed is Python's closed.
func (f *TextIOWrapper) Closed() (bool, error) { return f.orClosed().t.Closed() }

// Flush is Python's flush: it sends what was written.
func (f *TextIOWrapper) Flush() error {
	defer runtime.KeepAlive(f)
	return f.orClosed().t.Flush()
}

// Close is Python's close: it flushes, and closes even if that fails. It fails with
// UnicodeEncodeError if Write was given but the start of a character, and no handler
// of errors takes that.
func (f *TextIOWrapper) Close() error {
	f = f.orClosed()
	defer runtime.KeepAlive(f)
	var err error
	if part := f.swapPart(""); part != "" {
		_, err = f.t.Write(part)
	}
	if closing := f.t.Close(); err == nil {
		err = closing
	}
	return err
}

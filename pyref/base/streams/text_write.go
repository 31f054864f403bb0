package streams

import (
	"strings"

	"github.com/pyparity/pyparity/pyref/base/codecs"
)

// writeFlush hands what is pending to the buffer, without flushing that. What
// could not be written is lost.
func (t *text) writeFlush() error {
	if len(t.pending) == 0 {
		return nil
	}
	data := t.pending
	t.pending = nil
	return t.callBuffer(func(buffer Binary) error {
		_, err := buffer.Write(data)
		return err
	})
}

// mustGo reports whether what is pending goes to the buffer before n more bytes
// are.
func (t *text) mustGo(n int) bool {
	switch {
	case len(t.pending) == 0 || t.host.Python < 10:
		return false
	case t.host.Python < 12:
		return len(t.pending)+n > t.chunk
	}
	return n >= t.chunk
}

// Write encodes chars and returns how many characters they are. It fails with
// UnsupportedOperation if the stream is not writable, and with
// UnicodeEncodeError.
func (t *text) Write(chars string) (n int, err error) {
	buffer, err := t.open()
	if err != nil {
		return 0, err
	}
	n = codecs.Len(chars)
	flush := false
	err = t.locked(func() error {
		if t.encoder == nil {
			return t.host.unsupported("not writable")
		}
		newline := strings.Contains(chars, "\n")
		if newline && t.newline.written != "" {
			chars = strings.ReplaceAll(chars, "\n", t.newline.written)
		}
		flush = t.lineBuffering && (newline || strings.Contains(chars, "\r"))
		data, err := t.encoder.Encode(chars)
		if err != nil {
			return t.host.Failed(err)
		}
		for t.mustGo(len(data)) {
			if err := t.writeFlush(); err != nil {
				return err
			}
		}
		t.pending = append(t.pending, data...)
		full := len(t.pending) >= t.chunk
		if t.host.Python < 10 {
			full = len(t.pending) > t.chunk
		}
		if full || flush || t.writeThrough {
			return t.writeFlush()
		}
		return nil
	})
	if err == nil && flush {
		err = buffer.Flush()
	}
	if err != nil {
		return 0, err
	}
	return n, t.locked(func() error {
		// Before 3.12 a write dropped what was read ahead.
		if t.snapshot != nil || t.host.Python < 12 {
			t.setDecoded("", false)
			t.snapshot = nil
		}
		if t.decoder != nil {
			t.decoder.reset()
		}
		return nil
	})
}

package streams

import "github.com/pyparity/pyparity/pyref/base/codecs"

// Tell is the position, as a number for Seek. It fails with UnsupportedOperation
// if the buffer has none, and with OSError during an iteration. Positions between
// which a decoder keeps more than bytes are not told apart.
func (t *text) Tell() (at int64, err error) {
	buffer, err := t.open()
	if err != nil {
		return 0, err
	}
	if !t.seekable {
		return 0, t.host.unsupported("underlying stream is not seekable")
	}
	t.mu.Lock()
	telling := t.telling
	t.mu.Unlock()
	if !telling {
		return 0, t.host.Raise(OSError, "telling position disabled by next() call")
	}
	if err := t.Flush(); err != nil {
		return 0, err
	}
	if at, err = buffer.Tell(); err != nil {
		return 0, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.decoder == nil || t.snapshot == nil {
		return at, nil
	}
	return at - int64(len(t.snapshot.input)) + int64(t.fed()), nil
}

// fed is how many bytes of the snapshot make up the characters that were taken.
func (t *text) fed() int {
	want := codecs.Len(t.decoded[:t.used])
	if want == codecs.Len(t.decoded) {
		return len(t.snapshot.input) - len(t.decoder.Pending())
	}
	again := &decoder{Decoder: t.codec.NewDecoder(t.errors), universal: t.newline.universal, translate: t.newline.translate}
	got := 0
	for i := range t.snapshot.input {
		if got == want && len(again.Pending()) == 0 {
			return i
		}
		chars, err := again.decode(t.snapshot.input[i:i+1], false)
		if err != nil {
			return i
		}
		got += codecs.Len(chars)
	}
	return len(t.snapshot.input)
}

// Seek changes the position to one that Tell returned (whence 0), to the present
// one (1) or to the end (2), with an offset of 0 for the last two.
func (t *text) Seek(offset int64, whence int) (at int64, err error) {
	buffer, err := t.open()
	if err != nil {
		return 0, err
	}
	if !t.seekable {
		return 0, t.host.unsupported("underlying stream is not seekable")
	}
	switch {
	case whence == 1 && offset != 0:
		return 0, t.host.unsupported("can't do nonzero cur-relative seeks")
	case whence == 1:
		if offset, err = t.Tell(); err != nil {
			return 0, err
		}
		whence = 0
	case whence == 2 && offset != 0:
		return 0, t.host.unsupported("can't do nonzero end-relative seeks")
	case whence == 0 && offset < 0:
		return 0, t.host.Raise(ValueError, "negative seek position "+itoa(int(offset)))
	case whence < 0 || whence > 2:
		return 0, t.host.Raise(ValueError, "invalid whence ("+itoa(whence)+", should be 0, 1 or 2)")
	}
	if err := t.Flush(); err != nil {
		return 0, err
	}
	if at, err = buffer.Seek(offset, whence); err != nil {
		return 0, err
	}
	return at, t.locked(func() error {
		t.setDecoded("", false)
		t.snapshot = nil
		if t.decoder != nil {
			t.decoder.reset()
		}
		if t.encoder != nil {
			t.encoder.Begin(at != 0)
		}
		return nil
	})
}

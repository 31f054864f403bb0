package streams

import "math"

// rawTell asks the raw stream for its position.
func (b *buffered) rawTell() (int64, error) {
	if b.raw == nil {
		return 0, b.detachedRaw()
	}
	n, err := b.raw.Tell()
	if err == nil {
		b.absPos = n
	}
	return n, err
}

func (b *buffered) rawSeek(offset int64, whence int) (n int64, err error) {
	err = b.callRaw(func(raw Raw) (err error) {
		n, err = raw.Seek(offset, whence)
		return err
	})
	if err == nil {
		b.absPos = n
	}
	return n, err
}

// Tell is the position in the stream.
func (b *buffered) Tell() (int64, error) {
	if _, err := b.attached(); err != nil {
		return 0, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	n, err := b.rawTell()
	return max(n-int64(b.rawOffset()), 0), err
}

// Seek changes the position. It fails with UnsupportedOperation if the raw stream
// has none.
func (b *buffered) Seek(target int64, whence int) (n int64, err error) {
	if err := b.MaySeek(whence); err != nil {
		return 0, err
	}
	if whence <= 1 && b.readable {
		if n, ok := b.seekInside(target, whence); ok {
			return n, nil
		}
	}
	err = b.inTurn(func() error {
		if b.writable {
			if err := b.flushPending(); err != nil {
				return err
			}
		}
		if whence == 1 {
			target -= int64(b.rawOffset())
		}
		if n, err = b.rawSeek(target, whence); err != nil {
			return err
		}
		b.rawPos = -1
		if b.readable {
			b.resetRead()
		}
		return nil
	})
	return n, err
}

// seekInside moves within what is buffered.
func (b *buffered) seekInside(target int64, whence int) (int64, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	ahead := int64(b.ahead())
	if ahead == 0 {
		return 0, false
	}
	current := b.absPos
	offset := target
	if whence == 0 {
		offset = target - (current - int64(b.rawOffset()))
	}
	if offset < int64(-b.pos) || offset > ahead || offset > math.MaxInt32 {
		return 0, false
	}
	b.pos += int(offset)
	return max(current-ahead+offset, 0), true
}

// Truncate changes the size of what is under the raw stream; nil is the present
// position.
func (b *buffered) Truncate(size *int64) (int64, error) {
	return b.TruncateBy(func(raw Raw) (int64, error) { return raw.Truncate(size) })
}

// TruncateBy is Truncate with a function for what is done with the raw stream.
func (b *buffered) TruncateBy(truncate func(raw Raw) (int64, error)) (n int64, err error) {
	raw, err := b.attached()
	if err != nil {
		return 0, err
	}
	if err := b.checkClosed("truncate of closed file"); err != nil {
		return 0, err
	}
	if !b.writable {
		return 0, b.host.unsupported("truncate")
	}
	err = b.inTurn(func() error {
		if err := b.flushAndRewind(); err != nil {
			return err
		}
		b.unlocked(func() { n, err = truncate(raw) })
		if err == nil {
			_, _ = b.rawTell()
		}
		return err
	})
	return n, err
}

// MaySeek fails where Seek does for every position.
func (b *buffered) MaySeek(whence int) error {
	raw, err := b.attached()
	if err != nil {
		return err
	}
	const lastWhence = 4 // SEEK_DATA and SEEK_HOLE are 3 and 4
	if whence < 0 || whence > lastWhence {
		return b.host.Raise(ValueError, "whence value "+itoa(whence)+" unsupported")
	}
	if err := b.checkClosed("seek of closed file"); err != nil {
		return err
	}
	return b.host.check(raw.Seekable, "seekable")
}

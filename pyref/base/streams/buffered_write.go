package streams

import "syscall"

// cannotWait is the BlockingIOError of a write of which only some bytes were
// taken.
func (b *buffered) cannotWait(written int) error {
	// The number is what C's errno still holds of the raw stream's call.
	return b.host.Raise(BlockingIOError, int(syscall.EAGAIN), "write could not complete without blocking", written)
}

// Write puts p into the buffer and writes what has no room. It returns len(p). It
// fails with BlockingIOError, which says how much was taken, if the raw stream
// would have to wait and the rest has no room.
func (b *buffered) Write(p []byte) (n int, err error) {
	if !b.writable {
		return 0, b.host.unsupported("write")
	}
	if _, err := b.attached(); err != nil {
		return 0, err
	}
	err = b.inTurn(func() error {
		b.mu.Unlock()
		closed, err := b.isClosed()
		b.mu.Lock()
		if err != nil {
			return err
		}
		if closed {
			return b.host.Raise(ValueError, "write to closed file")
		}
		n, err = b.write(p)
		return err
	})
	return n, err
}

func (b *buffered) write(p []byte) (int, error) {
	if !b.validRead() && !b.validWrite() {
		b.pos, b.rawPos = 0, 0
	}
	if len(p) <= b.size-b.pos && !b.through(len(p)) {
		copy(b.grow(b.pos + len(p))[b.pos:], p)
		if !b.validWrite() || b.writePos > b.pos {
			b.writePos = b.pos
		}
		b.adjust(b.pos + len(p))
		b.writeEnd = max(b.writeEnd, b.pos)
		return len(p), nil
	}
	if err := b.flushPending(); err != nil {
		if !b.host.Blocking(err) {
			return 0, err
		}
		return b.keep(p)
	}
	if offset := b.rawOffset(); offset != 0 {
		if _, err := b.rawSeek(int64(-offset), 1); err != nil {
			return 0, err
		}
		b.rawPos -= offset
	}
	return b.writeThrough(p)
}

// through reports whether n bytes are written past the buffer: those that fill it
// since 3.12, those that do not fit before.
func (b *buffered) through(n int) bool {
	return n > b.size || n == b.size && b.host.Python >= 12
}

// keep puts as much of p as there is room for behind what could not be written.
func (b *buffered) keep(p []byte) (int, error) {
	if b.readable {
		b.resetRead()
	}
	copy(b.buf, b.buf[b.writePos:b.writeEnd])
	b.writeEnd -= b.writePos
	b.rawPos -= b.writePos
	b.pos -= b.writePos
	b.writePos = 0
	taken := min(len(p), b.size-b.writeEnd)
	copy(b.grow(b.writeEnd + taken)[b.writeEnd:], p[:taken])
	b.writeEnd += taken
	b.pos += taken
	if taken < len(p) {
		return 0, b.cannotWait(taken)
	}
	return taken, nil
}

// writeThrough writes p past the empty buffer and keeps the end of it.
func (b *buffered) writeThrough(p []byte) (int, error) {
	written := 0
	for b.through(len(p) - written) {
		n, err := b.rawWrite(p[written:])
		if err != nil {
			return 0, err
		}
		if n == WouldBlock {
			if len(p)-written <= b.size {
				break
			}
			copy(b.grow(b.size), p[written:])
			b.rawPos = 0
			b.adjust(b.size)
			b.writeEnd = b.size
			return 0, b.cannotWait(written + b.size)
		}
		written += n
	}
	if b.readable {
		b.resetRead()
	}
	rest := p[written:]
	copy(b.grow(len(rest)), rest)
	b.writePos, b.writeEnd = 0, len(rest)
	b.adjust(len(rest))
	b.rawPos = 0
	return len(p), nil
}

// rawWrite is one WriteSome of the raw stream.
func (b *buffered) rawWrite(p []byte) (n int, err error) {
	err = b.callRaw(func(raw Raw) (err error) {
		n, err = raw.WriteSome(p)
		return err
	})
	if err == nil && n > 0 && b.absPos != -1 {
		b.absPos += int64(n)
	}
	return n, err
}

// flushPending writes what is pending (_bufferedwriter_flush_unlocked).
func (b *buffered) flushPending() error {
	if b.validWrite() && b.writePos < b.writeEnd {
		if rewind := b.rawOffset() + b.pos - b.writePos; rewind != 0 {
			if _, err := b.rawSeek(int64(-rewind), 1); err != nil {
				return err
			}
			b.rawPos -= rewind
		}
	}
	for b.validWrite() && b.writePos < b.writeEnd {
		n, err := b.rawWrite(b.buf[b.writePos:b.writeEnd])
		if err != nil {
			return err
		}
		if n == WouldBlock {
			return b.cannotWait(0)
		}
		b.writePos += n
		b.rawPos = b.writePos
	}
	b.resetWrite()
	return nil
}

// flushAndRewind writes what is pending and gives back what was read ahead.
func (b *buffered) flushAndRewind() error {
	if err := b.flushPending(); err != nil {
		return err
	}
	if !b.readable {
		return nil
	}
	_, err := b.rawSeek(int64(-b.rawOffset()), 1)
	b.resetRead()
	return err
}

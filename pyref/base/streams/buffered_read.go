package streams

import "bytes"

// ReadUpTo reads n bytes, or to the end of the stream if n is -1. Fewer mean that the
// stream is at its end or would have to wait; nil that it would have to wait and
// there was nothing. It fails with ValueError for other negative n.
func (b *buffered) ReadUpTo(n int) (data []byte, err error) {
	if !b.readable {
		return nil, b.host.unsupported("read")
	}
	if _, err := b.attached(); err != nil {
		return nil, err
	}
	if n < -1 {
		return nil, b.host.Raise(ValueError, "read length must be non-negative or -1")
	}
	if err := b.checkClosed("read of closed file"); err != nil {
		return nil, err
	}
	if n >= 0 {
		b.mu.Lock()
		data, ok := b.readFast(n)
		b.mu.Unlock()
		if ok {
			return data, nil
		}
	}
	err = b.inTurn(func() error {
		if n == -1 {
			data, err = b.readAll()
		} else {
			data, err = b.readGeneric(n)
		}
		return err
	})
	return data, err
}

// readFast takes n bytes if they are there.
func (b *buffered) readFast(n int) (data []byte, ok bool) {
	if n > b.ahead() {
		return nil, false
	}
	data = append([]byte{}, b.buf[b.pos:b.pos+n]...)
	b.pos += n
	return data, true
}

func (b *buffered) readAll() ([]byte, error) {
	n := b.ahead()
	var data []byte
	if n > 0 {
		data, _ = b.readFast(n)
	}
	if err := b.flushBeforeRead(); err != nil {
		return nil, err
	}
	b.resetRead()
	var rest []byte
	err := b.callRaw(func(raw Raw) (err error) {
		rest, err = raw.ReadAll()
		return err
	})
	switch {
	case err != nil:
		return nil, err
	case n == 0:
		return rest, nil
	}
	return append(data, rest...), nil
}

func (b *buffered) flushBeforeRead() error {
	if !b.writable {
		return nil
	}
	return b.flushAndRewind()
}

// someOf is what a read returns at the end of the stream or where it would have
// to wait.
func someOf(data []byte, n int) []byte {
	if n == WouldBlock && len(data) == 0 {
		return nil
	}
	return data
}

// largest bounds what is allocated before it is known whether that much comes.
const largest = 1 << 20

// readGeneric reads until there are n bytes (_bufferedreader_read_generic): whole
// blocks into the result, and the last one into the buffer.
func (b *buffered) readGeneric(n int) ([]byte, error) {
	if data, ok := b.readFast(n); ok {
		return data, nil
	}
	if n > most {
		return nil, b.host.Raise(MemoryError)
	}
	out := make([]byte, 0, min(n, largest))
	out = append(out, b.buf[b.pos:b.pos+b.ahead()]...)
	b.pos += len(out)
	if err := b.flushBeforeRead(); err != nil {
		return nil, err
	}
	b.resetRead()
	for n-len(out) >= b.size {
		want := (n - len(out)) / b.size * b.size
		chunk := make([]byte, min(want, atOnce))
		got, err := b.rawRead(chunk)
		if err != nil {
			return nil, err
		}
		if got <= 0 {
			return someOf(out, got), nil
		}
		out = append(out, chunk[:got]...)
	}
	b.pos, b.rawPos, b.readEnd = 0, 0, 0
	for len(out) < n && b.readEnd < b.size {
		got, err := b.fill()
		if err != nil {
			return nil, err
		}
		if got <= 0 {
			return someOf(out, got), nil
		}
		take := min(got, n-len(out))
		out = append(out, b.buf[b.pos:b.pos+take]...)
		b.pos += take
	}
	return out, nil
}

// rawRead is one ReadInto of the raw stream.
func (b *buffered) rawRead(p []byte) (n int, err error) {
	err = b.callRaw(func(raw Raw) (err error) {
		n, err = raw.ReadInto(p)
		return err
	})
	if err == nil && n > 0 && b.absPos != -1 {
		b.absPos += int64(n)
	}
	return n, err
}

// fill reads once into what is left of the buffer.
func (b *buffered) fill() (int, error) {
	start := 0
	if b.validRead() {
		start = b.readEnd
	}
	buf := b.grow(min(b.size, start+atOnce))
	n, err := b.rawRead(buf[start:])
	if err != nil || n <= 0 {
		return n, err
	}
	b.readEnd, b.rawPos = start+n, start+n
	return n, nil
}

// Read1 returns what is buffered, or reads once; at most n bytes, or a buffer
// full if n is negative.
func (b *buffered) Read1(n int) (data []byte, err error) {
	if !b.readable {
		return nil, b.host.unsupported("read1")
	}
	if _, err := b.attached(); err != nil {
		return nil, err
	}
	if n < 0 {
		n = b.size
	}
	if err := b.checkClosed("read of closed file"); err != nil {
		return nil, err
	}
	if n == 0 {
		return []byte{}, nil
	}
	b.mu.Lock()
	if have := b.ahead(); have > 0 {
		data, _ = b.readFast(min(n, have))
		b.mu.Unlock()
		return data, nil
	}
	b.mu.Unlock()
	if n > most {
		return nil, b.host.Raise(MemoryError)
	}
	err = b.inTurn(func() error {
		if err := b.flushBeforeRead(); err != nil {
			return err
		}
		b.resetRead()
		chunk := make([]byte, min(n, atOnce))
		got, err := b.rawRead(chunk)
		data = chunk[:max(got, 0)]
		return err
	})
	if err != nil {
		return nil, err
	}
	return data, nil
}

// ReadInto fills p with what is buffered and as many reads as it takes, ReadInto1
// with one at most. They return how many bytes, or WouldBlock.
func (b *buffered) ReadInto(p []byte) (int, error) { return b.readInto(p, false) }

// ReadInto1 is described at ReadInto.
func (b *buffered) ReadInto1(p []byte) (int, error) { return b.readInto(p, true) }

func (b *buffered) readInto(p []byte, once bool) (n int, err error) {
	if !b.readable {
		if once {
			return 0, b.host.unsupported("read1")
		}
		return 0, b.host.unsupported("read")
	}
	if _, err := b.attached(); err != nil {
		return 0, err
	}
	if err := b.checkClosed("readinto of closed file"); err != nil {
		return 0, err
	}
	b.mu.Lock()
	if have := b.ahead(); have > 0 {
		n = copy(p, b.buf[b.pos:b.pos+have])
		b.pos += n
		if n == len(p) {
			b.mu.Unlock()
			return n, nil
		}
	}
	b.mu.Unlock()
	err = b.inTurn(func() error {
		n, err = b.readRest(p, n, once)
		return err
	})
	return n, err
}

func (b *buffered) readRest(p []byte, n int, once bool) (int, error) {
	if err := b.flushBeforeRead(); err != nil {
		return 0, err
	}
	b.resetRead()
	b.pos = 0
	for n < len(p) {
		var got int
		var err error
		switch {
		case len(p)-n > b.size: // directly where it belongs
			got, err = b.rawRead(p[n:])
		case once && n > 0:
			return n, nil
		default:
			if got, err = b.fill(); got > 0 {
				got = copy(p[n:], b.buf[b.pos:b.pos+got])
				b.pos += got
				n += got
				continue
			}
		}
		switch {
		case err != nil:
			return 0, err
		case got == WouldBlock && n == 0:
			return WouldBlock, nil
		case got <= 0:
			return n, nil
		}
		n += got
		if once {
			return n, nil
		}
	}
	return n, nil
}

// Peek returns what is buffered without taking it, and reads once if that is
// nothing.
func (b *buffered) Peek(int) (data []byte, err error) {
	if _, err := b.attached(); err != nil {
		return nil, err
	}
	if err := b.checkClosed("peek of closed file"); err != nil {
		return nil, err
	}
	err = b.inTurn(func() error {
		if err := b.flushBeforeRead(); err != nil {
			return err
		}
		if have := b.ahead(); have > 0 {
			data = append([]byte{}, b.buf[b.pos:b.pos+have]...)
			return nil
		}
		b.resetRead()
		n, err := b.fill()
		if err != nil {
			return err
		}
		b.pos = 0
		data = append([]byte{}, b.buf[:max(n, 0)]...)
		return nil
	})
	return data, err
}

// ReadLine reads up to and with the next newline, at most limit bytes if that is
// not negative. Where it would have to wait it returns what there is.
func (b *buffered) ReadLine(limit int) (line []byte, err error) {
	if !b.readable {
		return nil, b.host.unsupported("read")
	}
	if _, err := b.attached(); err != nil {
		return nil, err
	}
	if err := b.checkClosed("readline of closed file"); err != nil {
		return nil, err
	}
	b.mu.Lock()
	ahead := b.aheadUpTo(limit)
	if end := bytes.IndexByte(ahead, '\n'); end >= 0 || len(ahead) == limit {
		if end >= 0 {
			ahead = ahead[:end+1]
		}
		line = append([]byte{}, ahead...)
		b.pos += len(line)
		b.mu.Unlock()
		return line, nil
	}
	b.mu.Unlock()
	err = b.inTurn(func() error {
		line, err = b.readLine(limit)
		return err
	})
	return line, err
}

// aheadUpTo is the data that was read ahead, at most limit bytes of it.
func (b *buffered) aheadUpTo(limit int) []byte {
	n := b.ahead()
	if limit >= 0 {
		n = min(n, limit)
	}
	return b.buf[b.pos : b.pos+n]
}

func (b *buffered) readLine(limit int) ([]byte, error) {
	line := append([]byte{}, b.aheadUpTo(limit)...)
	b.pos += len(line)
	if err := b.flushBeforeRead(); err != nil {
		return nil, err
	}
	for {
		b.resetRead()
		n, err := b.fill()
		if err != nil {
			return nil, err
		}
		if n <= 0 {
			return line, nil
		}
		b.pos = 0
		chunk := b.buf[:n]
		if limit >= 0 {
			chunk = chunk[:min(n, limit-len(line))]
		}
		end := bytes.IndexByte(chunk, '\n')
		if end >= 0 {
			chunk = chunk[:end+1]
		}
		line = append(line, chunk...)
		b.pos = len(chunk)
		if end >= 0 || len(line) == limit {
			return line, nil
		}
	}
}

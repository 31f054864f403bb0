package streams

import (
	"encoding/binary"
	"math"
	"math/big"
	"slices"

	"github.com/pyparity/pyparity/pyref/base/codecs"
)

// A cookie is a position in text: what the decoder has to be given again to come to
// it. Seen as one number it is just the position in the buffer where nothing else
// is needed.
type cookie struct {
	start int64 // of the buffer
	flags int32 // of the decoder there
	feed  int32 // how many bytes it is given
	skip  int32 // how many characters of theirs come before the position
	eof   bool  // and whether it is told that no more come
}

// cookieSize is how many bytes CPython's form of a cookie has.
const cookieSize = 21

func (c cookie) number() *big.Int {
	var b [cookieSize]byte
	binary.LittleEndian.PutUint64(b[:], uint64(c.start))
	binary.LittleEndian.PutUint32(b[8:], uint32(c.flags))
	binary.LittleEndian.PutUint32(b[12:], uint32(c.feed))
	binary.LittleEndian.PutUint32(b[16:], uint32(c.skip))
	if c.eof {
		b[20] = 1
	}
	slices.Reverse(b[:])
	return new(big.Int).SetBytes(b[:])
}

// cookieOf reads a number that is not negative; ok is false if it is too large.
func cookieOf(n *big.Int) (c cookie, ok bool) {
	if n.BitLen() > 8*cookieSize {
		return c, false
	}
	var b [cookieSize]byte
	n.FillBytes(b[:])
	slices.Reverse(b[:])
	return cookie{
		start: int64(binary.LittleEndian.Uint64(b[:])), flags: int32(binary.LittleEndian.Uint32(b[8:])),
		feed: int32(binary.LittleEndian.Uint32(b[12:])), skip: int32(binary.LittleEndian.Uint32(b[16:])), eof: b[20] != 0,
	}, true
}

// CheckSeekable is what is checked before every Tell and Seek. It fails with
// UnsupportedOperation if the buffer has no positions.
func (t *text) CheckSeekable() error {
	if _, err := t.open(); err != nil {
		return err
	}
	if !t.seekable {
		return t.host.unsupported("underlying stream is not seekable")
	}
	return nil
}

// Tell is where in the buffer the position begins that Position describes.
func (t *text) Tell() (int64, error) {
	c, err := t.tell()
	return c.start, err
}

// Position is Python's tell: the position as a number for SeekTo. It fails with
// UnsupportedOperation if the buffer has none, and with OSError during an iteration.
func (t *text) Position() (*big.Int, error) {
	c, err := t.tell()
	if err != nil {
		return nil, err
	}
	return c.number(), nil
}

func (t *text) tell() (c cookie, err error) {
	if err := t.CheckSeekable(); err != nil {
		return c, err
	}
	t.mu.Lock()
	telling, buffer := t.telling, t.buffer
	t.mu.Unlock()
	if !telling {
		return c, t.host.Raise(OSError, "telling position disabled by next() call")
	}
	if err := t.Flush(); err != nil {
		return c, err
	}
	if c.start, err = buffer.Tell(); err != nil {
		return c, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.decoder == nil || t.snapshot == nil {
		return c, nil
	}
	input := t.snapshot.input
	c.start -= int64(len(input))
	if c.flags, err = t.flagsOf(t.snapshot.flags); err != nil {
		return c, err
	}
	taken := codecs.Len(t.decoded[:t.used])
	if taken == 0 {
		return c, nil
	}
	c, ok, err := t.retrace(c, input, taken)
	switch {
	case err != nil:
		return c, t.host.Failed(err)
	case !ok:
		return c, t.host.Raise(OSError, "can't reconstruct logical file position")
	}
	return c, nil
}

// flagsOf are those of a decoder as a position has them, where there is place for an
// int.
func (t *text) flagsOf(flags uint64) (int32, error) {
	if flags > math.MaxInt32 {
		return 0, t.host.Raise(OverflowError, "signed integer is greater than maximum")
	}
	return int32(flags), nil
}

// retrace finds the last place, from the snapshot on, where the decoder keeps
// nothing and no more than the characters that were taken are behind it; ok is
// false if the input does not make as many.
func (t *text) retrace(c cookie, input []byte, taken int) (found cookie, ok bool, err error) {
	probe := t.newDecoder()
	probe.restore(c)
	// A place that is likely: as far as the bytes of a character are alike.
	from := min(int(t.ratio*float64(taken)), len(input))
	for back := 1; from > 0; {
		probe.restore(c)
		chars, err := probe.decode(input[:from], false)
		if err != nil {
			return c, false, err
		}
		n := codecs.Len(chars)
		if n > taken {
			from -= back
			back *= 2
			continue
		}
		pending, state := probe.state()
		flags, err := t.flagsOf(state)
		if err != nil {
			return c, false, err
		}
		if len(pending) == 0 {
			c.flags = flags
			taken -= n
			break
		}
		from -= len(pending)
		back = 1
	}
	if from <= 0 {
		from = 0
		probe.restore(c)
	}
	c.start += int64(from)
	if taken == 0 {
		return c, true, nil
	}
	// From there byte by byte.
	n, i := 0, from
	for ; i < len(input); i++ {
		chars, err := probe.decode(input[i:i+1], false)
		if err != nil {
			return c, false, err
		}
		n += codecs.Len(chars)
		c.feed++
		pending, state := probe.state()
		flags, err := t.flagsOf(state)
		if err != nil {
			return c, false, err
		}
		if len(pending) == 0 && n <= taken {
			c.start += int64(c.feed)
			taken -= n
			c.flags, c.feed, n = flags, 0, 0
		}
		if n >= taken {
			break
		}
	}
	if i == len(input) {
		chars, err := probe.decode(nil, true)
		if err != nil {
			return c, false, err
		}
		c.eof = true
		if n+codecs.Len(chars) < taken {
			return c, false, nil
		}
	}
	c.skip = int32(taken)
	return c, true, nil
}

// Seek changes the position: to one of the buffer's (whence 0), to the present one
// (1), or to the end (2).
func (t *text) Seek(offset int64, whence int) (at int64, err error) {
	switch whence {
	case 1:
		position, err := t.Position()
		if err != nil {
			return 0, err
		}
		return t.seek(position)
	case 2:
		return t.SeekEnd()
	}
	return t.seek(big.NewInt(offset))
}

// SeekTo changes the position to one that Position returned. It fails with
// OverflowError for a number that is none, which must not be negative.
func (t *text) SeekTo(position *big.Int) error {
	_, err := t.seek(position)
	return err
}

func (t *text) seek(position *big.Int) (at int64, err error) {
	if err := t.CheckSeekable(); err != nil {
		return 0, err
	}
	if err := t.Flush(); err != nil {
		return 0, err
	}
	c, ok := cookieOf(position)
	if !ok {
		return 0, t.host.Raise(OverflowError, "int too big to convert")
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	err = t.callBuffer(func(buffer Binary) error {
		_, err := buffer.Seek(c.start, 0)
		return err
	})
	if err != nil {
		return 0, err
	}
	t.setDecoded("", false)
	t.snapshot = nil
	if t.decoder != nil {
		t.decoder.restore(c)
	}
	t.snapshot = &snapshot{flags: uint64(uint32(c.flags))}
	if c.skip != 0 && t.decoder != nil {
		var data []byte
		err = t.callBuffer(func(buffer Binary) (err error) {
			data, err = buffer.ReadUpTo(int(c.feed))
			return err
		})
		if err != nil {
			return 0, err
		}
		t.snapshot.input = data
		chars, err := t.decoder.decode(data, c.eof)
		if err != nil {
			return 0, t.host.Failed(err)
		}
		t.setDecoded(chars, true)
		if codecs.Len(chars) < int(c.skip) {
			return 0, t.host.Raise(OSError, "can't restore logical file position")
		}
		t.takeDecoded(int(c.skip))
	}
	if t.encoder != nil {
		t.encoder.Begin(c.start != 0 || c.flags != 0)
	}
	return c.start, nil
}

// SeekEnd changes the position to the end, and returns it.
func (t *text) SeekEnd() (at int64, err error) {
	if err := t.CheckSeekable(); err != nil {
		return 0, err
	}
	if err := t.Flush(); err != nil {
		return 0, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.setDecoded("", false)
	t.snapshot = nil
	if t.decoder != nil {
		t.decoder.reset()
	}
	err = t.callBuffer(func(buffer Binary) (err error) {
		at, err = buffer.Seek(0, 2)
		return err
	})
	if err == nil && t.encoder != nil {
		t.encoder.Begin(at != 0)
	}
	return at, err
}

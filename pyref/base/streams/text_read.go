package streams

import (
	"strings"

	"github.com/pyparity/pyparity/pyref/base/codecs"
)

// takeDecoded takes n characters of what is decoded, or all if n is negative.
func (t *text) takeDecoded(n int) string {
	chars := t.decoded[t.used:]
	if n >= 0 {
		chars, _ = codecs.Cut(chars, n)
	}
	t.used += len(chars)
	return chars
}

func (t *text) setDecoded(chars string, has bool) { t.decoded, t.hasDecoded, t.used = chars, has, 0 }

// readChunk decodes the next piece of the buffer; more is false at its end.
func (t *text) readChunk(hint int) (more bool, err error) {
	if t.decoder == nil {
		return false, t.host.unsupported("not readable")
	}
	var before []byte
	var flags uint64
	if t.telling {
		before, flags = t.decoder.state()
	}
	if hint > 0 {
		hint = int(max(t.ratio, 1) * float64(hint))
	}
	var data []byte
	size := max(t.chunk, hint)
	err = t.callBuffer(func(buffer Binary) (err error) {
		data, err = buffer.Read1(size)
		return err
	})
	if err != nil {
		return false, err
	}
	if data == nil {
		return false, t.host.Raise(TypeError, "underlying read1() should have returned a bytes-like object, not 'NoneType'")
	}
	chars, err := t.decoder.decode(data, len(data) == 0)
	if err != nil {
		return false, t.host.Failed(err)
	}
	t.setDecoded(chars, true)
	t.ratio = 0
	if n := codecs.Len(chars); n > 0 {
		t.ratio = float64(len(data)) / float64(n)
	}
	if t.telling {
		t.snapshot = &snapshot{flags, append(append([]byte{}, before...), data...)}
	}
	return len(data) > 0 || chars != "", nil
}

// ReadChars reads n characters, or to the end of the stream if n is negative.
func (t *text) ReadChars(n int) (chars string, err error) {
	buffer, err := t.open()
	if err != nil {
		return "", err
	}
	err = t.locked(func() error {
		if t.decoder == nil {
			return t.host.unsupported("not readable")
		}
		if err := t.writeFlush(); err != nil {
			return err
		}
		if n < 0 {
			chars, err = t.readAll(buffer)
		} else {
			chars, err = t.readSome(n)
		}
		return err
	})
	return chars, err
}

func (t *text) readAll(buffer Binary) (string, error) {
	var data []byte
	var err error
	t.unlocked(func() { data, err = buffer.ReadUpTo(-1) })
	if err != nil {
		return "", err
	}
	if data == nil {
		return "", t.noBytes()
	}
	decoded, err := t.decoder.decode(data, true)
	if err != nil {
		return "", t.host.Failed(err)
	}
	chars := t.takeDecoded(-1) + decoded
	if t.snapshot != nil {
		t.setDecoded("", false)
		t.snapshot = nil
	}
	return chars, nil
}

// noBytes is the error of a read that would have to wait. Before 3.14 it is the
// decoder's, which was given None.
func (t *text) noBytes() error {
	python, name := t.host.Python, t.codec.Name
	switch {
	case python >= 14:
		return t.host.Raise(BlockingIOError, "Read returned None.")
	case name == "undefined":
		_, err := t.decoder.decode(nil, true)
		return t.host.Failed(err)
	case name == "punycode":
		return t.host.Raise(AttributeError, "'NoneType' object has no attribute 'rfind'")
	case strings.HasPrefix(name, "utf-"), name == "idna", python >= 10 && strings.HasSuffix(name, "unicode-escape"):
		return t.host.Raise(TypeError, "can't concat NoneType to bytes")
	}
	return t.host.Raise(TypeError, "a bytes-like object is required, not 'NoneType'")
}

func (t *text) readSome(n int) (string, error) {
	var b strings.Builder
	chars := t.takeDecoded(n)
	for {
		b.WriteString(chars)
		if n -= codecs.Len(chars); n <= 0 {
			return b.String(), nil
		}
		more, err := t.readChunk(n)
		if err != nil {
			return "", err
		}
		if !more {
			return b.String(), nil
		}
		chars = t.takeDecoded(n)
	}
}

// ReadLine reads up to and with the next line ending, at most limit characters if
// that is not negative.
func (t *text) ReadLine(limit int) (line string, err error) {
	if _, err := t.open(); err != nil {
		return "", err
	}
	err = t.locked(func() error {
		line, err = t.readLine(limit)
		return err
	})
	return line, err
}

func (t *text) readLine(limit int) (string, error) {
	if err := t.writeFlush(); err != nil {
		return "", err
	}
	var aside strings.Builder
	asideLen := 0     // in characters
	var carry *string // what may be the start of a line ending
	for {
		for !t.hasDecoded || t.decoded == "" {
			more, err := t.readChunk(0)
			if err != nil {
				return "", err
			}
			if !more {
				t.setDecoded("", false)
				t.snapshot = nil
				if carry != nil {
					aside.WriteString(*carry)
				}
				return aside.String(), nil
			}
		}
		rest, before := t.decoded[t.used:], 0
		if carry != nil {
			rest, before = *carry+t.decoded, len(*carry)
			carry = nil
		}
		end, consumed := t.newline.lineEnd(rest)
		found := end >= 0
		if !found {
			end = consumed
		}
		if limit >= 0 {
			if n := codecs.Len(rest[:end]) + asideLen; n >= limit {
				head, _ := codecs.Cut(rest, limit-asideLen)
				end, found = len(head), true
			}
		}
		if found {
			t.used += end - before
			aside.WriteString(rest[:end])
			return aside.String(), nil
		}
		aside.WriteString(rest[:end])
		asideLen += codecs.Len(rest[:end])
		if tail := rest[end:]; tail != "" {
			carry = &tail
		}
		t.setDecoded("", false)
	}
}

// Next is the next line; empty is the end of the iteration. Telling the position
// is not possible in between.
func (t *text) Next() (string, error) {
	if _, err := t.attached(); err != nil {
		return "", err
	}
	_ = t.locked(func() error { t.telling = false; return nil })
	line, err := t.ReadLine(-1)
	if err == nil && line == "" {
		_ = t.locked(func() error {
			t.snapshot = nil
			t.telling = t.seekable
			return nil
		})
	}
	return line, err
}

// ReadSome returns what is decoded, or decodes one more piece; empty is the end of
// the stream.
func (t *text) ReadSome() (chars string, err error) {
	if _, err := t.open(); err != nil {
		return "", err
	}
	err = t.locked(func() error {
		if err := t.writeFlush(); err != nil {
			return err
		}
		for more := true; more; {
			if chars = t.takeDecoded(-1); chars != "" {
				return nil
			}
			var err error
			if more, err = t.readChunk(0); err != nil {
				return err
			}
		}
		return nil
	})
	return chars, err
}

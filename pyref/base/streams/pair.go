package streams

import "strconv"

func itoa(n int) string { return strconv.Itoa(n) }

// A Pair is io.BufferedRWPair: a reader and a writer that do not share a buffer,
// as for a socket, where what was written is not what will be read.
type Pair struct {
	host   *Host
	Reader *Buffered
	Writer *Buffered
}

// NewPair is io.BufferedRWPair(reader, writer, size). It fails as NewReader does.
func (h *Host) NewPair(reader, writer Raw, size int) (*Pair, error) {
	if err := h.check(reader.Readable, "readable"); err != nil {
		return nil, err
	}
	if err := h.check(writer.Writable, "writable"); err != nil {
		return nil, err
	}
	r, err := h.NewReader(reader, size)
	if err != nil {
		return nil, err
	}
	w, err := h.NewWriter(writer, size)
	if err != nil {
		return nil, err
	}
	return &Pair{host: h, Reader: r, Writer: w}, nil
}

// ReadUpTo is the reader's, and so are the others that read.
func (p *Pair) ReadUpTo(n int) ([]byte, error) { return p.Reader.ReadUpTo(n) }

// Read1 is the reader's.
func (p *Pair) Read1(n int) ([]byte, error) { return p.Reader.Read1(n) }

// ReadInto is the reader's.
func (p *Pair) ReadInto(b []byte) (int, error) { return p.Reader.ReadInto(b) }

// ReadInto1 is the reader's.
func (p *Pair) ReadInto1(b []byte) (int, error) { return p.Reader.ReadInto1(b) }

// Peek is the reader's.
func (p *Pair) Peek(n int) ([]byte, error) { return p.Reader.Peek(n) }

// ReadLine peeks and reads. Where it would have to wait it fails with OSError.
func (p *Pair) ReadLine(limit int) ([]byte, error) { return p.host.ReadLine(p.Peek, p.ReadUpTo, limit) }

// Write is the writer's.
func (p *Pair) Write(b []byte) (int, error) { return p.Writer.Write(b) }

// Flush is the writer's.
func (p *Pair) Flush() error { return p.Writer.Flush() }

// Readable is the reader's.
func (p *Pair) Readable() (bool, error) { return p.Reader.Readable() }

// Writable is the writer's.
func (p *Pair) Writable() (bool, error) { return p.Writer.Writable() }

// Seekable is false.
func (p *Pair) Seekable() (bool, error) { return false, nil }

// IsATTY is true if one of the two is a terminal.
func (p *Pair) IsATTY() (bool, error) {
	if yes, err := p.Writer.IsATTY(); yes || err != nil {
		return yes, err
	}
	return p.Reader.IsATTY()
}

// Closed is the writer's.
func (p *Pair) Closed() (bool, error) { return p.Writer.Closed() }

// Close closes the writer, then the reader. The reader is closed even if that
// fails.
func (p *Pair) Close() error {
	first := p.Writer.Close()
	if err := p.Reader.Close(); err != nil {
		return err
	}
	return first
}

// Fileno fails: there could be two.
func (p *Pair) Fileno() (int, error) { return 0, p.host.unsupported("fileno") }

// Seek fails.
func (p *Pair) Seek(int64, int) (int64, error) { return 0, p.host.unsupported("seek") }

// Tell fails.
func (p *Pair) Tell() (int64, error) { return 0, p.host.unsupported("seek") }

package socket

import (
	"sync"

	"github.com/pyparity/pyparity/pyref/base/streams"
)

// closed are what stands in for nil and for the zero values of the files: closed ones.
var closed struct {
	once   sync.Once
	raw    *SocketIO
	reader *BufferedReader
	writer *BufferedWriter
	pair   *BufferedRWPair
	text   *TextIOWrapper
}

// makeClosed makes them. None of it depends on anything that could fail.
func makeClosed() {
	closed.raw, _ = NewSocketIO(nil, "rw")
	closed.reader, _ = newReader(closed.raw, 1)
	closed.writer, _ = newWriter(closed.raw, 1)
	closed.pair, _ = newPair(closed.raw, 1)
	closed.text, _ = newText(closed.pair, "rw", FileOptions{})
	_ = closed.raw.Close()
}

// in is the file itself, or a closed one in place of nil and of the zero value.
func (f *SocketIO) in() *socketIO {
	if f == nil || f.socketIO == nil {
		closed.once.Do(makeClosed)
		return closed.raw.socketIO
	}
	return f.socketIO
}

func (r *BufferedReader) in() *streams.Buffered {
	if r == nil || r.b == nil {
		closed.once.Do(makeClosed)
		return closed.reader.b
	}
	return r.b
}

func (w *BufferedWriter) in() *streams.Buffered {
	if w == nil || w.b == nil {
		closed.once.Do(makeClosed)
		return closed.writer.b
	}
	return w.b
}

func (p *BufferedRWPair) in() *streams.Pair {
	if p == nil || p.p == nil {
		closed.once.Do(makeClosed)
		return closed.pair.p
	}
	return p.p
}

func (f *TextIOWrapper) orClosed() *TextIOWrapper {
	if f == nil || f.t == nil {
		closed.once.Do(makeClosed)
		return closed.text
	}
	return f
}

package socket

import (
	"iter"

	"github.com/pyparity/pyparity/pyref/base/codecs"
)

// What io.IOBase makes of readline and write: iteration, readlines and writelines.

// checkOpen fails with ValueError for a file that is closed or detached.
func checkOpen(f File) error {
	closed, err := f.Closed()
	if err == nil && closed {
		err = errClosedFile()
	}
	return err
}

// lines yields a file's lines until there are none, or an error.
func lines[T string | []byte](f File, readLine func(limit int) (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		if err := checkOpen(f); err != nil {
			var none T
			yield(none, err)
			return
		}
		for {
			line, err := readLine(-1)
			if err == nil && len(line) == 0 || !yield(line, err) || err != nil {
				return
			}
		}
	}
}

// readLines lists lines until there are more than hint characters, if that is positive.
func readLines[T string | []byte](lines iter.Seq2[T, error], size func(T) int, hint int) ([]T, error) {
	var all []T
	total := 0
	for line, err := range lines {
		if err != nil {
			return nil, err
		}
		all = append(all, line)
		if total += size(line); hint > 0 && total > hint {
			break
		}
	}
	return all, nil
}

// writeLines writes one after the other.
func writeLines[T string | []byte](f File, write func(T) (int, error), lines []T) error {
	if err := checkOpen(f); err != nil {
		return err
	}
	for _, line := range lines {
		if _, err := write(line); err != nil {
			return err
		}
	}
	return nil
}

func bytesLen(line []byte) int { return len(line) }

// Lines iterates over the lines, as Python does over the file. An error is the last that
// it yields.
func (f *SocketIO) Lines() iter.Seq2[[]byte, error] { return lines(f, f.ReadLine) }

// ReadLines is Python's readlines: the lines up to the end of the stream, or, if hint is
// positive, until they have more bytes than that.
func (f *SocketIO) ReadLines(hint int) ([][]byte, error) { return readLines(f.Lines(), bytesLen, hint) }

// WriteLines is Python's writelines: it writes them as they are, each by one WriteSome,
// so that some of it may be lost, as in Python.
func (f *SocketIO) WriteLines(lines [][]byte) error { return writeLines(f, f.WriteSome, lines) }

// Lines iterates over the lines, as Python does over the file. An error is the last that
// it yields.
func (r *BufferedReader) Lines() iter.Seq2[[]byte, error] { return lines(r, r.ReadLine) }

// ReadLines is Python's readlines: the lines up to the end of the stream, or, if hint is
// positive, until they have more bytes than that.
func (r *BufferedReader) ReadLines(hint int) ([][]byte, error) {
	return readLines(r.Lines(), bytesLen, hint)
}

// Lines iterates over the lines, as Python does over the file. An error is the last that
// it yields.
func (p *BufferedRWPair) Lines() iter.Seq2[[]byte, error] { return lines(p, p.ReadLine) }

// ReadLines is Python's readlines: the lines up to the end of the stream, or, if hint is
// positive, until they have more bytes than that.
func (p *BufferedRWPair) ReadLines(hint int) ([][]byte, error) {
	return readLines(p.Lines(), bytesLen, hint)
}

// WriteLines is Python's writelines: it writes them as they are, without line endings.
func (p *BufferedRWPair) WriteLines(lines [][]byte) error { return writeLines(p, p.Write, lines) }

// WriteLines is Python's writelines: it writes them as they are, without line endings.
func (w *BufferedWriter) WriteLines(lines [][]byte) error { return writeLines(w, w.Write, lines) }

// Lines iterates over the lines, as Python does over the file. An error is the last that
// it yields.
func (f *TextIOWrapper) Lines() iter.Seq2[string, error] { return lines(f, f.ReadLine) }

// ReadLines is Python's readlines: the lines up to the end of the stream, or, if hint is
// positive, until they have more characters than that.
func (f *TextIOWrapper) ReadLines(hint int) ([]string, error) {
	return readLines(f.Lines(), codecs.Len, hint)
}

// WriteLines is Python's writelines: it writes them as they are, without line endings.
func (f *TextIOWrapper) WriteLines(lines []string) error { return writeLines(f, f.WriteString, lines) }

package streams_test

import (
	"bytes"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/pyparity/pyparity/pyref/base/streams"
)

// A fake is a raw stream that gives pieces and takes a few bytes at a time.
type fake struct {
	mu     sync.Mutex
	pieces [][]byte // nil would block
	taken  bytes.Buffer
	room   int
	closed bool
}

func (f *fake) ReadInto(p []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.pieces) == 0 {
		return 0, nil
	}
	if f.pieces[0] == nil {
		f.pieces = f.pieces[1:]
		return streams.WouldBlock, nil
	}
	n := copy(p, f.pieces[0])
	if f.pieces[0] = f.pieces[0][n:]; len(f.pieces[0]) == 0 {
		f.pieces = f.pieces[1:]
	}
	return n, nil
}

func (f *fake) WriteSome(p []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := min(len(p), f.room)
	if n == 0 {
		return streams.WouldBlock, nil
	}
	f.room -= n
	return f.taken.Write(p[:n])
}

func (f *fake) ReadAll() ([]byte, error)       { return host.ReadAll(f.ReadInto) }
func (f *fake) Closed() (bool, error)          { return f.closed, nil }
func (f *fake) Close() error                   { f.closed = true; return nil }
func (f *fake) Flush() error                   { return nil }
func (f *fake) Readable() (bool, error)        { return true, nil }
func (f *fake) Writable() (bool, error)        { return true, nil }
func (f *fake) Seekable() (bool, error)        { return false, nil }
func (f *fake) IsATTY() (bool, error)          { return false, nil }
func (f *fake) Fileno() (int, error)           { return 5, nil }
func (f *fake) Seek(int64, int) (int64, error) { return 0, errors.New("no positions") }
func (f *fake) Tell() (int64, error)           { return 0, errors.New("no positions") }
func (f *fake) Truncate(*int64) (int64, error) { return 0, errors.New("no size") }

type raised struct {
	class string
	args  []any
}

func (r *raised) Error() string { return fmt.Sprint(r.class, r.args) }

var host = &streams.Host{
	Python: 13,
	Raise:  func(class string, args ...any) error { return &raised{class, args} },
	Failed: func(err error) error { return err },
	Blocking: func(err error) bool {
		var r *raised
		return errors.As(err, &r) && r.class == streams.BlockingIOError
	},
}

// However the bytes come, the lines are the same.
func TestLinesDoNotDependOnPieces(t *testing.T) {
	const text = "one\ntwo\n\nthree longer than the buffer\nfour"
	for size := 1; size < len(text); size++ {
		var pieces [][]byte
		for rest := []byte(text); len(rest) > 0; {
			n := min(size, len(rest))
			pieces, rest = append(pieces, rest[:n]), rest[n:]
		}
		r, err := host.NewReader(&fake{pieces: pieces}, 8)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for {
			line, err := r.ReadLine(-1)
			if err != nil {
				t.Fatal(err)
			}
			if len(line) == 0 {
				break
			}
			got = append(got, string(line))
		}
		if want := `["one\n" "two\n" "\n" "three longer than the buffer\n" "four"]`; fmt.Sprintf("%q", got) != want {
			t.Errorf("pieces of %d: %q", size, got)
		}
	}
}

func TestReadThatWouldBlock(t *testing.T) {
	r, err := host.NewReader(&fake{pieces: [][]byte{nil, []byte("ab"), nil}}, 8)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"<nil>", "ab"} {
		data, err := r.ReadUpTo(5)
		got := string(data)
		if data == nil {
			got = "<nil>"
		}
		if got != want || err != nil {
			t.Errorf("read %d: %q, %v", i, data, err)
		}
	}
}

func TestWriteThatWouldBlock(t *testing.T) {
	f := &fake{room: 3}
	w, err := host.NewWriter(f, 4)
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.Write([]byte("0123456789"))
	var r *raised
	if !errors.As(err, &r) || r.class != streams.BlockingIOError || r.args[2] != 7 {
		t.Fatalf("got %v, want 7 bytes taken: 3 written and 4 kept", err)
	}
	f.room = 100
	if err := w.Flush(); err != nil || f.taken.String() != "0123456" {
		t.Errorf("%v, written %q", err, f.taken.String())
	}
}

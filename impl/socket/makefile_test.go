//go:build linux

package socket_test

import (
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/iotest"
	"time"

	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/impl/socket"
)

func pair(t *testing.T) (a, b *socket.Socket) {
	t.Helper()
	a, b, err := socket.SocketPair(socket.AF_UNIX, socket.SOCK_STREAM, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = errors.Join(a.Close(), b.Close()) })
	return a, b
}

func TestMakefileClasses(t *testing.T) {
	a, _ := pair(t)
	for _, c := range []struct {
		mode      string
		buffering int
		is        func(socket.File) bool
	}{
		{"rb", 0, func(f socket.File) bool { _, ok := f.(*socket.BufferedReader); return ok }},
		{"bw", 0, func(f socket.File) bool { _, ok := f.(*socket.BufferedWriter); return ok }},
		{"wrb", 0, func(f socket.File) bool { _, ok := f.(*socket.BufferedRWPair); return ok }},
		{"", 0, func(f socket.File) bool { _, ok := f.(*socket.TextIOWrapper); return ok }},
		{"rb", -1, func(f socket.File) bool { _, ok := f.(*socket.BufferedReader); return ok }},
		{"rwb", socket.Unbuffered, func(f socket.File) bool { _, ok := f.(*socket.SocketIO); return ok }},
	} {
		f, err := a.Makefile(c.mode, socket.FileOptions{Buffering: c.buffering})
		if err != nil || !c.is(f) {
			t.Errorf("Makefile(%q): %T, %v", c.mode, f, err)
			continue
		}
		f.Close()
	}
	if a.OpenFiles() != 0 {
		t.Errorf("%d files are open", a.OpenFiles())
	}
}

func TestMakefileRefuses(t *testing.T) {
	a, _ := pair(t)
	newline := "x"
	for _, c := range []struct {
		mode    string
		options socket.FileOptions
		class   *pyerr.Class
		text    string
	}{
		{"a", socket.FileOptions{}, pyerr.ValueError, "invalid mode 'a' (only r, w, b allowed)"},
		{"r", socket.FileOptions{Buffering: socket.Unbuffered}, pyerr.ValueError, "unbuffered streams must be binary"},
		{"r", socket.FileOptions{Encoding: "nonsense"}, pyerr.LookupError, "unknown encoding: nonsense"},
		{"r", socket.FileOptions{Newline: &newline}, pyerr.ValueError, "illegal newline value: x"},
	} {
		_, err := a.Makefile(c.mode, c.options)
		var e *pyerr.Error
		if !errors.As(err, &e) || e.Class != c.class || e.Text() != c.text {
			t.Errorf("Makefile(%q, %+v): %v, want %s: %s", c.mode, c.options, err, c.class, c.text)
		}
	}
	if a.OpenFiles() != 0 {
		t.Errorf("%d files are open", a.OpenFiles())
	}
	if _, err := a.MakeText("rb", socket.FileOptions{}); !errors.Is(err, pyerr.ValueError) || a.OpenFiles() != 0 {
		t.Errorf("MakeText of bytes: %v, %d files are open", err, a.OpenFiles())
	}
}

func TestFilesEndInEOF(t *testing.T) {
	for _, mode := range []string{"rb", "rwb", "r"} {
		a, b := pair(t)
		f, err := a.Makefile(mode, socket.FileOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if err := b.SendAll([]byte("one\ntwo"), 0); err != nil {
			t.Fatal(err)
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(f.(io.Reader))
		if string(data) != "one\ntwo" || err != nil {
			t.Errorf("%s: %q, %v", mode, data, err)
		}
		f.Close()
	}
}

func TestRawFile(t *testing.T) {
	a, b := pair(t)
	f, err := socket.NewSocketIO(a, "rw")
	if err != nil {
		t.Fatal(err)
	}
	if n, err := f.Write([]byte("hello")); n != 5 || err != nil {
		t.Fatal(n, err)
	}
	if data, err := b.Recv(10, 0); string(data) != "hello" || err != nil {
		t.Fatal(data, err)
	}
	if err := a.SetBlocking(false); err != nil {
		t.Fatal(err)
	}
	if n, err := f.ReadInto(make([]byte, 1)); n != socket.WouldBlock || err != nil {
		t.Errorf("ReadInto without data: %d, %v", n, err)
	}
	if _, err := f.Read(make([]byte, 1)); !errors.Is(err, pyerr.BlockingIOError) {
		t.Errorf("Read without data: %v", err)
	}
	if err := a.SetTimeout(socket.Timeout(10 * time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("Read that times out: %v", err)
	}
	if _, err := f.Read(make([]byte, 1)); !errors.Is(err, pyerr.OSError) || !strings.Contains(err.Error(), "timed out object") {
		t.Errorf("Read after a timeout: %v", err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Read(make([]byte, 1)); !errors.Is(err, pyerr.ValueError) {
		t.Errorf("Read of a closed file: %v", err)
	}
}

// How much is asked for is no reason to have the memory for it, as in CPython.
func TestHugeReads(t *testing.T) {
	a, b := pair(t)
	if _, err := b.Send([]byte("data"), 0); err != nil {
		t.Fatal(err)
	}
	raw, err := socket.NewSocketIO(a, "r")
	if err != nil {
		t.Fatal(err)
	}
	if data, err := raw.ReadUpTo(1 << 33); string(data) != "data" || err != nil {
		t.Errorf("got %q, %v", data, err)
	}
	for n, want := range map[int]*pyerr.Class{1 << 62: pyerr.MemoryError, math.MaxInt: pyerr.OverflowError} {
		if _, err := raw.ReadUpTo(n); !errors.Is(err, want) {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
}

func TestUnsupportedOperationIsTwoThings(t *testing.T) {
	a, _ := pair(t)
	f, err := a.MakeText("w", socket.FileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.ReadLine(-1)
	if !errors.Is(err, pyerr.UnsupportedOperation) || !errors.Is(err, pyerr.OSError) || !errors.Is(err, pyerr.ValueError) {
		t.Errorf("ReadLine of a writer: %v", err)
	}
}

func TestDroppedFileLetsGo(t *testing.T) {
	a, _ := pair(t)
	if _, err := a.MakeText("rw", socket.FileOptions{}); err != nil {
		t.Fatal(err)
	}
	for range 100 {
		runtime.GC()
		if a.OpenFiles() == 0 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("a file that nobody has is still open")
}

func TestSendFileOfAReader(t *testing.T) {
	a, b := pair(t)
	for _, c := range []struct {
		offset, count int64
		want          string
	}{{0, 0, "hello world"}, {6, 0, "world"}, {6, 3, "wor"}, {100, 0, ""}} {
		r := strings.NewReader("hello world")
		n, err := a.SendFile(r, c.offset, c.count)
		if n != int64(len(c.want)) || err != nil {
			t.Errorf("SendFile from %d: %d, %v", c.offset, n, err)
		}
		if n > 0 {
			data, err := b.Recv(100, 0)
			if string(data) != c.want || err != nil {
				t.Errorf("got %q, %v; want %q", data, err, c.want)
			}
		}
	}
	for _, count := range []int64{-1} {
		if _, err := a.SendFile(strings.NewReader("x"), 0, count); !errors.Is(err, pyerr.ValueError) {
			t.Errorf("a count of %d: %v", count, err)
		}
	}
	if err := a.SetBlocking(false); err != nil {
		t.Fatal(err)
	}
	if _, err := a.SendFile(strings.NewReader("x"), 0, 0); !errors.Is(err, pyerr.ValueError) {
		t.Errorf("a non-blocking socket: %v", err)
	}
}

// A reader may return nothing and be at no end, and an error with its last bytes.
// A file of this package is what it is to CPython 3.13: one with a descriptor is that of
// an empty file, a pair is read and cannot be positioned behind what was sent.
func TestSendFileOfAFileOfASocket(t *testing.T) {
	for _, c := range []struct {
		mode          string
		raw, closed   bool
		offset, count int64
		want, got     string
	}{
		{mode: "rb", raw: true, want: "0"},
		{mode: "rb", want: "0"},
		{mode: "rb", offset: 2, want: "0"},
		{mode: "rwb", want: "io.UnsupportedOperation: seek", got: "hello"},
		{mode: "rwb", offset: 2, want: "io.UnsupportedOperation: seek"},
		{mode: "r", want: "ValueError: file should be opened in binary mode"},
		{mode: "rb", raw: true, closed: true, want: "ValueError: I/O operation on closed file."},
		{mode: "rb", closed: true, want: "ValueError: I/O operation on closed file."},
		{mode: "rwb", closed: true, want: "ValueError: read of closed file"},
	} {
		a, b := pair(t)
		from, source := pair(t)
		check(t, from.SendAll([]byte("hello"), 0))
		check(t, from.Shutdown(socket.SHUT_WR))
		var o socket.FileOptions
		if c.raw {
			o.Buffering = socket.Unbuffered
		}
		f := must(source.Makefile(c.mode, o))
		if c.closed {
			check(t, f.Close())
		}
		if got := text(a.SendFile(f.(io.Reader), c.offset, c.count)); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
		check(t, a.Close())
		if got := string(must(b.Recv(100, 0))); got != c.got {
			t.Errorf("%+v: sent %q", c, got)
		}
	}
}

func TestSendFileOfAnyReader(t *testing.T) {
	a, b := pair(t)
	failed := errors.New("failed")
	for _, c := range []struct {
		name string
		r    io.Reader
		err  error
	}{
		{"empty reads", &emptyReads{Reader: strings.NewReader("data")}, nil},
		{"an end with data", iotest.DataErrReader(strings.NewReader("data")), nil},
		{"an error with data", iotest.DataErrReader(io.MultiReader(strings.NewReader("data"), iotest.ErrReader(failed))), failed},
	} {
		n, err := a.SendFile(c.r, 0, 0)
		if n != 4 || !errors.Is(err, c.err) {
			t.Errorf("%s: %d, %v", c.name, n, err)
			continue
		}
		if data, err := b.Recv(100, 0); string(data) != "data" || err != nil {
			t.Errorf("%s: got %q, %v", c.name, data, err)
		}
	}
	if _, err := a.SendFile(iotest.ErrReader(nil), 0, 0); !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("nothing but empty reads: %v", err)
	}
}

// emptyReads returns nothing every other time.
type emptyReads struct {
	io.Reader
	n int
}

func (r *emptyReads) Read(p []byte) (int, error) {
	if r.n++; r.n%2 == 1 {
		return 0, nil
	}
	return r.Reader.Read(p)
}

// Python polls for room before it sees that count is reached.
func TestSendFileWaitsForRoomBehindTheCount(t *testing.T) {
	a, _ := pair(t)
	path := filepath.Join(t.TempDir(), "f")
	if err := os.WriteFile(path, make([]byte, 1<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := a.SetTimeout(socket.Timeout(30 * time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	const count = 150_000 // there is room, but not much of it behind
	n, err := a.SendFile(file, 0, count)
	if n != count || !errors.Is(err, pyerr.TimeoutError) {
		t.Errorf("got %d, %v", n, err)
	}
	if at, err := file.Seek(0, io.SeekCurrent); at != count || err != nil {
		t.Errorf("the file stands at %d, %v", at, err)
	}
}

// The file below a text is Python's buffer.
func TestBufferOfText(t *testing.T) {
	a, b := pair(t)
	text, err := a.MakeText("w", socket.FileOptions{Encoding: "utf-16-le"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := text.WriteString("é"); err != nil {
		t.Fatal(err)
	}
	under, err := text.Detach()
	if err != nil {
		t.Fatal(err)
	}
	w, ok := under.(*socket.BufferedWriter)
	if !ok || text.Buffer() != nil {
		t.Fatalf("%T, then %v", under, text.Buffer())
	}
	if _, err := w.Write([]byte("!")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if data, err := b.Recv(100, 0); string(data) != "\xe9\x00!" || err != nil {
		t.Errorf("got %q, %v", data, err)
	}
	if _, err := text.WriteString("x"); !errors.Is(err, pyerr.ValueError) {
		t.Errorf("a write to what is detached: %v", err)
	}
}

// As an io.Writer a text takes UTF-8 that is cut anywhere.
func TestTextTakesPieces(t *testing.T) {
	a, b := pair(t)
	const text = "a€\U0001f600é\n"
	w, err := a.MakeText("w", socket.FileOptions{Encoding: "utf-16-le"})
	if err != nil {
		t.Fatal(err)
	}
	for i := range len(text) {
		if n, err := w.Write([]byte{text[i]}); n != 1 || err != nil {
			t.Fatal(n, err)
		}
	}
	if _, err := w.Write([]byte("\xe2\x82")); err != nil {
		t.Error(err)
	}
	if err := w.Close(); !errors.Is(err, pyerr.UnicodeEncodeError) {
		t.Errorf("an end within a character: %v", err)
	}
	if err := a.Close(); err != nil {
		t.Error(err)
	}
	r, err := b.MakeText("r", socket.FileOptions{Encoding: "utf-16-le"})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := r.ReadChars(-1); got != text || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
}

// What the codecs do about errors is Python's, to the text.
func TestTextErrors(t *testing.T) {
	a, b := pair(t)
	if err := a.SetBlocking(false); err != nil {
		t.Fatal(err)
	}
	for encoding, want := range map[string]string{
		"utf-8":          "TypeError: can't concat NoneType to bytes",
		"unicode_escape": "TypeError: can't concat NoneType to bytes",
		"idna":           "TypeError: can't concat NoneType to bytes",
		"latin-1":        "TypeError: a bytes-like object is required, not 'NoneType'",
		"punycode":       "AttributeError: 'NoneType' object has no attribute 'rfind'",
		"undefined":      "UnicodeError: undefined encoding",
	} {
		f, err := a.MakeText("r", socket.FileOptions{Encoding: encoding})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.ReadChars(-1); err == nil || err.Error() != want {
			t.Errorf("%s: a read that would block: %v, want %s", encoding, err, want)
		}
	}
	f, err := a.MakeText("w", socket.FileOptions{Encoding: "utf-8-sig"})
	if err != nil {
		t.Fatal(err)
	}
	const want = `UnicodeEncodeError: 'utf-8' codec can't encode character '\udc80' in position 1: surrogates not allowed`
	if _, err := f.WriteString("a\xed\xb2\x80"); err == nil || err.Error() != want {
		t.Errorf("a write of a surrogate: %v", err)
	}
	if _, err := f.WriteString("b"); err != nil {
		t.Error(err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if data, err := b.Recv(100, 0); string(data) != "b" || err != nil {
		t.Errorf("the signature was lost with the first write: got %q, %v", data, err)
	}
}

// A blocked sendfile leaves the descriptor blocking, and ends when there is room.
func TestSendFileWaits(t *testing.T) {
	a, b := pair(t)
	path := filepath.Join(t.TempDir(), "f")
	if err := os.WriteFile(path, make([]byte, 1<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	done := make(chan error, 1)
	go func() {
		n, err := a.SendFile(file, 0, 0)
		if err == nil && n != 1<<20 {
			err = errors.New("not everything was sent")
		}
		done <- errors.Join(err, a.Shutdown(socket.SHUT_WR))
	}()
	r, err := b.MakeReader(0)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(r)
	if len(data) != 1<<20 || err != nil {
		t.Errorf("%d bytes, %v", len(data), err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	if at, err := file.Seek(0, io.SeekCurrent); at != 1<<20 || err != nil {
		t.Errorf("the file stands at %d, %v", at, err)
	}
}

func TestFilesAreForSeveralGoroutines(t *testing.T) {
	a, b := pair(t)
	f, err := a.MakeText("rw", socket.FileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	answer := make(chan string, 1)
	go func() {
		line, err := f.ReadLine(-1)
		if err != nil {
			line = err.Error()
		}
		answer <- line
	}()
	if _, err := f.WriteString("question\n"); err != nil {
		t.Fatal(err)
	}
	if err := f.Flush(); err != nil {
		t.Fatal(err)
	}
	if data, err := b.Recv(100, 0); string(data) != "question\n" || err != nil {
		t.Fatalf("%q, %v", data, err)
	}
	if err := b.SendAll([]byte("answer\n"), 0); err != nil {
		t.Fatal(err)
	}
	if got := <-answer; got != "answer\n" {
		t.Errorf("got %q", got)
	}
}

// held is an endpoint that cannot be let go of.
type held struct{ socket.Endpoint }

func (held) ReleaseFile() error { return pyerr.FromErrno(syscall.EBADF) }

func TestRawFileWhoseCloseFails(t *testing.T) {
	f, err := socket.NewSocketIOOver(held{}, "rw")
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); !errors.Is(err, syscall.EBADF) {
		t.Errorf("close: %v", err)
	}
	if closed, err := f.Closed(); !closed || err != nil {
		t.Errorf("closed: %v, %v", closed, err)
	}
	if f.Sock() == nil {
		t.Error("the socket is gone")
	}
	if n, err := f.Name(); n != -1 || err != nil {
		t.Errorf("name: %d, %v", n, err)
	}
	if err := f.Close(); err != nil {
		t.Errorf("close again: %v", err)
	}
}

// A call keeps its file alive, as in Python. Otherwise the collector closes the file,
// waits for the call, and with it everything else that is to be collected.
func TestACallKeepsItsFileAlive(t *testing.T) {
	// What is read last is what nobody has any more.
	reads := map[string]func(*socket.Socket) (string, error){
		"rb": func(s *socket.Socket) (string, error) {
			line, err := must(s.MakeReader(0)).ReadLine(-1)
			return string(line), err
		},
		"rwb": func(s *socket.Socket) (string, error) {
			line, err := must(s.MakeReadWriter(0)).ReadLine(-1)
			return string(line), err
		},
		"r": func(s *socket.Socket) (string, error) {
			return must(s.MakeText("r", socket.FileOptions{})).ReadLine(-1)
		},
		"raw": func(s *socket.Socket) (string, error) {
			line, err := must(socket.NewSocketIO(s, "r")).ReadLine(-1)
			return string(line), err
		},
	}
	for mode, read := range reads {
		const calls = 8 // more than the runtime has goroutines for what is collected
		var wg sync.WaitGroup
		var peers []*socket.Socket
		for range calls {
			a, b := must2(socket.SocketPair(socket.AF_UNIX, socket.SOCK_STREAM, 0))
			peers = append(peers, b)
			wg.Go(func() {
				if line, err := read(a); line != "line\n" {
					t.Errorf("%s: %q, %v", mode, line, err)
				}
			})
		}
		time.Sleep(50 * time.Millisecond)
		collected := make(chan struct{}, 1)
		runtime.GC() // the files
		time.Sleep(50 * time.Millisecond)
		runtime.AddCleanup(&[64]byte{}, func(c chan struct{}) { c <- struct{}{} }, collected)
		soon(t, mode+": what is collected behind a file that is read", func() {
			for len(collected) == 0 {
				runtime.GC()
				time.Sleep(time.Millisecond)
			}
		})
		for _, peer := range peers {
			check(t, peer.SendAll([]byte("line\n"), 0))
		}
		soon(t, mode, wg.Wait)
		for _, peer := range peers {
			check(t, peer.Close())
		}
	}
}

func must2[A, B any](a A, b B, err error) (A, B) {
	if err != nil {
		panic(err)
	}
	return a, b
}

//go:build linux

package socket_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pyparity/pyparity/impl/socket"
)

// answers are what a file answers to all questions, with FD for a descriptor.
func answers(f socket.File) string {
	var all []string
	ask := func(name, answer string) { all = append(all, name+"="+answer) }
	flag := func(name string, question func() (bool, error)) { ask(name, text(question())) }
	fd := func(name string, question func() (int, error)) {
		answer := text(question())
		if n, err := question(); err == nil && n >= 0 {
			answer = "FD"
		}
		ask(name, answer)
	}
	flag("readable", f.Readable)
	flag("writable", f.Writable)
	flag("seekable", f.Seekable)
	flag("isatty", f.IsATTY)
	fd("fileno", f.Fileno)
	ask("tell", text(f.Tell()))
	ask("seek", text(f.Seek(0, 0)))
	ask("truncate", text(f.Truncate(nil)))
	switch f := f.(type) {
	case interface{ Mode() string }:
		ask("mode", f.Mode())
	case interface{ Mode() (string, error) }:
		ask("mode", text(f.Mode()))
	}
	if f, ok := f.(interface{ Name() (int, error) }); ok {
		fd("name", f.Name)
	}
	flag("closed", f.Closed)
	ask("flush", errText(f.Flush()))
	ask("close", errText(f.Close()))
	return strings.Join(all, "\n")
}

// CPython 3.13 answered so.
func TestFilesAnswerAsPythonsDo(t *testing.T) {
	const (
		closedSocket = "ValueError: I/O operation on closed socket."
		closedFile   = "ValueError: I/O operation on closed file."
		noFileno     = "io.UnsupportedOperation: fileno"
		noSeek       = "io.UnsupportedOperation: seek"
		noTruncate   = "io.UnsupportedOperation: truncate"
		rawGone      = "ValueError: raw stream has been detached"
		bufferGone   = "ValueError: underlying buffer has been detached"
		noPosition   = "io.UnsupportedOperation: underlying stream is not seekable"
		noName       = "AttributeError: '_io.BufferedRWPair' object has no attribute 'name'"
	)
	type row [13]string // readable, writable, seekable, isatty, fileno, tell, seek, truncate, mode, name, closed, flush, close
	for _, c := range []struct {
		mode, state string
		want        row
	}{
		{"rb raw", "open", row{"true", "false", "false", "false", "FD", noSeek, noSeek, noTruncate, "rb", "FD", "false", "ok", "ok"}},
		{"rwb raw", "open", row{"true", "true", "false", "false", "FD", noSeek, noSeek, noTruncate, "rwb", "FD", "false", "ok", "ok"}},
		{"rb", "open", row{"true", "false", "false", "false", "FD", noSeek, "io.UnsupportedOperation: File or stream is not seekable.", noTruncate, "rb", "FD", "false", "ok", "ok"}},
		{"wb", "open", row{"false", "true", "false", "false", "FD", noSeek, "io.UnsupportedOperation: File or stream is not seekable.", noTruncate, "wb", "FD", "false", "ok", "ok"}},
		{"rwb", "open", row{"true", "true", "false", "false", noFileno, noSeek, noSeek, noTruncate, "", "", "false", "ok", "ok"}},
		{"r", "open", row{"true", "false", "false", "false", "FD", noPosition, noPosition, noTruncate, "r", "FD", "false", "ok", "ok"}},
		{"w", "open", row{"false", "true", "false", "false", "FD", noPosition, noPosition, noTruncate, "w", "FD", "false", "ok", "ok"}},
		{"rw", "open", row{"true", "true", "false", "false", noFileno, noPosition, noPosition, noTruncate, "rw", noName, "false", "ok", "ok"}},

		{"rb raw", "closed", row{closedSocket, closedSocket, closedSocket, closedFile, closedFile, noSeek, noSeek, noTruncate, "rb", "-1", "true", closedFile, "ok"}},
		{"rb", "closed", row{closedSocket, "false", closedSocket, closedFile, closedFile, noSeek, "ValueError: seek of closed file", "ValueError: truncate of closed file", "rb", "-1", "true", closedFile, "ok"}},
		{"wb", "closed", row{"false", closedSocket, closedSocket, closedFile, closedFile, noSeek, "ValueError: seek of closed file", "ValueError: truncate of closed file", "wb", "-1", "true", "ValueError: flush of closed file", "ok"}},
		{"rwb", "closed", row{closedSocket, closedSocket, "false", closedFile, noFileno, noSeek, noSeek, noTruncate, "", "", "true", "ValueError: flush of closed file", "ok"}},
		{"r", "closed", row{closedSocket, "false", closedSocket, closedFile, closedFile, closedFile, closedFile, closedFile, "r", "-1", "true", closedFile, "ok"}},
		{"rw", "closed", row{closedSocket, closedSocket, "false", closedFile, noFileno, closedFile, closedFile, closedFile, "rw", noName, "true", closedFile, "ok"}},

		{"rb", "detached", row{rawGone, "false", rawGone, rawGone, rawGone, rawGone, rawGone, rawGone, rawGone, rawGone, rawGone, rawGone, rawGone}},
		{"wb", "detached", row{"false", rawGone, rawGone, rawGone, rawGone, rawGone, rawGone, rawGone, rawGone, rawGone, rawGone, rawGone, rawGone}},
		{"r", "detached", row{bufferGone, bufferGone, bufferGone, bufferGone, bufferGone, bufferGone, bufferGone, bufferGone, "r", bufferGone, bufferGone, bufferGone, bufferGone}},
		{"rw", "detached", row{bufferGone, bufferGone, bufferGone, bufferGone, bufferGone, bufferGone, bufferGone, bufferGone, "rw", bufferGone, bufferGone, bufferGone, bufferGone}},
	} {
		a, _ := pair(t)
		f := made(t, a, c.mode)
		switch c.state {
		case "closed":
			check(t, f.Close())
		case "detached":
			check(t, detach(f))
		}
		var want []string
		for i, name := range []string{"readable", "writable", "seekable", "isatty", "fileno", "tell", "seek", "truncate", "mode", "name", "closed", "flush", "close"} {
			if c.want[i] != "" {
				want = append(want, name+"="+c.want[i])
			}
		}
		if got := answers(f); got != strings.Join(want, "\n") {
			t.Errorf("%s, %s:\n%s\nwant\n%s", c.mode, c.state, got, strings.Join(want, "\n"))
		}
	}
}

// made is a file of a mode, which may end in " raw" for one without a buffer.
func made(t *testing.T, s *socket.Socket, mode string) socket.File {
	t.Helper()
	mode, raw := strings.CutSuffix(mode, " raw")
	var o socket.FileOptions
	if raw {
		o.Buffering = socket.Unbuffered
	}
	return must(s.Makefile(mode, o))
}

func detach(f socket.File) error {
	switch f := f.(type) {
	case interface {
		Detach() (*socket.SocketIO, error)
	}:
		return second(f.Detach())
	case interface{ Detach() (socket.File, error) }:
		return second(f.Detach())
	}
	return fmt.Errorf("%T has no Detach", f)
}

func TestPairsDoNotDetach(t *testing.T) {
	a, _ := pair(t)
	f := must(a.MakeReadWriter(0))
	if err := detach(f); text(0, err) != "io.UnsupportedOperation: detach" {
		t.Error(err)
	}
	check(t, f.Close())
}

func TestTextTellsItsBuffering(t *testing.T) {
	a, _ := pair(t)
	f := must(a.MakeText("w", socket.FileOptions{}))
	defer func() { check(t, f.Close()) }()
	if f.LineBuffering() || f.WriteThrough() {
		t.Error("they are on")
	}
	check(t, f.SetLineBuffering(true))
	check(t, f.SetWriteThrough(true))
	if !f.LineBuffering() || !f.WriteThrough() {
		t.Error("they are off")
	}
}

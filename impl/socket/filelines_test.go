//go:build linux

package socket_test

import (
	"fmt"
	"testing"

	"github.com/pyparity/pyparity/impl/socket"
)

// The lines of what is sent, in two parts, as CPython 3.13 has them.
func TestReadLines(t *testing.T) {
	const sent = "a\nbé\nccc\nd"
	for _, c := range []struct {
		mode string
		read func(f socket.File, hint int) (string, error)
	}{
		{"rb raw", func(f socket.File, hint int) (string, error) { return quoted(f.(*socket.SocketIO).ReadLines(hint)) }},
		{"rb", func(f socket.File, hint int) (string, error) {
			return quoted(f.(*socket.BufferedReader).ReadLines(hint))
		}},
		{"rwb", func(f socket.File, hint int) (string, error) {
			return quoted(f.(*socket.BufferedRWPair).ReadLines(hint))
		}},
		{"r", func(f socket.File, hint int) (string, error) {
			return quoted(f.(*socket.TextIOWrapper).ReadLines(hint))
		}},
	} {
		a, b := pair(t)
		check(t, b.SendAll([]byte(sent), 0))
		check(t, b.Shutdown(socket.SHUT_WR))
		f := made(t, a, c.mode)
		for _, step := range []struct {
			hint int
			want string
		}{{4, `["a\n" "bé\n"]`}, {0, `["ccc\n" "d"]`}, {-1, `[]`}} {
			if got := text(c.read(f, step.hint)); got != step.want {
				t.Errorf("%s, %d: %s, want %s", c.mode, step.hint, got, step.want)
			}
		}
		check(t, f.Close())
		if got := text(c.read(f, 0)); got != "ValueError: I/O operation on closed file." {
			t.Errorf("%s, closed: %s", c.mode, got)
		}
	}
}

func TestWriteLines(t *testing.T) {
	bytes := [][]byte{[]byte("x\n"), []byte("yy")}
	for _, c := range []struct {
		mode  string
		write func(f socket.File, none bool) error
	}{
		{"wb raw", func(f socket.File, none bool) error { return f.(*socket.SocketIO).WriteLines(unless(none, bytes)) }},
		{"wb", func(f socket.File, none bool) error {
			return f.(*socket.BufferedWriter).WriteLines(unless(none, bytes))
		}},
		{"rwb", func(f socket.File, none bool) error {
			return f.(*socket.BufferedRWPair).WriteLines(unless(none, bytes))
		}},
		{"w", func(f socket.File, none bool) error {
			return f.(*socket.TextIOWrapper).WriteLines(unless(none, []string{"x\n", "yy"}))
		}},
	} {
		a, b := pair(t)
		f := made(t, a, c.mode)
		check(t, c.write(f, false))
		check(t, f.Close())
		if got := recvText(b, 10, 0); got != "x\nyy" {
			t.Errorf("%s: %q", c.mode, got)
		}
		if got := errText(c.write(f, true)); got != "ValueError: I/O operation on closed file." {
			t.Errorf("%s, closed: %s", c.mode, got)
		}
	}
}

func unless[T any](none bool, lines []T) []T {
	if none {
		return nil
	}
	return lines
}

func quoted[T string | []byte](lines []T, err error) (string, error) {
	return fmt.Sprintf("%q", lines), err
}

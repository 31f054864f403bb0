//go:build linux

package socket_test

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/impl/socket"
)

// The error table of the manual, and what Go code asks besides.
func TestErrorsAnswerBothLanguages(t *testing.T) {
	a, _ := unixPair(t, socket.SOCK_STREAM)
	check(t, a.SetTimeout(socket.Timeout(time.Millisecond)))
	_, expired := a.Recv(1, 0)
	check(t, a.SetTimeout(socket.NonBlocking))
	_, blocking := a.Recv(1, 0)

	closed := tcpSocket(t)
	check(t, closed.Close())
	_, useOfClosed := closed.Recv(1, 0)

	refused := tcpSocket(t).Connect(refusing(t))
	unixSocket := must(socket.New(socket.AF_UNIX, socket.SOCK_STREAM, 0))
	defer func() { check(t, unixSocket.Close()) }()
	missing := unixSocket.Connect(socket.Unix{Path: "/nobody/listens/here"})

	b, peer := unixPair(t, socket.SOCK_STREAM)
	check(t, peer.Close())
	_, broken := b.Send([]byte("x"), 0)
	_, noHost := socket.GetHostByName("256.256.256.256.")
	port := tcpSocket(t).Bind(socket.Inet4{Port: 70000})

	all := []error{
		pyerr.OSError, pyerr.TimeoutError, pyerr.BlockingIOError, pyerr.ConnectionRefusedError, pyerr.ConnectionError,
		pyerr.BrokenPipeError, pyerr.FileNotFoundError, pyerr.Gaierror, pyerr.OverflowError,
		syscall.EAGAIN, syscall.EBADF, syscall.ECONNREFUSED, syscall.ENOENT, syscall.EPIPE,
		os.ErrDeadlineExceeded, net.ErrClosed, fs.ErrNotExist,
	}
	for _, c := range []struct {
		name string
		err  error
		is   []error
	}{
		{"a timeout", expired, []error{pyerr.OSError, pyerr.TimeoutError, os.ErrDeadlineExceeded}},
		{"a call that would block", blocking, []error{pyerr.OSError, pyerr.BlockingIOError, syscall.EAGAIN}},
		{"a closed socket", useOfClosed, []error{pyerr.OSError, syscall.EBADF, net.ErrClosed}},
		{"a refused connection", refused, []error{pyerr.OSError, pyerr.ConnectionError, pyerr.ConnectionRefusedError, syscall.ECONNREFUSED}},
		{"a missing path", missing, []error{pyerr.OSError, pyerr.FileNotFoundError, syscall.ENOENT, fs.ErrNotExist}},
		{"a broken pipe", broken, []error{pyerr.OSError, pyerr.ConnectionError, pyerr.BrokenPipeError, syscall.EPIPE}},
		{"a host that is not found", noHost, []error{pyerr.OSError, pyerr.Gaierror}},
		{"a port out of range", port, []error{pyerr.OverflowError}},
	} {
		for _, target := range all {
			want := false
			for _, is := range c.is {
				want = want || is == target //nolint:errorlint // these are the targets themselves
			}
			if errors.Is(c.err, target) != want {
				t.Errorf("%s (%v): errors.Is(%v) is %v", c.name, c.err, target, !want)
			}
		}
		var exception *pyerr.Error
		if !errors.As(c.err, &exception) {
			t.Errorf("%s: %T is no *pyerr.Error", c.name, c.err)
		}
		var asNet net.Error
		if !errors.As(c.err, &asNet) || asNet.Timeout() != errors.Is(c.err, os.ErrDeadlineExceeded) {
			t.Errorf("%s: as a net.Error it says another thing", c.name)
		}
		var errno syscall.Errno
		if errors.As(c.err, &errno) && (exception.Errno == nil || *exception.Errno != int(errno)) {
			t.Errorf("%s: errno %d in Go, %v in Python", c.name, errno, exception.Errno)
		}
	}
}

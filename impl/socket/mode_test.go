//go:build linux

package socket_test

import (
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/pyparity/pyparity/impl/socket"
)

// isNonblock is O_NONBLOCK as everyone sees it.
func isNonblock(t testing.TB, s *socket.Socket) bool {
	t.Helper()
	return must(unix.FcntlInt(uintptr(s.Fileno()), unix.F_GETFL, 0))&unix.O_NONBLOCK != 0
}

func TestTimeoutModes(t *testing.T) {
	s := tcpSocket(t)
	for _, c := range []struct {
		name               string
		set                func() error
		timeout            socket.Timeout
		blocking, nonblock bool
	}{
		{"new", func() error { return nil }, socket.None, true, false},
		{"setblocking(False)", func() error { return s.SetBlocking(false) }, 0, false, true},
		{"setblocking(True)", func() error { return s.SetBlocking(true) }, socket.None, true, false},
		{"settimeout(2)", func() error { return s.SetTimeout(socket.Timeout(2 * time.Second)) }, socket.Timeout(2 * time.Second), true, true},
		{"settimeout(0)", func() error { return s.SetTimeout(socket.NonBlocking) }, 0, false, true},
		{"settimeout(None)", func() error { return s.SetTimeout(socket.None) }, socket.None, true, false},
	} {
		check(t, c.set())
		if s.GetTimeout() != c.timeout || s.GetBlocking() != c.blocking || isNonblock(t, s) != c.nonblock {
			t.Errorf("%s: timeout %d, blocking %v, O_NONBLOCK %v", c.name, s.GetTimeout(), s.GetBlocking(), isNonblock(t, s))
		}
	}
	if err := s.SetTimeout(-1); errText(err) != "ValueError: Timeout value out of range" {
		t.Errorf("settimeout(-1): %v", err)
	}
}

func TestTimeoutOfAClosedSocketChanges(t *testing.T) {
	s := tcpSocket(t)
	check(t, s.Close())
	if err := s.SetTimeout(5); errText(err) != "OSError: [Errno 9] Bad file descriptor" || s.GetTimeout() != 5 {
		t.Errorf("got %v, timeout %d", err, s.GetTimeout())
	}
}

func TestDefaultTimeout(t *testing.T) {
	var m socket.Module
	if got := m.GetDefaultTimeout(); got != socket.None {
		t.Errorf("at first: %d", got)
	}
	if err := m.SetDefaultTimeout(-5); errText(err) != "ValueError: Timeout value out of range" {
		t.Errorf("negative: %v", err)
	}
	old := must(m.New(-1, -1, -1))
	defer func() { check(t, old.Close()) }()
	check(t, m.SetDefaultTimeout(socket.Timeout(time.Minute)))
	if old.GetTimeout() != socket.None {
		t.Error("a socket that existed changed")
	}
	fresh := must(m.New(-1, -1, -1))
	defer func() { check(t, fresh.Close()) }()
	if fresh.GetTimeout() != socket.Timeout(time.Minute) || !isNonblock(t, fresh) {
		t.Errorf("new socket: timeout %d, O_NONBLOCK %v", fresh.GetTimeout(), isNonblock(t, fresh))
	}
	nonblocking := must(m.New(socket.AF_INET, socket.SOCK_STREAM|socket.SOCK_NONBLOCK, 0))
	defer func() { check(t, nonblocking.Close()) }()
	if nonblocking.GetTimeout() != 0 || nonblocking.Type() != socket.SOCK_STREAM {
		t.Errorf("SOCK_NONBLOCK: timeout %d, type %d", nonblocking.GetTimeout(), nonblocking.Type())
	}
	if socket.GetDefaultTimeout() != socket.None {
		t.Error("another module changed")
	}
}

// Two calls on one socket have a deadline each.
func TestDeadlinesOfTheirOwn(t *testing.T) {
	a, _ := unixPair(t, socket.SOCK_STREAM)
	check(t, a.SetTimeout(socket.Timeout(400*time.Millisecond)))
	late := make(chan time.Duration, 1)
	start := time.Now()
	go func() {
		_, _ = a.Recv(1, 0)
		late <- time.Since(start)
	}()
	time.Sleep(50 * time.Millisecond)
	check(t, a.SetTimeout(socket.Timeout(50*time.Millisecond)))
	_, _ = a.Recv(1, 0)
	if took := time.Since(start); took > 300*time.Millisecond {
		t.Errorf("the second call took until %v", took)
	}
	if took := <-late; took < 400*time.Millisecond {
		t.Errorf("the first call ended at %v", took)
	}
}

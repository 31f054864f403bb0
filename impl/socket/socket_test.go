//go:build linux

package socket_test

import (
	"os"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/pyparity/pyparity/impl/socket"
)

func TestNewDefaults(t *testing.T) {
	s := must(socket.New(-1, -1, -1))
	defer func() { check(t, s.Close()) }()
	if s.Family() != socket.AF_INET || s.Type() != socket.SOCK_STREAM || s.Proto() != 0 {
		t.Errorf("got %d, %d, %d", s.Family(), s.Type(), s.Proto())
	}
	if must(s.GetInheritable()) {
		t.Error("a new socket is inheritable")
	}
	check(t, s.SetInheritable(true))
	if !must(s.GetInheritable()) {
		t.Error("set_inheritable(True) did nothing")
	}
	check(t, s.SetInheritable(false))
	if must(s.GetInheritable()) {
		t.Error("set_inheritable(False) did nothing")
	}
}

func TestNewErrors(t *testing.T) {
	for _, c := range []struct {
		family, typ, proto int
		want               string
	}{
		{12345, socket.SOCK_STREAM, 0, "OSError: [Errno 97] Address family not supported by protocol"},
		{socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_UDP, "OSError: [Errno 93] Protocol not supported"},
		{socket.AF_INET, 100, 0, "OSError: [Errno 22] Invalid argument"},
	} {
		if _, err := socket.New(c.family, c.typ, c.proto); errText(err) != c.want {
			t.Errorf("socket(%d, %d, %d): %v, want %s", c.family, c.typ, c.proto, err, c.want)
		}
	}
}

func TestFromFilenoDetects(t *testing.T) {
	for _, c := range []struct{ family, typ, proto, wantProto int }{
		{socket.AF_INET, socket.SOCK_STREAM, 0, socket.IPPROTO_TCP},
		{socket.AF_INET6, socket.SOCK_DGRAM, 0, socket.IPPROTO_UDP},
		{socket.AF_UNIX, socket.SOCK_SEQPACKET, 0, 0},
	} {
		original := must(socket.New(c.family, c.typ, c.proto))
		s := must(socket.FromFileno(original.Detach(), -1, -1, -1))
		if s.Family() != c.family || s.Type() != c.typ || s.Proto() != c.wantProto {
			t.Errorf("detected %d, %d, %d of %v", s.Family(), s.Type(), s.Proto(), c)
		}
		check(t, s.Close())
	}
}

func TestFromFilenoTakesWhatItIsTold(t *testing.T) {
	original := must(socket.New(socket.AF_INET, socket.SOCK_STREAM, 0))
	s := must(socket.FromFileno(original.Detach(), socket.AF_UNIX, socket.SOCK_DGRAM|socket.SOCK_NONBLOCK, 7))
	defer func() { check(t, s.Close()) }()
	if s.Family() != socket.AF_UNIX || s.Type() != socket.SOCK_DGRAM || s.Proto() != 7 || s.GetTimeout() != 0 || isNonblock(t, s) {
		t.Errorf("got %d, %d, %d, timeout %d, O_NONBLOCK %v", s.Family(), s.Type(), s.Proto(), s.GetTimeout(), isNonblock(t, s))
	}
}

func TestFromFilenoErrors(t *testing.T) {
	file := must(os.Open(os.DevNull))
	defer func() { check(t, file.Close()) }()
	for fd, want := range map[int]string{
		-1:             "ValueError: negative file descriptor",
		1 << 20:        "OSError: [Errno 9] Bad file descriptor",
		int(file.Fd()): "OSError: [Errno 88] Socket operation on non-socket",
	} {
		for _, family := range []int{-1, socket.AF_INET} {
			if _, err := socket.FromFileno(fd, family, -1, -1); errText(err) != want {
				t.Errorf("fileno=%d, family %d: %v, want %s", fd, family, err, want)
			}
		}
	}
}

func TestFromFDDuplicates(t *testing.T) {
	a, b := unixPair(t, socket.SOCK_STREAM)
	s := must(socket.FromFD(a.Fileno(), socket.AF_UNIX, socket.SOCK_STREAM, 0))
	defer func() { check(t, s.Close()) }()
	if s.Fileno() == a.Fileno() {
		t.Error("not a duplicate")
	}
	check(t, b.SendAll([]byte("x"), 0))
	if got := recvText(s, 1, 0); got != "x" {
		t.Errorf("got %q", got)
	}
	if _, err := socket.FromFD(-1, -1, -1, -1); errText(err) != "OSError: [Errno 9] Bad file descriptor" {
		t.Errorf("fromfd(-1): %v", err)
	}
}

func TestDup(t *testing.T) {
	a, _ := unixPair(t, socket.SOCK_DGRAM)
	check(t, a.SetTimeout(socket.NonBlocking))
	s := must(a.Dup())
	defer func() { check(t, s.Close()) }()
	if s.Fileno() == a.Fileno() || s.Family() != a.Family() || s.Type() != a.Type() || s.GetTimeout() != 0 || must(s.GetInheritable()) {
		t.Errorf("dup: %d, %d, %d, timeout %d", s.Fileno(), s.Family(), s.Type(), s.GetTimeout())
	}
	closed := tcpSocket(t)
	check(t, closed.Close())
	if _, err := closed.Dup(); errText(err) != "OSError: [Errno 9] Bad file descriptor" {
		t.Errorf("dup of a closed socket: %v", err)
	}
	fd := must(socket.Dup(a.Fileno()))
	if flags := must(unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0)); flags&unix.FD_CLOEXEC == 0 {
		t.Error("dup's descriptor is inheritable")
	}
	check(t, socket.Close(fd))
	if _, err := socket.Dup(-1); errText(err) != "OSError: [Errno 9] Bad file descriptor" {
		t.Errorf("dup(-1): %v", err)
	}
}

func TestSocketPair(t *testing.T) {
	if _, _, err := socket.SocketPair(socket.AF_INET, socket.SOCK_STREAM, 0); errText(err) != "OSError: [Errno 95] Operation not supported" {
		t.Errorf("AF_INET: %v", err)
	}
	a, b := unixPair(t, socket.SOCK_SEQPACKET)
	check(t, a.SendAll([]byte("one"), 0))
	check(t, a.SendAll([]byte("two"), 0))
	if got := recvText(b, 10, 0); got != "one" {
		t.Errorf("got %q, want one message", got)
	}
}

func TestListenBacklogs(t *testing.T) {
	s := tcpSocket(t)
	for _, backlog := range []int{0, -5, 1<<31 - 1, socket.DefaultBacklog} {
		check(t, s.Listen(backlog))
	}
}

func TestOptions(t *testing.T) {
	s := tcpSocket(t)
	check(t, s.SetSockOpt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1))
	if got := must(s.GetSockOpt(socket.SOL_SOCKET, socket.SO_REUSEADDR)); got != 1 {
		t.Errorf("SO_REUSEADDR is %d", got)
	}
	linger := []byte{1, 0, 0, 0, 5, 0, 0, 0}
	check(t, s.SetSockOptBytes(socket.SOL_SOCKET, socket.SO_LINGER, linger))
	if got := must(s.GetSockOptBytes(socket.SOL_SOCKET, socket.SO_LINGER, 100)); string(got) != string(linger) {
		t.Errorf("SO_LINGER is %v", got)
	}
	check(t, s.SetSockOptBytes(socket.SOL_SOCKET, socket.SO_LINGER, make([]byte, 8)))
	for what, got := range map[string]error{
		"OSError: getsockopt buflen out of range":               second(s.GetSockOptBytes(socket.SOL_SOCKET, socket.SO_LINGER, 1025)),
		"OSError: [Errno 92] Protocol not available":            second(s.GetSockOpt(socket.SOL_SOCKET, 9999)),
		"OSError: [Errno 22] Invalid argument":                  s.SetSockOptBytes(socket.SOL_SOCKET, socket.SO_REUSEADDR, nil),
		"OSError: [Errno 14] Bad address":                       s.SetSockOptNone(socket.SOL_SOCKET, socket.SO_REUSEADDR, 4),
		"OverflowError: signed integer is greater than maximum": s.SetSockOpt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1<<31),
		"OverflowError: signed integer is less than minimum":    s.SetSockOpt(socket.SOL_SOCKET, socket.SO_REUSEADDR, -1<<31-1),
	} {
		if errText(got) != what {
			t.Errorf("got %v, want %s", got, what)
		}
	}
}

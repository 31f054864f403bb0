//go:build linux

package socket_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/pyparity/pyparity/impl/pyerr"
	"golang.org/x/sys/unix"

	"github.com/pyparity/pyparity/impl/socket"
)

// pairs are the kinds of connections on which the same call differs.
var pairs = map[string]func(testing.TB) (a, b *socket.Socket){
	"tcp":  tcpPair,
	"unix": func(t testing.TB) (a, b *socket.Socket) { return unixPair(t, socket.SOCK_STREAM) },
}

func recvText(s *socket.Socket, n, flags int) string {
	data, err := s.Recv(n, flags)
	return text(string(data), err)
}

func TestRecvArguments(t *testing.T) {
	a, b := unixPair(t, socket.SOCK_STREAM)
	check(t, b.SendAll([]byte("abc"), 0))
	buf := make([]byte, 2)
	for what, got := range map[string]error{
		"ValueError: negative buffersize in recv":                     second(a.Recv(-1, 0)),
		"ValueError: negative buffersize in recv_into":                second(a.RecvInto(buf, -1, 0)),
		"ValueError: buffer too small for requested bytes":            second(a.RecvInto(buf, 3, 0)),
		"ValueError: negative buffersize in recvfrom":                 third(a.RecvFrom(-1, 0)),
		"ValueError: negative buffersize in recvfrom_into":            third(a.RecvFromInto(buf, -1, 0)),
		"ValueError: nbytes is greater than the length of the buffer": third(a.RecvFromInto(buf, 3, 0)),
		"OverflowError: byte string is too large":                     second(a.Recv(1<<63-1, 0)),
		"MemoryError": second(a.Recv(1<<62, 0)),
	} {
		if errText(got) != what {
			t.Errorf("got %v, want %s", got, what)
		}
	}
	if got := recvText(a, 1<<20, 0); got != "abc" {
		t.Errorf("got %q after bad calls and with a large buffer, want abc", got)
	}
}

func second[A any](_ A, err error) error        { return err }
func third[A, B any](_ A, _ B, err error) error { return err }

func TestRecvIntoCountsAndBounds(t *testing.T) {
	a, b := unixPair(t, socket.SOCK_STREAM)
	check(t, b.SendAll([]byte("abcdef"), 0))
	buf := []byte("......")
	if n := must(a.RecvInto(buf, 2, 0)); n != 2 || string(buf) != "ab...." {
		t.Errorf("RecvInto(2) = %d, %q", n, buf)
	}
	if n := must(a.RecvInto(buf, 0, 0)); n != 4 || string(buf) != "cdef.." {
		t.Errorf("RecvInto(0) = %d, %q", n, buf)
	}
}

// Nothing is asked of the kernel for no bytes: even a closed socket gives them.
func TestRecvNothing(t *testing.T) {
	s := tcpSocket(t)
	check(t, s.Close())
	if got := recvText(s, 0, 0); got != "" {
		t.Errorf("recv(0) on a closed socket: %q", got)
	}
	if got := recvText(s, 1, 0); got != "OSError: [Errno 9] Bad file descriptor" {
		t.Errorf("recv(1) on a closed socket: %q", got)
	}
	if _, _, err := s.RecvFrom(0, 0); errText(err) != "OSError: [Errno 9] Bad file descriptor" {
		t.Errorf("recvfrom(0) on a closed socket: %v", err)
	}
}

func TestRecvWaitsWithoutTimeout(t *testing.T) {
	for name, pair := range pairs {
		t.Run(name, func(t *testing.T) {
			a, b := pair(t)
			for range 3 { // the first wait and later ones differ inside
				go func() {
					time.Sleep(20 * time.Millisecond)
					_ = b.SendAll([]byte("late"), 0)
				}()
				soon(t, "recv", func() {
					if got := recvText(a, 10, 0); got != "late" {
						t.Errorf("got %q", got)
					}
				})
			}
			go func() {
				time.Sleep(20 * time.Millisecond)
				_ = b.Shutdown(socket.SHUT_WR)
			}()
			soon(t, "recv of the end", func() {
				if got := recvText(a, 10, 0); got != "" {
					t.Errorf("got %q at the end of the stream", got)
				}
			})
		})
	}
}

func TestRecvTimeout(t *testing.T) {
	a, b := tcpPair(t)
	const timeout = 60 * time.Millisecond
	check(t, a.SetTimeout(socket.Timeout(timeout)))
	for range 2 {
		start := time.Now()
		_, err := a.Recv(1, 0)
		if took := time.Since(start); !errors.Is(err, pyerr.TimeoutError) || took < timeout {
			t.Errorf("got %v after %v", err, took)
		}
		var e *pyerr.Error
		if !errors.As(err, &e) || e.Errno != nil || e.Text() != "timed out" {
			t.Errorf("got %#v, want a timeout without errno", err)
		}
	}
	// Deadlines of earlier calls do not linger.
	check(t, b.SendAll([]byte("x"), 0))
	if got := recvText(a, 1, 0); got != "x" {
		t.Errorf("got %q after a timeout", got)
	}
	check(t, a.SetTimeout(socket.None))
	go func() {
		time.Sleep(2 * timeout)
		_ = b.SendAll([]byte("y"), 0)
	}()
	soon(t, "recv", func() {
		if got := recvText(a, 1, 0); got != "y" {
			t.Errorf("got %q without a timeout", got)
		}
	})
}

func TestRecvNonBlocking(t *testing.T) {
	a, b := tcpPair(t)
	check(t, a.SetBlocking(false))
	const eagain = "BlockingIOError: [Errno 11] Resource temporarily unavailable"
	if got := recvText(a, 1, 0); got != eagain {
		t.Errorf("got %q", got)
	}
	check(t, a.SetBlocking(true))
	if got := recvText(a, 1, socket.MSG_DONTWAIT); got != eagain {
		t.Errorf("with MSG_DONTWAIT: %q", got)
	}
	check(t, b.SendAll([]byte("x"), 0))
	if got := recvText(a, 1, 0); got != "x" {
		t.Errorf("got %q", got)
	}
}

// The flag belongs to everyone who holds the description: CPython finds it out
// from the kernel.
func TestRecvObeysAForeignNonblock(t *testing.T) {
	a, b := tcpPair(t)
	other := must(a.Dup())
	defer func() { check(t, other.Close()) }()
	check(t, other.SetBlocking(false))
	if got := recvText(a, 1, 0); !strings.HasPrefix(got, "BlockingIOError") {
		t.Errorf("timeout None, made non-blocking elsewhere: %q", got)
	}
	check(t, a.SetTimeout(socket.NonBlocking))
	check(t, other.SetBlocking(true))
	go func() {
		time.Sleep(20 * time.Millisecond)
		_ = b.SendAll([]byte("x"), 0)
	}()
	soon(t, "recv", func() {
		if got := recvText(a, 1, 0); got != "x" {
			t.Errorf("timeout 0, made blocking elsewhere: %q", got)
		}
	})
}

// What a blocking recvfrom(2) waits for, and when it gives up, as CPython 3.13
// shows it on Linux.
func TestRecvAsTheKernelWaits(t *testing.T) {
	const wait = 100 * time.Millisecond
	const eagain = "BlockingIOError: [Errno 11] Resource temporarily unavailable"
	send := func(data string) func(a, b *socket.Socket) {
		return func(_, b *socket.Socket) { _ = b.SendAll([]byte(data), 0) }
	}
	urgent := func(a, b *socket.Socket) {
		send("ab")(a, b)
		_, _ = b.Send([]byte("X"), socket.MSG_OOB)
		send("cd")(a, b)
		time.Sleep(20 * time.Millisecond)
	}
	rights := func(a, b *socket.Socket) {
		send("ab")(a, b)
		_, _ = socket.SendFDs(b, [][]byte{[]byte("c")}, []int{0})
		send("de")(a, b)
	}
	for _, c := range []struct {
		name, pair     string
		prepare        func(a, b *socket.Socket)
		n, flags       int
		want           string
		waits          bool
		lowat, timeout int // timeout: 0 is None with SO_RCVTIMEO
		next           string
	}{
		{name: "nothing", pair: "tcp", n: 1, want: eagain, waits: true},
		{name: "nothing", pair: "unix", n: 1, want: eagain, waits: true},
		{name: "waitall short", pair: "tcp", prepare: send("abc"), n: 5, flags: socket.MSG_WAITALL, want: "abc", waits: true},
		{name: "waitall short", pair: "unix", prepare: send("abc"), n: 5, flags: socket.MSG_WAITALL, want: "abc", waits: true},
		{name: "waitall peek", pair: "tcp", prepare: send("abc"), n: 5, flags: socket.MSG_WAITALL | socket.MSG_PEEK, want: "abc", waits: true, next: "abc"},
		{name: "waitall peek", pair: "unix", prepare: send("abc"), n: 5, flags: socket.MSG_WAITALL | socket.MSG_PEEK, want: "abc", next: "abc"},
		{name: "waitall enough", pair: "tcp", prepare: send("abcdef"), n: 5, flags: socket.MSG_WAITALL, want: "abcde", next: "f"},
		{name: "waitall then end", pair: "tcp", prepare: func(a, b *socket.Socket) { send("abc")(a, b); _ = b.Close() }, n: 5, flags: socket.MSG_WAITALL, want: "abc"},
		{name: "waitall peek then end", pair: "tcp", prepare: func(a, b *socket.Socket) { send("abc")(a, b); _ = b.Close() }, n: 5, flags: socket.MSG_WAITALL | socket.MSG_PEEK, want: "abc", next: "abc"},
		{name: "waitall then reset", pair: "tcp", prepare: func(a, b *socket.Socket) { _ = a.SendAll([]byte("z"), 0); send("abc")(a, b); _ = b.Close() }, n: 5, flags: socket.MSG_WAITALL, want: "abc", next: "ConnectionResetError: [Errno 104] Connection reset by peer"},
		{name: "waitall then reset", pair: "unix", prepare: func(a, b *socket.Socket) { _ = a.SendAll([]byte("z"), 0); send("abc")(a, b); _ = b.Close() }, n: 5, flags: socket.MSG_WAITALL, want: "abc", next: ""},
		{name: "low-water mark", pair: "tcp", prepare: send("abc"), n: 10, lowat: 5, want: "abc", waits: true},
		{name: "low-water mark", pair: "unix", prepare: send("abc"), n: 10, lowat: 5, want: "abc", waits: true},
		{name: "low-water mark reached", pair: "tcp", prepare: send("abc"), n: 3, lowat: 5, want: "abc"},
		{name: "low-water mark, peek", pair: "unix", prepare: send("abc"), n: 10, flags: socket.MSG_PEEK, lowat: 5, want: "abc", next: eagain},
		{name: "low-water mark, timeout", pair: "tcp", prepare: send("abc"), n: 10, lowat: 5, timeout: 1, want: "TimeoutError: timed out", waits: true},
		{name: "low-water mark, timeout", pair: "unix", prepare: send("abc"), n: 10, lowat: 5, timeout: 1, want: "abc"},
		{name: "waitall up to urgent data", pair: "tcp", prepare: urgent, n: 9, flags: socket.MSG_WAITALL, want: "ab", next: "cd"},
		{name: "waitall up to urgent data", pair: "unix", prepare: urgent, n: 9, flags: socket.MSG_WAITALL, want: "ab", next: "cd"},
		{name: "waitall peek up to urgent data", pair: "tcp", prepare: urgent, n: 9, flags: socket.MSG_WAITALL | socket.MSG_PEEK, want: "ab", next: "ab"},
		{name: "waitall peek at urgent data", pair: "tcp", prepare: func(a, b *socket.Socket) { urgent(a, b); _, _ = a.Recv(2, 0) }, n: 9, flags: socket.MSG_WAITALL | socket.MSG_PEEK, want: "cd", waits: true, next: "cd"},
		{name: "low-water mark behind urgent data", pair: "tcp", prepare: urgent, n: 9, lowat: 9, want: "ab"},
		{name: "waitall up to descriptors", pair: "unix", prepare: rights, n: 9, flags: socket.MSG_WAITALL, want: "abc", next: "de"},
		{name: "out of band, none", pair: "tcp", n: 1, flags: socket.MSG_OOB, want: "OSError: [Errno 22] Invalid argument"},
		{name: "out of band, none, timeout", pair: "tcp", n: 1, flags: socket.MSG_OOB, timeout: 1, want: "TimeoutError: timed out", waits: true},
		{name: "errors, none", pair: "tcp", n: 1, flags: socket.MSG_ERRQUEUE, want: eagain},
		{name: "errors, none, timeout", pair: "tcp", n: 1, flags: socket.MSG_ERRQUEUE, timeout: 1, want: "TimeoutError: timed out", waits: true},
		{name: "no queue of errors", pair: "unix", n: 1, flags: socket.MSG_ERRQUEUE, want: eagain, waits: true},
	} {
		t.Run(c.pair+"/"+c.name, func(t *testing.T) {
			a, b := pairs[c.pair](t)
			if c.prepare != nil {
				c.prepare(a, b)
				time.Sleep(20 * time.Millisecond) // for TCP's loopback
			}
			if c.lowat > 0 {
				check(t, a.SetSockOpt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, c.lowat))
			}
			setTimeval(t, a, socket.SO_RCVTIMEO, wait)
			if c.timeout > 0 {
				check(t, a.SetTimeout(socket.Timeout(wait)))
			}
			start := time.Now()
			got := recvText(a, c.n, c.flags)
			if took := time.Since(start); got != c.want || c.waits != (took >= wait) {
				t.Errorf("got %q after %v, want %q, waiting: %v", got, took, c.want, c.waits)
			}
			if c.next != "" || strings.Contains(c.name, "reset") {
				if c.next == eagain {
					return
				}
				if got := recvText(a, 10, 0); got != c.next {
					t.Errorf("the next recv: %q, want %q", got, c.next)
				}
			}
		})
	}
}

// CPython polls before it calls when there is a timeout, so that some errors
// come only when poll has something to report.
func TestRecvOnAListeningSocket(t *testing.T) {
	s, _ := listening(t)
	if got := recvText(s, 1, 0); got != "OSError: [Errno 107] Transport endpoint is not connected" {
		t.Errorf("without a timeout: %q", got)
	}
	check(t, s.SetTimeout(socket.Timeout(20*time.Millisecond)))
	if got := recvText(s, 1, 0); got != "TimeoutError: timed out" {
		t.Errorf("with a timeout: %q", got)
	}
}

func TestRecvUnconnected(t *testing.T) {
	for name, c := range map[string]struct {
		family int
		want   string
	}{
		"tcp":  {socket.AF_INET, "OSError: [Errno 107] Transport endpoint is not connected"},
		"unix": {socket.AF_UNIX, "OSError: [Errno 22] Invalid argument"},
	} {
		t.Run(name, func(t *testing.T) {
			s := must(socket.New(c.family, socket.SOCK_STREAM, 0))
			defer func() { check(t, s.Close()) }()
			if got := recvText(s, 1, 0); got != c.want {
				t.Errorf("without a timeout: %q", got)
			}
			check(t, s.SetTimeout(socket.Timeout(time.Second)))
			if got := recvText(s, 1, 0); got != c.want {
				t.Errorf("with a timeout: %q", got)
			}
		})
	}
}

func TestRecvFrom(t *testing.T) {
	server := must(socket.New(socket.AF_INET, socket.SOCK_DGRAM, 0))
	defer func() { check(t, server.Close()) }()
	check(t, server.Bind(socket.Inet4{Host: "127.0.0.1"}))
	client := must(socket.New(socket.AF_INET, socket.SOCK_DGRAM, 0))
	defer func() { check(t, client.Close()) }()
	to := must(server.GetSockName())
	for _, data := range []string{"hello", "", "hello", "hello"} {
		if n := must(client.SendTo([]byte(data), 0, to)); n != len(data) {
			t.Errorf("sendto sent %d of %d", n, len(data))
		}
	}
	from := socket.Inet4{Host: "127.0.0.1", Port: must(client.GetSockName()).(socket.Inet4).Port}
	for _, want := range []string{"he", ""} {
		data, addr, err := server.RecvFrom(2, 0)
		if string(data) != want || addr != from || err != nil {
			t.Errorf("recvfrom: %q, %v, %v; want %q from %v", data, addr, err, want, from)
		}
	}
	buf := []byte("..........")
	n, addr, err := server.RecvFromInto(buf, 3, 0)
	if n != 3 || string(buf) != "hel......." || addr != from || err != nil {
		t.Errorf("recvfrom_into: %d, %q, %v, %v", n, buf, addr, err)
	}
	// The length is that of the datagram, though its end is lost.
	if data := must(server.Recv(2, socket.MSG_TRUNC)); string(data) != "he\x00\x00\x00" {
		t.Errorf("with MSG_TRUNC: %q", data)
	}
}

func TestRecvFromWithoutAnAddress(t *testing.T) {
	for name, pair := range pairs {
		a, b := pair(t)
		check(t, b.SendAll([]byte("x"), 0))
		if data, addr, err := a.RecvFrom(5, 0); string(data) != "x" || addr != nil || err != nil {
			t.Errorf("%s: %q, %v, %v; want no address", name, data, addr, err)
		}
	}
}

// A datagram socket that is shut down for reading gives no bytes to a call that
// may wait, and EAGAIN to one that may not.
func TestRecvOfAShutDownDatagramSocket(t *testing.T) {
	a, _ := unixPair(t, socket.SOCK_DGRAM)
	go func() {
		time.Sleep(30 * time.Millisecond)
		_ = a.Shutdown(socket.SHUT_RD)
	}()
	soon(t, "recv", func() {
		for _, flags := range []int{0, 0, socket.MSG_PEEK} {
			if got, err := a.Recv(1, flags); len(got) != 0 || err != nil {
				t.Errorf("flags %d: %q, %v", flags, got, err)
			}
		}
		if got, m, err := a.RecvMsg(1, 0, socket.MSG_CMSG_CLOEXEC); len(got) != 0 || m.Flags != socket.MSG_CMSG_CLOEXEC || err != nil {
			t.Errorf("recvmsg: %q, %v, %v", got, m, err)
		}
	})
	if got, err := a.Recv(1, socket.MSG_DONTWAIT); !errors.Is(err, pyerr.BlockingIOError) {
		t.Errorf("MSG_DONTWAIT: %q, %v", got, err)
	}
	check(t, a.SetTimeout(socket.Timeout(20*time.Millisecond)))
	if got, err := a.Recv(1, 0); !errors.Is(err, pyerr.TimeoutError) {
		t.Errorf("timeout: %q, %v", got, err)
	}
}

// A peek at nothing does not wait for more of it.
func TestRecvFromPeekAtNothing(t *testing.T) {
	for name, pair := range pairs {
		a, b := pair(t)
		check(t, b.SendAll([]byte("x"), 0))
		soon(t, name, func() {
			if data, _, err := a.RecvFrom(0, socket.MSG_PEEK); len(data) != 0 || err != nil {
				t.Errorf("%s: %q, %v", name, data, err)
			}
		})
	}
}

// A call that does not wait is one system call, whatever it wants.
func TestRecvNonBlockingWaitall(t *testing.T) {
	a, b := tcpPair(t)
	check(t, b.SendAll([]byte("ab"), 0))
	must(b.Send([]byte("X"), socket.MSG_OOB))
	check(t, b.SendAll([]byte("cd"), 0))
	time.Sleep(20 * time.Millisecond)
	check(t, a.SetBlocking(false))
	for _, want := range []string{"ab", "cd", "BlockingIOError: [Errno 11] Resource temporarily unavailable"} {
		if got := recvText(a, 9, socket.MSG_WAITALL); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// What TCP throws away with MSG_TRUNC comes out as zeros: nothing of what other calls received.
func TestRecvTruncShowsNothingElse(t *testing.T) {
	const size = 20_000
	a, b := tcpPair(t)
	for _, flags := range []int{socket.MSG_WAITALL, socket.MSG_TRUNC} {
		check(t, b.SendAll(bytes.Repeat([]byte("secret"), size/6+1)[:size], 0))
		time.Sleep(20 * time.Millisecond)
		got := must(a.Recv(size, flags))
		if flags == socket.MSG_TRUNC && (len(got) == 0 || bytes.Count(got, []byte{0}) != len(got)) {
			t.Errorf("%d bytes, of which zeros are %d", len(got), bytes.Count(got, []byte{0}))
		}
	}
}

// A call that waits for all ends with what it has when urgent data comes, though nothing
// comes after it.
func TestUrgentDataEndsACallThatWaitsForMore(t *testing.T) {
	for _, flags := range []int{socket.MSG_WAITALL, socket.MSG_WAITALL | socket.MSG_PEEK} {
		a, b := tcpPair(t)
		go func() {
			time.Sleep(20 * time.Millisecond)
			_ = b.SendAll([]byte("abc"), 0)
			time.Sleep(20 * time.Millisecond)
			_, _ = b.Send([]byte("!"), socket.MSG_OOB)
		}()
		soon(t, "recv", func() {
			if got := recvText(a, 10, flags); got != "abc" {
				t.Errorf("flags %#x: %q", flags, got)
			}
		})
	}
}

// A receive that begins at urgent data reads what comes behind it. A signal that is
// pending in the thread by then, as Go's runtime sends them, makes the kernel answer EAGAIN.
func TestASignalAtUrgentDataIsNoEmptySocket(t *testing.T) {
	done := make(chan struct{})
	defer close(done)
	for range 4 {
		go func() {
			for {
				select {
				case <-done:
					return
				default:
					_ = unix.Kill(unix.Getpid(), unix.SIGURG)
				}
			}
		}()
	}
	a, b := tcpPair(t)
	setTimeval(t, a, socket.SO_RCVTIMEO, 2*time.Second)
	for range 2000 {
		must(b.Send([]byte("X"), socket.MSG_OOB))
		check(t, b.SendAll([]byte("cd"), 0))
		if got := recvText(a, 2, 0); got != "cd" {
			t.Fatalf("got %q", got)
		}
	}
}

//go:build linux

package socket_test

import (
	"errors"
	"math"
	"os"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/impl/socket"
)

// received is a message as the tests compare it.
func received(data []byte, m socket.Message, err error) string {
	if err != nil {
		return err.Error()
	}
	return text([]any{string(data), m.Ancillary, m.Flags, m.From}, nil)
}

// descriptors counts the open descriptors.
func descriptors(t testing.TB) int {
	t.Helper()
	return len(must(os.ReadDir("/proc/self/fd")))
}

func TestMessagesAreOfSeveralBuffers(t *testing.T) {
	a, b := unixPair(t, socket.SOCK_STREAM)
	if n := must(a.SendMsg([][]byte{[]byte("ab"), nil, []byte("cde")}, nil, 0, nil)); n != 5 {
		t.Errorf("sent %d", n)
	}
	one, two := make([]byte, 1), make([]byte, 3)
	n, m, err := b.RecvMsgInto([][]byte{one, two}, 0, 0)
	if n != 4 || err != nil || string(one)+string(two) != "abcd" || m.From != nil || m.Flags != 0 {
		t.Errorf("%d, %v, %v: %q %q", n, m, err, one, two)
	}
	if got := received(b.RecvMsg(10, 0, 0)); got != "[e [] 0 <nil>]" {
		t.Error(got)
	}
}

func TestMessagesFollowTheMode(t *testing.T) {
	a, b := unixPair(t, socket.SOCK_STREAM)
	check(t, a.SetBlocking(false))
	if got := received(a.RecvMsg(1, 0, 0)); got != "BlockingIOError: [Errno 11] Resource temporarily unavailable" {
		t.Error(got)
	}
	check(t, a.SetTimeout(socket.Timeout(10*time.Millisecond)))
	if got := received(a.RecvMsg(1, 0, 0)); got != "TimeoutError: timed out" {
		t.Error(got)
	}
	full := [][]byte{make([]byte, 1<<20), make([]byte, 1<<20)}
	if n, err := a.SendMsg(full, nil, 0, nil); n <= 0 || n >= 2<<20 || err != nil {
		t.Error(n, err)
	}
	if n, err := a.SendMsg(full, nil, 0, nil); n != 0 || !errors.Is(err, pyerr.TimeoutError) {
		t.Error(n, err)
	}
	check(t, a.SetTimeout(socket.None))
	soon(t, "recvmsg", func() {
		done := make(chan string)
		go func() { done <- received(a.RecvMsg(4, 0, socket.MSG_WAITALL)) }()
		for _, part := range []string{"ab", "cd"} {
			time.Sleep(10 * time.Millisecond)
			must(b.SendMsg([][]byte{[]byte(part)}, nil, 0, nil))
		}
		if got := <-done; got != "[abcd [] 0 <nil>]" {
			t.Error(got)
		}
	})
}

func TestABlockingSendMsgSendsEverything(t *testing.T) {
	a, b := unixPair(t, socket.SOCK_STREAM)
	r, w, err := os.Pipe()
	check(t, err)
	before := descriptors(t)
	soon(t, "sendmsg", func() {
		sent := make(chan int)
		go func() {
			n, _ := a.SendMsg([][]byte{make([]byte, 700_000), make([]byte, 700_001)}, []socket.Ancillary{socket.Rights(int(r.Fd()), int(w.Fd()))}, 0, nil)
			sent <- n
		}()
		got, fds := 0, 0
		for got < 1_400_001 {
			data, m, err := b.RecvMsg(100_000, must(socket.CmsgSpace(8)), 0)
			if err != nil || len(data) == 0 {
				t.Fatal(got, err)
			}
			got, fds = got+len(data), fds+len(m.FDs())
			m.CloseFDs()
		}
		if n := <-sent; n != got || fds != 2 {
			t.Errorf("sent %d, got %d with %d descriptors", n, got, fds)
		}
	})
	check(t, r.Close())
	check(t, w.Close())
	// Two epoll instances may have come, one for each end that waited.
	if now := descriptors(t); now > before {
		t.Errorf("%d descriptors, %d before", now, before)
	}
}

func TestDescriptorsArePassed(t *testing.T) {
	a, b := unixPair(t, socket.SOCK_DGRAM)
	r, w, err := os.Pipe()
	check(t, err)
	before := descriptors(t)
	must(socket.SendFDs(a, [][]byte{[]byte("x")}, []int{int(r.Fd()), int(w.Fd())}))
	data, fds, m, err := socket.RecvFDs(b, 10, 2)
	if err != nil || string(data) != "x" || len(fds) != 2 || m.Flags != 0 {
		t.Fatal(data, fds, m, err)
	}
	must(unix.Write(fds[1], []byte("through")))
	buf := make([]byte, 10)
	if n := must(r.Read(buf)); string(buf[:n]) != "through" {
		t.Errorf("read %q", buf[:n])
	}
	m.CloseFDs()
	// Those without room are closed.
	for _, room := range []int{0, 1} {
		must(socket.SendFDs(a, [][]byte{[]byte("x")}, []int{int(r.Fd()), int(w.Fd())}))
		_, fds, m, err := socket.RecvFDs(b, 10, room)
		if err != nil || m.Flags != socket.MSG_CTRUNC || len(fds) != room {
			t.Error(fds, m, err)
		}
		m.CloseFDs()
	}
	for _, room := range []int{-1, 1 << 62, -1 << 62, math.MaxInt} {
		if _, _, _, err := socket.RecvFDs(b, 10, room); errText(err) != "OverflowError: CMSG_LEN() argument out of range" {
			t.Errorf("%d descriptors: %v", room, err)
		}
	}
	if now := descriptors(t); now != before {
		t.Errorf("%d descriptors, %d before", now, before)
	}
	check(t, r.Close())
	check(t, w.Close())
}

func TestMessageErrors(t *testing.T) {
	a, _ := unixPair(t, socket.SOCK_STREAM)
	for want, err := range map[string]error{
		"ValueError: negative buffer size in recvmsg()":           errOfMessage(a.RecvMsg(-1, 0, 0)),
		"ValueError: invalid ancillary data buffer length":        errOfMessage(a.RecvMsg(1, -1, 0)),
		"OSError: [Errno 90] Message too long":                    errOf(a.SendMsg(make([][]byte, 1025), nil, 0, nil)),
		"OverflowError: CMSG_LEN() argument out of range":         errOf(socket.CmsgLen(-1)),
		"OverflowError: CMSG_SPACE() argument out of range":       errOf(socket.CmsgSpace(1 << 31)),
		"OSError: [Errno 9] Bad file descriptor":                  errOf(socket.SendFDs(a, [][]byte{{1}}, []int{-1})),
		"TypeError: a bytes-like object is required, not 'tuple'": errOf(a.SendMsg(nil, nil, 0, socket.Inet4{})),
	} {
		if got := errText(err); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	s := must(socket.New(socket.AF_INET, socket.SOCK_STREAM, 0))
	check(t, s.Close())
	for _, err := range []error{errOfMessage(s.RecvMsg(1, 0, 0)), errOf(s.SendMsg(nil, nil, 0, nil))} {
		if !errors.Is(err, syscall.EBADF) {
			t.Error(err)
		}
	}
}

func errOfMessage(_ []byte, _ socket.Message, err error) error { return err }

func errOf(_ int, err error) error { return err }

func TestAncillaryDataOfDatagrams(t *testing.T) {
	a := must(socket.New(socket.AF_INET, socket.SOCK_DGRAM, 0))
	b := must(socket.New(socket.AF_INET, socket.SOCK_DGRAM, 0))
	t.Cleanup(func() { check(t, a.Close()); check(t, b.Close()) })
	check(t, a.Bind(socket.Inet4{Host: "127.0.0.1"}))
	check(t, b.Bind(socket.Inet4{Host: "127.0.0.1"}))
	check(t, a.SetSockOpt(socket.IPPROTO_IP, unix.IP_RECVTTL, 1))
	ttl := socket.Ancillary{Level: socket.IPPROTO_IP, Type: unix.IP_TTL, Data: []byte{7, 0, 0, 0}}
	must(b.SendMsg([][]byte{[]byte("x")}, []socket.Ancillary{ttl}, 0, must(a.GetSockName())))
	_, m, err := a.RecvMsg(1, 100, 0)
	if err != nil || m.From != must(b.GetSockName()) || len(m.Ancillary) != 1 || !slices.Equal(m.Ancillary[0].Data, ttl.Data) {
		t.Error(m, err)
	}
	if m.Ancillary[0].FDs() != nil {
		t.Error("a TTL is no descriptors")
	}
}

// TestMessagesAtTheSameTime is for the race detector: calls, changes of the
// timeout and the end of the connection on one pair.
func TestMessagesAtTheSameTime(t *testing.T) {
	a, b := unixPair(t, socket.SOCK_SEQPACKET)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for {
				data, m, err := b.RecvMsg(10, 100, 0)
				m.CloseFDs()
				if err == nil && len(data) == 0 || err != nil && !errors.Is(err, pyerr.TimeoutError) {
					return
				}
			}
		})
		all.Go(func() {
			for range 200 {
				if _, err := socket.SendFDs(a, [][]byte{[]byte("x")}, []int{a.Fileno()}); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for i := range 20 {
		check(t, b.SetTimeout(socket.Timeout(time.Duration(i%3+1)*time.Second)))
		time.Sleep(time.Millisecond)
	}
	time.Sleep(20 * time.Millisecond)
	check(t, a.Shutdown(socket.SHUT_RDWR))
	soon(t, "messages", all.Wait)
}

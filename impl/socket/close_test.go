//go:build linux

package socket_test

import (
	"errors"
	"net"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/impl/socket"
)

func TestCloseAndDetach(t *testing.T) {
	s := must(socket.New(-1, -1, -1))
	if s.Closed() || s.Fileno() < 0 {
		t.Errorf("new: closed %v, fileno %d", s.Closed(), s.Fileno())
	}
	check(t, s.Close())
	check(t, s.Close())
	if !s.Closed() || s.Fileno() != -1 || s.Detach() != -1 {
		t.Errorf("closed: closed %v, fileno %d", s.Closed(), s.Fileno())
	}
	err := s.Listen(1)
	if errText(err) != "OSError: [Errno 9] Bad file descriptor" || !errors.Is(err, net.ErrClosed) || !errors.Is(err, syscall.EBADF) {
		t.Errorf("closed: %v", err)
	}

	s = must(socket.New(-1, -1, -1))
	fd := s.Fileno()
	if got := s.Detach(); got != fd || !s.Closed() || s.Fileno() != -1 {
		t.Errorf("detached: %d, closed %v, fileno %d; want %d", got, s.Closed(), s.Fileno(), fd)
	}
	check(t, s.Close())
	check(t, socket.Close(fd))
	if err := socket.Close(fd); errText(err) != "OSError: [Errno 9] Bad file descriptor" {
		t.Errorf("close of a closed descriptor: %v", err)
	}
}

// Closing does not wake a call that waits; it goes on as the kernel's would.
func TestCloseUnderABlockedCall(t *testing.T) {
	type result struct {
		text string
		took time.Duration
	}
	start := func(t *testing.T, timeout socket.Timeout) (b *socket.Socket, done chan result) {
		a, b := unixPair(t, socket.SOCK_STREAM)
		check(t, a.SetTimeout(timeout))
		done = make(chan result, 1)
		go func() {
			start := time.Now()
			got := recvText(a, 5, 0)
			done <- result{got, time.Since(start)}
		}()
		time.Sleep(50 * time.Millisecond)
		check(t, a.Close())
		return b, done
	}
	const wait = 300 * time.Millisecond
	const ebadf = "OSError: [Errno 9] Bad file descriptor"

	t.Run("without a timeout, data", func(t *testing.T) {
		b, done := start(t, socket.None)
		time.Sleep(50 * time.Millisecond)
		if _, err := b.Send([]byte("x"), 0); err != nil {
			t.Errorf("the connection is gone while recv waits: %v", err)
		}
		soon(t, "recv", func() {
			if got := <-done; got.text != "x" {
				t.Errorf("got %q", got.text)
			}
		})
		// With the call the description goes.
		soon(t, "end of the stream", func() {
			if got := recvText(b, 1, 0); got != "" {
				t.Errorf("the peer got %q", got)
			}
		})
	})
	t.Run("without a timeout, end", func(t *testing.T) {
		b, done := start(t, socket.None)
		check(t, b.Close())
		soon(t, "recv", func() {
			if got := <-done; got.text != "" {
				t.Errorf("got %q", got.text)
			}
		})
	})
	t.Run("with a timeout, data", func(t *testing.T) {
		b, done := start(t, socket.Timeout(time.Minute))
		_, err := b.Send([]byte("x"), 0)
		check(t, err)
		soon(t, "recv", func() {
			if got := <-done; got.text != ebadf {
				t.Errorf("got %q", got.text)
			}
		})
	})
	t.Run("with a timeout, nothing", func(t *testing.T) {
		_, done := start(t, socket.Timeout(wait))
		soon(t, "recv", func() {
			if got := <-done; got.text != ebadf || got.took < wait {
				t.Errorf("got %q after %v", got.text, got.took)
			}
		})
	})
}

// A descriptor that is closed behind the socket's back.
func TestForeignCloseUnderABlockedCall(t *testing.T) {
	a, _ := unixPair(t, socket.SOCK_STREAM)
	fd := a.Fileno()
	const wait = 200 * time.Millisecond
	check(t, a.SetTimeout(socket.Timeout(wait)))
	done := make(chan string, 1)
	go func() { done <- recvText(a, 1, 0) }()
	time.Sleep(50 * time.Millisecond)
	check(t, socket.Close(fd))
	soon(t, "recv", func() {
		if got := <-done; got != "OSError: [Errno 9] Bad file descriptor" {
			t.Errorf("got %q", got)
		}
	})
	if got := a.Detach(); got != fd {
		t.Errorf("detach: %d, want %d", got, fd)
	}
}

// Shutdown is what wakes a call.
func TestShutdownWakes(t *testing.T) {
	a, _ := tcpPair(t)
	done := make(chan string, 1)
	go func() { done <- recvText(a, 1, 0) }()
	time.Sleep(20 * time.Millisecond)
	check(t, a.Shutdown(socket.SHUT_RDWR))
	soon(t, "recv", func() {
		if got := <-done; got != "" {
			t.Errorf("got %q", got)
		}
	})
}

// Sockets are closed under calls of every kind; nothing may race, hang or leak.
func TestConcurrentClose(t *testing.T) {
	before := openFiles(t)
	for range 30 {
		a, b, err := socket.SocketPair(socket.AF_UNIX, socket.SOCK_STREAM, 0)
		check(t, err)
		check(t, a.SetTimeout(socket.Timeout(50*time.Millisecond)))
		var wg sync.WaitGroup
		for _, f := range []func(){
			func() { _, _ = a.Recv(1, 0) },
			func() { _, _ = a.Recv(1, 0) },
			func() { _, _ = b.Recv(1, 0) },
			func() { _, _ = a.Send([]byte("xxx"), 0) },
			func() { _ = a.SendAll(make([]byte, 1<<20), 0) },
			func() { _, _ = a.GetSockName() },
			func() { _ = a.SetTimeout(socket.Timeout(20 * time.Millisecond)) },
			func() { _ = a.Close() },
			func() { _ = a.Close() },
			func() { _ = b.Shutdown(socket.SHUT_RDWR); _ = b.Close() },
		} {
			wg.Go(f)
		}
		soon(t, "all calls", wg.Wait)
	}
	// What waited may have left spare epoll instances, but no sockets.
	if after := openFiles(t); after["socket"] > before["socket"] {
		t.Errorf("%d sockets are open, %d before", after["socket"], before["socket"])
	}
}

// openFiles counts the process's open files by the kind of what they are.
func openFiles(t testing.TB) map[string]int {
	t.Helper()
	kinds := map[string]int{}
	for fd := range 4096 {
		var st unix.Stat_t
		if unix.Fstat(fd, &st) != nil {
			continue
		}
		kind := "other"
		if st.Mode&unix.S_IFMT == unix.S_IFSOCK {
			kind = "socket"
		}
		kinds[kind]++
	}
	return kinds
}

func TestCollectedSocketIsClosed(t *testing.T) {
	var warned atomic.Value
	m := &socket.Module{Unclosed: func(s *socket.Socket) {
		name, err := s.GetSockName()
		check(t, err)
		warned.Store([]any{s.Family(), s.Type(), s.Proto(), s.Fileno(), name, s.Closed()})
	}}
	fd, name := func() (int, socket.Addr) {
		s := must(m.New(socket.AF_INET, socket.SOCK_STREAM, 0))
		check(t, s.Bind(socket.Inet4{Host: "127.0.0.1"}))
		return s.Fileno(), must(s.GetSockName())
	}()
	closed := must(m.New(socket.AF_INET, socket.SOCK_DGRAM, 0))
	check(t, closed.Close())
	soon(t, "collection", func() {
		for warned.Load() == nil {
			runtime.GC()
			time.Sleep(time.Millisecond)
		}
	})
	want := []any{socket.AF_INET, socket.SOCK_STREAM, 0, fd, name, false}
	for i, got := range warned.Load().([]any) {
		if got != want[i] {
			t.Errorf("what Unclosed saw: %v, want %v", got, want[i])
		}
	}
	soon(t, "the descriptor to be closed", func() {
		for isOpen(fd) {
			time.Sleep(time.Millisecond)
		}
	})
	runtime.KeepAlive(closed)
}

// A socket in use is not collected under its call.
func TestCallKeepsSocketAlive(t *testing.T) {
	done := make(chan string, 1)
	var peer *socket.Socket
	func() {
		a, b, err := socket.SocketPair(socket.AF_UNIX, socket.SOCK_STREAM, 0)
		check(t, err)
		peer = b
		go func() { done <- recvText(a, 1, 0) }()
	}()
	defer func() { check(t, peer.Close()) }()
	for range 5 {
		runtime.GC()
		time.Sleep(10 * time.Millisecond)
	}
	_, err := peer.Send([]byte("x"), 0)
	check(t, err)
	soon(t, "recv", func() {
		if got := <-done; got != "x" {
			t.Errorf("got %q", got)
		}
	})
}

func TestErrorsOfGo(t *testing.T) {
	a, _ := unixPair(t, socket.SOCK_STREAM)
	check(t, a.SetTimeout(socket.Timeout(time.Millisecond)))
	_, err := a.Recv(1, 0)
	if !errors.Is(err, os.ErrDeadlineExceeded) || !errors.Is(err, pyerr.OSError) {
		t.Errorf("got %v", err)
	}
	var timeout interface{ Timeout() bool }
	if !errors.As(err, &timeout) || !timeout.Timeout() {
		t.Error("a timeout is none to net.Error")
	}
}

func isOpen(fd int) bool {
	_, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0)
	return err == nil
}

// Whoever uses the package's functions reaches their module, to be told of sockets that
// nobody closed.
func TestDefaultIsTheModuleOfThePackage(t *testing.T) {
	a, _ := unixPair(t, socket.SOCK_STREAM)
	if socket.Default() != a.Module() || socket.Default() != (*socket.Socket)(nil).Module() {
		t.Error("a socket of the package's functions is of another module")
	}
}

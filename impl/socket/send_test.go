//go:build linux

package socket_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/impl/socket"
)

// drain reads until the end of the stream.
func drain(s *socket.Socket) (total int) {
	buf := make([]byte, 64<<10)
	for {
		n, err := s.RecvInto(buf, 0, 0)
		if n == 0 || err != nil {
			return total
		}
		total += n
	}
}

// A blocking send returns when everything is sent.
func TestSendSendsEverything(t *testing.T) {
	for name, pair := range pairs {
		t.Run(name, func(t *testing.T) {
			a, b := pair(t)
			const size = 20 << 20
			total := make(chan int)
			go func() {
				time.Sleep(20 * time.Millisecond)
				total <- drain(b)
			}()
			soon(t, "send", func() {
				if n := must(a.Send(make([]byte, size), 0)); n != size {
					t.Errorf("sent %d of %d", n, size)
				}
			})
			check(t, a.Shutdown(socket.SHUT_WR))
			if got := <-total; got != size {
				t.Errorf("received %d of %d", got, size)
			}
		})
	}
}

func TestSendPartialWhenThePeerGoes(t *testing.T) {
	for name, pair := range pairs {
		t.Run(name, func(t *testing.T) {
			a, b := pair(t)
			go func() {
				time.Sleep(50 * time.Millisecond)
				_, _ = b.Recv(1000, 0)
				_ = b.Close()
			}()
			const size = 20 << 20
			soon(t, "send", func() {
				n, err := a.Send(make([]byte, size), 0)
				if err != nil || n == 0 || n == size {
					t.Errorf("sent %d, %v; want a part", n, err)
				}
			})
			_, err := a.Send([]byte("x"), 0)
			want := pyerr.BrokenPipeError
			if name == "tcp" {
				want = pyerr.ConnectionResetError
			}
			if !errors.Is(err, want) {
				t.Errorf("the next send: %v, want %v", err, want)
			}
		})
	}
}

// Nothing makes the descriptor ready when an AF_UNIX connection is shut down for
// writing, but it ends a send that waits.
func TestSendEndsWithAShutdown(t *testing.T) {
	for name, shutdown := range map[string]func(a, b *socket.Socket) error{
		"own":    func(a, _ *socket.Socket) error { return a.Shutdown(socket.SHUT_WR) },
		"peer's": func(_, b *socket.Socket) error { return b.Shutdown(socket.SHUT_RD) },
	} {
		for _, typ := range []int{socket.SOCK_STREAM, socket.SOCK_SEQPACKET} {
			a, b := unixPair(t, typ)
			go func() {
				time.Sleep(50 * time.Millisecond)
				_ = shutdown(a, b)
			}()
			soon(t, name, func() {
				var err error
				for err == nil {
					_, err = a.Send(make([]byte, 50_000), 0)
				}
				if !errors.Is(err, pyerr.BrokenPipeError) {
					t.Errorf("%s, type %d: %v", name, typ, err)
				}
			})
		}
	}
}

// A send that waits takes the reset from the socket; one that has not begun does
// not.
func TestSendTakesTheReset(t *testing.T) {
	a, b := unixPair(t, socket.SOCK_STREAM)
	check(t, a.SetTimeout(socket.NonBlocking))
	must(a.Send(make([]byte, 1<<20), 0))
	check(t, a.SetTimeout(socket.None))
	go func() {
		time.Sleep(50 * time.Millisecond)
		_ = b.Close()
	}()
	soon(t, "send", func() {
		if _, err := a.Send(make([]byte, 1<<20), 0); !errors.Is(err, pyerr.ConnectionResetError) {
			t.Errorf("the send that waited: %v", err)
		}
	})
	if _, err := a.Send([]byte("x"), 0); !errors.Is(err, pyerr.BrokenPipeError) {
		t.Errorf("the next send: %v", err)
	}
	if got, err := a.Recv(1, 0); len(got) != 0 || err != nil {
		t.Errorf("recv: %q, %v", got, err)
	}
}

func TestSendTimeouts(t *testing.T) {
	const wait = 60 * time.Millisecond
	for name, pair := range pairs {
		t.Run(name, func(t *testing.T) {
			a, _ := pair(t)
			setTimeval(t, a, socket.SO_SNDTIMEO, wait)
			start := time.Now()
			n, err := a.Send(make([]byte, 20<<20), 0)
			if took := time.Since(start); n == 0 || err != nil || took < wait {
				t.Errorf("SO_SNDTIMEO: sent %d, %v, after %v; want a part", n, err, took)
			}
			big := make([]byte, 1<<20)
			for err == nil {
				_, err = a.Send(big, 0)
			}
			if !errors.Is(err, pyerr.BlockingIOError) {
				t.Errorf("SO_SNDTIMEO, nothing sent: %v", err)
			}
			check(t, a.SetTimeout(socket.Timeout(wait)))
			start = time.Now()
			_, err = a.Send(big, 0)
			if took := time.Since(start); !errors.Is(err, pyerr.TimeoutError) || took < wait {
				t.Errorf("timeout: %v after %v", err, took)
			}
			check(t, a.SetTimeout(socket.NonBlocking))
			if _, err = a.Send(big, 0); !errors.Is(err, pyerr.BlockingIOError) {
				t.Errorf("timeout 0: %v", err)
			}
			check(t, a.SetTimeout(socket.None))
			if _, err = a.Send(big, socket.MSG_DONTWAIT); !errors.Is(err, pyerr.BlockingIOError) {
				t.Errorf("MSG_DONTWAIT: %v", err)
			}
		})
	}
}

// With a timeout CPython waits for poll(2)'s idea of room, which is less than
// sendto(2)'s: 24000 bytes against 93000, on AF_UNIX in parts of 1000.
func TestSendWithATimeoutPollsFirst(t *testing.T) {
	fill := func(timeout socket.Timeout) (total int) {
		a, _ := unixPair(t, socket.SOCK_STREAM)
		check(t, a.SetTimeout(timeout))
		for {
			n, err := a.Send(make([]byte, 1000), 0)
			if err != nil {
				return total
			}
			total += n
		}
	}
	polled, called := fill(socket.Timeout(20*time.Millisecond)), fill(socket.NonBlocking)
	if polled == 0 || polled*2 > called {
		t.Errorf("%d bytes with a timeout, %d without waiting; want far fewer", polled, called)
	}
}

func TestSendAll(t *testing.T) {
	for name, pair := range pairs {
		for mode, timeout := range map[string]socket.Timeout{"None": socket.None, "timeout": socket.Timeout(time.Minute)} {
			t.Run(name+"/"+mode, func(t *testing.T) {
				a, b := pair(t)
				check(t, a.SetTimeout(timeout))
				data := bytes.Repeat([]byte("0123456789"), 500_000)
				got := make(chan []byte)
				go func() {
					var all bytes.Buffer
					_, _ = io.Copy(&all, readerOf(b))
					got <- all.Bytes()
				}()
				soon(t, "sendall", func() { check(t, a.SendAll(data, 0)) })
				check(t, a.Shutdown(socket.SHUT_WR))
				if !bytes.Equal(<-got, data) {
					t.Error("what arrived is not what was sent")
				}
			})
		}
	}
}

type reader struct{ s *socket.Socket }

func readerOf(s *socket.Socket) io.Reader { return reader{s} }

func (r reader) Read(buf []byte) (int, error) {
	n, err := r.s.RecvInto(buf, 0, 0)
	if n == 0 && err == nil {
		err = io.EOF
	}
	return n, err
}

// The deadline is one for all parts: a peer that takes a little now and then
// does not prolong it.
func TestSendAllHasOneDeadline(t *testing.T) {
	a, b := unixPair(t, socket.SOCK_STREAM)
	const wait = 200 * time.Millisecond
	check(t, a.SetTimeout(socket.Timeout(wait)))
	stop := make(chan struct{})
	go func() {
		buf := make([]byte, 200<<10)
		for {
			select {
			case <-stop:
				return
			case <-time.After(wait / 4):
				_, _ = b.RecvInto(buf, 0, 0)
			}
		}
	}()
	start := time.Now()
	var err error
	soon(t, "sendall", func() { err = a.SendAll(make([]byte, 1<<30), 0) })
	close(stop)
	if took := time.Since(start); !errors.Is(err, pyerr.TimeoutError) || took < wait {
		t.Errorf("got %v after %v", err, took)
	}
	check(t, b.Shutdown(socket.SHUT_RDWR))
}

func TestSendAllNonBlocking(t *testing.T) {
	a, _ := unixPair(t, socket.SOCK_STREAM)
	check(t, a.SetBlocking(false))
	if err := a.SendAll(make([]byte, 20<<20), 0); !errors.Is(err, pyerr.BlockingIOError) {
		t.Errorf("got %v", err)
	}
}

// sendall of nothing still is one call, which can fail.
func TestSendAllNothing(t *testing.T) {
	a, _ := tcpPair(t)
	check(t, a.SendAll(nil, 0))
	check(t, a.Shutdown(socket.SHUT_WR))
	if err := a.SendAll(nil, 0); errText(err) != "BrokenPipeError: [Errno 32] Broken pipe" {
		t.Errorf("after shutdown: %v", err)
	}
}

// The kernel has no event for room in the queue of a receiver that the sender
// is not connected to.
func TestSendToAFullReceiver(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r")
	receiver := must(socket.New(socket.AF_UNIX, socket.SOCK_DGRAM, 0))
	defer func() { check(t, receiver.Close()) }()
	check(t, receiver.Bind(socket.Unix{Path: path}))
	sender := must(socket.New(socket.AF_UNIX, socket.SOCK_DGRAM, 0))
	defer func() { check(t, sender.Close()) }()
	to := socket.Unix{Path: path}
	const wait = 60 * time.Millisecond
	check(t, sender.SetTimeout(socket.Timeout(wait)))
	start, sent := time.Now(), 0
	var err error
	for ; err == nil; sent++ {
		start = time.Now()
		_, err = sender.SendTo([]byte("x"), 0, to)
	}
	if took := time.Since(start); !errors.Is(err, pyerr.TimeoutError) || took < wait {
		t.Errorf("full queue: %v after %v", err, took)
	}
	check(t, sender.SetTimeout(socket.None))
	go func() {
		time.Sleep(20 * time.Millisecond)
		_, _ = receiver.Recv(1, 0)
	}()
	soon(t, "sendto", func() {
		_, err := sender.SendTo([]byte("y"), 0, to)
		check(t, err)
	})
}

func TestSendUnconnected(t *testing.T) {
	for _, c := range []struct {
		name        string
		family, typ int
		want        string
	}{
		{"tcp", socket.AF_INET, socket.SOCK_STREAM, "BrokenPipeError: [Errno 32] Broken pipe"},
		{"udp", socket.AF_INET, socket.SOCK_DGRAM, "OSError: [Errno 89] Destination address required"},
		{"unix", socket.AF_UNIX, socket.SOCK_STREAM, "OSError: [Errno 107] Transport endpoint is not connected"},
		{"unix datagram", socket.AF_UNIX, socket.SOCK_DGRAM, "OSError: [Errno 107] Transport endpoint is not connected"},
	} {
		for _, timeout := range []socket.Timeout{socket.None, socket.NonBlocking, socket.Timeout(time.Second)} {
			s := must(socket.New(c.family, c.typ, 0))
			check(t, s.SetTimeout(timeout))
			if _, err := s.Send([]byte("x"), 0); errText(err) != c.want {
				t.Errorf("%s, timeout %d: %v", c.name, timeout, err)
			}
			check(t, s.Close())
		}
	}
}

func TestSendToANameOfNothing(t *testing.T) {
	s := must(socket.New(socket.AF_UNIX, socket.SOCK_DGRAM, 0))
	defer func() { check(t, s.Close()) }()
	_, err := s.SendTo([]byte("x"), 0, socket.Unix{Path: "/no/such/thing"})
	if !errors.Is(err, pyerr.FileNotFoundError) || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

func TestSendWithoutWaiting(t *testing.T) {
	a, b := unixPair(t, socket.SOCK_STREAM)
	if n := must(a.Send([]byte("abc"), socket.MSG_DONTWAIT)); n != 3 {
		t.Errorf("sent %d", n)
	}
	if got := recvText(b, 10, socket.MSG_DONTWAIT); got != "abc" {
		t.Errorf("got %q", got)
	}
}

// MSG_FASTOPEN connects too, and a blocking call waits for that.
func TestSendToConnects(t *testing.T) {
	_, addr := listening(t)
	for timeout, want := range map[socket.Timeout]string{
		socket.None:                 "5",
		socket.NonBlocking:          "BlockingIOError: [Errno 115] Operation now in progress",
		socket.Timeout(time.Second): "BlockingIOError: [Errno 115] Operation now in progress",
	} {
		s := tcpSocket(t)
		check(t, s.SetTimeout(timeout))
		n, err := s.SendTo([]byte("hello"), unix.MSG_FASTOPEN, addr)
		if got := text(n, err); got != want {
			t.Errorf("timeout %d: %s, want %s", timeout, got, want)
		}
		if timeout != socket.None {
			continue
		}
		if errno := must(s.ConnectEx(addr)); errno != int(unix.EISCONN) {
			t.Errorf("connect_ex afterwards: errno %d", errno)
		}
	}
}

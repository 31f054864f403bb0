//go:build linux

package netpoll

import (
	"errors"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// pair are two connected descriptors; the first one belongs to a Desc.
func pair(t *testing.T) (*Desc, int) {
	t.Helper()
	fds := socketpair(t)
	d := New(fds[0])
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d, fds[1]
}

// receive is an attempt to receive a byte.
func receive(fd int) syscall.Errno {
	var b [1]byte
	_, _, err := unix.Recvfrom(fd, b[:], unix.MSG_DONTWAIT)
	return errnoOf(err)
}

func errnoOf(err error) (errno syscall.Errno) {
	errors.As(err, &errno)
	return errno
}

func write(t *testing.T, fd int) {
	t.Helper()
	if _, err := unix.Write(fd, []byte("x")); err != nil {
		t.Error(err)
	}
}

// Each wake-up is a new wait on the same epoll instance.
func TestDoWakesEveryTime(t *testing.T) {
	d, peer := pair(t)
	for range 5 {
		go func() {
			time.Sleep(5 * time.Millisecond)
			write(t, peer)
		}()
		if err := d.Do(&Wait{Dir: Read, Op: OpFunc(receive)}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestDeadlines(t *testing.T) {
	d, peer := pair(t)
	const wait = 30 * time.Millisecond
	for range 3 {
		start := time.Now()
		err := d.Do(&Wait{Dir: Read, Deadline: start.Add(wait), Op: OpFunc(receive)})
		if !errors.Is(err, ErrTimedOut) || time.Since(start) < wait {
			t.Fatalf("got %v after %v", err, time.Since(start))
		}
	}
	// A deadline that the epoll instance still has is not that of the next call.
	go func() {
		time.Sleep(2 * wait)
		write(t, peer)
	}()
	if err := d.Do(&Wait{Dir: Read, Op: OpFunc(receive)}); err != nil {
		t.Fatal(err)
	}
	if err := d.Do(&Wait{Dir: Read, Deadline: time.Now().Add(time.Hour), Op: OpFunc(func(fd int) syscall.Errno {
		write(t, peer)
		return receive(fd)
	})}); err != nil {
		t.Fatal(err)
	}
	// A past one still lets the call happen.
	write(t, peer)
	if err := d.Do(&Wait{Dir: Read, Deadline: time.Now().Add(-time.Hour), Op: OpFunc(receive)}); err != nil {
		t.Fatal(err)
	}
}

// A call is attempted again though its descriptor never becomes ready, but not
// one with a deadline.
func TestRecheck(t *testing.T) {
	const wait = 20 * time.Millisecond
	third := func() Op {
		attempts := 0
		return OpFunc(func(int) syscall.Errno {
			if attempts++; attempts < 3 {
				return unix.EAGAIN
			}
			return 0
		})
	}
	d, _ := pair(t)
	start := time.Now()
	if err := d.Do(&Wait{Dir: Read, Recheck: wait, Op: third()}); err != nil || time.Since(start) < wait {
		t.Errorf("got %v after %v", err, time.Since(start))
	}
	if err := d.block(&Wait{Dir: Read, Recheck: wait, Op: third()}); err != nil {
		t.Errorf("block: %v", err)
	}
	never := OpFunc(func(int) syscall.Errno { return unix.EAGAIN })
	if err := d.Do(&Wait{Dir: Read, Recheck: wait, Deadline: time.Now().Add(3 * wait), Op: never}); !errors.Is(err, ErrTimedOut) {
		t.Errorf("with a deadline: %v", err)
	}
}

// What is closed between two attempts of a call is not touched by the next: the
// number may be another's.
func TestClosedBetweenAttempts(t *testing.T) {
	called := func() syscall.Errno { t.Error("called"); return 0 }
	for _, nonblocking := range []bool{false, true} {
		fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = unix.Close(fds[1]) }()
		d := NewPrivate(fds[0], nonblocking)
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		if errno, private := d.Privately(fds[0], called); errno != unix.EBADF || !private {
			t.Errorf("privately: %v, %v", errno, private)
		}
		if errno := d.Exclusively(fds[0], called); errno != unix.EBADF {
			t.Errorf("exclusively: %v", errno)
		}
	}
}

// The way out when there is no waiter to be had.
func TestBlock(t *testing.T) {
	d, peer := pair(t)
	const wait = 30 * time.Millisecond
	start := time.Now()
	if err := d.block(&Wait{Dir: Read, Deadline: start.Add(wait), Op: OpFunc(receive)}); !errors.Is(err, ErrTimedOut) || time.Since(start) < wait {
		t.Errorf("got %v after %v", err, time.Since(start))
	}
	go func() {
		time.Sleep(wait)
		write(t, peer)
	}()
	if err := d.block(&Wait{Dir: Read, Op: OpFunc(receive)}); err != nil {
		t.Error(err)
	}
	if err := unix.SetNonblock(d.Fd(), true); err != nil {
		t.Fatal(err)
	}
	if err := d.block(&Wait{Dir: Read, Op: OpFunc(receive)}); !errors.Is(err, unix.EAGAIN) {
		t.Errorf("non-blocking: %v", err)
	}
}

// Out of descriptors, calls still work.
func TestDoWithoutDescriptors(t *testing.T) {
	spares.mu.Lock()
	saved := spares.list
	spares.list = nil
	spares.mu.Unlock()
	t.Cleanup(func() {
		for _, w := range saved {
			spares.put(w)
		}
	})
	d, peer := pair(t)
	var old unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &old); err != nil {
		t.Fatal(err)
	}
	none := old
	none.Cur = 3
	if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &none); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- d.Do(&Wait{Dir: Read, Op: OpFunc(receive)}) }()
	time.Sleep(20 * time.Millisecond)
	write(t, peer)
	err := <-done
	if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &old); err != nil {
		t.Fatal(err)
	}
	if err != nil {
		t.Errorf("got %v", err)
	}
	if d.idle[Read].Load() != nil {
		t.Error("there was a waiter after all")
	}
}

// However many calls have no descriptor to wait on, few occupy a thread: the runtime ends
// a program of 10,000 threads.
func TestFewCallsBlockThreads(t *testing.T) {
	const calls = 3 * mostBlocked
	var wg sync.WaitGroup
	var peers []int
	for i := range calls {
		d, peer := pair(t)
		peers = append(peers, peer)
		wg.Go(func() {
			wait := Wait{Dir: Read, Op: OpFunc(receive)}
			if i%2 == 0 {
				wait.Deadline = time.Now().Add(time.Hour)
			}
			if err := d.block(&wait); err != nil {
				t.Error(err)
			}
		})
	}
	for patience := time.Now().Add(10 * time.Second); blocked.n.Load() < mostBlocked && time.Now().Before(patience); {
		time.Sleep(time.Millisecond)
	}
	if n := blocked.n.Load(); n != mostBlocked {
		t.Errorf("%d calls wait in the kernel, want %d", n, mostBlocked)
	}
	d, _ := pair(t)
	start := time.Now()
	if err := d.block(&Wait{Dir: Read, Deadline: start.Add(30 * time.Millisecond), Op: OpFunc(receive)}); !errors.Is(err, ErrTimedOut) || time.Since(start) < 30*time.Millisecond {
		t.Errorf("%v after %v", err, time.Since(start))
	}
	for _, peer := range peers {
		write(t, peer)
	}
	wg.Wait()
	if n := blocked.n.Load(); n != 0 {
		t.Errorf("%d calls wait in the kernel after all have ended", n)
	}
}

// A descriptor that was closed and opened anew behind the Desc's back: its
// epoll instance is not given to another.
func TestStaleRegistrationIsNotReused(t *testing.T) {
	d, peer := pair(t)
	write(t, peer)
	go func() {
		time.Sleep(10 * time.Millisecond)
		write(t, peer)
	}()
	for range 2 {
		if err := d.Do(&Wait{Dir: Read, Op: OpFunc(receive)}); err != nil {
			t.Fatal(err)
		}
	}
	w := d.idle[Read].Load()
	if w == nil {
		t.Fatal("no waiter is left")
	}
	duplicate, err := unix.Dup(d.Fd()) // keeps the registration alive
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = unix.Close(duplicate) }()
	if err := unix.Close(d.Fd()); err != nil {
		t.Fatal(err)
	}
	d.Detach()
	spares.mu.Lock()
	defer spares.mu.Unlock()
	for _, spare := range spares.list {
		if spare == w {
			t.Error("its epoll instance is spare")
		}
	}
}

func TestSparesAreBounded(t *testing.T) {
	var s spareWaiters
	var all []*waiter
	for range maxSpares + 10 {
		w, err := newWaiter()
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, w)
	}
	for _, w := range all {
		s.put(w)
	}
	if len(s.list) != maxSpares {
		t.Errorf("%d spares", len(s.list))
	}
	for range s.list {
		w, err := s.get()
		if err != nil {
			t.Fatal(err)
		}
		_ = w.file.Close()
	}
}

// Any number of calls wait on one descriptor, in both directions.
func TestManyWaiters(t *testing.T) {
	d, peer := pair(t)
	const calls = 20
	var wg sync.WaitGroup
	var done atomic.Int32
	for range calls {
		wg.Go(func() {
			if err := d.Do(&Wait{Dir: Read, Op: OpFunc(receive)}); err != nil {
				t.Error(err)
			}
			done.Add(1)
		})
	}
	for range calls {
		write(t, peer)
	}
	wg.Wait()
	if done.Load() != calls {
		t.Errorf("%d of %d calls are done", done.Load(), calls)
	}
}

func TestReady(t *testing.T) {
	d, peer := pair(t)
	if Ready(d.Fd(), unix.POLLIN) || !Ready(d.Fd(), unix.POLLOUT) {
		t.Error("a new pair is not writable only")
	}
	write(t, peer)
	if !Ready(d.Fd(), unix.POLLIN) {
		t.Error("not readable")
	}
	if !Ready(-1, unix.POLLIN) || !Ready(1<<20, unix.POLLIN) {
		t.Error("a bad descriptor is not ready to say so")
	}
}

// A wait that is interrupted returns EINTR, whether it was parked already or not,
// and the next one on the same epoll instance waits as if nothing had been.
func TestAroundInterrupts(t *testing.T) {
	d, peer := pair(t)
	around := func(interrupt time.Duration) func(func() error, func()) error {
		return func(wait func() error, stop func()) error {
			result := make(chan error)
			go func() { result <- wait() }()
			time.Sleep(interrupt)
			stop()
			return <-result
		}
	}
	for _, after := range []time.Duration{0, 5 * time.Millisecond} {
		for _, deadline := range []time.Time{{}, time.Now().Add(time.Hour)} {
			err := d.Do(&Wait{Dir: Read, Deadline: deadline, Op: OpFunc(receive), Around: around(after)})
			if !errors.Is(err, unix.EINTR) {
				t.Errorf("interrupted after %v: %v", after, err)
			}
		}
		go func() {
			time.Sleep(5 * time.Millisecond)
			write(t, peer)
		}()
		if err := d.Do(&Wait{Dir: Read, Op: OpFunc(receive)}); err != nil {
			t.Errorf("the wait after an interrupted one: %v", err)
		}
	}
}

// Around decides what comes of a call that has to wait, and is not asked where
// none has to.
func TestAroundDecides(t *testing.T) {
	d, peer := pair(t)
	own := errors.New("own")
	wait := Wait{Dir: Read, Op: OpFunc(receive), Around: func(func() error, func()) error { return own }}
	if err := d.Do(&wait); !errors.Is(err, own) {
		t.Errorf("got %v, want %v", err, own)
	}
	write(t, peer)
	if err := d.Do(&wait); err != nil {
		t.Errorf("a call that need not wait: %v", err)
	}
	wait.Block = true
	go func() {
		time.Sleep(5 * time.Millisecond)
		write(t, peer)
	}()
	if err := d.Do(&wait); err != nil {
		t.Errorf("a call that waits in the kernel: %v", err)
	}
}

// A call takes the way for descriptors that are nobody else's for just as long as
// that holds; nothing but the time that it takes tells the ways apart.
func TestPrivatelyIsForWhatNobodyElseKnows(t *testing.T) {
	fd, err := unix.Socket(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	d := NewPrivate(fd, false)
	calls := 0
	call := func() syscall.Errno { calls++; return unix.ENOTCONN }
	if errno, ok := d.Privately(fd, call); errno != unix.ENOTCONN || !ok || calls != 1 {
		t.Errorf("private: %v, %v, %d calls", errno, ok, calls)
	}
	if errno, ok := d.Privately(fd+1, call); errno != unix.EBADF || !ok || calls != 1 {
		t.Errorf("another descriptor: %v, %v, %d calls", errno, ok, calls)
	}
	d.Share()
	if errno, ok := d.Privately(fd, call); errno != 0 || ok || calls != 1 {
		t.Errorf("shared: %v, %v, %d calls", errno, ok, calls)
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
}

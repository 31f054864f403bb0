//go:build linux

package netpoll

import (
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// A call that is parked while its descriptor is closed by the number goes on, without a
// deadline on what the number was, with one on what the number is by then.
func TestClosing(t *testing.T) {
	for name, test := range map[string]struct {
		deadline time.Time
		want     string // who sent what is received
	}{
		"without a deadline": {time.Time{}, "p"},
		"with a deadline":    {time.Now().Add(time.Minute), "s"},
	} {
		t.Run(name, func(t *testing.T) {
			fds, successor := socketpair(t), socketpair(t)
			d := New(fds[0])
			defer func() { _, _ = unix.Close(d.Detach()), unix.Close(successor[0]) }()
			var got [1]byte
			var asked []int
			ended := make(chan error, 1)
			go func() {
				ended <- d.Do(&Wait{Dir: Read, Deadline: test.deadline, Op: OpFunc(func(fd int) syscall.Errno {
					asked = append(asked, fd)
					_, _, err := unix.Recvfrom(fd, got[:], unix.MSG_DONTWAIT)
					return errnoOf(err)
				})})
			}()
			waitUntilParked(t, d)
			Closing(fds[0])
			// Closes the number, too.
			if err := unix.Dup3(successor[0], fds[0], unix.O_CLOEXEC); err != nil {
				t.Fatal(err)
			}
			for fd, sent := range map[int]string{successor[1]: "s", fds[1]: "p"} {
				if _, err := unix.Write(fd, []byte(sent)); err != nil {
					t.Fatal(err)
				}
			}
			select {
			case err := <-ended:
				if err != nil || string(got[:]) != test.want {
					t.Errorf("%q, %v, want %q", got, err, test.want)
				}
			case <-time.After(10 * time.Second):
				t.Fatal("the call did not end")
			}
			if last := asked[len(asked)-1]; (last == fds[0]) != (test.want == "s") {
				t.Errorf("the call was made on %d, and the number is %d", last, fds[0])
			}
		})
	}
}

// socketpair are two connected descriptors; the second one is closed in the end.
func socketpair(t *testing.T) [2]int {
	t.Helper()
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = unix.Close(fds[1]) })
	return fds
}

func waitUntilParked(t *testing.T, d *Desc) {
	t.Helper()
	parked := func() bool {
		d.waits.Lock()
		defer d.waits.Unlock()
		return len(d.parked) == 1
	}
	for end := time.Now().Add(10 * time.Second); !parked(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the call does not wait")
		}
	}
	time.Sleep(20 * time.Millisecond) // it may still be on its way
}

// A number is nobody's once its Desc is closed or has given it away, and several may have
// it before.
func TestNumbersAreForgotten(t *testing.T) {
	fds := socketpair(t)
	first, second := New(fds[0]), New(fds[0])
	if got := descs.of(fds[0]); len(got) != 2 {
		t.Errorf("%d of 2 have the number", len(got))
	}
	first.Detach()
	if got := descs.of(fds[0]); len(got) != 1 || got[0] != second {
		t.Errorf("after one has given it away, %v have it", got)
	}
	if err := second.Close(); err != nil {
		t.Error(err)
	}
	if got := descs.of(fds[0]); len(got) != 0 {
		t.Errorf("after the other is closed, %v have it", got)
	}
}

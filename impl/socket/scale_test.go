//go:build linux

package socket_test

import (
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/pyparity/pyparity/impl/socket"
)

// threads is how many threads the process has.
func threads(t testing.TB) int {
	t.Helper()
	for line := range strings.Lines(string(must(os.ReadFile("/proc/self/status")))) {
		if count, ok := strings.CutPrefix(line, "Threads:"); ok {
			return must(strconv.Atoi(strings.TrimSpace(count)))
		}
	}
	t.Fatal("no Threads in /proc/self/status")
	return 0
}

// Calls that wait without a timeout hold goroutines, not threads.
func TestWaitingHoldsNoThreads(t *testing.T) {
	// A pair and an epoll instance each, and what the process has otherwise.
	const each, most, least = 3, 10000, 100
	var old unix.Rlimit
	check(t, unix.Getrlimit(unix.RLIMIT_NOFILE, &old))
	t.Cleanup(func() { check(t, unix.Setrlimit(unix.RLIMIT_NOFILE, &old)) })
	limit := unix.Rlimit{Cur: each*most + 100, Max: max(old.Max, each*most+100)}
	if unix.Setrlimit(unix.RLIMIT_NOFILE, &limit) != nil { // only root may have more
		limit = unix.Rlimit{Cur: old.Max, Max: old.Max}
		check(t, unix.Setrlimit(unix.RLIMIT_NOFILE, &limit))
	}
	sockets := int(min(most, (limit.Cur-100)/each))
	if sockets < least {
		t.Skipf("needs %d descriptors, the limit is %d", least*each, limit.Cur)
	}
	t.Logf("%d calls that wait", sockets)
	peers := make([]*socket.Socket, sockets)
	var wg sync.WaitGroup
	for i := range peers {
		a, b, err := socket.SocketPair(socket.AF_UNIX, socket.SOCK_STREAM, 0)
		check(t, err)
		peers[i] = b
		wg.Go(func() {
			if got := recvText(a, 1, 0); got != "x" {
				t.Errorf("got %q", got)
			}
			check(t, a.Close())
		})
	}
	time.Sleep(200 * time.Millisecond)
	if after := threads(t); after >= 100 {
		t.Errorf("%d threads for %d calls that wait", after, sockets)
	}
	for _, peer := range peers {
		_, err := peer.Send([]byte("x"), 0)
		check(t, err)
	}
	soon(t, "all calls", wg.Wait)
	for _, peer := range peers {
		check(t, peer.Close())
	}
}

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
	const sockets = 2000
	var limit unix.Rlimit
	check(t, unix.Getrlimit(unix.RLIMIT_NOFILE, &limit))
	if limit.Cur < 4*sockets {
		t.Skipf("needs %d descriptors, the limit is %d", 4*sockets, limit.Cur)
	}
	before := threads(t)
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
	if after := threads(t); after > before+50 {
		t.Errorf("%d threads for %d calls that wait, %d before", after, sockets, before)
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

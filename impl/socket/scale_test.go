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
	// Each call has an epoll instance; several share a socket, so that a limit of
	// 20,000 descriptors is enough.
	const most, perSocket, spare = 10000, 4, 200
	var old unix.Rlimit
	check(t, unix.Getrlimit(unix.RLIMIT_NOFILE, &old))
	t.Cleanup(func() { check(t, unix.Setrlimit(unix.RLIMIT_NOFILE, &old)) })
	check(t, unix.Setrlimit(unix.RLIMIT_NOFILE, &unix.Rlimit{Cur: old.Max, Max: old.Max}))
	sockets := int(min(most, (old.Max-spare)*perSocket/(perSocket+1))) / perSocket
	if sockets < 25 {
		t.Skipf("%d descriptors are too few", old.Max)
	}
	t.Logf("%d calls that wait", sockets*perSocket)
	sender := must(socket.New(socket.AF_INET, socket.SOCK_DGRAM, 0))
	receivers := make([]*socket.Socket, sockets)
	var wg sync.WaitGroup
	for i := range receivers {
		s := must(socket.New(socket.AF_INET, socket.SOCK_DGRAM, 0))
		check(t, s.Bind(socket.Inet4{Host: "127.0.0.1"}))
		receivers[i] = s
		for range perSocket {
			wg.Go(func() {
				if got := recvText(s, 1, 0); got != "x" {
					t.Errorf("got %q", got)
				}
			})
		}
	}
	time.Sleep(300 * time.Millisecond)
	if now := threads(t); now >= 100 {
		t.Errorf("%d threads for %d calls that wait", now, sockets*perSocket)
	}
	for _, s := range receivers {
		addr := must(s.GetSockName())
		for range perSocket {
			must(sender.SendTo([]byte("x"), 0, addr))
		}
	}
	soon(t, "all calls", wg.Wait)
	for _, s := range append(receivers, sender) {
		check(t, s.Close())
	}
}

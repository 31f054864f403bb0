package socket_test

import (
	"fmt"
	"os"

	"github.com/pyparity/pyparity/impl/socket"
)

// A descriptor goes through a socket to whoever holds the other end, which may
// be another process.
func ExampleSendFDs() {
	here, there, err := socket.SocketPair(socket.AF_UNIX, socket.SOCK_STREAM, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _, _ = here.Close(), there.Close() }()
	r, w, err := os.Pipe()
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, err := socket.SendFDs(here, [][]byte{[]byte("a pipe")}, []int{int(w.Fd())}); err != nil {
		fmt.Println(err)
		return
	}
	_ = w.Close()

	data, fds, _, err := socket.RecvFDs(there, 100, 1)
	if err != nil || len(fds) != 1 {
		fmt.Println(fds, err)
		return
	}
	fmt.Printf("%s\n", data)
	received := os.NewFile(uintptr(fds[0]), "received")
	fmt.Fprint(received, "still open")
	_ = received.Close()

	buf := make([]byte, 100)
	n, err := r.Read(buf)
	fmt.Printf("%s %v\n", buf[:n], err)
	// Output:
	// a pipe
	// still open <nil>
}

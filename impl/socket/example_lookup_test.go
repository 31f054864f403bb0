package socket_test

import (
	"fmt"

	"github.com/pyparity/pyparity/impl/socket"
)

// What to make a socket of and where to connect it, for a host and a port.
func ExampleGetAddrInfo() {
	host, port := "192.0.2.1", "443"
	found, err := socket.GetAddrInfo(&host, &port, socket.Hints{Type: socket.SOCK_STREAM})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, info := range found {
		fmt.Println(info.Family == socket.AF_INET, info.Proto == socket.IPPROTO_TCP, info.Addr)
	}
	// Output: true true ('192.0.2.1', 443)
}

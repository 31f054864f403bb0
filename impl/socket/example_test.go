package socket_test

import (
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/impl/socket"
)

// An echo server and its client, as in the introduction of Python's manual.
func Example() {
	server, err := socket.New(socket.AF_INET, socket.SOCK_STREAM, 0)
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	if err := server.Bind(socket.Inet4{Host: "127.0.0.1"}); err != nil {
		log.Fatal(err)
	}
	if err := server.Listen(1); err != nil {
		log.Fatal(err)
	}
	go func() {
		conn, _, err := server.Accept()
		if err != nil {
			log.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
		for {
			data, err := conn.Recv(1024, 0)
			if err != nil || len(data) == 0 {
				return
			}
			if err := conn.SendAll(data, 0); err != nil {
				return
			}
		}
	}()

	client, err := socket.New(socket.AF_INET, socket.SOCK_STREAM, 0)
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = client.Close() }()
	addr, err := server.GetSockName()
	if err != nil {
		log.Fatal(err)
	}
	if err := client.Connect(addr); err != nil {
		log.Fatal(err)
	}
	if err := client.SendAll([]byte("Hello, world"), 0); err != nil {
		log.Fatal(err)
	}
	data, err := client.Recv(1024, 0)
	fmt.Printf("Received %q %v\n", data, err)
	// Output: Received "Hello, world" <nil>
}

// A timeout is a TimeoutError, which is an OSError.
func ExampleSocket_SetTimeout() {
	a, b, err := socket.SocketPair(socket.AF_UNIX, socket.SOCK_STREAM, 0)
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = a.Close() }()
	defer func() { _ = b.Close() }()
	if err := a.SetTimeout(socket.Timeout(10 * time.Millisecond)); err != nil {
		log.Fatal(err)
	}
	_, err = a.Recv(1, 0)
	fmt.Println(err)
	fmt.Println(errors.Is(err, pyerr.TimeoutError), errors.Is(err, pyerr.OSError))
	// Output:
	// TimeoutError: timed out
	// true true
}

// ConnectEx returns the errno where Connect fails.
func ExampleSocket_ConnectEx() {
	s, err := socket.New(socket.AF_UNIX, socket.SOCK_STREAM, 0)
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	nobody := socket.Unix{Path: "/nobody/listens/here"}
	errno, err := s.ConnectEx(nobody)
	fmt.Println(errno, err)
	fmt.Println(s.Connect(nobody))
	// Output:
	// 2 <nil>
	// FileNotFoundError: [Errno 2] No such file or directory
}

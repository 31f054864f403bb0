package socket_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/impl/socket"
)

// An echo server and its client, as in the introduction of Python's manual.
func Example() {
	addr, err := serveEcho()
	if err != nil {
		fmt.Println(err)
		return
	}
	data, err := ask(addr, "Hello, world")
	fmt.Printf("Received %q %v\n", data, err)
	// Output: Received "Hello, world" <nil>
}

// serveEcho serves one connection to the address that it returns.
func serveEcho() (socket.Addr, error) {
	server, err := socket.New(socket.AF_INET, socket.SOCK_STREAM, 0)
	if err != nil {
		return nil, err
	}
	if err := server.Bind(socket.Inet4{Host: "127.0.0.1", Port: 0}); err != nil {
		return nil, err
	}
	if err := server.Listen(1); err != nil {
		return nil, err
	}
	go func() {
		defer func() { _ = server.Close() }()
		conn, _, err := server.Accept()
		if err != nil {
			return
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
	return server.GetSockName()
}

func ask(addr socket.Addr, question string) ([]byte, error) {
	s, err := socket.New(socket.AF_INET, socket.SOCK_STREAM, 0)
	if err != nil {
		return nil, err
	}
	defer func() { _ = s.Close() }()
	if err := s.Connect(addr); err != nil {
		return nil, err
	}
	if err := s.SendAll([]byte(question), 0); err != nil {
		return nil, err
	}
	return s.Recv(1024, 0)
}

// A timeout is a TimeoutError, which is an OSError.
func ExampleSocket_SetTimeout() {
	a, b, err := socket.SocketPair(socket.AF_UNIX, socket.SOCK_STREAM, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _, _ = a.Close(), b.Close() }()
	if err := a.SetTimeout(socket.Timeout(10 * time.Millisecond)); err != nil {
		fmt.Println(err)
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
		fmt.Println(err)
		return
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

//go:build linux

package socket_test

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"

	"golang.org/x/sys/unix"

	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/impl/socket"
)

// A UDP server that answers whoever sent something, and its client.
func ExampleSocket_SendTo() {
	server, err := socket.New(socket.AF_INET, socket.SOCK_DGRAM, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer server.Close()
	if err := server.Bind(socket.Inet4{Host: "127.0.0.1"}); err != nil {
		fmt.Println(err)
		return
	}
	go func() {
		data, from, err := server.RecvFrom(1500, 0)
		if err == nil {
			_, _ = server.SendTo(append([]byte("you said "), data...), 0, from)
		}
	}()

	client, err := socket.New(socket.AF_INET, socket.SOCK_DGRAM, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer client.Close()
	to, err := server.GetSockName()
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, err := client.SendTo([]byte("hello"), 0, to); err != nil {
		fmt.Println(err)
		return
	}
	data, from, err := client.RecvFrom(1500, 0)
	fmt.Printf("%s, from the server: %v %v\n", data, from == to, err)
	// Output: you said hello, from the server: true <nil>
}

// A non-blocking socket in a loop of the caller's own, as with Python's select.
// With goroutines there is no need for it.
func ExampleSocket_SetBlocking() {
	a, b, err := socket.SocketPair(socket.AF_UNIX, socket.SOCK_STREAM, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _, _ = a.Close(), b.Close() }()
	if err := a.SetBlocking(false); err != nil {
		fmt.Println(err)
		return
	}
	_, err = a.Recv(10, 0)
	fmt.Println("would block:", errors.Is(err, pyerr.BlockingIOError), errors.Is(err, unix.EAGAIN))

	if _, err := b.Send([]byte("ready"), 0); err != nil {
		fmt.Println(err)
		return
	}
	var readable unix.FdSet
	readable.Set(a.Fileno())
	n, err := unix.Select(a.Fileno()+1, &readable, nil, nil, &unix.Timeval{Sec: 1})
	fmt.Println("select:", n, err)
	data, err := a.Recv(10, 0)
	fmt.Printf("%s %v\n", data, err)
	// Output:
	// would block: true true
	// select: 1 <nil>
	// ready <nil>
}

// A server for both families on one socket, where the system can do that, and its clients.
func ExampleCreateServer() {
	server, err := socket.CreateServer(socket.Inet6{}, socket.ServerOptions{
		Family:        socket.AF_INET6,
		DualStackIPv6: socket.HasDualStackIPv6(),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer server.Close()
	name, err := server.GetSockName()
	if err != nil {
		fmt.Println(err)
		return
	}
	port := strconv.Itoa(name.(socket.Inet6).Port)
	for _, host := range []string{"127.0.0.1", "::1"} {
		client, err := socket.CreateConnection(host, port, socket.ConnectionOptions{})
		if err != nil {
			fmt.Println(err)
			return
		}
		conn, from, err := server.Accept()
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(from.(socket.Inet6).Host)
		_, _ = client.Close(), conn.Close()
	}
	// Output:
	// ::ffff:127.0.0.1
	// ::1
}

// A client with a timeout that binds its own end, as create_connection's keywords say, and
// that is told of every address that failed.
func ExampleCreateConnection() {
	server, err := socket.CreateServer(socket.Inet4{Host: "127.0.0.1"}, socket.ServerOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	name, err := server.GetSockName()
	if err != nil {
		fmt.Println(err)
		return
	}
	port := strconv.Itoa(name.(socket.Inet4).Port)
	timeout := socket.Timeout(time.Second)
	options := socket.ConnectionOptions{
		Timeout:   &timeout,
		Source:    socket.Inet4{Host: "127.0.0.2"},
		AllErrors: true,
	}
	s, err := socket.CreateConnection("127.0.0.1", port, options)
	if err != nil {
		fmt.Println(err)
		return
	}
	own, err := s.GetSockName()
	fmt.Println(own.(socket.Inet4).Host, s.GetTimeout(), err)

	_, _ = s.Close(), server.Close()
	_, err = socket.CreateConnection("127.0.0.1", port, options)
	fmt.Println(err)
	fmt.Println(errors.Is(err, pyerr.ConnectionRefusedError), errors.Is(err, unix.ECONNREFUSED))
	// Output:
	// 127.0.0.2 1s <nil>
	// ExceptionGroup: create_connection failed (1 sub-exception)
	//   ConnectionRefusedError: [Errno 111] Connection refused
	// true true
}

// From Python's socket to Go's net, for a library that wants a net.Conn, and back.
func ExampleSocket_Conn() {
	a, b, err := socket.SocketPair(socket.AF_UNIX, socket.SOCK_STREAM, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer b.Close()
	c, err := a.Conn() // a is closed now
	if err != nil {
		fmt.Println(err)
		return
	}
	_ = c.SetDeadline(time.Now().Add(time.Second))
	_, err = c.Write([]byte("from net"))
	data, _ := b.Recv(100, 0)
	fmt.Printf("%s %v\n", data, err)

	s, err := socket.FromConn(c) // and so is c
	if err != nil {
		fmt.Println(err)
		return
	}
	defer s.Close()
	_, err = c.Write(nil)
	fmt.Println("closed:", errors.Is(err, net.ErrClosed))
	// Output:
	// from net <nil>
	// closed: true
}

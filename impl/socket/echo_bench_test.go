//go:build linux

package socket_test

import (
	"net"
	"testing"
	"time"

	"github.com/pyparity/pyparity/impl/socket"
)

// BenchmarkEcho is a round trip of one byte over loopback TCP between two
// goroutines, here and with Go's net, which is the measure.
func BenchmarkEcho(b *testing.B) {
	b.Run("socket/None", func(b *testing.B) { benchmarkSocket(b, socket.None) })
	b.Run("net/None", func(b *testing.B) { benchmarkNet(b, 0) })
	b.Run("socket/Timeout", func(b *testing.B) { benchmarkSocket(b, socket.Timeout(time.Minute)) })
	b.Run("net/Timeout", func(b *testing.B) { benchmarkNet(b, time.Minute) })
}

func benchmarkSocket(b *testing.B, timeout socket.Timeout) {
	client, server := tcpPair(b)
	check(b, client.SetTimeout(timeout))
	check(b, server.SetTimeout(timeout))
	go func() {
		for buf := make([]byte, 1); ; {
			if n, err := server.RecvInto(buf, 0, 0); n == 0 || err != nil {
				return
			}
			if _, err := server.Send(buf, 0); err != nil {
				return
			}
		}
	}()
	buf := make([]byte, 1)
	for b.Loop() {
		if _, err := client.Send(buf, 0); err != nil {
			b.Fatal(err)
		}
		if _, err := client.RecvInto(buf, 0, 0); err != nil {
			b.Fatal(err)
		}
	}
	check(b, client.Shutdown(socket.SHUT_RDWR))
}

func benchmarkNet(b *testing.B, timeout time.Duration) {
	listener := must(net.Listen("tcp", "127.0.0.1:0"))
	defer func() { check(b, listener.Close()) }()
	client := must(net.Dial("tcp", listener.Addr().String()))
	defer func() { check(b, client.Close()) }()
	server := must(listener.Accept())
	defer func() { check(b, server.Close()) }()
	begin := func(c net.Conn) error {
		if timeout == 0 {
			return nil
		}
		return c.SetDeadline(time.Now().Add(timeout))
	}
	go func() {
		for buf := make([]byte, 1); begin(server) == nil; {
			if _, err := server.Read(buf); err != nil {
				return
			}
			if _, err := server.Write(buf); err != nil {
				return
			}
		}
	}()
	buf := make([]byte, 1)
	for b.Loop() {
		check(b, begin(client))
		if _, err := client.Write(buf); err != nil {
			b.Fatal(err)
		}
		if _, err := client.Read(buf); err != nil {
			b.Fatal(err)
		}
	}
}

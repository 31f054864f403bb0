//go:build linux

package socket_test

import (
	"errors"
	"strconv"
	"testing"
	"time"

	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/impl/socket"
)

func portOf(addr socket.Addr) string { return strconv.Itoa(addr.(socket.Inet4).Port) }

func TestCreateConnection(t *testing.T) {
	listener, addr := listening(t)
	timeout := socket.Timeout(time.Minute)
	s := must(socket.CreateConnection("127.0.0.1", portOf(addr), socket.ConnectionOptions{
		Timeout: &timeout,
		Source:  socket.Inet4{Host: "127.0.0.2"},
	}))
	defer func() { check(t, s.Close()) }()
	if s.GetTimeout() != timeout || must(s.GetSockName()).(socket.Inet4).Host != "127.0.0.2" || must(s.GetPeerName()) != addr {
		t.Errorf("timeout %d, from %v to %v", s.GetTimeout(), must(s.GetSockName()), must(s.GetPeerName()))
	}
	conn, _, err := listener.Accept()
	check(t, err)
	check(t, conn.Close())
}

func TestCreateConnectionUsesTheDefaultTimeout(t *testing.T) {
	_, addr := listening(t)
	var m socket.Module
	check(t, m.SetDefaultTimeout(socket.Timeout(time.Minute)))
	host, port := "127.0.0.1", portOf(addr)
	s := must(m.CreateConnection(&host, &port, socket.ConnectionOptions{}))
	defer func() { check(t, s.Close()) }()
	if s.GetTimeout() != socket.Timeout(time.Minute) || s.Module() != &m {
		t.Errorf("timeout %d", s.GetTimeout())
	}
}

func TestCreateConnectionErrors(t *testing.T) {
	port := portOf(refusing(t))
	_, err := socket.CreateConnection("127.0.0.1", port, socket.ConnectionOptions{})
	if errText(err) != "ConnectionRefusedError: [Errno 111] Connection refused" {
		t.Errorf("refused: %v", err)
	}
	_, err = socket.CreateConnection("127.0.0.1", port, socket.ConnectionOptions{AllErrors: true})
	var group *pyerr.Group
	if !errors.As(err, &group) || group.Text() != "create_connection failed (1 sub-exception)" || !errors.Is(err, pyerr.ConnectionRefusedError) {
		t.Errorf("all errors: %v", err)
	}
	_, err = socket.CreateConnection("127.0.0.1", port, socket.ConnectionOptions{Source: socket.Inet4{Port: -1}})
	if errText(err) != "OverflowError: bind(): port must be 0-65535." {
		t.Errorf("bad source: %v", err)
	}
	_, err = socket.CreateConnection("127.0.0.1", "no-such-service", socket.ConnectionOptions{})
	if !errors.Is(err, pyerr.Gaierror) {
		t.Errorf("bad service: %v", err)
	}
}

//go:build linux

package socket_test

import (
	"errors"
	"strings"
	"syscall"
	"testing"

	"github.com/pyparity/pyparity/impl/socket"
)

func TestCreateServer(t *testing.T) {
	backlog := 1
	for _, opts := range []socket.ServerOptions{
		{}, {Family: socket.AF_INET6}, {Family: socket.AF_INET6, DualStackIPv6: true}, {ReusePort: true}, {Backlog: &backlog},
	} {
		s := must(socket.CreateServer(socket.Inet4{}, opts))
		for option, want := range map[int]bool{socket.SO_REUSEADDR: true, socket.SO_REUSEPORT: opts.ReusePort, socket.SO_ACCEPTCONN: true} {
			if got := must(s.GetSockOpt(socket.SOL_SOCKET, option)) != 0; got != want {
				t.Errorf("%+v: option %d is %v", opts, option, got)
			}
		}
		if s.Family() == socket.AF_INET6 {
			if only := must(s.GetSockOpt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY)) != 0; only == opts.DualStackIPv6 {
				t.Errorf("%+v: IPV6_V6ONLY is %v", opts, only)
			}
		}
		check(t, s.Close())
	}
}

func TestCreateServerSaysWhere(t *testing.T) {
	taken := must(socket.CreateServer(socket.Inet4{Host: "127.0.0.1"}, socket.ServerOptions{}))
	defer func() { check(t, taken.Close()) }()
	_, err := socket.CreateServer(must(taken.GetSockName()), socket.ServerOptions{})
	if !errors.Is(err, syscall.EADDRINUSE) || !strings.Contains(errText(err), "Address already in use (while attempting to bind on address ('127.0.0.1', ") {
		t.Errorf("got %v", err)
	}
	for _, c := range []struct {
		addr socket.Addr
		opts socket.ServerOptions
		want string
	}{
		{socket.Unix{Path: strings.Repeat("x", 108)}, socket.ServerOptions{Family: socket.AF_UNIX},
			"OSError: [Errno None] None (while attempting to bind on address '" + strings.Repeat("x", 108) + "')"},
		{socket.Inet4{Port: 70000}, socket.ServerOptions{}, "OverflowError: bind(): port must be 0-65535."},
		{socket.Inet4{}, socket.ServerOptions{DualStackIPv6: true}, "ValueError: dualstack_ipv6 requires AF_INET6 family"},
	} {
		_, err := socket.CreateServer(c.addr, c.opts)
		if errText(err) != c.want {
			t.Errorf("%#v: %v, want %s", c.addr, err, c.want)
		}
	}
}

//go:build linux

package socket_test

import (
	"testing"

	"github.com/pyparity/pyparity/impl/socket"
)

// A number that is no C int is refused with CPython's text, and not cut to 32 bits, after
// which it may be another that means something.
func TestNumbersAreCInts(t *testing.T) {
	const (
		wide  = 1 << 32 // 0 in 32 bits
		big   = "OverflowError: signed integer is greater than maximum"
		small = "OverflowError: signed integer is less than minimum"
		as    = "OverflowError: Python int too large to convert to C int"
	)
	a, _ := pair(t)
	buf, data, addr := make([]byte, 1), []byte("x"), socket.Unix{Path: "x"}
	host, port := "127.0.0.1", "1"
	alg := must(socket.FromFileno(must(socket.Dup(a.Fileno())), socket.AF_ALG, 5, 0))
	defer alg.Close()
	assocLen := wide
	for _, c := range []struct {
		what string
		err  error
		want string
	}{
		{"socket's family", second(socket.New(wide+socket.AF_INET, -1, -1)), as},
		{"socket's type", second(socket.New(-1, wide+socket.SOCK_STREAM, -1)), as},
		{"socket's proto", second(socket.New(-1, -1, wide)), as},
		{"socketpair", third(socket.SocketPair(socket.AF_UNIX, socket.SOCK_STREAM, wide)), big},
		{"fromfd", second(socket.FromFD(a.Fileno(), wide+1, 1, 0)), as},
		{"listen", a.Listen(-wide), small},
		{"shutdown", a.Shutdown(wide), as},
		{"recv", second(a.Recv(1, wide)), big},
		{"recv_into", second(a.RecvInto(buf, 0, wide)), big},
		{"recvfrom", third(a.RecvFrom(1, -wide)), small},
		{"recvfrom_into", third(a.RecvFromInto(buf, 0, wide)), big},
		{"recvmsg", third(a.RecvMsg(1, 0, wide)), big},
		{"recvmsg_into", third(a.RecvMsgInto([][]byte{buf}, 0, wide)), big},
		{"send", second(a.Send(data, wide)), big},
		{"sendall", a.SendAll(data, wide), big},
		{"sendto", second(a.SendTo(data, wide, addr)), big},
		{"sendmsg", second(a.SendMsg([][]byte{data}, nil, wide, nil)), big},
		{"a level", second(a.SendMsg([][]byte{data}, []socket.Ancillary{{Level: wide + 1, Type: 1}}, 0, nil)), big},
		{"send_fds", second(socket.SendFDs(a, [][]byte{data}, []int{wide})), big},
		{"sendmsg_afalg's flags", second(alg.SendMsgAfAlg(nil, 1, socket.AlgOptions{Flags: wide})), big},
		{"sendmsg_afalg's assoclen", second(alg.SendMsgAfAlg(nil, 1, socket.AlgOptions{AssocLen: &assocLen})), as},
		{"getsockopt", second(a.GetSockOpt(wide+socket.SOL_SOCKET, socket.SO_TYPE)), big},
		{"getsockopt's buflen", second(a.GetSockOptBytes(socket.SOL_SOCKET, socket.SO_TYPE, wide+4)), big},
		{"setsockopt", a.SetSockOpt(socket.SOL_SOCKET, wide+socket.SO_KEEPALIVE, 1), big},
		{"setsockopt's value", a.SetSockOpt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, wide), big},
		{"setsockopt of bytes", a.SetSockOptBytes(wide, 1, data), big},
		{"getaddrinfo", second(socket.GetAddrInfo(&host, &port, socket.Hints{Family: wide})), big},
		{"getnameinfo's flags", third(socket.GetNameInfo(socket.Inet4{Host: host, Port: 1}, wide)), big},
		{"getnameinfo's port", third(socket.GetNameInfo(socket.Inet4{Host: host, Port: wide}, 0)), big},
		{"inet_pton", second(socket.InetPton(wide+socket.AF_INET, host)), big},
		{"inet_ntop", second(socket.InetNtop(-wide, data)), small},
		{"getservbyport", second(socket.GetServByPort(wide)), big},
		{"htons", second(socket.Htons(-wide)), as},
	} {
		if got := errText(c.err); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
}

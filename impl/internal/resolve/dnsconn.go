package resolve

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"os"
	"strconv"
	"syscall"
	"time"

	"github.com/pyparity/pyparity/pyref/base/unix"
)

// dnsConn is a connection to a server that ends with the lookup's context.
type dnsConn struct {
	net.Conn
	stop func() bool
}

// dial connects to the index-th server. A zero deadline is none.
func (t *transport) dial(ctx context.Context, network string, index int, deadline time.Time) (*dnsConn, error) {
	server := t.conf.nameservers[index]
	addr := server.addr
	if server.scope != 0 {
		zoned := addr.Addr().WithZone(strconv.FormatUint(uint64(server.scope), 10))
		addr = netip.AddrPortFrom(zoned, addr.Port())
	}
	dialer := net.Dialer{Deadline: deadline, Control: reportErrors}
	conn, err := dialer.DialContext(ctx, network, addr.String())
	if err != nil {
		if call, ok := errors.AsType[*os.SyscallError](err); ok && call.Syscall == "socket" {
			t.fatal = errnoOf(err)
		}
		return nil, err
	}
	if err := conn.SetDeadline(deadline); err != nil {
		_ = conn.Close()
		return nil, err
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	return &dnsConn{Conn: conn, stop: stop}, nil
}

func (c *dnsConn) close() {
	c.stop()
	_ = c.Close()
}

// extend gives the connection a new deadline.
func (c *dnsConn) extend(ctx context.Context, deadline time.Time) error {
	if err := c.SetDeadline(deadline); err != nil {
		return err
	}
	// The context may have ended it before.
	return ctx.Err()
}

func (c *dnsConn) send(packets [][]byte) error {
	for _, packet := range packets {
		if _, err := c.Write(packet); err != nil {
			return err
		}
	}
	return nil
}

// reportErrors makes a UDP socket report every ICMP error, so that a server that cannot be reached
// costs no timeout (glibc's __res_enable_icmp).
func reportErrors(network, _ string, raw syscall.RawConn) error {
	var err error
	control := func(fd uintptr) {
		switch network {
		case "udp4":
			err = unix.SetsockoptInt(int(fd), unix.IPPROTO_IP, unix.IP_RECVERR, 1)
		case "udp6":
			err = unix.SetsockoptInt(int(fd), unix.IPPROTO_IPV6, unix.IPV6_RECVERR, 1)
		}
	}
	if rawErr := raw.Control(control); rawErr != nil {
		return rawErr
	}
	return err
}

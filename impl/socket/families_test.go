//go:build linux

package socket_test

import (
	"encoding/hex"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/impl/socket"
)

// familySocket is a socket object of any family, whatever kernel there is: the
// descriptor is one of AF_UNIX.
func familySocket(t *testing.T, family, proto int) *socket.Socket {
	t.Helper()
	s := must(socket.New(socket.AF_UNIX, socket.SOCK_DGRAM, 0))
	other := must(socket.FromFileno(s.Detach(), family, socket.SOCK_DGRAM, proto))
	t.Cleanup(func() { check(t, other.Close()) })
	return other
}

// The bytes are those that CPython 3.14 gives to bind(2).
func TestAddressesAsTheKernelTakesThem(t *testing.T) {
	for _, c := range []struct {
		family, proto int
		addr          socket.Addr
		want          string
	}{
		{socket.AF_NETLINK, 0, socket.Netlink{PID: 7, Groups: 0x80000001}, "1000 0000 07000000 01000080"},
		{socket.AF_VSOCK, 0, socket.Vsock{CID: 3, Port: 0xfffffffe}, "2800 0000 feffffff 03000000 00000000"},
		{socket.AF_QIPCRTR, 0, socket.Qipcrtr{Node: 1, Port: 2}, "2a00 0000 01000000 02000000"},
		{socket.AF_RDS, 0, socket.Inet4{Host: "127.0.0.1", Port: 5}, "0200 0005 7f000001 0000000000000000"},
		{socket.AF_TIPC, 0, socket.TIPC{Type: 1, V1: 2, V2: 3, V3: 4, Scope: 2}, "1e00 01 02 02000000 03000000 04000000"},
		{socket.AF_TIPC, 0, socket.TIPC{Type: 2, V1: 5, V2: 6, V3: 7, Scope: 0xff}, "1e00 02 ff 05000000 06000000 00000000"},
		{socket.AF_TIPC, 0, socket.TIPC{Type: 3, V1: 8, V2: 9, Scope: 1}, "1e00 03 01 09000000 08000000 00000000"},
		{socket.AF_PACKET, 0, socket.Packet{Interface: "lo", Protocol: 0x806}, "1100 0806 01000000 0000 00 00 0000000000000000"},
		{socket.AF_PACKET, 0, socket.Packet{Interface: "lo", Protocol: 0x1234, Type: 4, HardwareType: 772, Addr: []byte("123456")},
			"1100 1234 01000000 0403 04 06 3132333435360000"},
		{socket.AF_ALG, 0, socket.Alg{Type: "hash", Name: "sha1"}, "2600 6861736800000000000000000000 00000000 00000000 73686131" + strings.Repeat("00", 60)},
		{socket.AF_ALG, 0, socket.Alg{Type: strings.Repeat("x", 13), Name: strings.Repeat("y", 63), Feature: 1, Mask: 2},
			"2600" + strings.Repeat("78", 13) + "00 01000000 02000000" + strings.Repeat("79", 63) + "00"},
		{socket.AF_CAN, socket.CAN_RAW, socket.CAN{Interface: "lo"}, "1d00 0000 01000000" + strings.Repeat("00", 16)},
		{socket.AF_CAN, socket.CAN_BCM, socket.CAN{}, "1d00 0000 00000000" + strings.Repeat("00", 16)},
		{socket.AF_CAN, socket.CAN_ISOTP, socket.CANISOTP{Interface: "lo", RxID: 0x123, TxID: 0x80000456},
			"1d00 0000 01000000 23010000 56040080 0000000000000000"},
		{socket.AF_CAN, socket.CAN_J1939, socket.J1939{Interface: "lo", Name: 0x1122334455667788, PGN: 0x3ffff, Addr: 0xfe},
			"1d00 0000 01000000 8877665544332211 ffff0300 fe 000000"},
		{socket.AF_BLUETOOTH, socket.BTPROTO_L2CAP, socket.L2CAP{Addr: "01:23:45:67:89:AB", PSM: 0x1001}, "1f00 0110 ab8967452301 0000 00 00"},
		{socket.AF_BLUETOOTH, socket.BTPROTO_L2CAP, socket.L2CAP{Addr: "1:23:45:67:89:ab", PSM: 0x1001, CID: 4, AddrType: 2}, "1f00 0110 ab8967452301 0400 02 00"},
		{socket.AF_BLUETOOTH, socket.BTPROTO_RFCOMM, socket.RFCOMM{Addr: "01:23:45:67:89:AB", Channel: 2}, "1f00 ab8967452301 02 00"},
		{socket.AF_BLUETOOTH, socket.BTPROTO_SCO, socket.SCO{Addr: "01:23:45:67:89:AB"}, "1f00 ab8967452301"},
		{socket.AF_BLUETOOTH, socket.BTPROTO_HCI, socket.HCI{Device: 1, Channel: 3}, "1f00 0100 0300"},
	} {
		s := familySocket(t, c.family, c.proto)
		raw, err := c.addr.Sockaddr(s, "bind")
		if err != nil {
			t.Errorf("%#v: %v", c.addr, err)
			continue
		}
		if got, want := hex.EncodeToString(raw), strings.ReplaceAll(c.want, " ", ""); got != want {
			t.Errorf("%#v: %s, want %s", c.addr, got, want)
		}
	}
}

func TestAddressesOfOtherFamilies(t *testing.T) {
	for _, c := range []struct {
		family, proto int
		addr          socket.Addr
		want          string
	}{
		{socket.AF_NETLINK, 0, socket.Inet4{}, "TypeError: AF_NETLINK address must be a pair (pid, groups)"},
		{socket.AF_NETLINK, 0, socket.Unix{}, "TypeError: bind(): AF_NETLINK address must be tuple, not str"},
		{socket.AF_VSOCK, 0, socket.Unix{}, "TypeError: getsockaddrarg: AF_VSOCK address must be tuple, not str"},
		{socket.AF_RDS, 0, socket.Unix{}, "TypeError: bind(): AF_INET address must be tuple, not str"},
		{socket.AF_INET, 0, socket.Vsock{}, "TypeError: AF_INET address must be a pair (host, port)"},
		{socket.AF_UNIX, 0, socket.Netlink{}, "TypeError: a bytes-like object is required, not 'tuple'"},
		{socket.AF_UNIX, 0, socket.SCO{}, "TypeError: a bytes-like object is required, not 'str'"},
		{socket.AF_TIPC, 0, socket.TIPC{Type: 4}, "TypeError: Invalid address type"},
		{socket.AF_TIPC, 0, socket.Packet{}, "TypeError: AF_TIPC address must be a tuple (addr_type, v1, v2, v3[, scope])"},
		{socket.AF_QIPCRTR, 0, socket.CAN{}, "TypeError: AF_QIPCRTR address must be a pair (node, port)"},
		{socket.AF_PACKET, 0, socket.Packet{Interface: "nosuch"}, "OSError: [Errno 19] No such device"},
		{socket.AF_PACKET, 0, socket.Packet{Interface: "lo", Addr: make([]byte, 9)}, "ValueError: Hardware address must be 8 bytes or less"},
		{socket.AF_PACKET, 0, socket.Packet{Interface: "lo", Protocol: 1 << 16}, "OverflowError: bind(): proto must be 0-65535."},
		{socket.AF_PACKET, 0, socket.Qipcrtr{}, "TypeError: AF_PACKET address must be a tuple of two to five elements"},
		{socket.AF_CAN, 3, socket.CAN{}, "OSError: bind(): unsupported CAN protocol"},
		{socket.AF_CAN, socket.CAN_RAW, socket.J1939{}, "TypeError: AF_CAN address must be a tuple (interface, )"},
		{socket.AF_CAN, socket.CAN_RAW, socket.CAN{Interface: strings.Repeat("x", 16)}, "OSError: AF_CAN interface name too long"},
		{socket.AF_CAN, socket.CAN_RAW, socket.CAN{Interface: "nosuch"}, "OSError: [Errno 19] No such device"},
		{socket.AF_CAN, socket.CAN_RAW, socket.Alg{}, "TypeError: AF_CAN address must be a tuple (interface, )"},
		{socket.AF_ALG, 0, socket.Alg{Type: strings.Repeat("x", 14)}, "ValueError: AF_ALG type too long."},
		{socket.AF_ALG, 0, socket.Alg{Name: strings.Repeat("x", 64)}, "ValueError: AF_ALG name too long."},
		{socket.AF_ALG, 0, socket.Alg{Name: "a\x00b"}, "ValueError: embedded null character"},
		{socket.AF_ALG, 0, socket.L2CAP{}, "TypeError: AF_ALG address must be a tuple (type, name[, feat[, mask]])"},
		{socket.AF_BLUETOOTH, 4, socket.RFCOMM{}, "OSError: bind(): unknown Bluetooth protocol"},
		{socket.AF_BLUETOOTH, socket.BTPROTO_HCI, socket.RFCOMM{}, "OSError: bind(): wrong format"},
		{socket.AF_BLUETOOTH, socket.BTPROTO_SCO, socket.SCO{Addr: "1:2:3:4:5"}, "OSError: bad bluetooth address"},
		{socket.AF_BLUETOOTH, socket.BTPROTO_SCO, socket.HCI{}, "OSError: bind(): wrong format"},
	} {
		s := familySocket(t, c.family, c.proto)
		if err := s.Bind(c.addr); errText(err) != c.want {
			t.Errorf("family %d, %#v: %v, want %s", c.family, c.addr, err, c.want)
		}
	}
}

func TestFamiliesWithoutNames(t *testing.T) {
	for _, c := range []struct {
		family, proto int
		want          string
	}{
		{socket.AF_BLUETOOTH, 4, "OSError: getsockaddrlen: unknown BT protocol"},
		{99, 0, "OSError: getsockaddrlen: bad family"},
	} {
		s := familySocket(t, c.family, c.proto)
		for _, err := range []error{second(s.GetSockName()), third(s.RecvFrom(1, 0)), third(s.Accept())} {
			if errText(err) != c.want {
				t.Errorf("family %d: %v, want %s", c.family, err, c.want)
			}
		}
	}
}

// A name that is longer than the object's family has is cut off, and is no way to
// read beyond what there is.
func TestLongNameOfAnotherFamily(t *testing.T) {
	u := must(socket.New(socket.AF_UNIX, socket.SOCK_DGRAM, 0))
	defer func() { check(t, u.Close()) }()
	check(t, u.Bind(socket.Unix{Path: "\x00" + strings.Repeat("x", 90)}))
	s := must(socket.FromFileno(must(unix.Dup(u.Fileno())), socket.AF_BLUETOOTH, socket.SOCK_DGRAM, socket.BTPROTO_HCI))
	defer func() { check(t, s.Close()) }()
	want := socket.Unix{Path: "\x00xxx" + strings.Repeat("\x00", 87)}
	if got := must(s.GetSockName()); got != want {
		t.Errorf("got %q", got)
	}
}

func TestNetlink(t *testing.T) {
	s := must(socket.New(socket.AF_NETLINK, socket.SOCK_RAW, unix.NETLINK_ROUTE))
	defer func() { check(t, s.Close()) }()
	check(t, s.Bind(socket.Netlink{}))
	if got := must(s.GetSockName()).(socket.Netlink); got.PID == 0 || got.Groups != 0 {
		t.Errorf("bound to %#v", got)
	}
	check(t, s.Connect(socket.Netlink{}))
	if got := must(s.GetPeerName()); got != (socket.Netlink{}) {
		t.Errorf("connected to %#v", got)
	}
}

// Where a raw socket may be made, an interface has its name in the results.
func TestPacket(t *testing.T) {
	s, err := socket.New(socket.AF_PACKET, socket.SOCK_RAW, 0)
	if errors.Is(err, pyerr.PermissionError) {
		t.Skip("raw sockets take CAP_NET_RAW")
	}
	check(t, err)
	defer func() { check(t, s.Close()) }()
	check(t, s.Bind(socket.Packet{Interface: "lo", Protocol: unix.ETH_P_ALL}))
	want := socket.Packet{Interface: "lo", Protocol: unix.ETH_P_ALL, HardwareType: unix.ARPHRD_LOOPBACK, Addr: make([]byte, 6)}
	if got := must(s.GetSockName()); !reflect.DeepEqual(got, want) {
		t.Errorf("bound to %#v", got)
	}
	check(t, s.SetTimeout(socket.Timeout(1e9)))
	n := must(s.SendTo(make([]byte, 60), 0, want))
	data, from, err := s.RecvFrom(100, 0)
	check(t, err)
	if got := from.(socket.Packet); n != 60 || len(data) != 60 || got.Interface != "lo" || got.Type != unix.PACKET_HOST {
		t.Errorf("sent %d, received %d from %#v", n, len(data), got)
	}
}

// After a peer that refused, the kernel calls the socket ready while the next connection
// is still being made.
func TestVsockConnectAfterRefusal(t *testing.T) {
	s, err := socket.New(socket.AF_VSOCK, socket.SOCK_STREAM, 0)
	if err != nil {
		t.Skip(err)
	}
	defer func() { check(t, s.Close()) }()
	if err := s.Connect(socket.Vsock{CID: socket.VMADDR_CID_HOST, Port: 1}); !errors.Is(err, unix.ECONNRESET) {
		t.Skipf("no host refuses here: %v", err)
	}
	begun := time.Now()
	if err := s.Connect(socket.Vsock{CID: 0, Port: 1}); !errors.Is(err, unix.ETIMEDOUT) || time.Since(begun) < time.Second {
		t.Errorf("%v after %v", err, time.Since(begun))
	}
}

func TestAfAlgArguments(t *testing.T) {
	u := must(socket.New(socket.AF_UNIX, socket.SOCK_DGRAM, 0))
	defer func() { check(t, u.Close()) }()
	alg := familySocket(t, socket.AF_ALG, 0)
	negative := -1
	for _, c := range []struct {
		err  error
		want string
	}{
		{second(u.SendMsgAfAlg(nil, 1, socket.AlgOptions{})), "OSError: algset is only supported for AF_ALG"},
		{second(alg.SendMsgAfAlg(nil, -1, socket.AlgOptions{})), "TypeError: Invalid or missing argument 'op'"},
		{second(alg.SendMsgAfAlg(nil, socket.ALG_OP_ENCRYPT, socket.AlgOptions{AssocLen: &negative})), "TypeError: assoclen must be positive"},
		{second(alg.SendMsgAfAlg([][]byte{[]byte("x")}, socket.ALG_OP_ENCRYPT, socket.AlgOptions{IV: []byte("iv")})), "OSError: [Errno 107] Transport endpoint is not connected"},
	} {
		if errText(c.err) != c.want {
			t.Errorf("got %v, want %s", c.err, c.want)
		}
	}
}

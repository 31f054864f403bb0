//go:build linux

package socket_test

import (
	"encoding/binary"
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/pyparity/pyparity/impl/socket"
)

func TestByteOrder(t *testing.T) {
	for _, x := range []int{0, 1, 0x1234, 0xffff} {
		want := binary.BigEndian.Uint16(binary.NativeEndian.AppendUint16(nil, uint16(x)))
		if got := must(socket.Htons(x)); got != want {
			t.Errorf("htons(%#x) = %#x, want %#x", x, got, want)
		}
		if got := must(socket.Ntohs(int(want))); int(got) != x {
			t.Errorf("ntohs(%#x) = %#x, want %#x", want, got, x)
		}
	}
	for _, x := range []int64{0, 1, 0x12345678, 0xffffffff} {
		want := binary.BigEndian.Uint32(binary.NativeEndian.AppendUint32(nil, uint32(x)))
		if got := must(socket.Htonl(x)); got != want {
			t.Errorf("htonl(%#x) = %#x, want %#x", x, got, want)
		}
		if got := must(socket.Ntohl(int64(want))); int64(got) != x {
			t.Errorf("ntohl(%#x) = %#x, want %#x", want, got, x)
		}
	}
	for what, err := range map[string]error{
		"OverflowError: htons: can't convert negative Python int to C 16-bit unsigned integer": second(socket.Htons(-1)),
		"OverflowError: htons: Python int too large to convert to C 16-bit unsigned integer":   second(socket.Htons(1 << 16)),
		"OverflowError: ntohs: can't convert negative Python int to C 16-bit unsigned integer": second(socket.Ntohs(-1)),
		"OverflowError: ntohs: Python int too large to convert to C 16-bit unsigned integer":   second(socket.Ntohs(1 << 16)),
		"OverflowError: can't convert negative value to unsigned int":                          second(socket.Htonl(-1)),
		"OverflowError: int larger than 32 bits":                                               second(socket.Ntohl(1 << 32)),
	} {
		if errText(err) != what {
			t.Errorf("got %v, want %s", err, what)
		}
	}
}

func TestInet(t *testing.T) {
	for s, want := range map[string]string{
		"127.0.0.1": "\x7f\x00\x00\x01", "127.1": "\x7f\x00\x00\x01", "1.2.3": "\x01\x02\x00\x03", "0x7f.1": "\x7f\x00\x00\x01",
		"0177.0.0.1": "\x7f\x00\x00\x01", "4294967295": "\xff\xff\xff\xff", "1.2.3.4 and more": "\x01\x02\x03\x04",
	} {
		if got := must(socket.InetAton(s)); string(got) != want {
			t.Errorf("inet_aton(%q) = %q, want %q", s, got, want)
		}
	}
	for _, s := range []string{"", "x", "1.2.3.4.5", "256.1.1.1", "1.2.3.4x", "4294967296", "-1", " 1.2.3.4"} {
		if _, err := socket.InetAton(s); errText(err) != "OSError: illegal IP address string passed to inet_aton" {
			t.Errorf("inet_aton(%q): %v", s, err)
		}
	}
	for _, c := range []struct {
		family int
		text   string
	}{
		{socket.AF_INET, "1.2.3.4"}, {socket.AF_INET6, "::"}, {socket.AF_INET6, "::1"}, {socket.AF_INET6, "fe80::1:0:0:1"},
		{socket.AF_INET6, "::ffff:1.2.3.4"}, {socket.AF_INET6, "::1.2.3.4"}, {socket.AF_INET6, "1:2:3:4:5:6:7:8"},
	} {
		packed := must(socket.InetPton(c.family, c.text))
		if got := must(socket.InetNtop(c.family, packed)); got != c.text {
			t.Errorf("%s became %s", c.text, got)
		}
	}
	if got := must(socket.InetNtoa([]byte{1, 2, 3, 4})); got != "1.2.3.4" {
		t.Errorf("inet_ntoa: %s", got)
	}
	for what, err := range map[string]error{
		"OSError: packed IP wrong length for inet_ntoa":                second(socket.InetNtoa([]byte{1})),
		"OSError: illegal IP address string passed to inet_pton":       second(socket.InetPton(socket.AF_INET, "127.1")),
		"OSError: [Errno 97] Address family not supported by protocol": second(socket.InetPton(socket.AF_UNIX, "x")),
		"ValueError: invalid length of packed IP address string":       second(socket.InetNtop(socket.AF_INET6, make([]byte, 4))),
		"ValueError: unknown address family 1":                         second(socket.InetNtop(socket.AF_UNIX, make([]byte, 4))),
	} {
		if errText(err) != what {
			t.Errorf("got %v, want %s", err, what)
		}
	}
}

func TestTimeoutValues(t *testing.T) {
	const (
		toRange    = "ValueError: Timeout value out of range"
		toPlatform = "OverflowError: timestamp out of range for platform time_t"
	)
	for _, c := range []struct {
		in   float64
		want string
		ns   socket.Timeout
	}{
		{0, "", 0},
		{0.1, "", socket.Timeout(100 * time.Millisecond)},
		{1e-12, "", 1},
		{-1e-12, toRange, 0},
		{-1, toRange, 0},
		{1e300, toPlatform, 0},
		{9223372036.854775807, toPlatform, 0},
		{-9.3e9, toPlatform, 0},
		{math.Inf(1), toPlatform, 0},
		{math.NaN(), "ValueError: Invalid value NaN (not a number)", 0},
	} {
		got, err := socket.Seconds(c.in)
		if err != nil && err.Error() != c.want || err == nil && (c.want != "" || got != c.ns) {
			t.Errorf("Seconds(%v) = %d, %v", c.in, got, err)
		}
	}
	const tooLarge = "OverflowError: timestamp too large to convert to C PyTime_t"
	for in, want := range map[int64]string{0: "", 9223372036: "", 9223372037: tooLarge, -9223372037: tooLarge, -1: toRange} {
		got, err := socket.WholeSeconds(in)
		if err != nil && err.Error() != want || err == nil && (want != "" || got != socket.Timeout(in)*1e9) {
			t.Errorf("WholeSeconds(%d) = %d, %v", in, got, err)
		}
	}
	for in, want := range map[socket.Timeout]float64{0: 0, 1: 1e-9, 2e9: 2, 1500000000: 1.5} {
		if got, ok := in.Seconds(); !ok || got != want {
			t.Errorf("%d is %v seconds, %v", in, got, ok)
		}
	}
	if _, ok := socket.None.Seconds(); ok {
		t.Error("None is a number of seconds")
	}
}

// The longest timeout that Python takes does not overflow into the past.
func TestTimeoutsReadAsWhatTheyAre(t *testing.T) {
	for timeout, want := range map[socket.Timeout]string{socket.None: "None", socket.NonBlocking: "0s", 1500000000: "1.5s"} {
		if got := timeout.String(); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestLongestTimeoutWaits(t *testing.T) {
	a, b := unixPair(t, socket.SOCK_STREAM)
	check(t, a.SetTimeout(math.MaxInt64))
	go func() {
		time.Sleep(20 * time.Millisecond)
		_ = b.SendAll([]byte("x"), 0)
	}()
	soon(t, "recv", func() {
		if got := recvText(a, 1, 0); got != "x" {
			t.Errorf("got %q", got)
		}
	})
	check(t, b.SetTimeout(math.MaxInt64))
	check(t, b.SendAll([]byte("x"), 0))
}

// The repr is that of Python 3.11 and later.
func TestString(t *testing.T) {
	s := must(socket.New(socket.AF_UNIX, socket.SOCK_DGRAM, 0))
	fd := s.Fileno()
	for _, step := range []struct {
		do   func() error
		want string
	}{
		{func() error { return nil }, "<socket.socket fd=%d, family=1, type=2, proto=0>"},
		{func() error { return s.Bind(socket.Unix{Path: "\x00pyparity's \xff"}) }, `<socket.socket fd=%d, family=1, type=2, proto=0, laddr=b"\x00pyparity's \xff">`},
		{func() error { return s.Connect(socket.Unix{Path: "\x00pyparity's \xff"}) }, `<socket.socket fd=%d, family=1, type=2, proto=0, laddr=b"\x00pyparity's \xff", raddr=b"\x00pyparity's \xff">`},
		{func() error { fd = -1; return s.Close() }, "<socket.socket [closed] fd=%d, family=1, type=2, proto=0>"},
	} {
		check(t, step.do())
		if got, want := s.String(), fmt.Sprintf(step.want, fd); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

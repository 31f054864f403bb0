//go:build linux

package socket

import (
	"testing"

	"github.com/pyparity/pyparity/impl/internal/netpoll"
)

// FuzzDecode: whatever the kernel returns for an address, of any family and
// length, is an address, nil or an exception.
func FuzzDecode(f *testing.F) {
	f.Add([]byte("\x02\x00\x00\x50\x7f\x00\x00\x01"), 8, 0)
	f.Add([]byte("\x0a\x00\x00\x50\x00\x00\x00\x00"), 28, 0)
	f.Add([]byte("\x01\x00\x00abstract"), 11, 0)
	f.Add([]byte("\x11\x00\x81\x00\x00\x00\x00\x00\x04\x03\x04\xff123456"), 300, 0)
	f.Add([]byte("\x1f\x00\x01\x10"), 4, BTPROTO_L2CAP)
	f.Fuzz(func(t *testing.T, raw []byte, length, proto int) {
		var b nameBuffer
		copy(b.memory[:], raw)
		// The kernel's length is never less than nothing, but may be more than fits.
		addr, err := (&Socket{state: &state{proto: proto, desc: netpoll.New(-1)}}).decode(&b, max(length, 0))
		if addr != nil && err != nil {
			t.Errorf("both %#v and %v", addr, err)
		}
	})
}

// FuzzEncode: an address of any content is encoded in a form that decodes, or
// refused.
func FuzzEncode(f *testing.F) {
	f.Add("127.1", 80, 0, 0)
	f.Add("::1%1", 65536, 1<<20, 3)
	f.Add("\x00abstract", -1, 0, 0)
	f.Fuzz(func(t *testing.T, host string, port, flowinfo, scope int) {
		addrs := map[int]Addr{
			AF_UNIX:    Unix{Path: host},
			AF_NETLINK: Netlink{PID: uint32(port), Groups: uint32(flowinfo)},
			AF_VSOCK:   Vsock{CID: uint32(port), Port: uint32(scope)},
		}
		// Names would be looked up.
		if packed, err := InetAton(host); err == nil && len(packed) == 4 {
			addrs[AF_INET] = Inet4{Host: host, Port: port}
		}
		if _, err := InetPton(AF_INET6, host); err == nil {
			addrs[AF_INET6] = Inet6{Host: host, Port: port, Flowinfo: uint32(flowinfo), ScopeID: uint32(scope)}
		}
		for family, addr := range addrs {
			s := &Socket{state: &state{module: &std, family: family, desc: netpoll.New(-1)}}
			raw, err := addr.Sockaddr(s, "bind")
			if err != nil {
				continue
			}
			var b nameBuffer
			back, err := s.decode(&b, copy(b.memory[:], raw))
			if err != nil || back == nil {
				t.Fatalf("%#v is %x, which is %#v, %v", addr, raw, back, err)
			}
			// A path ends at its first NUL for the kernel, so the bytes may change once.
			if raw, err = back.Sockaddr(s, "bind"); err != nil {
				t.Fatalf("%#v came back as %#v, which is refused: %v", addr, back, err)
			}
			if again, err := s.decode(&b, copy(b.memory[:], raw)); err != nil || again != back {
				t.Errorf("%#v came back as %#v, and that as %#v, %v", addr, back, again, err)
			}
		}
	})
}

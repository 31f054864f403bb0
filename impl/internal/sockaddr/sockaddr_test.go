//go:build linux

package sockaddr_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/pyparity/pyparity/impl/internal/sockaddr"
	"github.com/pyparity/pyparity/impl/pyerr"
)

func TestInet4(t *testing.T) {
	raw := sockaddr.Inet4([4]byte{127, 0, 0, 1}, 0x1234)
	want := []byte{2, 0, 0x12, 0x34, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0}
	if want[0], want[1] = raw[0], raw[1]; !bytes.Equal(raw, want) || sockaddr.Family(raw) != unix.AF_INET {
		t.Errorf("got %v", raw)
	}
	if ip, port := sockaddr.ParseInet4(raw); ip != [4]byte{127, 0, 0, 1} || port != 0x1234 {
		t.Errorf("got %v, %d back", ip, port)
	}
	if ip, port := sockaddr.ParseInet4(raw[:4]); ip != [4]byte{} || port != 0x1234 {
		t.Errorf("got %v, %d of half an address", ip, port)
	}
}

func TestInet6(t *testing.T) {
	ip := [16]byte{0xfe, 0x80, 15: 1}
	raw := sockaddr.Inet6(ip, 80, 0x12345, 7)
	if len(raw) != 28 || sockaddr.Family(raw) != unix.AF_INET6 || !bytes.Equal(raw[2:8], []byte{0, 80, 0, 1, 0x23, 0x45}) {
		t.Errorf("got %v", raw)
	}
	gotIP, port, flowinfo, scopeID := sockaddr.ParseInet6(raw)
	if gotIP != ip || port != 80 || flowinfo != 0x12345 || scopeID != 7 {
		t.Errorf("got %v, %d, %d, %d back", gotIP, port, flowinfo, scopeID)
	}
}

func TestUnix(t *testing.T) {
	for _, c := range []struct {
		path string
		size int
	}{
		{"/tmp/s", 2 + 7},
		{strings.Repeat("x", 107), 2 + 108},
		{"", 2},
		{"\x00", 3},
		{"\x00a\x00b", 2 + 4},
		{"\x00" + strings.Repeat("x", 107), 2 + 108},
		{"\xff\xfe", 2 + 3},
	} {
		raw, err := sockaddr.Unix(c.path)
		if err != nil || len(raw) != c.size || sockaddr.Family(raw) != unix.AF_UNIX {
			t.Errorf("%q: %v, %v; want %d bytes", c.path, raw, err, c.size)
			continue
		}
		if got := sockaddr.ParseUnix(raw); got != c.path {
			t.Errorf("%q became %q", c.path, got)
		}
	}
	for _, path := range []string{strings.Repeat("x", 108), "\x00" + strings.Repeat("x", 108)} {
		_, err := sockaddr.Unix(path)
		var e *pyerr.Error
		if !errors.As(err, &e) || e.Error() != "OSError: AF_UNIX path too long" || e.Errno != nil {
			t.Errorf("%d bytes: %v", len(path), err)
		}
	}
	// What the kernel returns has the NUL, and may have more after it.
	if got := sockaddr.ParseUnix([]byte("\x01\x00/tmp/s\x00junk")); got != "/tmp/s" {
		t.Errorf("got %q", got)
	}
	if got := sockaddr.ParseUnix([]byte{1, 0}); got != "" {
		t.Errorf("unnamed: %q", got)
	}
}

func TestFamilyAndData(t *testing.T) {
	if got := sockaddr.Family([]byte{1}); got != unix.AF_UNSPEC {
		t.Errorf("family of one byte: %d", got)
	}
	if got := sockaddr.Data([]byte{9, 0, 1, 2}); !bytes.Equal(got, []byte{1, 2, 13: 0}) {
		t.Errorf("data: %v", got)
	}
}

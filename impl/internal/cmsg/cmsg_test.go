//go:build linux

package cmsg_test

import (
	"bytes"
	"errors"
	"testing"
	"unsafe"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/unix"

	"github.com/pyparity/pyparity/impl/internal/cmsg"
	"github.com/pyparity/pyparity/impl/pyerr"
)

func TestSizesAreTheKernels(t *testing.T) {
	for _, n := range []int{0, 1, 3, 4, 5, 7, 8, 9, 100, 1 << 20} {
		if got, ok := cmsg.Len(n); !ok || got != unix.CmsgLen(n) {
			t.Errorf("Len(%d) is %d, %t, not %d", n, got, ok, unix.CmsgLen(n))
		}
		if got, ok := cmsg.Space(n); !ok || got != unix.CmsgSpace(n) {
			t.Errorf("Space(%d) is %d, %t, not %d", n, got, ok, unix.CmsgSpace(n))
		}
	}
}

func TestSizesHaveLimits(t *testing.T) {
	lastLen := cmsg.Limit - unix.SizeofCmsghdr
	lastSpace := cmsg.Limit - unix.CmsgSpace(1)
	for _, c := range []struct {
		name string
		f    func(int) (int, bool)
		n    int
		want bool
	}{
		{"Len", cmsg.Len, -1, false},
		{"Len", cmsg.Len, lastLen, true},
		{"Len", cmsg.Len, lastLen + 1, false},
		{"Len", cmsg.Len, int(^uint(0) >> 1), false},
		{"Space", cmsg.Space, -1, false},
		{"Space", cmsg.Space, lastSpace, true},
		{"Space", cmsg.Space, lastSpace + 1, false},
		{"Space", cmsg.Space, int(^uint(0) >> 1), false},
	} {
		if size, ok := c.f(c.n); ok != c.want || size > cmsg.Limit {
			t.Errorf("%s(%d) is %d, %t", c.name, c.n, size, ok)
		}
	}
}

func encode(t *testing.T, items ...cmsg.Item) []byte {
	t.Helper()
	control, err := cmsg.Encode(items)
	if err != nil {
		t.Fatal(err)
	}
	return control
}

func TestTheLayoutIsTheKernels(t *testing.T) {
	control := encode(t, cmsg.Item{Level: unix.SOL_SOCKET, Type: unix.SCM_RIGHTS, Data: bytes.Repeat([]byte{7}, 12)},
		cmsg.Item{Level: -1, Type: 3, Data: []byte("x")}, cmsg.Item{Level: 1, Type: 2})
	got, err := unix.ParseSocketControlMessage(control)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 3 || got[0].Header.Type != unix.SCM_RIGHTS || !bytes.Equal(got[0].Data, bytes.Repeat([]byte{7}, 12)) ||
		got[1].Header.Level != -1 || string(got[1].Data) != "x" || len(got[2].Data) != 0 {
		t.Errorf("got %v", got)
	}
}

func TestItemsComeBack(t *testing.T) {
	for _, items := range [][]cmsg.Item{
		nil,
		{{Level: 1, Type: 2, Data: []byte{}}},
		{{Level: 1, Type: 2, Data: []byte("12345678")}, {Level: -5, Type: -6, Data: []byte("1")}, {Level: 0, Type: 0, Data: []byte("123456789")}},
	} {
		got := cmsg.Parse(encode(t, items...))
		if diff := cmp.Diff(cmsg.Parsed{Items: items}, got); diff != "" {
			t.Error(diff)
		}
	}
}

// TestABufferMayEndAnywhere cuts a buffer of two items at every place.
func TestABufferMayEndAnywhere(t *testing.T) {
	if unix.SizeofCmsghdr != 16 {
		t.Skip("the offsets are those of 64 bits")
	}
	whole := encode(t, cmsg.Item{Level: 1, Type: 2, Data: []byte("abcd")}, cmsg.Item{Level: 3, Type: 4, Data: []byte("efghij")})
	first, second := whole[:24], whole[24:]
	for n := range len(whole) + 1 {
		got := cmsg.Parse(whole[:n])
		var want cmsg.Parsed
		switch {
		case n < 16:
		case n < 20:
			want = cmsg.Parsed{Items: []cmsg.Item{{Level: 1, Type: 2, Data: first[16:n]}}, Malformed: true}
		default:
			want.Items = []cmsg.Item{{Level: 1, Type: 2, Data: []byte("abcd")}}
			if n >= 40 {
				data := second[16:min(n-24, 22)]
				want.Items = append(want.Items, cmsg.Item{Level: 3, Type: 4, Data: data})
				want.Malformed, want.Unpadded = n < 46, n < 48
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%d bytes: %s", n, diff)
		}
	}
}

func TestALengthThatIsNone(t *testing.T) {
	for _, length := range []uint64{0, 1, unix.SizeofCmsghdr - 1} {
		control := make([]byte, 64)
		(*unix.Cmsghdr)(unsafe.Pointer(&control[0])).SetLen(int(length))
		if got := cmsg.Parse(control); !got.Malformed || len(got.Items) != 0 {
			t.Errorf("length %d: %+v", length, got)
		}
	}
}

func TestTooMuchIsAnOSError(t *testing.T) {
	// Never touched, so never there.
	huge, err := unix.Mmap(-1, 0, 1<<31, unix.PROT_READ, unix.MAP_PRIVATE|unix.MAP_ANON|unix.MAP_NORESERVE)
	if err != nil {
		t.Skip(err)
	}
	defer func() { _ = unix.Munmap(huge) }()
	half := cmsg.Item{Data: huge[:1<<30]}
	for want, items := range map[string][]cmsg.Item{
		"OSError: ancillary data item too large": {{Data: huge}},
		"OSError: too much ancillary data":       {half, half},
	} {
		if _, err := cmsg.Encode(items); err == nil || err.Error() != want || !errors.Is(err, pyerr.OSError) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// FuzzParse looks for buffers that Parse reads beyond or that do not come back.
func FuzzParse(f *testing.F) {
	two, err := cmsg.Encode([]cmsg.Item{{Level: 1, Type: 1, Data: []byte("abcdefgh")}, {Level: 41, Type: 50, Data: []byte("xy")}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(two)
	f.Add(two[:len(two)-7])
	f.Add(bytes.Repeat([]byte{0xff}, 40))
	f.Fuzz(func(t *testing.T, control []byte) {
		got := cmsg.Parse(control)
		size := 0
		for _, item := range got.Items {
			size += unix.SizeofCmsghdr + len(item.Data)
		}
		if size > len(control) {
			t.Fatalf("%d bytes of items in a buffer of %d", size, len(control))
		}
		again, err := cmsg.Encode(got.Items)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(cmsg.Parsed{Items: got.Items}, cmsg.Parse(again)); diff != "" {
			t.Fatal(diff)
		}
	})
}

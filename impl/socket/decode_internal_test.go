//go:build linux

package socket

import (
	"encoding/hex"
	"reflect"
	"strings"
	"testing"
)

// Few of these families have a kernel where tests run, so the results are decoded
// from the bytes.
func TestDecode(t *testing.T) {
	for _, c := range []struct {
		proto int
		raw   string
		want  Addr
	}{
		{0, "1000 0000 07000000 01000080", Netlink{PID: 7, Groups: 0x80000001}},
		{0, "2800 0000 feffffff 03000000 00000000", Vsock{CID: 3, Port: 0xfffffffe}},
		{0, "2a00 0000 01000000 02000000", Qipcrtr{Node: 1, Port: 2}},
		{0, "1e00 01 02 02000000 03000000 04000000", TIPC{Type: 1, V1: 2, V2: 3, V3: 4, Scope: 2}},
		{0, "1e00 02 ff 05000000 06000000 00000000", TIPC{Type: 2, V1: 5, V2: 6, V3: 6, Scope: 0xffffffff}},
		{0, "1e00 03 01 09000000 08000000 00000000", TIPC{Type: 3, V1: 8, V2: 9, Scope: 1}},
		{0, "1100 8100 00000000 0403 04 06 3132333435360000", Packet{Protocol: 0x8100, Type: 4, HardwareType: 772, Addr: []byte("123456")}},
		{0, "1100 8100 00000000 2000 04 0a 3132333435363738", Packet{Protocol: 0x8100, Type: 4, HardwareType: 32, Addr: []byte("12345678\x00\x00")}},
		{0, "2600 6861736800000000000000000000 01000000 02000000 73686131", Alg{Type: "hash", Name: "sha1", Feature: 1, Mask: 2}},
		{CAN_RAW, "1d00 0000 00000000", CAN{}},
		{CAN_ISOTP, "1d00 0000 00000000 23010000 56040080", CANISOTP{RxID: 0x123, TxID: 0x80000456}},
		{CAN_J1939, "1d00 0000 00000000 8877665544332211 ffff0300 fe 000000", J1939{Name: 0x1122334455667788, PGN: 0x3ffff, Addr: 0xfe}},
		{BTPROTO_L2CAP, "1f00 0110 ab8967452301 0400 02 00", L2CAP{Addr: "01:23:45:67:89:AB", PSM: 0x1001, CID: 4, AddrType: 2}},
		{BTPROTO_RFCOMM, "1f00 ab8967452301 02 00", RFCOMM{Addr: "01:23:45:67:89:AB", Channel: 2}},
		{BTPROTO_SCO, "1f00 ab8967452301", SCO{Addr: "01:23:45:67:89:AB"}},
		{BTPROTO_HCI, "1f00 0100 0300", HCI{Device: 1, Channel: 3}},
		{0, "6300 0102", Unknown{Family: 99, Data: []byte{1, 2, 13: 0}}},
		{0, "", nil},
	} {
		got, err := decodeHex(t, c.proto, c.raw)
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %#v, %v, want %#v", c.raw, got, err, c.want)
		}
	}
}

func TestDecodeWhatCannotBe(t *testing.T) {
	for raw, want := range map[string]string{
		"1e00 04 00": "ValueError: Invalid address type",
		"1f00":       "ValueError: Unknown Bluetooth protocol",
	} {
		if got, err := decodeHex(t, 9, raw); err == nil || err.Error() != want {
			t.Errorf("%s: %v, %v, want %s", raw, got, err, want)
		}
	}
}

func decodeHex(t *testing.T, proto int, text string) (Addr, error) {
	t.Helper()
	raw, err := hex.DecodeString(strings.ReplaceAll(text, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	var b nameBuffer
	return (&Socket{state: &state{proto: proto}}).decode(&b, copy(b.memory[:], raw))
}

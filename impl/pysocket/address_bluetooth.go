package pysocket

import (
	"strings"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/impl/socket"
)

// Defaults of what an address of AF_BLUETOOTH may leave out.
const (
	bdaddrBREDR   = 0 // BDADDR_BREDR
	hciChannelRaw = 0 // HCI_CHANNEL_RAW
)

// bluetooth reads what the protocol of an AF_BLUETOOTH socket takes. Whatever is
// wrong with it but for the device address, the text is the same.
func (a address) bluetooth(proto int, caller string) (addr socket.Addr, err error) {
	switch proto {
	case socket.BTPROTO_L2CAP:
		addr, err = a.l2cap()
	case socket.BTPROTO_RFCOMM:
		addr, err = a.rfcomm()
	case socket.BTPROTO_HCI:
		addr, err = a.hci()
	case socket.BTPROTO_SCO:
		return a.sco(caller)
	default:
		return nil, pyerr.OSError.Errorf("%s(): unknown Bluetooth protocol", caller)
	}
	if err != nil {
		return nil, wrongFormat(caller)
	}
	return addr, nil
}

func wrongFormat(caller string) error { return pyerr.OSError.Errorf("%s(): wrong format", caller) }

// l2cap is a pair, and since 3.14 may have a channel and a type of address. Until
// 3.11 a C int was written where there is room for 16 bits.
func (a address) l2cap() (socket.Addr, error) {
	var addr socket.L2CAP
	switch c := a.call; {
	case c.Python.AtLeast(3, 14):
		err := c.ParseTupleValue(a.value, "sH|HB", &addr.Addr, &addr.PSM, &addr.CID, &addr.AddrType)
		return addr, err
	case c.Python.AtLeast(3, 13):
		err := c.ParseTupleValue(a.value, "sH", &addr.Addr, &addr.PSM)
		return addr, err
	}
	var psm int
	err := a.call.ParseTupleValue(a.value, "si", &addr.Addr, &psm)
	addr.PSM = uint16(psm)
	return addr, err
}

func (a address) rfcomm() (socket.Addr, error) {
	var addr socket.RFCOMM
	if a.call.Python.AtLeast(3, 13) {
		err := a.call.ParseTupleValue(a.value, "sB", &addr.Addr, &addr.Channel)
		return addr, err
	}
	var channel int
	err := a.call.ParseTupleValue(a.value, "si", &addr.Addr, &channel)
	addr.Channel = uint8(channel)
	return addr, err
}

// hci is a tuple with a device, and since 3.14 may have a channel, or be just the
// device. Until 3.11 a C int was written over both.
func (a address) hci() (socket.Addr, error) {
	var addr socket.HCI
	switch c := a.call; {
	case c.Python.AtLeast(3, 14) && pyval.IsInstance(a.value, pyval.IntType):
		err := c.ParseItems(starlark.Tuple{a.value}, "H", &addr.Device)
		return addr, err
	case c.Python.AtLeast(3, 14):
		err := c.ParseTupleValue(a.value, "H|H", &addr.Device, &addr.Channel)
		return addr, err
	case c.Python.AtLeast(3, 13):
		err := c.ParseTupleValue(a.value, "H", &addr.Device)
		return addr, err
	}
	var both int
	err := a.call.ParseTupleValue(a.value, "i", &both)
	addr.Device, addr.Channel = uint16(both), uint16(both>>16)
	return addr, err
}

// sco is bytes, and since 3.13 a str too.
func (a address) sco(caller string) (socket.Addr, error) {
	newer := a.call.Python.AtLeast(3, 13)
	switch v := a.value.(type) {
	case starlark.Bytes:
		name, _, cut := strings.Cut(string(v), "\x00")
		if cut && newer {
			return nil, pyval.ValueError.Errorf("embedded null byte")
		}
		return socket.SCO{Addr: name}, nil
	case starlark.String:
		if newer {
			var addr socket.SCO
			err := a.call.ParseItems(starlark.Tuple{v}, "s", &addr.Addr)
			return addr, err
		}
	}
	return nil, wrongFormat(caller)
}

package socket

import (
	"fmt"
	"strings"

	"github.com/pyparity/pyparity/pyref/base/codecs"
)

// An address prints as Python prints it, for ported programs that log whom they talk to.

// String is Python's str of the pair, such as "('127.0.0.1', 80)".
func (a Inet4) String() string { return tuple(a.Host, a.Port) }

// String is Python's str of the tuple.
func (a Inet6) String() string { return tuple(a.Host, a.Port, a.Flowinfo, a.ScopeID) }

// String is Python's str: the path, or the repr of the bytes of an abstract name.
func (a Unix) String() string {
	if strings.HasPrefix(a.Path, "\x00") {
		return codecs.ReprBytes(a.Path, false)
	}
	return a.Path
}

// String is Python's str of the pair.
func (a Netlink) String() string { return tuple(a.PID, a.Groups) }

// String is Python's str of the tuple.
func (a Packet) String() string {
	return tuple(a.Interface, a.Protocol, a.Type, a.HardwareType, a.Addr)
}

// String is Python's str of the pair.
func (a Vsock) String() string { return tuple(a.CID, a.Port) }

// String is Python's str of the tuple.
func (a Alg) String() string { return tuple(a.Type, a.Name, a.Feature, a.Mask) }

// String is Python's str of the tuple.
func (a CAN) String() string { return tuple(a.Interface) }

// String is Python's str of the tuple.
func (a CANISOTP) String() string { return tuple(a.Interface, a.RxID, a.TxID) }

// String is Python's str of the tuple.
func (a J1939) String() string { return tuple(a.Interface, a.Name, a.PGN, a.Addr) }

// String is Python's str of the tuple.
func (a TIPC) String() string { return tuple(a.Type, a.V1, a.V2, a.V3, a.Scope) }

// String is Python's str of the pair.
func (a Qipcrtr) String() string { return tuple(a.Node, a.Port) }

// String is Python's str of the tuple, with all of its four items.
func (a L2CAP) String() string { return tuple(a.Addr, a.PSM, a.CID, a.AddrType) }

// String is Python's str of the pair.
func (a RFCOMM) String() string { return tuple(a.Addr, a.Channel) }

// String is Python's str of the pair, which it has since 3.14.
func (a HCI) String() string { return tuple(a.Device, a.Channel) }

// String is Python's str: the address of the device.
func (a SCO) String() string { return a.Addr }

// String is Python's str of the pair.
func (a Unknown) String() string { return tuple(a.Family, a.Data) }

// tuple is Python's repr of a tuple of str, bytes and int.
func tuple(items ...any) string {
	var b strings.Builder
	for i, item := range items {
		if i > 0 {
			b.WriteString(", ")
		}
		switch item := item.(type) {
		case string:
			b.WriteString(codecs.Repr(item))
		case []byte:
			b.WriteString(codecs.ReprBytes(string(item), false))
		default:
			fmt.Fprint(&b, item)
		}
	}
	if len(items) == 1 {
		b.WriteByte(',')
	}
	return "(" + b.String() + ")"
}

// addressRepr is Python's repr of an address, in which a path has quotes.
func addressRepr(addr Addr) string {
	switch a := addr.(type) {
	case nil:
		return "None"
	case Unix:
		if !strings.HasPrefix(a.Path, "\x00") {
			return codecs.Repr(a.Path)
		}
	case SCO:
		return codecs.Repr(a.Addr)
	}
	return fmt.Sprint(addr)
}

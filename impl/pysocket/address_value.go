package pysocket

import (
	"strings"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/socket"
)

// addressValue is an address as Python code gets it (makesockaddr).
func addressValue(python pyval.Version, addr socket.Addr) (starlark.Value, error) {
	switch a := addr.(type) {
	case nil:
		return starlark.None, nil
	case socket.Inet4:
		return starlark.Tuple{starlark.String(a.Host), starlark.MakeInt(a.Port)}, nil
	case socket.Inet6:
		return starlark.Tuple{starlark.String(a.Host), starlark.MakeInt(a.Port), unsigned(a.Flowinfo), unsigned(a.ScopeID)}, nil
	case socket.Unix:
		if strings.HasPrefix(a.Path, "\x00") {
			return starlark.Bytes(a.Path), nil
		}
		return fsDecode(a.Path)
	case socket.Netlink:
		return starlark.Tuple{unsigned(a.PID), unsigned(a.Groups)}, nil
	case socket.Qipcrtr:
		return starlark.Tuple{unsigned(a.Node), unsigned(a.Port)}, nil
	case socket.Vsock:
		return starlark.Tuple{unsigned(a.CID), unsigned(a.Port)}, nil
	case socket.TIPC:
		return starlark.Tuple{unsigned(a.Type), unsigned(a.V1), unsigned(a.V2), unsigned(a.V3), unsigned(a.Scope)}, nil
	case socket.Packet:
		name, err := pyval.Decode(nil, []byte(a.Interface), "utf-8", "strict")
		return starlark.Tuple{starlark.String(name), starlark.MakeInt(a.Protocol), starlark.MakeInt(int(a.Type)),
			starlark.MakeInt(int(a.HardwareType)), starlark.Bytes(a.Addr)}, err
	case socket.Alg:
		return algValue(a)
	case socket.CAN, socket.CANISOTP, socket.J1939:
		return canValue(a)
	case socket.L2CAP, socket.RFCOMM, socket.HCI, socket.SCO:
		return bluetoothValue(python, a)
	case socket.Unknown:
		return starlark.Tuple{starlark.MakeInt(a.Family), starlark.Bytes(a.Data)}, nil
	}
	return nil, pyval.SystemError.Errorf("an address of an unknown kind: %T", addr)
}

func unsigned[T ~uint8 | ~uint16 | ~uint32 | ~uint64](n T) starlark.Value {
	return starlark.MakeUint64(uint64(n))
}

func algValue(a socket.Alg) (starlark.Value, error) {
	kind, err := pyval.Decode(nil, []byte(a.Type), "utf-8", "strict")
	if err != nil {
		return nil, err
	}
	name, err := pyval.Decode(nil, []byte(a.Name), "utf-8", "strict")
	return starlark.Tuple{starlark.String(kind), starlark.String(name), unsigned(a.Feature), unsigned(a.Mask)}, err
}

// canValue is a tuple that begins with the interface.
func canValue(addr socket.Addr) (starlark.Value, error) {
	var name string
	var rest starlark.Tuple
	switch a := addr.(type) {
	case socket.CAN:
		name = a.Interface
	case socket.CANISOTP:
		name, rest = a.Interface, starlark.Tuple{unsigned(a.RxID), unsigned(a.TxID)}
	case socket.J1939:
		name, rest = a.Interface, starlark.Tuple{unsigned(a.Name), unsigned(a.PGN), unsigned(a.Addr)}
	}
	text, err := fsDecode(name)
	return append(starlark.Tuple{text}, rest...), err
}

// bluetoothValue is a tuple, or the only item itself. Since 3.14 it has what the
// address has beyond the former tuples, where there is anything.
func bluetoothValue(python pyval.Version, addr socket.Addr) (starlark.Value, error) {
	more := python.AtLeast(3, 14)
	switch a := addr.(type) {
	case socket.L2CAP:
		tuple := starlark.Tuple{starlark.String(a.Addr), unsigned(a.PSM)}
		switch {
		case more && a.AddrType != bdaddrBREDR:
			tuple = append(tuple, unsigned(a.CID), unsigned(a.AddrType))
		case more && a.CID != 0:
			tuple = append(tuple, unsigned(a.CID))
		}
		return tuple, nil
	case socket.RFCOMM:
		return starlark.Tuple{starlark.String(a.Addr), unsigned(a.Channel)}, nil
	case socket.HCI:
		if more && a.Channel != hciChannelRaw {
			return starlark.Tuple{unsigned(a.Device), unsigned(a.Channel)}, nil
		}
		return unsigned(a.Device), nil
	case socket.SCO:
		return starlark.String(a.Addr), nil
	}
	return nil, pyval.SystemError.Errorf("no Bluetooth address: %T", addr)
}

package pysocket

import (
	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/impl/socket"
)

func (a address) netlink(caller string) (socket.Addr, error) {
	var addr socket.Netlink
	err := a.items("AF_NETLINK", caller+"()", "II;AF_NETLINK address must be a pair (pid, groups)", &addr.PID, &addr.Groups)
	return addr, err
}

func (a address) vsock() (socket.Addr, error) {
	var addr socket.Vsock
	err := a.items("AF_VSOCK", "getsockaddrarg", "II:getsockaddrarg", &addr.CID, &addr.Port)
	return addr, err
}

func (a address) qipcrtr() (socket.Addr, error) {
	var addr socket.Qipcrtr
	err := a.items("AF_QIPCRTR", "getsockaddrarg", "II:getsockaddrarg", &addr.Node, &addr.Port)
	return addr, err
}

func (a address) packet(caller string) (socket.Addr, error) {
	var name string
	var proto, kind, hardware int
	var addr []byte
	err := a.items("AF_PACKET", caller+"()", "si|iiy*;AF_PACKET address must be a tuple of two to five elements",
		&name, &proto, &kind, &hardware, &addr)
	return socket.Packet{
		Interface: name, Protocol: proto, Type: uint8(kind), HardwareType: uint16(hardware), Addr: addr,
	}, overflow(err, caller+"(): address argument out of range")
}

func (a address) tipc(caller string) (socket.Addr, error) {
	addr := socket.TIPC{Scope: socket.TIPC_CLUSTER_SCOPE}
	err := a.items("AF_TIPC", caller+"()", "IIII|I;AF_TIPC address must be a tuple (addr_type, v1, v2, v3[, scope])",
		&addr.Type, &addr.V1, &addr.V2, &addr.V3, &addr.Scope)
	return addr, err
}

func (a address) alg(caller string) (socket.Addr, error) {
	var addr socket.Alg
	var feature, mask uint16
	err := a.items("AF_ALG", caller+"()", "ss|HH;AF_ALG address must be a tuple (type, name[, feat[, mask]])",
		&addr.Type, &addr.Name, &feature, &mask)
	addr.Feature, addr.Mask = uint32(feature), uint32(mask)
	return addr, err
}

// can reads what the protocol of an AF_CAN socket takes. The newer protocols have
// no text of their own for a wrong argument.
func (a address) can(proto int, caller string) (socket.Addr, error) {
	var name string
	switch proto {
	case socket.CAN_ISOTP:
		var rxID, txID uint64
		err := a.call.ParseTupleValue(a.value, "O&kk", pycall.FSConverter(&name), &rxID, &txID)
		return socket.CANISOTP{Interface: name, RxID: uint32(rxID), TxID: uint32(txID)}, err
	case socket.CAN_J1939:
		return a.j1939()
	case socket.CAN_RAW, socket.CAN_BCM:
		err := a.items("AF_CAN", caller+"()", "O&;AF_CAN address must be a tuple (interface, )", pycall.FSConverter(&name))
		return socket.CAN{Interface: name}, err
	}
	return socket.CAN{}, nil
}

func (a address) j1939() (socket.Addr, error) {
	var addr socket.J1939
	var pgn uint64
	spec, to := "O&KIB", any(&addr.PGN)
	if !a.call.Python.AtLeast(3, 10) {
		spec, to = "O&KkB", &pgn
	}
	err := a.call.ParseTupleValue(a.value, spec, pycall.FSConverter(&addr.Interface), &addr.Name, to, &addr.Addr)
	if to == any(&pgn) {
		addr.PGN = uint32(pgn)
	}
	return addr, err
}

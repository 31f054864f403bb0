package socket

import (
	"github.com/pyparity/pyparity/impl/internal/sockaddr"
	"github.com/pyparity/pyparity/impl/pyerr"
)

// L2CAP is Python's tuple (bdaddr, psm, cid, bdaddr_type) of an AF_BLUETOOTH socket
// of the protocol BTPROTO_L2CAP. Before 3.14 Python has only the first two.
type L2CAP struct {
	Addr     string // "01:23:45:67:89:AB"
	PSM      uint16
	CID      uint16
	AddrType uint8 // BDADDR_BREDR, …
}

// RFCOMM is Python's pair (bdaddr, channel) of an AF_BLUETOOTH socket of the
// protocol BTPROTO_RFCOMM.
type RFCOMM struct {
	Addr    string
	Channel uint8
}

// HCI is Python's device_id, or since 3.14 pair (device_id, channel), of an
// AF_BLUETOOTH socket of the protocol BTPROTO_HCI.
type HCI struct {
	Device  uint16
	Channel uint16 // HCI_CHANNEL_RAW, …
}

// SCO is Python's bdaddr of an AF_BLUETOOTH socket of the protocol BTPROTO_SCO.
type SCO struct {
	Addr string
}

// Sockaddr encodes the address for an AF_BLUETOOTH socket. It fails with OSError
// for a device address that is none.
func (a L2CAP) Sockaddr(s *Socket, caller string) ([]byte, error) {
	if err := s.bluetooth("tuple", caller, BTPROTO_L2CAP); err != nil {
		return nil, err
	}
	if checkText(a.Addr) != nil {
		return nil, s.orClosed().mismatch("tuple", caller)
	}
	addr, err := s.deviceAddress(a.Addr)
	return sockaddr.L2CAP(addr, a.PSM, a.CID, a.AddrType), err
}

// Sockaddr encodes the address for an AF_BLUETOOTH socket; see [L2CAP.Sockaddr].
func (a RFCOMM) Sockaddr(s *Socket, caller string) ([]byte, error) {
	if err := s.bluetooth("tuple", caller, BTPROTO_RFCOMM); err != nil {
		return nil, err
	}
	if checkText(a.Addr) != nil {
		return nil, s.orClosed().mismatch("tuple", caller)
	}
	addr, err := s.deviceAddress(a.Addr)
	return sockaddr.RFCOMM(addr, a.Channel), err
}

// Sockaddr encodes the address for an AF_BLUETOOTH socket.
func (a HCI) Sockaddr(s *Socket, caller string) ([]byte, error) {
	if err := s.bluetooth("tuple", caller, BTPROTO_HCI); err != nil {
		return nil, err
	}
	return sockaddr.HCI(a.Device, a.Channel), nil
}

// Sockaddr encodes the address for an AF_BLUETOOTH socket; see [L2CAP.Sockaddr].
func (a SCO) Sockaddr(s *Socket, caller string) ([]byte, error) {
	if err := s.bluetooth("str", caller, BTPROTO_SCO); err != nil {
		return nil, err
	}
	if err := checkPath(a.Addr); err != nil {
		return nil, err
	}
	addr, err := s.deviceAddress(a.Addr)
	return sockaddr.SCO(addr), err
}

// bluetooth checks that an address, by its type in Python, goes with the socket.
func (s *Socket) bluetooth(got, caller string, proto int) error {
	s = s.orClosed()
	switch {
	case s.family != AF_BLUETOOTH:
		return s.mismatch(got, caller)
	case s.proto < BTPROTO_L2CAP || s.proto > BTPROTO_RFCOMM:
		return pyerr.OSError.Errorf("%s(): unknown Bluetooth protocol", caller)
	case s.proto != proto:
		return s.mismatch(got, caller)
	}
	return nil
}

// deviceAddress reads a device address as the C library of the module does.
func (s *Socket) deviceAddress(text string) (sockaddr.BDAddr, error) {
	const newScanf = 42
	glibc := s.module.Glibc
	return sockaddr.ParseBDAddr(text, glibc != 0 && glibc < newScanf)
}

func (s *Socket) decodeBluetooth(raw []byte) (Addr, error) {
	switch s.proto {
	case BTPROTO_L2CAP:
		addr, psm, cid, addrType := sockaddr.ParseL2CAP(raw)
		return L2CAP{Addr: addr.String(), PSM: psm, CID: cid, AddrType: addrType}, nil
	case BTPROTO_RFCOMM:
		addr, channel := sockaddr.ParseRFCOMM(raw)
		return RFCOMM{Addr: addr.String(), Channel: channel}, nil
	case BTPROTO_HCI:
		device, channel := sockaddr.ParseHCI(raw)
		return HCI{Device: device, Channel: channel}, nil
	case BTPROTO_SCO:
		return SCO{Addr: sockaddr.ParseSCO(raw).String()}, nil
	}
	return nil, pyerr.ValueError.New("Unknown Bluetooth protocol")
}

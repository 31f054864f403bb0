package socket

import (
	"slices"

	"github.com/pyparity/pyparity/pyref/base/unix"

	"github.com/pyparity/pyparity/impl/internal/sockaddr"
	"github.com/pyparity/pyparity/impl/pyerr"
)

// CAN is Python's tuple (interface,) of an AF_CAN socket of the protocol CAN_RAW
// or CAN_BCM. An empty name is all interfaces.
type CAN struct {
	Interface string // at most 15 bytes
}

// CANISOTP is Python's tuple (interface, rx_addr, tx_addr) of an AF_CAN socket of
// the protocol CAN_ISOTP.
type CANISOTP struct {
	Interface  string
	RxID, TxID uint32
}

// J1939 is Python's tuple (interface, name, pgn, addr) of an AF_CAN socket of the
// protocol CAN_J1939.
type J1939 struct {
	Interface string
	Name      uint64
	PGN       uint32
	Addr      uint8
}

// Sockaddr encodes the address for an AF_CAN socket. It fails with OSError if
// there is no such interface (ENODEV) or its name is too long.
func (a CAN) Sockaddr(s *Socket, caller string) ([]byte, error) {
	return s.can(caller, a.Interface, sockaddr.CAN, CAN_RAW, CAN_BCM)
}

// Sockaddr encodes the address for an AF_CAN socket; see [CAN.Sockaddr].
func (a CANISOTP) Sockaddr(s *Socket, caller string) ([]byte, error) {
	return s.can(caller, a.Interface, func(index int32) []byte { return sockaddr.CANISOTP(index, a.RxID, a.TxID) }, CAN_ISOTP)
}

// Sockaddr encodes the address for an AF_CAN socket; see [CAN.Sockaddr].
func (a J1939) Sockaddr(s *Socket, caller string) ([]byte, error) {
	return s.can(caller, a.Interface, func(index int32) []byte { return sockaddr.J1939(index, a.Name, a.PGN, a.Addr) }, CAN_J1939)
}

// can encodes an address for a socket that must have one of the protocols.
func (s *Socket) can(caller, name string, encode func(index int32) []byte, protos ...int) ([]byte, error) {
	s = s.orClosed()
	if s.family != AF_CAN {
		return nil, s.mismatch("tuple", caller)
	}
	switch {
	case slices.Contains(protos, s.proto):
	case slices.Contains([]int{CAN_RAW, CAN_BCM, CAN_ISOTP, CAN_J1939}, s.proto):
		return nil, s.mismatch("tuple", caller)
	default:
		return nil, pyerr.OSError.Errorf("%s(): unsupported CAN protocol", caller)
	}
	if err := checkPath(name); err != nil {
		return nil, err
	}
	if name == "" {
		return encode(0), nil
	}
	if len(name) >= unix.IFNAMSIZ {
		return nil, pyerr.OSError.New("AF_CAN interface name too long")
	}
	index, err := s.interfaceIndex(name)
	if err != nil {
		return nil, err
	}
	return encode(index), nil
}

func (s *Socket) decodeCAN(raw []byte) Addr {
	name := s.interfaceName(sockaddr.ParseCAN(raw))
	switch s.proto {
	case CAN_ISOTP:
		rxID, txID := sockaddr.ParseCANISOTP(raw)
		return CANISOTP{Interface: name, RxID: rxID, TxID: txID}
	case CAN_J1939:
		ecu, pgn, addr := sockaddr.ParseJ1939(raw)
		return J1939{Interface: name, Name: ecu, PGN: pgn, Addr: addr}
	}
	return CAN{Interface: name}
}

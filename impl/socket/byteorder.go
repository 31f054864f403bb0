package socket

import (
	"encoding/binary"
	"math"

	"github.com/pyparity/pyparity/impl/pyerr"
)

// Htons is Python's socket.htons: a 16-bit number from host to network byte
// order. It fails with OverflowError for a number out of range.
func Htons(x int) (uint16, error) { return swap16("htons", x) }

// Ntohs is Python's socket.ntohs: a 16-bit number from network to host byte
// order. It fails with OverflowError for a number out of range.
func Ntohs(x int) (uint16, error) { return swap16("ntohs", x) }

// Htonl is Python's socket.htonl (socket_htonl): a 32-bit number from host to
// network byte order. It fails with OverflowError for a number out of range.
func Htonl(x int64) (uint32, error) { return swap32(x) }

// Ntohl is Python's socket.ntohl (socket_ntohl): a 32-bit number from network
// to host byte order. It fails with OverflowError for a number out of range.
func Ntohl(x int64) (uint32, error) { return swap32(x) }

func swap16(name string, x int) (uint16, error) {
	if err := checkAsInts(x); err != nil {
		return 0, err
	}
	switch {
	case x < 0:
		return 0, pyerr.OverflowError.Errorf("%s: can't convert negative Python int to C 16-bit unsigned integer", name)
	case x > math.MaxUint16:
		return 0, pyerr.OverflowError.Errorf("%s: Python int too large to convert to C 16-bit unsigned integer", name)
	}
	return binary.BigEndian.Uint16(binary.NativeEndian.AppendUint16(nil, uint16(x))), nil
}

func swap32(x int64) (uint32, error) {
	switch {
	case x < 0:
		return 0, pyerr.OverflowError.New("can't convert negative value to unsigned int")
	case x > math.MaxUint32:
		return 0, pyerr.OverflowError.New("int larger than 32 bits")
	}
	return binary.BigEndian.Uint32(binary.NativeEndian.AppendUint32(nil, uint32(x))), nil
}

package cmsg

import (
	"encoding/binary"

	"github.com/pyparity/pyparity/impl/pyerr"
)

// An Item is one control message.
type Item struct {
	Level, Type int // C ints: the protocol, and what it is to that
	Data        []byte
}

// Encode lays out the items one after the other, each with its padding. No items
// are no bytes. It fails with OSError for more than fits [Limit].
func Encode(items []Item) ([]byte, error) {
	size := 0
	for _, item := range items {
		space, ok := Space(len(item.Data))
		if !ok {
			return nil, pyerr.OSError.New("ancillary data item too large")
		}
		if size > Limit-space {
			return nil, pyerr.OSError.New("too much ancillary data")
		}
		size += space
	}
	if size == 0 {
		return nil, nil
	}
	control := make([]byte, size)
	rest := control
	for _, item := range items {
		putLen(rest, header+len(item.Data))
		binary.NativeEndian.PutUint32(rest[word:], uint32(item.Level))
		binary.NativeEndian.PutUint32(rest[word+4:], uint32(item.Type))
		copy(rest[header:], item.Data)
		rest = rest[header+align(len(item.Data)):]
	}
	return control, nil
}

func putLen(at []byte, n int) {
	if word == 8 {
		binary.NativeEndian.PutUint64(at, uint64(n))
	} else {
		binary.NativeEndian.PutUint32(at, uint32(n))
	}
}

func getLen(at []byte) uint64 {
	if word == 8 {
		return binary.NativeEndian.Uint64(at)
	}
	return uint64(binary.NativeEndian.Uint32(at))
}

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

// A Size is the room that items take together.
type Size int

// Add counts an item with n bytes of data. It fails with OSError for more than
// fits [Limit].
func (size *Size) Add(n int) error {
	space, ok := Space(n)
	if !ok {
		return pyerr.OSError.New("ancillary data item too large")
	}
	if int(*size) > Limit-space {
		return pyerr.OSError.New("too much ancillary data")
	}
	*size += Size(space)
	return nil
}

// Encode lays out the items one after the other, each with its padding. No items
// are no bytes. It fails as [Size.Add] does.
func Encode(items []Item) ([]byte, error) {
	var size Size
	for _, item := range items {
		if err := size.Add(len(item.Data)); err != nil {
			return nil, err
		}
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

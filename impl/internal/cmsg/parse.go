package cmsg

import (
	"bytes"
	"encoding/binary"
)

// A Parsed is what a buffer of ancillary data holds.
type Parsed struct {
	Items []Item
	// Malformed says that the last item claims more data than the buffer has, or
	// that what follows it is no item. CPython warns of it.
	Malformed bool
	// Unpadded says that the last of several items ends where the buffer does,
	// without its padding. glibc before 2.36 does not find such an item.
	Unpadded bool
}

// Parse reads the items of a buffer that recvmsg(2) has filled, which may end
// anywhere. The items have copies of their data.
func Parse(control []byte) Parsed {
	var p Parsed
	if len(control) < header { // CMSG_FIRSTHDR
		return p
	}
	for {
		claimed := getLen(control)
		if claimed < uint64(header) {
			p.Malformed = true
			return p
		}
		data := control[header:]
		length := len(data)
		if claimed-uint64(header) <= uint64(length) {
			length = int(claimed) - header
		} else {
			p.Malformed = true
		}
		p.Unpadded = len(p.Items) > 0 && (p.Malformed || align(length) > len(data))
		p.Items = append(p.Items, Item{
			Level: int(int32(binary.NativeEndian.Uint32(control[word:]))),
			Type:  int(int32(binary.NativeEndian.Uint32(control[word+4:]))),
			Data:  bytes.Clone(data[:length:length]),
		})
		// CMSG_NXTHDR: there has to be room for another header.
		if p.Malformed || len(data)-align(length) < header {
			return p
		}
		control = data[align(length):]
	}
}

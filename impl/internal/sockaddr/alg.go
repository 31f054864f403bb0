package sockaddr

import (
	"bytes"
	"encoding/binary"

	"github.com/pyparity/pyparity/pyref/base/unix"
)

// The sizes of salg_type and salg_name, each with its NUL.
const (
	AlgTypeLen = 14
	AlgNameLen = 64
)

const algLen = unix.SizeofSockaddrALG

// An Alg is a struct sockaddr_alg.
type Alg struct {
	Type, Name    string // shorter than AlgTypeLen and AlgNameLen
	Feature, Mask uint32
}

// Encode is the address as the kernel takes it.
func (a Alg) Encode() []byte {
	raw := empty(unix.AF_ALG, algLen)
	copy(raw[2:2+AlgTypeLen-1], a.Type)
	binary.NativeEndian.PutUint32(raw[16:], a.Feature)
	binary.NativeEndian.PutUint32(raw[20:], a.Mask)
	copy(raw[24:24+AlgNameLen-1], a.Name)
	return raw
}

// ParseAlg decodes a struct sockaddr_alg.
func ParseAlg(raw []byte) Alg {
	raw = whole(raw, algLen)
	return Alg{
		Type:    cString(raw[2 : 2+AlgTypeLen]),
		Feature: binary.NativeEndian.Uint32(raw[16:]),
		Mask:    binary.NativeEndian.Uint32(raw[20:]),
		Name:    cString(raw[24 : 24+AlgNameLen]),
	}
}

// cString is text up to a NUL, or all of it.
func cString(text []byte) string {
	if end := bytes.IndexByte(text, 0); end >= 0 {
		text = text[:end]
	}
	return string(text)
}

package socket

import (
	"encoding/binary"
	"math"

	"github.com/pyparity/pyparity/impl/internal/cmsg"
	"github.com/pyparity/pyparity/impl/internal/sockaddr"
	"github.com/pyparity/pyparity/impl/pyerr"
)

// Alg is Python's tuple (type, name, feat, mask) of an AF_ALG socket, the kernel's
// cryptography: ("hash", "sha256").
type Alg struct {
	Type, Name    string // at most 13 and 63 bytes
	Feature, Mask uint32
}

// Sockaddr encodes the address for an AF_ALG socket. It fails with ValueError for
// a type or a name that is too long.
func (a Alg) Sockaddr(s *Socket, caller string) ([]byte, error) {
	s = s.orClosed()
	if s.family != AF_ALG {
		return nil, s.mismatch("tuple", caller)
	}
	if err := checkTexts(a.Type, a.Name); err != nil {
		return nil, err
	}
	switch {
	case len(a.Type) >= sockaddr.AlgTypeLen:
		return nil, pyerr.ValueError.New("AF_ALG type too long.")
	case len(a.Name) >= sockaddr.AlgNameLen:
		return nil, pyerr.ValueError.New("AF_ALG name too long.")
	}
	return sockaddr.Alg{Type: a.Type, Name: a.Name, Feature: a.Feature, Mask: a.Mask}.Encode(), nil
}

// AlgOptions are the optional arguments of Python's sendmsg_afalg.
type AlgOptions struct {
	IV       []byte // nil for none
	AssocLen *int   // the length of the data that is only authenticated; nil for none
	Flags    int
}

// SendMsgAfAlg is Python's socket.sendmsg_afalg (sock_sendmsg_afalg): it sends the
// buffers to an AF_ALG socket with the operation, ALG_OP_ENCRYPT or another. It
// returns how many bytes were sent. It fails with TypeError for an operation or a
// length that is negative, and with OSError, on a socket of another family too.
func (s *Socket) SendMsgAfAlg(buffers [][]byte, op int, opts AlgOptions) (int, error) {
	if err := s.CheckAfAlg(); err != nil {
		return 0, err
	}
	if err := checkInt(opts.Flags); err != nil {
		return 0, err
	}
	if op < 0 || op > math.MaxInt32 {
		return 0, pyerr.TypeError.New("Invalid or missing argument 'op'")
	}
	control := []cmsg.Item{{Level: SOL_ALG, Type: ALG_SET_OP, Data: uint32Bytes(op)}}
	if opts.IV != nil {
		control = append(control, cmsg.Item{Level: SOL_ALG, Type: ALG_SET_IV, Data: algIV(opts.IV)})
	}
	if n := opts.AssocLen; n != nil {
		if err := checkAsInts(*n); err != nil {
			return 0, err
		}
		if *n < 0 {
			return 0, pyerr.TypeError.New("assoclen must be positive")
		}
		control = append(control, cmsg.Item{Level: SOL_ALG, Type: ALG_SET_AEAD_ASSOCLEN, Data: uint32Bytes(*n)})
	}
	encoded, err := cmsg.Encode(control)
	if err != nil {
		return 0, err
	}
	deadline := s.deadline()
	out := outgoing{buffers: buffers, control: encoded}
	snd := sending{socket: s, flags: opts.Flags, polls: !deadline.IsZero(), message: &out}
	return snd.run(deadline)
}

// CheckAfAlg fails with OSError if the socket is not of the family AF_ALG: what
// sendmsg_afalg says before it looks at its arguments.
func (s *Socket) CheckAfAlg() error {
	s = s.orClosed()
	if s.family != AF_ALG {
		return pyerr.OSError.New("algset is only supported for AF_ALG")
	}
	return nil
}

// algIV is a struct af_alg_iv with the padding of a control message, which
// CPython counts as part of it.
func algIV(iv []byte) []byte {
	const word = 8
	item := append(uint32Bytes(len(iv)), iv...)
	for len(item)%word != 0 {
		item = append(item, 0)
	}
	return item
}

func uint32Bytes(n int) []byte { return binary.NativeEndian.AppendUint32(nil, uint32(n)) }

package socket

import (
	"syscall"

	"github.com/pyparity/pyparity/pyref/base/unix"

	"github.com/pyparity/pyparity/impl/internal/cmsg"
	"github.com/pyparity/pyparity/impl/pyerr"
)

// RecvMsg is Python's socket.recvmsg (sock_recvmsg): up to n bytes, and what else
// the message has. Its ancillary data goes to a buffer of ancillarySize bytes,
// see CmsgSpace; what does not fit is cut off or lost, which MSG_CTRUNC says, and
// descriptors that do not fit are closed by the kernel. With an n of 0 it still
// takes a message. With MSG_TRUNC the result is as long as the datagram, as that
// of Recv; before Python 3.15 it ends after n bytes. It fails with ValueError for sizes out of range, and with
// OSError.
func (s *Socket) RecvMsg(n, ancillarySize, flags int) ([]byte, Message, error) {
	if err := checkInt(flags); err != nil {
		return nil, Message{}, err
	}
	if n < 0 {
		return nil, Message{}, pyerr.ValueError.New("negative buffer size in recvmsg()")
	}
	var message Message
	data, err := intoNew(n, flags, func(buf []byte) (n int, err error) {
		n, message, err = s.receiveMessage([][]byte{buf}, ancillarySize, flags)
		return n, err
	})
	return data, message, err
}

// RecvMsgInto is Python's socket.recvmsg_into (sock_recvmsg_into): RecvMsg into
// the buffers, which are filled one after the other. It returns how many bytes
// that were; with MSG_TRUNC it is how long the message is, which may be more.
func (s *Socket) RecvMsgInto(buffers [][]byte, ancillarySize, flags int) (int, Message, error) {
	if err := checkInt(flags); err != nil {
		return 0, Message{}, err
	}
	return s.receiveMessage(buffers, ancillarySize, flags)
}

// receiveMessage receives into the buffers (sock_recvmsg_guts).
func (s *Socket) receiveMessage(buffers [][]byte, ancillarySize, flags int) (int, Message, error) {
	r := newReceiving(s, flags)
	defer r.release()
	if err := r.receivesName(); err != nil {
		return 0, Message{}, err
	}
	if ancillarySize < 0 || ancillarySize > cmsg.Limit {
		return 0, Message{}, pyerr.ValueError.New("invalid ancillary data buffer length")
	}
	control, release, err := scratch(ancillarySize)
	if err != nil {
		return 0, Message{}, err
	}
	defer release()
	// The kernel returns that flag as it was given, also with nothing.
	in := incoming{buffers: buffers, control: control, flags: flags & MSG_CMSG_CLOEXEC}
	r.message = &in
	n, err := r.run()
	if err != nil {
		return 0, Message{}, err
	}
	found := cmsg.Parse(control[:in.controlLen])
	message := Message{
		Ancillary: make([]Ancillary, len(found.Items)),
		Flags:     in.flags,
		Malformed: found.Malformed,
		Unpadded:  found.Unpadded,
	}
	for i, item := range found.Items {
		message.Ancillary[i] = Ancillary(item)
	}
	if message.From, err = s.decodePeer(&r.name, r.fromLen); err != nil {
		message.CloseFDs()
		return 0, Message{}, err
	}
	return n, message, nil
}

// incoming is what recvmsg(2) has and recvfrom(2) has not.
type incoming struct {
	buffers    [][]byte
	control    []byte
	controlLen int
	flags      int
}

// size is how many bytes the buffers hold.
func (in *incoming) size() int { return total(in.buffers) }

// take is one recvmsg(2) that does not wait. It adds to what earlier ones of the
// same call got: only a stream has several, and its later parts seldom have
// ancillary data.
func (in *incoming) take(fd int, r *receiving) syscall.Errno {
	var header unix.Msghdr
	setVector(&header, in.buffers, r.got)
	setName(&header, r.from)
	control := in.control
	if r.got > 0 && in.controlLen > 0 {
		control = make([]byte, len(control))
	}
	setControl(&header, control)
	n, errno := recvmsg(fd, &header, r.flags|MSG_DONTWAIT)
	if errno != 0 {
		return errno
	}
	if used := int(header.Controllen); used > 0 || r.got == 0 {
		in.controlLen = copy(in.control, control[:used])
	}
	in.flags |= int(header.Flags)
	r.got, r.fromLen = r.got+n, int(header.Namelen)
	return 0
}

// ends reports whether the message ends here, though a blocking call wants more:
// the kernel does not go on after bytes that descriptors came with.
func (in *incoming) ends() bool {
	if in.flags&MSG_CTRUNC != 0 {
		return true
	}
	for _, item := range cmsg.Parse(in.control[:in.controlLen]).Items {
		if item.Level == SOL_SOCKET && item.Type == SCM_RIGHTS {
			return true
		}
	}
	return false
}

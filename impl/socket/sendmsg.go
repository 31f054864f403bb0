package socket

import (
	"syscall"

	"github.com/pyparity/pyparity/pyref/base/unix"

	"github.com/pyparity/pyparity/impl/internal/cmsg"
)

// SendMsg is Python's socket.sendmsg (sock_sendmsg): it sends the buffers as one
// message, with ancillary data, and to an address unless that is nil. It returns
// how many bytes were sent, as Send does. Ancillary data goes with the first of
// them: a message without data on a stream sends nothing. It fails with what
// SendTo fails with, and with OSError for more ancillary data than there can be.
func (s *Socket) SendMsg(buffers [][]byte, ancillary []Ancillary, flags int, addr Addr) (int, error) {
	return s.SendMsgOf(func() ([][]byte, []Ancillary, error) { return buffers, ancillary, nil }, flags, addr)
}

// SendMsgOf is SendMsg for a message that is there only once the address has been
// read, as Python code's is: its objects may have any effect when they are looked
// at.
func (s *Socket) SendMsgOf(message func() ([][]byte, []Ancillary, error), flags int, addr Addr) (int, error) {
	if err := checkInt(flags); err != nil {
		return 0, err
	}
	var to []byte
	var err error
	if addr != nil {
		if to, err = s.encodePeer(addr, "sendmsg"); err != nil {
			return 0, err
		}
	}
	if err = s.audit("socket.sendmsg", addr); err != nil {
		return 0, err
	}
	if message == nil {
		return 0, errNotCallable()
	}
	var out outgoing
	if out.buffers, out.ancillary, err = message(); err != nil {
		return 0, err
	}
	if out.control, err = encodeAncillary(out.ancillary); err != nil {
		return 0, err
	}
	snd := newSending(s, flags)
	defer snd.release()
	snd.to, snd.message = to, &out
	return snd.run(s.deadline())
}

// outgoing is what sendmsg(2) has and sendto(2) has not.
type outgoing struct {
	buffers   [][]byte
	ancillary []Ancillary
	control   []byte // ancillary, encoded
}

func (out *outgoing) size() int { return total(out.buffers) }

// give is one sendmsg(2) that does not wait.
func (out *outgoing) give(fd int, snd *sending) syscall.Errno {
	var header unix.Msghdr
	setVector(&header, out.buffers, snd.sent)
	setName(&header, snd.to)
	setControl(&header, out.control)
	before := snd.sent
	n, errno := sendmsg(fd, &header, snd.flags|MSG_DONTWAIT|MSG_NOSIGNAL)
	if errno != 0 {
		return errno
	}
	snd.sent += n
	if before == 0 && n > 0 && n < out.size() {
		out.dropRights()
	}
	return 0
}

// dropRights leaves the descriptors out of what follows the first part of a
// message; the rest of the ancillary data the kernel gives to every part.
func (out *outgoing) dropRights() {
	var rest []Ancillary
	for _, item := range out.ancillary {
		if item.Level != SOL_SOCKET || item.Type != SCM_RIGHTS {
			rest = append(rest, item)
		}
	}
	// Less than what has been encoded already: it cannot be too much.
	out.control, _ = encodeAncillary(rest)
}

func encodeAncillary(ancillary []Ancillary) ([]byte, error) {
	for _, item := range ancillary {
		if err := checkInts(item.Level, item.Type); err != nil {
			return nil, err
		}
	}
	items := make([]cmsg.Item, len(ancillary))
	for i, item := range ancillary {
		items[i] = cmsg.Item(item)
	}
	return cmsg.Encode(items)
}

package socket

import (
	"errors"
	"sync"
	"syscall"
	"time"

	"github.com/pyparity/pyparity/pyref/base/unix"

	"github.com/pyparity/pyparity/impl/internal/netpoll"
)

// Send is Python's socket.send (sock_send). It returns how many bytes were
// sent, which is all of them on a blocking socket, unless the connection ends
// or SO_SNDTIMEO passes in between. It fails with OSError.
func (s *Socket) Send(data []byte, flags int) (int, error) {
	if err := checkInt(flags); err != nil {
		return 0, err
	}
	return s.send(data, flags, nil, s.deadline())
}

// SendTo is Python's socket.sendto (sock_sendto): Send to an address. It fails
// with OSError, with gaierror if the host is not found, and with OverflowError
// for a port or flow information out of range.
func (s *Socket) SendTo(data []byte, flags int, addr Addr) (int, error) {
	s = s.orClosed()
	if err := checkInt(flags); err != nil {
		return 0, err
	}
	to, err := s.encodePeer(addr, "sendto")
	if err != nil {
		return 0, err
	}
	if err := s.audit("socket.sendto", addr); err != nil {
		return 0, err
	}
	return s.send(data, flags, to, s.deadline())
}

func (s *Socket) send(data []byte, flags int, to []byte, deadline time.Time) (int, error) {
	snd := newSending(s, flags)
	defer snd.release()
	snd.data, snd.to = data, to
	return snd.run(deadline)
}

func (snd *sending) run(deadline time.Time) (int, error) {
	snd.polls = !deadline.IsZero()
	if snd.flags&MSG_DONTWAIT != 0 && !snd.polls {
		err := snd.socket.onceOp((*sendingOnce)(snd))
		return snd.sent, err
	}
	wait := netpoll.Wait{Dir: netpoll.Write, Deadline: deadline, Op: snd}
	if snd.socket.family == AF_UNIX {
		wait.Recheck = unixRecheck
	}
	err := snd.socket.call(&wait)
	if snd.blocks {
		wait.Deadline, snd.polls = time.Time{}, false
		err = snd.socket.call(&wait)
	}
	if snd.sent > 0 && !errors.Is(err, ErrInterrupted) {
		return snd.sent, nil // an error or the end of the wait after that is for the next call
	}
	return 0, osError(err)
}

// unixRecheck is how often a blocked send on AF_UNIX looks whether the
// connection was shut down for writing, from either end. That wakes sendto(2)
// but does not make the descriptor ready for poll(2).
const unixRecheck = 25 * time.Millisecond

// sending is one sendto(2) in attempts that do not block.
type sending struct {
	socket  *Socket
	data    []byte
	flags   int
	to      []byte
	polls   bool      // there is a timeout
	blocks  bool      // there is a timeout, but the call is one that blocks
	waited  bool      // there was no room
	sent    int       // bytes sent so far
	message *outgoing // for a sendmsg(2) instead, without data

	connects []byte // the address that the call is connecting to (MSG_FASTOPEN)
}

// Begun reports whether some of it is sent.
func (snd *sending) Begun() bool { return snd.sent > 0 }

// sendings are for calls to come, as receivings are.
var sendings = sync.Pool{New: func() any { return new(sending) }}

func newSending(s *Socket, flags int) *sending {
	snd := sendings.Get().(*sending)
	snd.socket, snd.flags = s.orClosed(), flags
	return snd
}

// release gives snd back; nothing refers to it after run.
func (snd *sending) release() {
	*snd = sending{}
	sendings.Put(snd)
}

// size is how many bytes there are to send.
func (snd *sending) size() int {
	if snd.message != nil {
		return snd.message.size()
	}
	return len(snd.data)
}

// give is one system call that does not wait. MSG_NOSIGNAL stands for Python's
// ignoring SIGPIPE.
func (snd *sending) give(fd int) syscall.Errno {
	if snd.message != nil {
		return snd.message.give(fd, snd)
	}
	n, errno := sendto(fd, snd.data[snd.sent:], snd.flags|MSG_DONTWAIT|MSG_NOSIGNAL, snd.to, snd.socket.brief(len(snd.data)-snd.sent))
	if errno == 0 {
		snd.sent += n
	}
	return errno
}

// sendingOnce is the Op that gives without waiting.
type sendingOnce sending

// Try is the system call.
func (snd *sendingOnce) Try(fd int) syscall.Errno { return (*sending)(snd).give(fd) }

// Try is an attempt. With a timeout it is CPython's calls in their order: poll,
// then send. The order matters, because poll(2) waits for more room than
// sendto(2) needs.
func (snd *sending) Try(fd int) syscall.Errno {
	if !snd.polls {
		return snd.giveAll(fd)
	}
	if !netpoll.Ready(fd, unix.POLLOUT) {
		return unix.EAGAIN
	}
	errno := snd.give(fd)
	if snd.short(errno) && snd.flags&MSG_DONTWAIT == 0 && !snd.socket.desc.NonBlocking(fd) {
		snd.blocks = true
		return 0
	}
	return errno
}

// short reports whether an attempt with this outcome is not all that a blocking
// call does. Such a call is made in spite of a timeout if the descriptor was
// made blocking behind the socket's back, as through a duplicate.
func (snd *sending) short(errno syscall.Errno) bool {
	return errno == unix.EAGAIN || errno == 0 && snd.socket.typ == SOCK_STREAM && snd.sent < snd.size()
}

// giveAll is an attempt without a timeout. A blocking call on a stream returns
// when everything is sent; one on a non-blocking descriptor is made once.
func (snd *sending) giveAll(fd int) syscall.Errno {
	if snd.connects != nil {
		if !netpoll.Ready(fd, unix.POLLOUT) {
			return unix.EAGAIN
		}
		// A blocking sendto(2) notes in the socket how the attempt ended.
		if errno := connect(fd, snd.connects); errno != 0 {
			return errno
		}
		snd.connects = nil
	}
	for {
		// On AF_UNIX a call that has begun takes the socket's error before it sees
		// that the connection is shut down; a new one does not.
		begun := snd.socket.family == AF_UNIX && snd.socket.typ == SOCK_STREAM && (snd.waited || snd.sent > 0)
		if begun {
			if errno := pendingError(fd); errno != 0 {
				return errno
			}
		}
		// Half done, a call leaves an error for the next one, but on AF_UNIX.
		if snd.sent > 0 && snd.socket.family != AF_UNIX && netpoll.Poll(fd, 0)&(unix.POLLERR|unix.POLLHUP) != 0 {
			return 0
		}
		switch errno := snd.give(fd); {
		case errno == unix.EINPROGRESS && snd.flags&unix.MSG_FASTOPEN != 0 && !snd.socket.desc.NonBlocking(fd):
			// It has begun to connect; the data has to wait for that.
			snd.flags, snd.to, snd.connects = snd.flags&^unix.MSG_FASTOPEN, nil, snd.to
			return unix.EAGAIN
		case errno == unix.EPIPE && begun:
			// Both may have come since the error was asked for.
			if pending := pendingError(fd); pending != 0 {
				return pending
			}
			return errno
		case errno != 0:
			snd.waited = errno == unix.EAGAIN
			return errno
		}
		if snd.sent == snd.size() || snd.socket.typ != SOCK_STREAM || !snd.blocking(fd) {
			return 0
		}
	}
}

// blocking reports whether the call is one that blocks. What it began as it stays:
// one that has waited goes on, whoever sets O_NONBLOCK meanwhile.
func (snd *sending) blocking(fd int) bool {
	return snd.waited || !snd.socket.desc.NonBlocking(fd)
}

package socket

import (
	"errors"
	"sync"
	"syscall"

	"github.com/pyparity/pyparity/pyref/base/unix"

	"github.com/pyparity/pyparity/impl/internal/netpoll"
	"github.com/pyparity/pyparity/impl/pyerr"
)

// Recv is Python's socket.recv (sock_recv): up to n bytes; none at the end of
// the stream. It fails with ValueError for a negative n, and with OSError.
func (s *Socket) Recv(n, flags int) ([]byte, error) {
	if err := checkInt(flags); err != nil {
		return nil, err
	}
	if n < 0 {
		return nil, pyerr.ValueError.New("negative buffersize in recv")
	}
	return intoNew(n, flags, func(buf []byte) (int, error) { return s.receive(buf, flags) })
}

// RecvInto is Python's socket.recv_into (sock_recv_into): it receives up to
// nbytes bytes, or as many as buf holds if that is 0, into buf and returns how
// many. It fails with ValueError for an nbytes that is negative or more than
// len(buf), and with OSError.
func (s *Socket) RecvInto(buf []byte, nbytes, flags int) (int, error) {
	if err := checkInt(flags); err != nil {
		return 0, err
	}
	switch {
	case nbytes < 0:
		return 0, pyerr.ValueError.New("negative buffersize in recv_into")
	case nbytes > len(buf):
		return 0, pyerr.ValueError.New("buffer too small for requested bytes")
	case nbytes > 0:
		buf = buf[:nbytes]
	}
	return s.receive(buf, flags)
}

// RecvFrom is Python's socket.recvfrom (sock_recvfrom): as Recv, and the
// address that the bytes come from, which is nil if there is none. With an n of
// 0 it still takes a datagram.
func (s *Socket) RecvFrom(n, flags int) ([]byte, Addr, error) {
	if err := checkInt(flags); err != nil {
		return nil, nil, err
	}
	if n < 0 {
		return nil, nil, pyerr.ValueError.New("negative buffersize in recvfrom")
	}
	var from Addr
	data, err := intoNew(n, flags, func(buf []byte) (n int, err error) {
		n, from, err = s.receiveFrom(buf, flags)
		return n, err
	})
	return data, from, err
}

// RecvFromInto is Python's socket.recvfrom_into (sock_recvfrom_into): RecvInto
// and the address that the bytes come from, which is nil if there is none.
func (s *Socket) RecvFromInto(buf []byte, nbytes, flags int) (int, Addr, error) {
	if err := checkInt(flags); err != nil {
		return 0, nil, err
	}
	switch {
	case nbytes < 0:
		return 0, nil, pyerr.ValueError.New("negative buffersize in recvfrom_into")
	case nbytes > len(buf):
		return 0, nil, pyerr.ValueError.New("nbytes is greater than the length of the buffer")
	case nbytes > 0:
		buf = buf[:nbytes]
	}
	return s.receiveFrom(buf, flags)
}

// receive receives into buf (sock_recv_guts). No bytes wanted is nothing done,
// even on a closed socket.
func (s *Socket) receive(buf []byte, flags int) (int, error) {
	if len(buf) == 0 {
		return 0, nil
	}
	r := newReceiving(s, flags)
	defer r.release()
	r.buf = buf
	return r.run()
}

// receiveFrom receives into buf, with the address (sock_recvfrom_guts).
func (s *Socket) receiveFrom(buf []byte, flags int) (int, Addr, error) {
	r := newReceiving(s, flags)
	defer r.release()
	if err := r.receivesName(); err != nil {
		return 0, nil, err
	}
	r.buf = buf
	n, err := r.run()
	if err != nil {
		return 0, nil, err
	}
	addr, err := s.decodePeer(&r.name, r.fromLen)
	return n, addr, err
}

// receiving is one recvfrom(2) in attempts that do not block.
type receiving struct {
	socket  *Socket
	buf     []byte
	flags   int
	name    nameBuffer
	from    []byte // of name; nil if nobody asks for the sender
	fromLen int
	polls   bool      // there is a timeout
	blocks  bool      // there is a timeout, but the call is one that blocks
	waited  bool      // there was not enough: the call blocks, whoever sets O_NONBLOCK meanwhile
	want    int       // bytes that a blocking call waits for
	got     int       // bytes received so far
	message *incoming // for a recvmsg(2) instead, without buf
}

// Begun reports whether some of it is received.
func (r *receiving) Begun() bool { return r.got > 0 }

// receivings are for calls to come: whatever a call waits with has to be on the
// heap, and a call that receives a byte shall not cost an allocation.
var receivings = sync.Pool{New: func() any { return new(receiving) }}

func newReceiving(s *Socket, flags int) *receiving {
	r := receivings.Get().(*receiving)
	r.socket, r.flags = s.orClosed(), flags
	return r
}

// release gives r back; nothing refers to it after run.
func (r *receiving) release() {
	*r = receiving{}
	receivings.Put(r)
}

// receivesName is for a call that asks for the sender too.
func (r *receiving) receivesName() (err error) {
	if err = r.name.fit(r.socket); err == nil {
		r.from = r.name.bytes()
	}
	return err
}

func (r *receiving) run() (int, error) {
	deadline := r.socket.deadline()
	r.polls = !deadline.IsZero()
	r.want = r.enough()
	if r.want > 1 && r.message == nil && !r.polls && r.endsAtRights() {
		r.message = &incoming{buffers: [][]byte{r.buf}}
	}
	if !r.polls && r.neverWaits() {
		err := r.socket.onceOp((*receivingOnce)(r))
		return r.got, err
	}
	err := r.socket.call(&netpoll.Wait{Dir: netpoll.Read, Deadline: deadline, Op: r})
	if r.blocks {
		r.polls = false
		err = r.socket.call(&netpoll.Wait{Dir: netpoll.Read, Op: r})
	}
	if r.got > 0 && !errors.Is(err, ErrInterrupted) {
		return r.got, nil // an error or the end of the wait after that is for the next call
	}
	if r.size() == 0 && errors.Is(err, unix.EAGAIN) && r.emptyWaitIsOver() {
		return 0, nil
	}
	return 0, osError(err)
}

// endsAtRights reports whether the kernel ends a call behind bytes that descriptors came
// with, which only recvmsg(2) tells: it has no room for them. With SO_PASSCRED it has none for
// other things either.
func (r *receiving) endsAtRights() bool {
	if r.socket.family != AF_UNIX {
		return false
	}
	creds, err := r.socket.GetSockOpt(SOL_SOCKET, SO_PASSCRED)
	return err == nil && creds == 0
}

// emptyWaitIsOver reports whether a call that failed with EAGAIN is one for no
// bytes on TCP that has waited for SO_RCVTIMEO: the kernel waits once for
// anything to come, and then finds that it has all that was wanted.
func (r *receiving) emptyWaitIsOver() bool {
	return r.socket.isInternet(SOCK_STREAM) && !r.polls && !r.socket.desc.NonBlocking(r.socket.desc.Fd())
}

// neverWaits reports whether the flags are such that recvfrom(2) does not wait,
// not even on a blocking descriptor.
func (r *receiving) neverWaits() bool {
	if r.flags&MSG_ERRQUEUE != 0 {
		switch r.socket.family {
		case AF_INET, AF_INET6, unix.AF_PACKET, unix.AF_CAN:
			return true // the others have no queue of errors
		}
	}
	return r.flags&MSG_DONTWAIT != 0 || r.flags&MSG_OOB != 0 && !r.socket.isInternet(SOCK_DGRAM) // UDP ignores MSG_OOB
}

// isInternet reports whether the socket is one of this type over IPv4 or IPv6.
func (s *Socket) isInternet(typ int) bool {
	return (s.family == AF_INET || s.family == AF_INET6) && s.typ == typ
}

// Try is an attempt.
func (r *receiving) Try(fd int) syscall.Errno {
	if r.polls {
		return r.takeReady(fd)
	}
	var errno syscall.Errno
	if r.flags&MSG_PEEK != 0 {
		errno = r.peekEnough(fd)
	} else {
		errno = r.takeEnough(fd)
	}
	r.waited = errno == unix.EAGAIN
	return errno
}

// take is takeOnce, made again as the kernel makes a call that a signal interrupts: at
// urgent data it looks for signals, such as Go's runtime sends to its threads, and a call
// that does not wait answers EAGAIN then, whatever there is behind.
func (r *receiving) take(fd int) syscall.Errno {
	errno := r.takeOnce(fd)
	for tries := 0; errno == unix.EAGAIN && tries < mostInterrupted && r.isAtUrgentData(fd); tries++ {
		errno = r.takeOnce(fd)
	}
	return errno
}

// mostInterrupted is how many signals in a row a call is made again for: enough for any
// that come, and an end where the kernel had another reason.
const mostInterrupted = 1000

// isAtUrgentData reports whether the next byte is urgent and others are behind it.
func (r *receiving) isAtUrgentData(fd int) bool {
	return r.flags&MSG_OOB == 0 && r.socket.isInternet(SOCK_STREAM) && atMark(fd) && netpoll.Ready(fd, unix.POLLIN)
}

// takeOnce is one system call that does not wait.
func (r *receiving) takeOnce(fd int) syscall.Errno {
	if r.message != nil {
		return r.message.take(fd, r)
	}
	n, fromLen, errno := recvfrom(fd, r.buf[r.got:], r.flags|MSG_DONTWAIT, r.from, r.socket.brief(len(r.buf)-r.got))
	if errno == 0 {
		r.got, r.fromLen = r.got+n, fromLen
	}
	return errno
}

// brief reports whether a transfer of n bytes that does not wait ends so soon that the
// scheduler need not be told of it: a page at most, on sockets that the kernel serves
// from memory. Others may wait for a lock of the system's, as netlink does, or compute.
// To tell the scheduler, before and after, costs 5 % of a round trip of one byte over
// loopback.
func (s *Socket) brief(n int) bool {
	switch s.family {
	case AF_INET, AF_INET6, AF_UNIX:
		return n <= 4096
	}
	return false
}

// receivingOnce is the Op that takes without waiting.
type receivingOnce receiving

// Try is the system call.
func (r *receivingOnce) Try(fd int) syscall.Errno { return (*receiving)(r).take(fd) }

// takeReady is an attempt with a timeout. It is CPython's calls in their order: poll,
// then receive.
func (r *receiving) takeReady(fd int) syscall.Errno {
	if !netpoll.Ready(fd, unix.POLLIN) {
		return unix.EAGAIN
	}
	return r.takeOrBlock(fd)
}

// takeOrBlock is take, and notes whether the call goes on as one that blocks,
// in spite of the timeout: if it wants more, and the descriptor was made
// blocking behind the socket's back, as through a duplicate.
func (r *receiving) takeOrBlock(fd int) syscall.Errno {
	errno := r.take(fd)
	r.blocks = errno == 0 && r.got > 0 && r.got < r.want && r.flags&MSG_DONTWAIT == 0 &&
		(r.message == nil || !r.message.ends()) && !r.socket.desc.NonBlocking(fd)
	return errno
}

// takeEnough is an attempt without a timeout. What the kernel does in a
// blocking call but not with MSG_DONTWAIT is done here: on a stream it goes on
// until there are enough bytes, as MSG_WAITALL and SO_RCVLOWAT say.
func (r *receiving) takeEnough(fd int) syscall.Errno {
	for {
		before := r.got
		if before > 0 && r.stops(fd) {
			return 0
		}
		if errno := r.take(fd); errno != 0 {
			return r.orEnd(fd, errno)
		}
		if r.got == before || r.got >= r.want || r.message != nil && r.message.ends() {
			return 0
		}
	}
}

// stops reports whether a call that has received something is over, though it wants more.
func (r *receiving) stops(fd int) bool {
	switch {
	case !r.waited && r.socket.desc.NonBlocking(fd):
		return true // it is one system call
	case atMark(fd):
		return true // what came before urgent data is not joined with what came after
	}
	// Half done, a call leaves an error for the next one, but on AF_UNIX.
	return r.socket.family != AF_UNIX && netpoll.Poll(fd, 0)&unix.POLLERR != 0
}

// peekEnough is takeEnough for MSG_PEEK, which sees the same bytes every time.
// AF_UNIX does not wait for more of them, nor does a call that has come to urgent data.
func (r *receiving) peekEnough(fd int) syscall.Errno {
	r.got = 0
	if errno := r.take(fd); errno != 0 {
		return r.orEnd(fd, errno)
	}
	if r.got == 0 || r.got >= r.want || r.socket.family == AF_UNIX {
		return 0
	}
	switch events := netpoll.Poll(fd, unix.POLLRDHUP|unix.POLLPRI); {
	case events&^unix.POLLPRI != 0, events != 0 && !atMark(fd): // at the mark it begins behind it
		return 0
	}
	return unix.EAGAIN
}

// orEnd is the errno of take for a call that may wait: such a call on a datagram
// socket that was shut down for reading ends, while one that may not fails with
// EAGAIN.
func (r *receiving) orEnd(fd int, errno syscall.Errno) syscall.Errno {
	if errno == unix.EAGAIN && r.socket.typ == SOCK_DGRAM && r.socket.mayBeShut() &&
		netpoll.Poll(fd, unix.POLLRDHUP)&unix.POLLRDHUP != 0 && (r.waited || !r.socket.desc.NonBlocking(fd)) {
		return 0
	}
	return errno
}

// enough is how many bytes a blocking call that begins now waits for.
func (r *receiving) enough() int {
	switch {
	case r.socket.typ != SOCK_STREAM:
		return 0
	case r.flags&MSG_WAITALL != 0:
		return r.size()
	case r.socket.lowWater.Load():
		return min(r.size(), r.socket.lowWaterMark())
	}
	return 1
}

// size is how many bytes there is room for.
func (r *receiving) size() int {
	if r.message != nil {
		return r.message.size()
	}
	return len(r.buf)
}

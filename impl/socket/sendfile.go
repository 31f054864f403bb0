package socket

import (
	"errors"
	"io"
	"math"
	"os"
	"syscall"
	"time"

	"github.com/pyparity/pyparity/impl/internal/netpoll"
	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/pyref/base/unix"
)

// SendFile is Python's socket.sendfile (socket.py): it sends file from offset up to
// its end, or count bytes of it if count is not 0, and returns how many bytes were
// sent, which may also be some if it fails. An *os.File goes by sendfile(2), or by Read
// and Send where that does not take it; any other reader goes by Read and Send. If anything
// was sent and file is an [io.Seeker], it stands behind it afterwards.
//
// An *os.File whose size the system gives as 0 is empty, as in Python, and nothing is sent:
// a pipe, a device, a file of /proc. Hidden in a struct{ io.Reader } it is read instead.
//
// A [File] is what it is in Python: one that has a descriptor is that of a socket, which
// as a file is empty, so that nothing is sent; a [*BufferedRWPair], which has none, is
// read, and fails with UnsupportedOperation once it is sent.
//
// It fails with ValueError for a socket that is no stream or is non-blocking, for a
// negative count and for a file of text, with AttributeError for nil, and with what Send
// and file fail with. With a timeout it fails with TimeoutError when there was no room
// for that long, even if that was after the last byte of count went by sendfile(2).
func (s *Socket) SendFile(file io.Reader, offset, count int64) (int64, error) {
	s = s.orClosed()
	if _, ok := file.(*TextIOWrapper); ok {
		return 0, pyerr.ValueError.New("file should be opened in binary mode")
	}
	if s.typ&SOCK_STREAM == 0 {
		return 0, pyerr.ValueError.New("only SOCK_STREAM type sockets are supported")
	}
	if count < 0 {
		return 0, pyerr.ValueError.Errorf("count must be a positive integer (got %d)", count)
	}
	sent, gaveUp, err := s.sendDescriptor(file, offset, count)
	if gaveUp != nil {
		sent, err = s.SendFrom(func() error { return seekTo(file, offset) }, pieces(file), count)
	}
	if seeker, ok := file.(io.Seeker); ok && sent > 0 {
		if _, seekErr := seeker.Seek(offset+sent, io.SeekStart); seekErr != nil {
			return sent, seekErr
		}
	}
	return sent, err
}

// seekTo goes to where SendFrom begins.
func seekTo(file io.Reader, offset int64) error {
	if offset == 0 {
		return nil
	}
	switch seeker, ok := file.(io.Seeker); {
	case ok:
		_, err := seeker.Seek(offset, io.SeekStart)
		return err
	case file == nil:
		return errNoneHas("seek")
	}
	return pyerr.AttributeError.New("an offset needs a file that is an io.Seeker")
}

// errNoneHas is the exception for nil in place of an object.
func errNoneHas(name string) error {
	return pyerr.AttributeError.Errorf("'NoneType' object has no attribute '%s'", name)
}

// sendDescriptor sends the file's descriptor, if it has one.
func (s *Socket) sendDescriptor(file io.Reader, offset, count int64) (sent int64, gaveUp, err error) {
	switch f := file.(type) {
	case *os.File:
		return s.sendOSFile(f, offset, count)
	case File:
		fd, err := f.Fileno()
		switch {
		case errors.Is(err, pyerr.UnsupportedOperation):
			return 0, err, nil
		case err != nil:
			return 0, nil, err
		}
		return s.SendFileFD(fd, offset, count)
	}
	return 0, errNoFile, nil
}

// errNoFile is why what is no file of the system is not sent as one.
var errNoFile = errors.New("no file of the system")

// sendOSFile is SendFileFD with the descriptor held open.
func (s *Socket) sendOSFile(f *os.File, offset, count int64) (sent int64, gaveUp, err error) {
	conn, err := f.SyscallConn()
	if err != nil {
		return 0, err, nil
	}
	if controlErr := conn.Control(func(fd uintptr) { sent, gaveUp, err = s.SendFileFD(int(fd), offset, count) }); controlErr != nil {
		return 0, controlErr, nil
	}
	return sent, gaveUp, err
}

// pieces reads a reader as SendFrom reads a file of Python: empty is the end. What
// came with an error is a piece, and the error is what comes after it. A file of Python
// is read as Python reads it.
func pieces(r io.Reader) func(n int) ([]byte, error) {
	switch f := r.(type) {
	case nil:
		return func(int) ([]byte, error) { return nil, errNoneHas("read") }
	case interface{ ReadUpTo(n int) ([]byte, error) }:
		return f.ReadUpTo
	}
	const patience = 100 // as many reads in a row may return nothing
	var failed error
	return func(n int) ([]byte, error) {
		p := make([]byte, n)
		for range patience {
			got := 0
			if failed == nil {
				got, failed = r.Read(p)
			}
			switch {
			case got > 0, errors.Is(failed, io.EOF):
				return p[:got], nil
			case failed != nil:
				return nil, failed
			}
		}
		return nil, io.ErrNoProgress
	}
}

// atMost is how much one sendfile(2) is asked for.
const atMost = 1 << 30

// SendFileFD is Python's socket._sendfile_use_sendfile: SendFile for a descriptor,
// without moving the file's position. GaveUp is why nothing was sent of a descriptor
// that sendfile(2) does not take.
func (s *Socket) SendFileFD(fd int, offset, count int64) (sent int64, gaveUp, err error) {
	s = s.orClosed()
	var st unix.Stat_t
	if err := unix.Fstat(fd, &st); err != nil {
		return 0, osError(err), nil
	}
	if st.Size == 0 {
		return 0, nil, nil
	}
	block := int64(atMost)
	if count > 0 {
		block = min(block, count)
	} else {
		block = min(block, st.Size)
	}
	if !s.GetBlocking() {
		return 0, nil, errSendFileMode()
	}
	if s.desc.Fd() < 0 {
		return 0, nil, pyerr.ValueError.New("Invalid file descriptor: -1")
	}
	call := sendingFile{socket: s, from: fd, offset: &offset, left: block}
	for {
		if count > 0 {
			if call.left = min(count-sent, block); call.left <= 0 {
				return sent, nil, s.awaitRoomAgain()
			}
		}
		call.sent = 0
		err := s.call(&netpoll.Wait{Dir: netpoll.Write, Deadline: s.deadline(), Op: &call, MayBlock: true})
		sent += int64(call.sent)
		switch {
		case errors.Is(err, netpoll.ErrTimedOut):
			return sent, nil, osError(err)
		case errors.Is(err, unix.EAGAIN):
			// The descriptor was made non-blocking elsewhere. Python waits for room here,
			// where its other calls raise.
			time.Sleep(time.Millisecond)
		case err != nil && sent == 0:
			return 0, osError(err), nil
		case err != nil:
			return sent, nil, osError(err)
		case call.sent == 0:
			return sent, nil, nil
		}
	}
}

// awaitRoomAgain is for the end of a count: Python polls, if there is a timeout, before
// it looks whether anything is left to be sent.
func (s *Socket) awaitRoomAgain() error {
	if s.deadline().IsZero() {
		return nil
	}
	return s.AwaitRoom()
}

// SendFileOnce is os.sendfile, as Python's socket._sendfile_use_sendfile calls it:
// one sendfile(2), of count bytes or less; with no offset from where the file
// stands, which moves it. It waits as long as the descriptor does, and not for the
// socket's timeout.
func (s *Socket) SendFileOnce(fd int, offset *int64, count int) (int, error) {
	call := sendingFile{socket: s.orClosed(), from: fd, offset: offset, left: int64(count)}
	err := s.call(&netpoll.Wait{Dir: netpoll.Write, Op: &call, MayBlock: true})
	return call.sent, osError(err)
}

// AwaitRoom waits until the socket takes data, even if its descriptor is
// non-blocking, and for its timeout only: TimeoutError.
func (s *Socket) AwaitRoom() error {
	deadline := s.deadline()
	if deadline.IsZero() {
		deadline = time.Now().Add(math.MaxInt64)
	}
	return osError(s.call(&netpoll.Wait{Dir: netpoll.Write, Deadline: deadline, Op: netpoll.OpFunc(func(fd int) syscall.Errno {
		if netpoll.Ready(fd, unix.POLLOUT) {
			return 0
		}
		return unix.EAGAIN
	})}))
}

func errSendFileMode() error { return pyerr.ValueError.New("non-blocking sockets are not supported") }

// sendingFile is one sendfile(2) in attempts that do not block.
type sendingFile struct {
	socket *Socket
	from   int
	offset *int64 // nil: where the file stands
	left   int64
	sent   int
}

// Try is an attempt. A blocking descriptor has O_NONBLOCK for the time of the
// system call, as in Connect: there is no flag for the call.
func (f *sendingFile) Try(fd int) (errno syscall.Errno) {
	if !netpoll.Ready(fd, unix.POLLOUT) {
		return unix.EAGAIN
	}
	desc := f.socket.desc
	send := func() syscall.Errno {
		n, err := unix.Sendfile(fd, f.from, f.offset, int(f.left))
		f.sent = max(n, 0)
		return errnoOf(err)
	}
	if errno, private := desc.Privately(fd, send); private {
		return errno
	}
	return desc.Exclusively(fd, func() syscall.Errno {
		if fd < 0 || desc.NonBlocking(fd) {
			return send()
		}
		if errno := setNonblock(fd, true); errno != 0 {
			return errno
		}
		errno := send()
		_ = setNonblock(fd, false) // what could be set can be cleared
		return errno
	})
}

// SendFrom is Python's socket._sendfile_use_send: it sends what read returns, 8 KiB
// or less at a time, until that is nothing, or count bytes if count is not 0. Start
// is called before the first read.
func (s *Socket) SendFrom(start func() error, read func(n int) ([]byte, error), count int64) (sent int64, err error) {
	if !s.GetBlocking() {
		return 0, errSendFileMode()
	}
	if start == nil || read == nil {
		return 0, errNotCallable()
	}
	if err := start(); err != nil {
		return 0, err
	}
	const piece = 8192
	for {
		n := int64(piece)
		if count > 0 {
			if n = min(n, count-sent); n <= 0 {
				return sent, nil
			}
		}
		data, err := read(int(n))
		if err != nil || len(data) == 0 {
			return sent, err
		}
		for len(data) > 0 {
			n, err := s.Send(data, 0)
			if errors.Is(err, pyerr.BlockingIOError) {
				time.Sleep(time.Millisecond) // another process has made it non-blocking
				continue
			}
			if err != nil {
				return sent, err
			}
			sent += int64(n)
			data = data[n:]
		}
	}
}

package socket

import (
	"encoding/binary"
	"runtime"
	"syscall"

	"github.com/pyparity/pyparity/pyref/base/unix"

	"github.com/pyparity/pyparity/impl/internal/netpoll"
	"github.com/pyparity/pyparity/impl/pyerr"
)

// maxOption is the largest buffer that Python's getsockopt takes.
const maxOption = 1024

// GetSockOpt is Python's socket.getsockopt(level, name) (sock_getsockopt): an
// option that is a C int. Of an AF_VSOCK socket it is one of 64 bits without a
// sign, which may come out negative.
func (s *Socket) GetSockOpt(level, name int) (int, error) {
	s = s.orClosed()
	if s.family == AF_VSOCK {
		var value [8]byte
		_, err := s.getSockOpt(level, name, value[:])
		return int(binary.NativeEndian.Uint64(value[:])), err
	}
	var value [4]byte
	_, err := s.getSockOpt(level, name, value[:])
	return int(int32(binary.NativeEndian.Uint32(value[:]))), err
}

// GetSockOptBytes is Python's socket.getsockopt(level, name, buflen)
// (sock_getsockopt): at most buflen bytes of an option. It fails with OSError
// if buflen is not 1 to 1024, and on any AF_VSOCK socket.
func (s *Socket) GetSockOptBytes(level, name, buflen int) ([]byte, error) {
	s = s.orClosed()
	if err := checkInts(level, name, buflen); err != nil {
		return nil, err
	}
	if s.family == AF_VSOCK {
		return nil, pyerr.OSError.New("getsockopt string buffer not allowed")
	}
	if buflen <= 0 || buflen > maxOption {
		return nil, pyerr.OSError.New("getsockopt buflen out of range")
	}
	value := make([]byte, buflen)
	n, err := s.getSockOpt(level, name, value)
	if err != nil {
		return nil, err
	}
	return value[:n], nil
}

func (s *Socket) getSockOpt(level, name int, value []byte) (n int, err error) {
	if err := checkInts(level, name); err != nil {
		return 0, err
	}
	err = s.once(func(fd int) (errno syscall.Errno) {
		n, errno = getsockopt(fd, level, name, value)
		return errno
	})
	return n, err
}

// SetSockOpt is Python's socket.setsockopt(level, name, int)
// (sock_setsockopt). It fails with OverflowError for a value that is no C int;
// with an AF_VSOCK socket it may have 64 bits.
func (s *Socket) SetSockOpt(level, name, value int) error {
	s = s.orClosed()
	if s.family == AF_VSOCK {
		return s.SetSockOptBytes(level, name, binary.NativeEndian.AppendUint64(nil, uint64(value)))
	}
	if err := checkInt(value); err != nil {
		return err
	}
	return s.SetSockOptBytes(level, name, binary.NativeEndian.AppendUint32(nil, uint32(value)))
}

// SetSockOptBytes is Python's socket.setsockopt(level, name, bytes)
// (sock_setsockopt).
func (s *Socket) SetSockOptBytes(level, name int, value []byte) error {
	return s.setSockOpt(level, name, value, uint32(len(value)))
}

// SetSockOptNone is Python's socket.setsockopt(level, name, None, length)
// (sock_setsockopt): the kernel gets a null pointer and the length.
func (s *Socket) SetSockOptNone(level, name int, length uint32) error {
	return s.setSockOpt(level, name, nil, length)
}

func (s *Socket) setSockOpt(level, name int, value []byte, size uint32) error {
	if err := checkInts(level, name); err != nil {
		return err
	}
	err := s.once(func(fd int) syscall.Errno { return setsockopt(fd, level, name, value, size) })
	if err != nil || level != SOL_SOCKET {
		return err
	}
	switch name {
	case SO_RCVLOWAT:
		s.noteLowWater()
	case SO_RCVTIMEO, SO_SNDTIMEO, unix.SO_RCVTIMEO_NEW, unix.SO_SNDTIMEO_NEW:
		netpoll.ExpectKernelTimeouts()
	}
	return nil
}

// noteLowWater notes whether a receiving call waits for more than one byte:
// something that the kernel forgets when it is asked not to wait.
func (s *Socket) noteLowWater() { s.lowWater.Store(s.lowWaterMark() > 1) }

// lowWaterMark is SO_RCVLOWAT.
func (s *Socket) lowWaterMark() int {
	defer runtime.KeepAlive(s)
	mark, err := s.GetSockOpt(SOL_SOCKET, SO_RCVLOWAT)
	if err != nil {
		return 1
	}
	return mark
}

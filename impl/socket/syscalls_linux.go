package socket

import (
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// System calls that golang.org/x/sys/unix offers only with address types of its
// own. None returns EINTR: they are made again, as CPython does when no signal
// handler raises an exception. The two that every byte passes through go by
// package syscall, whose function is called directly and not through assembly.

// recvfrom receives into buf. The sender's address is written to from, unless
// that is empty; its length is 0 if there is none, and more than that of from if
// it was cut off. The scheduler is not told of a call that is brief.
func recvfrom(fd int, buf []byte, flags int, from []byte, brief bool) (n, fromLen int, errno syscall.Errno) {
	size := uint32(len(from))
	var sizeAt *uint32
	if size > 0 {
		sizeAt = &size
	}
	for {
		var r uintptr
		if brief {
			r, _, errno = syscall.RawSyscall6(unix.SYS_RECVFROM, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(buf))),
				uintptr(len(buf)), uintptr(flags), uintptr(unsafe.Pointer(unsafe.SliceData(from))), uintptr(unsafe.Pointer(sizeAt)))
		} else {
			r, _, errno = syscall.Syscall6(unix.SYS_RECVFROM, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(buf))),
				uintptr(len(buf)), uintptr(flags), uintptr(unsafe.Pointer(unsafe.SliceData(from))), uintptr(unsafe.Pointer(sizeAt)))
		}
		if errno != unix.EINTR {
			return int(r), int(size), errno
		}
	}
}

// sendto sends buf, to the address to unless that is empty. The scheduler is not told of
// a call that is brief.
func sendto(fd int, buf []byte, flags int, to []byte, brief bool) (n int, errno syscall.Errno) {
	for {
		var r uintptr
		if brief {
			r, _, errno = syscall.RawSyscall6(unix.SYS_SENDTO, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(buf))),
				uintptr(len(buf)), uintptr(flags), uintptr(unsafe.Pointer(unsafe.SliceData(to))), uintptr(len(to)))
		} else {
			r, _, errno = syscall.Syscall6(unix.SYS_SENDTO, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(buf))),
				uintptr(len(buf)), uintptr(flags), uintptr(unsafe.Pointer(unsafe.SliceData(to))), uintptr(len(to)))
		}
		if errno != unix.EINTR {
			return int(r), errno
		}
	}
}

// accept takes a connection, which is O_NONBLOCK; the peer's address is written to from, as recvfrom
// does. Without from the kernel is not asked for it.
func accept(fd int, from []byte) (conn, fromLen int, errno syscall.Errno) {
	for {
		size := uint32(len(from))
		length := &size
		if size == 0 {
			from, length = nil, nil
		}
		r, _, errno := unix.Syscall6(unix.SYS_ACCEPT4, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(from))),
			uintptr(unsafe.Pointer(length)), unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, 0, 0)
		if errno != unix.EINTR {
			return int(r), int(size), errno
		}
	}
}

func connect(fd int, to []byte) syscall.Errno {
	_, _, errno := unix.Syscall(unix.SYS_CONNECT, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(to))), uintptr(len(to)))
	return errno
}

func bind(fd int, to []byte) syscall.Errno {
	_, _, errno := unix.Syscall(unix.SYS_BIND, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(to))), uintptr(len(to)))
	return errno
}

func getsockname(fd int, name []byte) (n int, errno syscall.Errno) {
	return nameCall(unix.SYS_GETSOCKNAME, fd, name)
}

func getpeername(fd int, name []byte) (n int, errno syscall.Errno) {
	return nameCall(unix.SYS_GETPEERNAME, fd, name)
}

func nameCall(trap uintptr, fd int, name []byte) (n int, errno syscall.Errno) {
	size := uint32(len(name))
	_, _, errno = unix.Syscall(trap, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(name))), uintptr(unsafe.Pointer(&size)))
	return int(size), errno
}

// getsockopt reads an option into value and returns how much of it was written.
func getsockopt(fd, level, name int, value []byte) (n int, errno syscall.Errno) {
	size := uint32(len(value))
	_, _, errno = unix.Syscall6(unix.SYS_GETSOCKOPT, uintptr(fd), uintptr(level), uintptr(name),
		uintptr(unsafe.Pointer(unsafe.SliceData(value))), uintptr(unsafe.Pointer(&size)), 0)
	return min(int(size), len(value)), errno
}

// pendingError takes the error that waits on the socket (SO_ERROR).
func pendingError(fd int) syscall.Errno {
	value, err := unix.GetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_ERROR)
	if err != nil {
		return errnoOf(err)
	}
	return syscall.Errno(value)
}

// setsockopt sets an option; value is empty for a null pointer.
func setsockopt(fd, level, name int, value []byte, size uint32) syscall.Errno {
	_, _, errno := unix.Syscall6(unix.SYS_SETSOCKOPT, uintptr(fd), uintptr(level), uintptr(name),
		uintptr(unsafe.Pointer(unsafe.SliceData(value))), uintptr(size), 0)
	return errno
}

// atMark reports whether the next byte to be received is the urgent one, or the first behind it.
// The kernel answers at once, so that the scheduler need not be told of the call, which every
// wait on TCP makes.
func atMark(fd int) bool {
	var at int32
	_, _, errno := syscall.RawSyscall(unix.SYS_IOCTL, uintptr(fd), unix.SIOCATMARK, uintptr(unsafe.Pointer(&at)))
	return errno == 0 && at != 0
}

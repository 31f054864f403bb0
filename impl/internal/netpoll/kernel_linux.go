package netpoll

import (
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Ready asks the kernel whether any of the poll events has happened, or an
// error or hang-up. An invalid descriptor is ready: the next call on it says
// what is wrong.
func Ready(fd int, events int16) bool { return Poll(fd, events) != 0 }

// Poll is poll(2) on one descriptor without waiting: the events that have
// happened.
func Poll(fd int, events int16) int16 { return poll(fd, events, 0) }

// poll waits for up to ms milliseconds, or without end if that is negative. It
// occupies a thread while it waits.
func poll(fd int, events int16, ms int) int16 {
	if fd < 0 {
		return unix.POLLNVAL
	}
	fds := [1]unix.PollFd{{Fd: int32(fd), Events: events}}
	for {
		_, err := unix.Poll(fds[:], ms)
		if err == unix.EINTR && ms == 0 {
			continue
		}
		if err != nil && err != unix.EINTR {
			return unix.POLLERR
		}
		return fds[0].Revents
	}
}

// nonBlocking reports whether the descriptor is O_NONBLOCK. One that is not
// open is not. Every wait without a timeout asks, which is why the scheduler is
// not told about the system call.
func nonBlocking(fd int) bool {
	flags, _, errno := unix.RawSyscall(unix.SYS_FCNTL, uintptr(fd), unix.F_GETFL, 0)
	return errno == 0 && flags&unix.O_NONBLOCK != 0
}

// kernelTimeout is the time that a blocking call in the direction waits before
// the kernel gives up with EAGAIN: SO_RCVTIMEO or SO_SNDTIMEO. 0 is for ever.
func kernelTimeout(fd int, dir Direction) time.Duration {
	option := unix.SO_RCVTIMEO
	if dir == Write {
		option = unix.SO_SNDTIMEO
	}
	// Not GetsockoptTimeval, which allocates.
	var tv unix.Timeval
	size := uint32(unsafe.Sizeof(tv))
	_, _, errno := unix.RawSyscall6(unix.SYS_GETSOCKOPT, uintptr(fd), unix.SOL_SOCKET, uintptr(option),
		uintptr(unsafe.Pointer(&tv)), uintptr(unsafe.Pointer(&size)), 0)
	if errno != 0 {
		return 0
	}
	return time.Duration(tv.Nano())
}

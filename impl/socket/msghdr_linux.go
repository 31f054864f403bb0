package socket

import (
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// recvmsg and sendmsg are the system calls. golang.org/x/sys/unix offers them
// only with address types of its own.

func recvmsg(fd int, header *unix.Msghdr, flags int) (n int, errno syscall.Errno) {
	return messageCall(unix.SYS_RECVMSG, fd, header, flags)
}

func sendmsg(fd int, header *unix.Msghdr, flags int) (n int, errno syscall.Errno) {
	return messageCall(unix.SYS_SENDMSG, fd, header, flags)
}

func messageCall(trap uintptr, fd int, header *unix.Msghdr, flags int) (n int, errno syscall.Errno) {
	for {
		r, _, errno := unix.Syscall(trap, uintptr(fd), uintptr(unsafe.Pointer(header)), uintptr(flags))
		if errno != unix.EINTR {
			return int(r), errno
		}
	}
}

// setVector makes the buffers, but for their first bytes, the data of a message.
func setVector(header *unix.Msghdr, buffers [][]byte, skip int) {
	vector := make([]unix.Iovec, 0, len(buffers))
	for _, buf := range buffers {
		cut := min(skip, len(buf))
		skip -= cut
		var part unix.Iovec
		part.Base = unsafe.SliceData(buf[cut:])
		part.SetLen(len(buf) - cut)
		vector = append(vector, part)
	}
	header.Iov = unsafe.SliceData(vector)
	header.SetIovlen(len(vector))
}

func setName(header *unix.Msghdr, name []byte) {
	header.Name, header.Namelen = unsafe.SliceData(name), uint32(len(name))
}

func setControl(header *unix.Msghdr, control []byte) {
	header.Control = unsafe.SliceData(control)
	header.SetControllen(len(control))
}

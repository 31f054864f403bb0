//go:build !linux

package socket

import (
	"syscall"

	"github.com/pyparity/pyparity/pyref/base/unix"
)

// The system calls elsewhere than on Linux, where there are none.

func recvfrom(int, []byte, int, []byte, bool) (n, fromLen int, errno syscall.Errno) {
	return 0, 0, unix.ENOSYS
}

func sendto(int, []byte, int, []byte, bool) (n int, errno syscall.Errno) { return 0, unix.ENOSYS }

func accept(int, []byte) (conn, fromLen int, errno syscall.Errno) { return -1, 0, unix.ENOSYS }

func connect(int, []byte) syscall.Errno { return unix.ENOSYS }

func bind(int, []byte) syscall.Errno { return unix.ENOSYS }

func getsockname(int, []byte) (n int, errno syscall.Errno) { return 0, unix.ENOSYS }

func getpeername(int, []byte) (n int, errno syscall.Errno) { return 0, unix.ENOSYS }

func getsockopt(_, _, _ int, _ []byte) (n int, errno syscall.Errno) { return 0, unix.ENOSYS }

func pendingError(int) syscall.Errno { return unix.ENOSYS }

func setsockopt(_, _, _ int, _ []byte, _ uint32) syscall.Errno { return unix.ENOSYS }

func atMark(int) bool { return false }

func recvmsg(int, *unix.Msghdr, int) (n int, errno syscall.Errno) { return 0, unix.ENOSYS }

func sendmsg(int, *unix.Msghdr, int) (n int, errno syscall.Errno) { return 0, unix.ENOSYS }

func setVector(*unix.Msghdr, [][]byte, int) {}

func setName(*unix.Msghdr, []byte) {}

func setControl(*unix.Msghdr, []byte) {}

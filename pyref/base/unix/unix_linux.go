package unix

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// The types, as golang.org/x/sys/unix has them.
type (
	EpollEvent    = unix.EpollEvent
	Errno         = unix.Errno
	FdSet         = unix.FdSet
	Ifreq         = unix.Ifreq
	Iovec         = unix.Iovec
	Msghdr        = unix.Msghdr
	PollFd        = unix.PollFd
	Sockaddr      = unix.Sockaddr
	SockaddrInet4 = unix.SockaddrInet4
	SockaddrInet6 = unix.SockaddrInet6
	Stat_t        = unix.Stat_t
	Timeval       = unix.Timeval
	Utsname       = unix.Utsname
	WaitStatus    = unix.WaitStatus
)

// The functions, as golang.org/x/sys/unix has them.

func Close(fd int) error                                { return unix.Close(fd) }
func EpollCreate1(flag int) (int, error)                { return unix.EpollCreate1(flag) }
func FcntlInt(fd uintptr, cmd, arg int) (int, error)    { return unix.FcntlInt(fd, cmd, arg) }
func GetsockoptInt(fd, level, opt int) (int, error)     { return unix.GetsockoptInt(fd, level, opt) }
func Listen(fd, backlog int) error                      { return unix.Listen(fd, backlog) }
func Munmap(b []byte) error                             { return unix.Munmap(b) }
func SetNonblock(fd int, on bool) error                 { return unix.SetNonblock(fd, on) }
func SetsockoptInt(fd, level, opt, value int) error     { return unix.SetsockoptInt(fd, level, opt, value) }
func Shutdown(fd, how int) error                        { return unix.Shutdown(fd, how) }
func Socket(family, typ, proto int) (int, error)        { return unix.Socket(family, typ, proto) }
func Socketpair(family, typ, proto int) ([2]int, error) { return unix.Socketpair(family, typ, proto) }

func EpollCtl(epfd, op, fd int, event *EpollEvent) error { return unix.EpollCtl(epfd, op, fd, event) }

func Mmap(fd int, offset int64, length, prot, flags int) ([]byte, error) {
	return unix.Mmap(fd, offset, length, prot, flags)
}

func Bind(fd int, addr Sockaddr) error                      { return unix.Bind(fd, addr) }
func IoctlIfreq(fd int, request uint, value *Ifreq) error   { return unix.IoctlIfreq(fd, request, value) }
func Kill(pid int, signal syscall.Signal) error             { return unix.Kill(pid, signal) }
func Lstat(path string, stat *Stat_t) error                 { return unix.Lstat(path, stat) }
func NewIfreq(name string) (*Ifreq, error)                  { return unix.NewIfreq(name) }
func NsecToTimeval(ns int64) Timeval                        { return unix.NsecToTimeval(ns) }
func Pipe2(fds []int, flags int) error                      { return unix.Pipe2(fds, flags) }
func Poll(fds []PollFd, ms int) (int, error)                { return unix.Poll(fds, ms) }
func Read(fd int, p []byte) (int, error)                    { return unix.Read(fd, p) }
func Open(path string, flags int, mode uint32) (int, error) { return unix.Open(path, flags, mode) }
func Fstat(fd int, stat *Stat_t) error                      { return unix.Fstat(fd, stat) }
func Seek(fd int, offset int64, whence int) (int64, error)  { return unix.Seek(fd, offset, whence) }
func Ftruncate(fd int, size int64) error                    { return unix.Ftruncate(fd, size) }
func Sendfile(to, from int, offset *int64, n int) (int, error) {
	return unix.Sendfile(to, from, offset, n)
}

func Sethostname(name []byte) error       { return unix.Sethostname(name) }
func Unlink(path string) error            { return unix.Unlink(path) }
func Uname(name *Utsname) error           { return unix.Uname(name) }
func Write(fd int, p []byte) (int, error) { return unix.Write(fd, p) }

func Select(n int, r, w, e *FdSet, timeout *Timeval) (int, error) {
	return unix.Select(n, r, w, e, timeout)
}

// Reap is wait4(2) without its resource usage.
func Reap(pid int, status *WaitStatus) (int, error) { return unix.Wait4(pid, status, 0, nil) }

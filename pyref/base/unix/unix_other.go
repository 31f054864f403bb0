//go:build !linux

package unix

import "syscall"

// Errno is the system's own type. Its constants here have Linux's values.
type Errno = syscall.Errno

// EpollEvent is Linux's struct epoll_event.
type EpollEvent struct {
	Events uint32
	Fd     int32
	Pad    int32
}

// Iovec is Linux's struct iovec.
type Iovec struct {
	Base *byte
	Len  uint64
}

// Msghdr is Linux's struct msghdr.
type Msghdr struct {
	Name       *byte
	Namelen    uint32
	Iov        *Iovec
	Iovlen     uint64
	Control    *byte
	Controllen uint64
	Flags      int32
}

func Close(int) error                                { return ENOSYS }
func EpollCreate1(int) (int, error)                  { return -1, ENOSYS }
func EpollCtl(_, _, _ int, _ *EpollEvent) error      { return ENOSYS }
func FcntlInt(uintptr, int, int) (int, error)        { return -1, ENOSYS }
func GetsockoptInt(_, _, _ int) (int, error)         { return -1, ENOSYS }
func Listen(_, _ int) error                          { return ENOSYS }
func Munmap([]byte) error                            { return ENOSYS }
func SetNonblock(int, bool) error                    { return ENOSYS }
func SetsockoptInt(_, _, _, _ int) error             { return ENOSYS }
func Shutdown(_, _ int) error                        { return ENOSYS }
func Socket(_, _, _ int) (int, error)                { return -1, ENOSYS }
func Socketpair(_, _, _ int) ([2]int, error)         { return [2]int{-1, -1}, ENOSYS }
func Mmap(int, int64, int, int, int) ([]byte, error) { return nil, ENOSYS }

// FdSet is Linux's fd_set.
type FdSet struct{}

func (*FdSet) Set(int)        {}
func (*FdSet) IsSet(int) bool { return false }

// Ifreq is Linux's struct ifreq.
type Ifreq struct{}

func (*Ifreq) Name() string     { return "" }
func (*Ifreq) Uint32() uint32   { return 0 }
func (*Ifreq) SetUint32(uint32) {}

// PollFd is Linux's struct pollfd.
type PollFd struct {
	Fd      int32
	Events  int16
	Revents int16
}

// Sockaddr is an address of this package.
type Sockaddr any

// SockaddrInet4 is an address of AF_INET.
type SockaddrInet4 struct {
	Port int
	Addr [4]byte
}

// SockaddrInet6 is an address of AF_INET6.
type SockaddrInet6 struct {
	Port   int
	ZoneId uint32
	Addr   [16]byte
}

// Stat_t is what the project reads of Linux's struct stat.
type Stat_t struct {
	Mode uint32
	Size int64
}

// Timeval is Linux's struct timeval.
type Timeval struct{ Sec, Usec int64 }

// Utsname is Linux's struct utsname.
type Utsname struct{ Sysname, Release, Machine [65]byte }

// WaitStatus is how a process has ended.
type WaitStatus uint32

func (WaitStatus) Signal() syscall.Signal { return -1 }
func (WaitStatus) ExitStatus() int        { return -1 }

func Bind(int, Sockaddr) error                                  { return ENOSYS }
func IoctlIfreq(int, uint, *Ifreq) error                        { return ENOSYS }
func Kill(int, syscall.Signal) error                            { return ENOSYS }
func Lstat(string, *Stat_t) error                               { return ENOSYS }
func NewIfreq(string) (*Ifreq, error)                           { return new(Ifreq), ENOSYS }
func NsecToTimeval(ns int64) Timeval                            { return Timeval{ns / 1e9, ns % 1e9 / 1e3} }
func Pipe2([]int, int) error                                    { return ENOSYS }
func Poll([]PollFd, int) (int, error)                           { return -1, ENOSYS }
func Read(int, []byte) (int, error)                             { return -1, ENOSYS }
func Reap(int, *WaitStatus) (int, error)                        { return -1, ENOSYS }
func Select(int, *FdSet, *FdSet, *FdSet, *Timeval) (int, error) { return -1, ENOSYS }
func Open(string, int, uint32) (int, error)                     { return -1, ENOSYS }
func Fstat(int, *Stat_t) error                                  { return ENOSYS }
func Seek(int, int64, int) (int64, error)                       { return -1, ENOSYS }
func Ftruncate(int, int64) error                                { return ENOSYS }
func Sendfile(_, _ int, _ *int64, _ int) (int, error)           { return -1, ENOSYS }
func Sethostname([]byte) error                                  { return ENOSYS }
func Unlink(string) error                                       { return ENOSYS }
func Uname(*Utsname) error                                      { return ENOSYS }
func Write(int, []byte) (int, error)                            { return -1, ENOSYS }

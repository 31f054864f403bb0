//go:build !linux

package resolve

import (
	"net/netip"
	"os"
	"time"

	"github.com/pyparity/pyparity/pyref/base/unix"
)

// What only Linux tells. Lookups go on without it, as glibc's do where the kernel
// does not answer; the list of interfaces is the system's own call, and fails.

// IfNameIndex fails with ENOSYS.
func IfNameIndex() ([]Interface, error) { return nil, unix.ENOSYS }

// IfNameToIndex fails with ENOSYS.
func IfNameToIndex(string) (uint32, error) { return 0, unix.ENOSYS }

// IfIndexToName fails with ENOSYS.
func IfIndexToName(uint32) (string, error) { return "", unix.ENOSYS }

func (kernelNetwork) addrs() (list []localAddr, ok bool) { return nil, false }

func (kernelNetwork) tunnels() map[uint32]bool { return nil }

// noProbe is a prober that knows no source addresses.
type noProbe struct{}

func newSourceProbe() noProbe { return noProbe{} }

func (noProbe) source(AddrInfo) netip.Addr { return netip.Addr{} }
func (noProbe) close()                     {}

// fileStamp is what there is of it on every system.
type fileStamp struct {
	path  string
	size  int64
	mtime time.Time
}

func stampOf(path string) (fileStamp, error) {
	info, err := os.Stat(path)
	if err != nil {
		return fileStamp{}, err
	}
	return stampIn(path, info), nil
}

func stampOfFile(file *os.File) (fileStamp, error) {
	info, err := file.Stat()
	if err != nil {
		return fileStamp{}, err
	}
	return stampIn(file.Name(), info), nil
}

func stampIn(path string, info os.FileInfo) fileStamp {
	return fileStamp{path: path, size: info.Size(), mtime: info.ModTime()}
}

func (s fileStamp) changed() time.Time { return s.mtime }

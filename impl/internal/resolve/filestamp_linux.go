package resolve

import (
	"os"
	"syscall"
	"time"
)

// fileStamp is what glibc compares too (its file_change_detection), and the device and the path.
type fileStamp struct {
	path         string
	dev, ino     uint64
	size         int64
	mtime, ctime syscall.Timespec
}

func stampOf(path string) (fileStamp, error) {
	var stat syscall.Stat_t
	if err := syscall.Stat(path, &stat); err != nil {
		return fileStamp{}, err
	}
	return stampIn(path, &stat), nil
}

func stampOfFile(file *os.File) (fileStamp, error) {
	var stat syscall.Stat_t
	if err := syscall.Fstat(int(file.Fd()), &stat); err != nil {
		return fileStamp{}, err
	}
	return stampIn(file.Name(), &stat), nil
}

func stampIn(path string, stat *syscall.Stat_t) fileStamp {
	return fileStamp{
		path: path, dev: stat.Dev, ino: stat.Ino, size: stat.Size,
		mtime: stat.Mtim, ctime: stat.Ctim,
	}
}

// changed is when the file last changed in any way.
func (s fileStamp) changed() time.Time { return time.Unix(s.ctime.Unix()) }

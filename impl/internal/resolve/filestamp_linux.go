package resolve

import (
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
	return fileStamp{
		path: path, dev: stat.Dev, ino: stat.Ino, size: stat.Size,
		mtime: stat.Mtim, ctime: stat.Ctim,
	}, nil
}

// changed is when the file last changed in any way.
func (s fileStamp) changed() time.Time { return time.Unix(s.ctime.Unix()) }

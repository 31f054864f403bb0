package resolve

import (
	"io"
	"os"
	"sync"
	"syscall"
	"time"
)

// cachedFile holds what was parsed from a file until the file changes. The zero value is empty.
type cachedFile[T any] struct {
	mu    sync.Mutex
	valid bool
	stamp fileStamp
	value T
}

// fileStamp is what glibc compares too (its file_change_detection), and the device and the path.
type fileStamp struct {
	path         string
	dev, ino     uint64
	size         int64
	mtime, ctime syscall.Timespec
}

// settled is how old a file has to be before its stamp is trusted: a second write within one tick
// of the kernel's clock, to the same length, does not change the stamp.
const settled = 100 * time.Millisecond

// load returns the parsed file. The error, from opening or reading it, is not remembered; opened
// tells the two apart.
func (c *cachedFile[T]) load(path string, parse func(data []byte) T) (value T, opened bool, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	before, statErr := stampOf(path)
	if statErr == nil && c.valid && before == c.stamp {
		return c.value, true, nil
	}
	c.valid = false
	file, err := os.Open(path)
	if err != nil {
		return value, false, err
	}
	defer file.Close()
	data, err := io.ReadAll(file)
	if err != nil {
		return value, true, err
	}
	value = parse(data)
	if statErr == nil && time.Since(time.Unix(before.ctime.Unix())) > settled {
		c.valid, c.stamp, c.value = true, before, value
	}
	return value, true, nil
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

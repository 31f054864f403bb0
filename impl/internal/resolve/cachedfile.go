package resolve

import (
	"io"
	"os"
	"sync"
	"time"
)

// cachedFile holds what was parsed from a file until the file changes. The zero value is empty.
type cachedFile[T any] struct {
	mu    sync.Mutex
	valid bool
	stamp fileStamp
	value T
}

// settled is how old a file has to be before its stamp is trusted: a second write within one tick
// of the kernel's clock, to the same length, does not change the stamp.
const settled = 100 * time.Millisecond

// loaded tells whether the file was read before, whatever became of it since.
func (c *cachedFile[T]) loaded() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.valid
}

// load returns the parsed file. The error, from opening or reading it, is not remembered; opened
// tells the two apart. What is returned is shared: it must not be changed.
func (c *cachedFile[T]) load(path string, parse func(data []byte) T) (value T, opened bool, err error) {
	before, err := stampOf(path)
	if err != nil {
		return value, false, err
	}
	if value, ok := c.cached(before); ok {
		return value, true, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return value, false, err
	}
	return c.read(file, before, parse)
}

// reopen is load for the files that glibc opens in each lookup: that fails, like any, where there is
// no descriptor left.
func (c *cachedFile[T]) reopen(path string, parse func(data []byte) T) (value T, opened bool, err error) {
	file, err := os.Open(path)
	if err != nil {
		return value, false, err
	}
	stamp, err := stampOfFile(file)
	if value, ok := c.cached(stamp); ok && err == nil {
		_ = file.Close()
		return value, true, nil
	}
	return c.read(file, stamp, parse)
}

// read parses the file, which it closes.
func (c *cachedFile[T]) read(file *os.File, before fileStamp, parse func(data []byte) T) (value T, opened bool, err error) {
	defer func() { _ = file.Close() }()
	data, err := io.ReadAll(file)
	if err != nil {
		return value, true, err
	}
	value = parse(data)
	if time.Since(before.changed()) > settled {
		c.keep(before, value)
	}
	return value, true, nil
}

func (c *cachedFile[T]) cached(stamp fileStamp) (value T, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.valid || c.stamp != stamp {
		return value, false
	}
	return c.value, true
}

func (c *cachedFile[T]) keep(stamp fileStamp, value T) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.valid, c.stamp, c.value = true, stamp, value
}

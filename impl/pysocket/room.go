package pysocket

import (
	"errors"
	"math"
	"time"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/pyref/base/unix"
)

// A room is how the loop of sendfile waits until something can be sent.
type room struct {
	limited bool // by a timeout
	await   func() error
}

// roomOf asks the object for its timeout. The descriptor is the one that it says that
// it has.
func (m *module) roomOf(c *pycall.Call, fd starlark.Value) (room, error) {
	if o := own(c.Args[0], "gettimeout", "fileno"); o != nil {
		switch {
		case !o.sock.GetBlocking():
			return room{}, errNonBlocking()
		case o.sock.Fileno() < 0:
			return room{}, pyval.ValueError.Errorf("Invalid file descriptor: -1")
		}
		return room{o.sock.GetTimeout() > 0, func() error { return m.exceptionOrNil(o.sock.AwaitRoom()) }}, nil
	}
	timeout, err := callMethod(c, c.Args[0], "gettimeout")
	switch {
	case err != nil:
		return room{}, err
	case pyval.Equal(timeout, starlark.MakeInt(0)):
		return room{}, errNonBlocking()
	}
	limited, err := pyval.Truth(c.Thread, timeout)
	if err != nil {
		return room{}, err
	}
	index, err := pyval.Index(c.Thread, fd)
	switch {
	case err != nil || !pyval.IsInstance(fd, pyval.IntType):
		return room{}, pyval.ValueError.Errorf("Invalid file object: %s", pyval.Repr(fd))
	case index.Sign() < 0:
		return room{}, pyval.ValueError.Errorf("Invalid file descriptor: %s", index)
	}
	number := int(index.Int64())
	wait := time.Duration(-1)
	if limited {
		seconds, err := pyval.Float(c.Thread, timeout)
		if err != nil {
			return room{}, err
		}
		wait = time.Duration(seconds * float64(time.Second))
	}
	return room{limited, func() error { return m.awaitWritable(number, wait) }}, nil
}

func errNonBlocking() error {
	return pyval.ValueError.Errorf("non-blocking sockets are not supported")
}

// awaitWritable waits until a descriptor takes data; a negative timeout is none.
func (m *module) awaitWritable(fd int, timeout time.Duration) error {
	milliseconds := -1
	if timeout >= 0 {
		milliseconds = int(math.Ceil(timeout.Seconds() * 1000))
	}
	for {
		n, err := unix.Poll([]unix.PollFd{{Fd: int32(fd), Events: unix.POLLOUT}}, milliseconds)
		switch {
		case errors.Is(err, unix.EINTR):
			continue
		case err != nil:
			return osError(err)
		case n == 0:
			return pyval.NewException(m.timeout, starlark.String("timed out"))
		}
		return nil
	}
}

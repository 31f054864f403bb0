//go:build !linux

package socket

import (
	"errors"
	"runtime"

	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/pyref/base/unix"
)

// unsupported is what every call fails with that needs the system. It is an
// OSError with ENOSYS, and errors.ErrUnsupported.
var unsupported error = onlyLinux()

func onlyLinux() *pyerr.Error {
	e := pyerr.OSError.New(int(unix.ENOSYS), "impl/socket works on Linux only, not on "+runtime.GOOS)
	e.Cause = errors.ErrUnsupported
	return e
}

package sockaddr

import (
	"bytes"

	"github.com/pyparity/pyparity/pyref/base/unix"

	"github.com/pyparity/pyparity/impl/pyerr"
)

const (
	unixPathOffset = 2   // offsetof(struct sockaddr_un, sun_path)
	unixPathLen    = 108 // sizeof sun_path
)

// Unix encodes a struct sockaddr_un. A path that is empty or starts with NUL
// is Linux's abstract namespace and is taken byte for byte, up to 108; another
// ends with a NUL of its own, which leaves 107 bytes to the path. A longer one
// is an OSError without an errno.
func Unix(path string) ([]byte, error) {
	abstract := path == "" || path[0] == 0
	size := len(path)
	if !abstract {
		size++
	}
	if size > unixPathLen {
		return nil, pyerr.OSError.New("AF_UNIX path too long")
	}
	raw := empty(unix.AF_UNIX, unixPathOffset+size)
	copy(raw[unixPathOffset:], path)
	return raw, nil
}

// ParseUnix decodes the path of a struct sockaddr_un: with its leading NUL and
// all of its bytes for an abstract name, up to the first NUL for another, and
// empty for an unnamed socket.
func ParseUnix(raw []byte) string {
	if len(raw) <= unixPathOffset {
		return ""
	}
	path := raw[unixPathOffset:]
	if path[0] == 0 {
		return string(path)
	}
	if end := bytes.IndexByte(path, 0); end >= 0 {
		path = path[:end]
	}
	return string(path)
}

package pyval

import (
	"fmt"
	"strconv"
	"strings"

	"go.starlark.net/starlark"
)

// A Version is the version of the Python language to behave like.
type Version struct{ Major, Minor int }

// DefaultVersion is what a thread behaves like that nobody told otherwise.
var DefaultVersion = Version{3, 13}

// ParseVersion reads "3.13"; a patch level after it is ignored.
func ParseVersion(s string) (Version, error) {
	parts := strings.SplitN(s, ".", 3)
	if len(parts) < 2 {
		return Version{}, fmt.Errorf("%q is not a Python version such as 3.13", s)
	}
	major, err1 := strconv.Atoi(parts[0])
	minor, err2 := strconv.Atoi(parts[1])
	if err1 != nil || err2 != nil || major < 0 || minor < 0 {
		return Version{}, fmt.Errorf("%q is not a Python version such as 3.13", s)
	}
	return Version{major, minor}, nil
}

// AtLeast reports whether v is major.minor or newer.
func (v Version) AtLeast(major, minor int) bool {
	return v.Major > major || v.Major == major && v.Minor >= minor
}

// String is the form that ParseVersion reads.
func (v Version) String() string { return fmt.Sprintf("%d.%d", v.Major, v.Minor) }

const pythonKey = "pyval.python"

// SetPython says which Python the thread behaves like.
func SetPython(thread *starlark.Thread, v Version) { thread.SetLocal(pythonKey, v) }

// Python is the version that the thread behaves like.
func Python(thread *starlark.Thread) Version {
	if thread != nil {
		if v, ok := thread.Local(pythonKey).(Version); ok {
			return v
		}
	}
	return DefaultVersion
}

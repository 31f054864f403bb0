package socket

import (
	"errors"
	"strings"

	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/pyref/base/streams"
)

// fileHost makes the exceptions of files.
var fileHost = &streams.Host{
	Python: 13,
	Raise:  func(class string, args ...any) error { return fileClasses[class].New(args...) },
	Blocking: func(err error) bool {
		return errors.Is(err, pyerr.BlockingIOError)
	},
}

var fileClasses = map[string]*pyerr.Class{
	streams.AttributeError:       pyerr.AttributeError,
	streams.BlockingIOError:      pyerr.BlockingIOError,
	streams.LookupError:          pyerr.LookupError,
	streams.MemoryError:          pyerr.MemoryError,
	streams.OSError:              pyerr.OSError,
	streams.TypeError:            pyerr.TypeError,
	streams.UnicodeError:         pyerr.UnicodeError,
	streams.UnicodeDecodeError:   pyerr.UnicodeDecodeError,
	streams.UnicodeEncodeError:   pyerr.UnicodeEncodeError,
	streams.UnsupportedOperation: pyerr.UnsupportedOperation,
	streams.ValueError:           pyerr.ValueError,
}

// quoted is Python's repr of a text that has no special characters.
func quoted(s string) string {
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		return `"` + s + `"`
	}
	return "'" + strings.ReplaceAll(s, "'", `\'`) + "'"
}

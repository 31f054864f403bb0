package pysocket

import (
	"unicode/utf8"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// encodeIDNA is Python's codec idna. The host of an address meets it only if it
// is not ASCII; a host to resolve always does.
func encodeIDNA(c *pycall.Call, host starlark.String) (string, error) {
	encoded, err := pyval.Encode(c.Thread, string(host), "idna", "strict")
	return string(encoded), err
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

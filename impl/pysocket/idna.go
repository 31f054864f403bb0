package pysocket

import (
	"errors"
	"unicode/utf8"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/internal/resolve"
)

// encodeIDNA is Python's codec idna. The host of an address meets it only if it
// is not ASCII; a host to resolve always does. The exception tells the place only
// since 3.13.
func encodeIDNA(c *pycall.Call, host starlark.String) (string, error) {
	encoded, err := resolve.EncodeIDNA(string(host), c.Python.Minor)
	var e *resolve.IDNAError
	switch {
	case err == nil:
		return string(encoded), nil
	case !errors.As(err, &e):
		return "", err
	case c.Python.AtLeast(3, 13):
		return "", pyval.NewUnicodeEncodeError("idna", e.Input, e.Start, e.End, e.Text())
	}
	return "", pyval.UnicodeError.Errorf("%s", e.Text())
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

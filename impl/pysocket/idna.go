package pysocket

import (
	"unicode/utf8"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// encodeIDNA is Python's codec idna. The host of an address meets it only if it
// is not ASCII; a host to resolve always does.
func encodeIDNA(c *pycall.Call, host starlark.Value) (string, error) {
	text, ok := host.(starlark.String)
	if !ok {
		return encodedByClass(c, host)
	}
	encoded, err := pyval.Encode(c.Thread, string(text), "idna", "strict")
	return string(encoded), err
}

// encodedByClass is what encode makes of a text of a derived class, which may have its
// own.
func encodedByClass(c *pycall.Call, host starlark.Value) (string, error) {
	encoded, err := callMethod(c, host, "encode", starlark.String("idna"))
	if err != nil {
		return "", err
	}
	data, ok := pyval.PlainValue(encoded).(starlark.Bytes)
	if !ok {
		return "", pyval.TypeError.Errorf("encode() did not return a bytes object (type=%s)", pyval.TypeName(encoded))
	}
	return string(data), nil
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

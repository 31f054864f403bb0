package pysocket

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/pycall"
	"github.com/pyparity/pyparity/impl/socket"
)

// idnaDots are the characters that separate labels (RFC 3490, section 3.1).
var idnaDots = regexp.MustCompile("[.\u3002\uff0e\uff61]")

// maxLabel is how long a label may be, encoded.
const maxLabel = 63

// encodeIDNA is the codec idna. Unlike the host of an address, which it only
// meets if it is not ASCII, every host to resolve goes through it.
func encodeIDNA(c *pycall.Call, host string) (string, error) {
	ascii := isASCII(host)
	labels := strings.Split(host, ".")
	if !ascii {
		labels = idnaDots.Split(host, -1)
	}
	last := len(labels) - 1
	offset := 0
	encoded := make([]string, len(labels))
	for i, label := range labels {
		length := utf8.RuneCountInString(label)
		switch text, err := socket.EncodeHost(label); {
		case label == "" && i == last:
		case label == "":
			return "", idnaError(c, host, offset, offset+1, "label empty", "label empty or too long")
		case err != nil:
			return "", idnaError(c, host, offset, offset+length, "label too long", "label empty or too long")
		case len(text) > maxLabel && ascii && i == last:
			return "", idnaError(c, host, offset, offset+length, "label too long", "label too long")
		case len(text) > maxLabel:
			return "", idnaError(c, host, offset, offset+length, "label too long", "label empty or too long")
		default:
			encoded[i] = text
		}
		offset += length + 1
	}
	return strings.Join(encoded, "."), nil
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// idnaError is the codec's exception, which tells the place only since 3.13.
func idnaError(c *pycall.Call, host string, start, end int, reason, older string) error {
	if c.Python.AtLeast(3, 13) {
		return pyval.NewUnicodeEncodeError("idna", host, start, end, reason)
	}
	return pyval.UnicodeError.Errorf("encoding with 'idna' codec failed (UnicodeError: %s)", older)
}

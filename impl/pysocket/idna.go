package pysocket

import (
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/pycall"
)

// idnaDots are the characters that separate labels (RFC 3490, section 3.1).
var idnaDots = regexp.MustCompile("[.\u3002\uff0e\uff61]")

const (
	maxLabel  = 63     // how long a label may be, encoded
	acePrefix = "xn--" // of an encoded label
)

// encodeIDNA is Python's codec idna (encodings.idna): IDNA of 2003. The host of
// an address meets it only if it is not ASCII; a host to resolve always does.
func encodeIDNA(c *pycall.Call, host string) (string, error) {
	if host == "" {
		return "", nil
	}
	ascii := isASCII(host)
	labels := strings.Split(host, ".")
	if !ascii {
		labels = idnaDots.Split(host, -1)
	}
	offset := 0
	for i, label := range labels {
		last := i == len(labels)-1
		if label == "" && last {
			break
		}
		encoded, err := encodeLabel(label, ascii && last)
		if err != nil {
			return "", idnaError(c, host, offset, err)
		}
		labels[i] = encoded
		offset += utf8.RuneCountInString(label) + 1
	}
	return strings.Join(labels, "."), nil
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// encodeLabel encodes one label (ToASCII). Before 3.13 the texts for a label that
// is empty or too long are one, except for the last label of an ASCII name.
func encodeLabel(label string, lastOfASCII bool) (string, error) {
	const older = "label empty or too long"
	if !isASCII(label) {
		prepared, err := nameprep(label)
		if err != nil {
			return "", err
		}
		label = prepared
	}
	encoded := label
	if !isASCII(label) {
		if strings.HasPrefix(strings.ToLower(label), acePrefix) {
			return "", &labelError{0, len(acePrefix), "Label starts with ACE prefix", "Label starts with ACE prefix"}
		}
		var err error
		if encoded, err = idna.Punycode.ToASCII(label); err != nil {
			return "", &labelError{0, utf8.RuneCountInString(label), err.Error(), err.Error()}
		}
	}
	switch {
	case encoded == "":
		return "", &labelError{0, 1, "label empty", older}
	case len(encoded) > maxLabel && lastOfASCII:
		return "", &labelError{0, len(label), "label too long", "label too long"}
	case len(encoded) > maxLabel:
		return "", &labelError{0, utf8.RuneCountInString(label), "label too long", older}
	}
	return encoded, nil
}

// idnaError is the codec's exception for a label that begins at the offset. It
// tells the place only since 3.13.
func idnaError(c *pycall.Call, host string, offset int, err error) error {
	var e *labelError
	switch {
	case !errors.As(err, &e):
		return err
	case c.Python.AtLeast(3, 13):
		return pyval.NewUnicodeEncodeError("idna", host, offset+e.start, offset+e.end, e.reason)
	}
	return pyval.UnicodeError.Errorf("encoding with 'idna' codec failed (UnicodeError: %s)", e.older)
}

package pyval

import (
	"fmt"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/pyref/base/codecs"
)

// isUnicode reports whether e has the five arguments' attributes: encoding,
// object, start, end, reason.
func (e *Exception) isUnicode() bool {
	return e.Class.Subclass(UnicodeEncodeError) || e.Class.Subclass(UnicodeDecodeError)
}

// NewUnicodeEncodeError says that the code points [start, end) of text cannot
// be encoded.
func NewUnicodeEncodeError(encoding, text string, start, end int, reason string) *Exception {
	return NewException(UnicodeEncodeError, starlark.String(encoding), starlark.String(text),
		starlark.MakeInt(start), starlark.MakeInt(end), starlark.String(reason))
}

// NewUnicodeDecodeError says that the bytes [start, end) of data cannot be
// decoded.
func NewUnicodeDecodeError(encoding string, data []byte, start, end int, reason string) *Exception {
	return NewException(UnicodeDecodeError, starlark.String(encoding), starlark.Bytes(data),
		starlark.MakeInt(start), starlark.MakeInt(end), starlark.String(reason))
}

func (e *Exception) unicodeAttr(name string) starlark.Value {
	if !e.isUnicode() || len(e.Args) != 5 {
		return nil
	}
	for i, n := range []string{"encoding", "object", "start", "end", "reason"} {
		if n == name {
			return e.Args[i]
		}
	}
	return nil
}

func (e *Exception) checkUnicodeArgs() error {
	if len(e.Args) != 5 {
		return TypeError.Errorf("function takes exactly 5 arguments (%d given)", len(e.Args))
	}
	object := StrType
	if e.Class.Subclass(UnicodeDecodeError) {
		if _, _, release, err := GetBuffer(e.Args[1]); err == nil {
			release()
			object = TypeOf(e.Args[1])
		} else {
			object = BytesType
		}
	}
	for i, want := range []*Class{StrType, object, IntType, IntType, StrType} {
		if !TypeOf(e.Args[i]).Subclass(want) {
			return TypeError.Errorf("argument %d must be %s, not %s", i+1, want.Short, TypeName(e.Args[i]))
		}
	}
	return nil
}

// unicodeText is str() of a UnicodeEncodeError or UnicodeDecodeError.
func (e *Exception) unicodeText() (string, bool) {
	if !e.isUnicode() || len(e.Args) != 5 {
		return "", false
	}
	start, err1 := starlark.AsInt32(e.Args[2])
	end, err2 := starlark.AsInt32(e.Args[3])
	if err1 != nil || err2 != nil {
		return "", false
	}
	encoding, reason := Str(e.Args[0]), Str(e.Args[4])
	what, one := "decode bytes", ""
	switch object := e.Args[1].(type) {
	case starlark.String:
		what = "encode characters"
		if points := codePoints(string(object)); start >= 0 && start < len(points) {
			one = "encode character '" + escapedRune(points[start]) + "'"
		}
	case starlark.Bytes:
		if start >= 0 && start < len(object) {
			one = fmt.Sprintf("decode byte 0x%02x", object[start])
		}
	}
	if one != "" && end == start+1 {
		return fmt.Sprintf("'%s' codec can't %s in position %d: %s", encoding, one, start, reason), true
	}
	return fmt.Sprintf("'%s' codec can't %s in position %d-%d: %s", encoding, what, start, end-1, reason), true
}

func escapedRune(r rune) string { return codecs.Escaped(r) }

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

// at moves the error to another place, which its args do not tell.
func (e *Exception) at(place codecs.Place) *Exception {
	e.moved = []starlark.Value{starlark.MakeInt(place.Start), starlark.MakeInt(place.End), starlark.String(place.Reason)}
	return e
}

// unicodeFields are what the constructor was given, with the place where the error is
// now.
func (e *Exception) unicodeFields() starlark.Tuple {
	if e.moved == nil {
		return e.Args
	}
	return append(append(starlark.Tuple{}, e.Args[:2]...), e.moved...)
}

func (e *Exception) unicodeAttr(name string) starlark.Value {
	if !e.isUnicode() || len(e.Args) != 5 {
		return nil
	}
	for i, n := range []string{"encoding", "object", "start", "end", "reason"} {
		if n == name {
			return e.unicodeFields()[i]
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
	fields := e.unicodeFields()
	var start, end int
	if starlark.AsInt(fields[2], &start) != nil || starlark.AsInt(fields[3], &end) != nil {
		return "", false
	}
	encoding, reason := Str(fields[0]), Str(fields[4])
	what, one := "decode bytes", ""
	switch object := fields[1].(type) {
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

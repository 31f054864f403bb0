package pyval

import (
	"encoding/hex"
	"slices"
	"strings"

	"go.starlark.net/starlark"
)

func bytesMethods() map[string]method {
	methods := stringlikeMethods()
	methods["decode"] = def("encoding?= errors?=", bytesDecode)
	methods["translate"] = def("table delete?=", translateBytes)
	methods["hex"] = def("sep?= bytes_per_sep?=", bytesHex)
	addSequenceMethods(methods, "__len__", "__getitem__", "__contains__", "__iter__", "__add__", "__mul__", "__rmul__", "__mod__")
	return methods
}

func bytesInfo() *builtinInfo {
	return &builtinInfo{
		construct: callBytes, methods: bytesMethods(),
		statics: map[string]method{"fromhex": def("string", fromHex), "maketrans": def("frm to", bytesTable)},
	}
}

func bytesHex(c *call) (starlark.Value, error) {
	data, err := bytesOf(c.self)
	if err != nil {
		return nil, err
	}
	digits := hex.EncodeToString(data)
	if c.args[0] == nil {
		return starlark.String(digits), nil
	}
	if _, err := Len(c.thread, c.args[0]); err != nil {
		return nil, err
	}
	sep, ok := c.args[0].(starlark.String)
	if b, isBytes := c.args[0].(starlark.Bytes); isBytes {
		sep, ok = starlark.String(b), true
	}
	switch {
	case !ok:
		return nil, TypeError.Errorf("sep must be str or bytes.")
	case len(sep) != 1:
		return nil, ValueError.Errorf("sep must be length 1.")
	}
	group := 1
	if c.args[1] != nil {
		if group, err = smallIndex(c.thread, c.args[1]); err != nil {
			return nil, err
		}
	}
	return starlark.String(grouped(digits, string(sep), group)), nil
}

// grouped puts sep between groups of so many bytes, counted from the right or,
// if negative, from the left; 0 is no groups.
func grouped(digits, sep string, group int) string {
	width := 2 * max(group, -group)
	if width == 0 || width >= len(digits) {
		return digits
	}
	var parts []string
	if first := len(digits) % width; group > 0 && first > 0 {
		parts = append(parts, digits[:first])
		digits = digits[first:]
	}
	for chunk := range slices.Chunk([]byte(digits), width) {
		parts = append(parts, string(chunk))
	}
	return strings.Join(parts, sep)
}

// fromHex is the class method of bytes and bytearray.
func fromHex(c *call) (starlark.Value, error) {
	text, ok := c.args[0].(starlark.String)
	if !ok {
		if Python(c.thread).AtLeast(3, 14) {
			return nil, TypeError.Errorf("fromhex() argument must be str or bytes-like, not %s", TypeName(c.args[0]))
		}
		return nil, TypeError.Errorf("fromhex() argument must be str, not %s", TypeName(c.args[0]))
	}
	var data []byte
	for i := 0; i < len(text); {
		if strings.IndexByte(" \t\n\r\v\f", text[i]) >= 0 {
			i++
			continue
		}
		for bad := i; bad < i+2; bad++ {
			if bad >= len(text) || !isHexDigit(text[bad]) {
				if bad == len(text) && Python(c.thread).AtLeast(3, 14) {
					return nil, ValueError.Errorf("fromhex() arg must contain an even number of hexadecimal digits")
				}
				return nil, ValueError.Errorf("non-hexadecimal number found in fromhex() arg at position %d", bad)
			}
		}
		b, err := hex.DecodeString(string(text[i : i+2]))
		if err != nil {
			return nil, ValueError.Errorf("non-hexadecimal number found in fromhex() arg at position %d", i)
		}
		data = append(data, b...)
		i += 2
	}
	if c.self == BytearrayType {
		return NewBytearray(data), nil
	}
	return starlark.Bytes(data), nil
}

func isHexDigit(b byte) bool { return strings.IndexByte("0123456789abcdefABCDEF", b) >= 0 }

// callBytes is bytes(…) and bytearray(…).
func callBytes(thread *starlark.Thread, class *Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	c := &call{thread: thread, name: class.Short}
	if err := parseParams("source?= encoding?= errors?=").bind(c, "", args, kwargs); err != nil {
		return nil, err
	}
	data, err := bytesFromArgs(c)
	if err != nil {
		return nil, err
	}
	if class.Subclass(BytearrayType) {
		return NewBytearray(data), nil
	}
	return starlark.Bytes(data), nil
}

// bytesResult is what an object's __bytes__ returned.
func bytesResult(thread *starlark.Thread, o Object, v starlark.Value, err error) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	data, ok := PlainValue(v).(starlark.Bytes)
	switch {
	case ok:
		return []byte(data), nil
	case Python(thread).AtLeast(3, 15):
		return nil, TypeError.Errorf("%s.__bytes__() must return a bytes, not %s", o.PyClass().Full(), TypeOf(v).Full())
	}
	return nil, TypeError.Errorf("__bytes__ returned non-bytes (type %s)", TypeName(v))
}

func outOfRange(class string) string {
	if class == "bytearray" {
		return "byte must be in range(0, 256)"
	}
	return "bytes must be in range(0, 256)"
}

func bytesFromArgs(c *call) ([]byte, error) {
	source := c.args[0]
	text, isText := PlainValue(source).(starlark.String)
	encoded := c.args[1] != nil || c.args[2] != nil
	switch {
	case isText && c.args[1] == nil:
		return nil, TypeError.Errorf("string argument without an encoding")
	case isText:
		c.args = c.args[1:]
		encoding, errors, err := codecArgs(c)
		if err != nil {
			return nil, err
		}
		return Encode(c.thread, string(text), encoding, errors)
	case encoded && c.args[1] == nil:
		return nil, TypeError.Errorf("errors without a string argument")
	case encoded:
		return nil, TypeError.Errorf("encoding without a string argument")
	case source == nil:
		return nil, nil
	}
	if o, ok := source.(Object); ok && c.name != "bytearray" {
		if v, found, err := callSpecial(c.thread, o, "__bytes__"); found || err != nil {
			return bytesResult(c.thread, o, v, err)
		}
	}
	if count, err := Index(c.thread, source); err != nil && hasIndex(source) {
		if e, ok := AsException(err); !ok || !e.Class.Subclass(TypeError) {
			return nil, err
		}
	} else if err == nil {
		switch {
		case count.Sign() < 0:
			return nil, ValueError.Errorf("negative count")
		case !count.IsInt64():
			return nil, OverflowError.Errorf("cannot fit '%s' into an index-sized integer", TypeName(source))
		case count.Int64() > maxRepeat:
			return nil, NewException(MemoryError)
		}
		return make([]byte, count.Int64()), nil
	}
	if !isBytesLike(source) && !isIterable(c.thread, source) {
		return nil, TypeError.Errorf("cannot convert '%s' object to %s", TypeName(source), c.name)
	}
	return bytesFrom(c.thread, source, outOfRange(c.name))
}

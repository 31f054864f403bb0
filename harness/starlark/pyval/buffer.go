package pyval

import "go.starlark.net/starlark"

// A Buffer is a value with Python's buffer protocol: starlark.Bytes is one by
// itself, [Bytearray] and [Memoryview] are writable ones.
type Buffer interface {
	starlark.Value
	// PyBuffer returns the memory, shared and not copied. Writing through it is
	// allowed if readonly is false. release ends the export and may be called
	// more than once; a bytearray cannot be resized before that.
	PyBuffer() (data []byte, readonly bool, release func(), err error)
}

// GetBuffer is Python's buffer access for any value. The data of a bytes
// object is a copy and read-only. A value without the protocol raises
// TypeError "a bytes-like object is required, not 'str'".
func GetBuffer(v starlark.Value) (data []byte, readonly bool, release func(), err error) {
	switch v := v.(type) {
	case starlark.Bytes:
		return []byte(v), true, func() {}, nil
	case Buffer:
		return v.PyBuffer()
	}
	return nil, false, nil, TypeError.Errorf("a bytes-like object is required, not '%s'", TypeName(v))
}

// bytesOf copies the contents of a bytes-like value.
func bytesOf(v starlark.Value) ([]byte, error) {
	if b, ok := v.(starlark.Bytes); ok {
		return []byte(b), nil
	}
	data, _, release, err := GetBuffer(v)
	if err != nil {
		return nil, err
	}
	defer release()
	return append([]byte{}, data...), nil
}

func isBytesLike(v starlark.Value) bool {
	if _, ok := v.(starlark.Bytes); ok {
		return true
	}
	_, ok := v.(Buffer)
	return ok
}

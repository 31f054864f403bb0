package pyval

import (
	"sync"

	"go.starlark.net/starlark"
)

// A Buffer is a value with Python's buffer protocol: starlark.Bytes is one by
// itself, [Bytearray] and [Memoryview] are writable ones.
type Buffer interface {
	starlark.Value
	// PyBuffer returns the memory, shared and not copied. Writing through it is
	// allowed if readonly is false. release ends the export and may be called
	// more than once; a bytearray cannot be resized before that.
	PyBuffer() (data []byte, readonly bool, release func(), err error)
}

// BufferFlags are what is asked of a buffer, as inspect.BufferFlags numbers it.
type BufferFlags int

// What C code asks for: the bytes, the bytes to write to, all there is to know.
const (
	SimpleBuffer   BufferFlags = 0
	WritableBuffer BufferFlags = 1
	FullBuffer     BufferFlags = 0x11c
)

// GetBuffer is Python's buffer access for any value. The data of a bytes
// object is a copy and read-only. A value without the protocol raises
// TypeError "a bytes-like object is required, not 'str'".
func GetBuffer(v starlark.Value) (data []byte, readonly bool, release func(), err error) {
	return RequestBuffer(nil, v, SimpleBuffer)
}

// RequestBuffer is [GetBuffer] in a call of the thread, for what is not the
// interpreter's own; __buffer__ of a class that Python code made is told the flags.
func RequestBuffer(thread *starlark.Thread, v starlark.Value, flags BufferFlags) (data []byte, readonly bool, release func(), err error) {
	if lend := ownBuffer(v); lend != nil {
		return lent(thread, v, lend, flags)
	}
	switch v := PlainValue(v).(type) {
	case starlark.Bytes:
		return []byte(v), true, func() {}, nil
	case Buffer:
		return v.PyBuffer()
	}
	return nil, false, nil, TypeError.Errorf("a bytes-like object is required, not '%s'", TypeName(v))
}

// ownBuffer is the __buffer__ that Python code gave to the class of v, or nil. Before
// 3.12 it means nothing.
func ownBuffer(v starlark.Value) starlark.Value {
	class := TypeOf(v)
	if !class.Made || !class.python.AtLeast(3, 12) {
		return nil
	}
	return class.made("__buffer__")
}

// lent is the memory of the memoryview that __buffer__ returns. The object is told
// by __release_buffer__ when it is no longer needed; what that raises nobody sees.
func lent(thread *starlark.Thread, v, lend starlark.Value, flags BufferFlags) ([]byte, bool, func(), error) {
	call := TypeOf(v).evaluate
	if thread != nil {
		call = func(f starlark.Value, args starlark.Tuple) (starlark.Value, error) { return Call(thread, f, args, nil) }
	}
	result, err := call(Bound(lend, v), starlark.Tuple{starlark.MakeInt(int(flags))})
	if err != nil {
		return nil, false, nil, err
	}
	view, ok := result.(*Memoryview)
	switch {
	case !ok && TypeOf(v).python.AtLeast(3, 15):
		return nil, false, nil, TypeError.Errorf("%s.__buffer__() must return a memoryview, not %s", TypeOf(v).Full(), TypeOf(result).Full())
	case !ok:
		return nil, false, nil, TypeError.Errorf("__buffer__ returned non-memoryview object")
	}
	data, readonly, release, err := view.PyBuffer()
	if err == nil && readonly && flags == WritableBuffer {
		release()
		err = BufferError.Errorf("memoryview: underlying buffer is not writable")
	}
	if err != nil {
		return nil, false, nil, err
	}
	return data, readonly, sync.OnceFunc(func() {
		release()
		if take := TypeOf(v).made("__release_buffer__"); take != nil {
			_, _ = call(Bound(take, v), starlark.Tuple{view})
		}
	}), nil
}

// bytesOf copies the contents of a bytes-like value.
func bytesOf(v starlark.Value) ([]byte, error) {
	data, _, release, err := GetBuffer(v)
	if err != nil {
		return nil, err
	}
	defer release()
	return append([]byte{}, data...), nil
}

func isBytesLike(v starlark.Value) bool {
	switch PlainValue(v).(type) {
	case starlark.Bytes, Buffer:
		return true
	}
	return ownBuffer(v) != nil
}

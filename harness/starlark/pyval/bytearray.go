package pyval

import (
	"slices"
	"sync"
	"time"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/pyref/base/codecs"
)

// A Bytearray is Python's bytearray. Its methods are safe for use by several
// goroutines; the memory that PyBuffer hands out is shared without a lock, as
// Python's is once the interpreter lock is released.
type Bytearray struct {
	mu      sync.Mutex
	data    []byte
	exports int
}

var _ Buffer = (*Bytearray)(nil)

// NewBytearray returns a bytearray that owns data.
func NewBytearray(data []byte) *Bytearray { return &Bytearray{data: data} }

// Bytes copies the contents.
func (b *Bytearray) Bytes() []byte {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]byte{}, b.data...)
}

// Len is how many bytes there are.
func (b *Bytearray) Len() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.data)
}

// PyBuffer shares the memory until release is called.
func (b *Bytearray) PyBuffer() ([]byte, bool, func(), error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.exports++
	release := sync.OnceFunc(func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.exports--
	})
	return slices.Clip(b.data), false, release, nil
}

// Update replaces the contents by what f makes of them. A change of length
// raises BufferError while an export is held.
func (b *Bytearray) Update(f func(data []byte) ([]byte, error)) error {
	held, err := b.update(f)
	if held && b.collectViews() {
		held, err = b.update(f)
	}
	if held {
		return BufferError.Errorf("Existing exports of data: object cannot be re-sized")
	}
	return err
}

// update reports whether an export keeps the bytes as they are.
func (b *Bytearray) update(f func(data []byte) ([]byte, error)) (held bool, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	data := b.data
	if b.exports > 0 {
		data = slices.Clone(data)
	}
	data, err = f(data)
	if err != nil {
		return false, err
	}
	if b.exports > 0 {
		if len(data) != len(b.data) {
			return true, nil
		}
		copy(b.data, data)
		return false, nil
	}
	b.data = data
	return false, nil
}

// collectViews frees the views that nobody has any more, as Python would have done at
// once, and reports whether there are none left. It does not wait long: the interpreter's
// lock is held, which the end of something else may need.
func (b *Bytearray) collectViews() bool {
	collect(100 * time.Millisecond)
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.exports == 0
}

// String is Python's repr; unlike that of bytes it escapes ' also inside ", which
// 3.15 ended.
func (b *Bytearray) String() string {
	return "bytearray(" + codecs.ReprBytes(string(b.Bytes()), true) + ")"
}

// Type is Python's name.
func (b *Bytearray) Type() string { return "bytearray" }

// Freeze does nothing: a step may change what an earlier one made.
func (b *Bytearray) Freeze() {}

// Truth is false for an empty one.
func (b *Bytearray) Truth() starlark.Bool { return b.Len() > 0 }

// Hash fails: a bytearray can change.
func (b *Bytearray) Hash() (uint32, error) { return 0, unhashable(b) }

// PyClass is bytearray.
func (b *Bytearray) PyClass() *Class { return BytearrayType }

func (b *Bytearray) set(thread *starlark.Thread, key, x starlark.Value) error {
	s, ok := key.(*SliceValue)
	if !ok {
		value, err := byteValue(thread, x, "byte must be in range(0, 256)")
		if err != nil {
			return err
		}
		return b.Update(func(data []byte) ([]byte, error) {
			i, err := itemIndex(thread, key, len(data), "bytearray", "bytearray index out of range")
			if err == nil {
				data[i] = value
			}
			return data, err
		})
	}
	if _, text := x.(starlark.String); text || isNumber(x) {
		return TypeError.Errorf("can assign only bytes, buffers, or iterables of ints in range(0, 256)")
	}
	with, err := bytesFrom(thread, x, "byte must be in range(0, 256)")
	if err != nil {
		return err
	}
	return b.Update(func(data []byte) ([]byte, error) {
		return replaceSpan(thread, data, s, with, "bytes")
	})
}

// bytesFrom reads what can become bytes: a bytes-like value, or an iterable of
// ints.
func bytesFrom(thread *starlark.Thread, v starlark.Value, outOfRange string) ([]byte, error) {
	if isBytesLike(v) {
		return bytesOf(v)
	}
	items, err := ToSlice(thread, v)
	if err != nil {
		return nil, err
	}
	data := make([]byte, len(items))
	for i, item := range items {
		if data[i], err = byteValue(thread, item, outOfRange); err != nil {
			return nil, err
		}
	}
	return data, nil
}

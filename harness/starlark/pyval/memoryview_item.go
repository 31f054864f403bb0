package pyval

import (
	"encoding/binary"
	"math"
	"math/big"
	"strings"

	"go.starlark.net/starlark"
)

// itemSize is the size of a native struct code, 0 for one that a view cannot
// have.
func itemSize(format byte) int {
	switch format {
	case 'b', 'B', 'c', '?':
		return 1
	case 'h', 'H':
		return 2
	case 'i', 'I', 'f':
		return 4
	case 'l', 'L', 'q', 'Q', 'n', 'N', 'd', 'P':
		return 8
	}
	return 0
}

func unpackItem(format byte, data []byte) starlark.Value {
	var word uint64
	switch len(data) {
	case 1:
		word = uint64(data[0])
	case 2:
		word = uint64(binary.NativeEndian.Uint16(data))
	case 4:
		word = uint64(binary.NativeEndian.Uint32(data))
	default:
		word = binary.NativeEndian.Uint64(data)
	}
	switch format {
	case 'c':
		return starlark.Bytes(data)
	case '?':
		return starlark.Bool(word != 0)
	case 'f':
		return starlark.Float(math.Float32frombits(uint32(word)))
	case 'd':
		return starlark.Float(math.Float64frombits(word))
	case 'b', 'h', 'i', 'l', 'q', 'n':
		unused := 64 - 8*len(data)
		return starlark.MakeInt64(int64(word<<unused) >> unused)
	}
	return starlark.MakeUint64(word)
}

// packItem writes an item; it raises memoryview's TypeError or ValueError for a
// value that the format cannot hold.
func packItem(thread *starlark.Thread, format byte, data []byte, v starlark.Value) error {
	badType := TypeError.Errorf("memoryview: invalid type for format '%c'", format)
	badValue := ValueError.Errorf("memoryview: invalid value for format '%c'", format)
	var word uint64
	switch format {
	case 'c':
		b, ok := v.(starlark.Bytes)
		if !ok {
			return badType
		}
		if len(b) != 1 {
			return badValue
		}
		word = uint64(b[0])
	case '?':
		truth, err := Truth(thread, v)
		if err != nil {
			return err
		}
		if truth {
			word = 1
		}
	case 'f', 'd':
		f, err := Float(thread, v)
		if err != nil {
			return badType
		}
		word = math.Float64bits(f)
		if format == 'f' {
			word = uint64(math.Float32bits(float32(f)))
		}
	default:
		i, err := Index(thread, v)
		if err != nil {
			return badType
		}
		if !fits(i, len(data), strings.IndexByte("bhilqn", format) >= 0) {
			return badValue
		}
		word = uint64(i.Int64())
		if i.IsUint64() {
			word = i.Uint64()
		}
	}
	switch len(data) {
	case 1:
		data[0] = byte(word)
	case 2:
		binary.NativeEndian.PutUint16(data, uint16(word))
	case 4:
		binary.NativeEndian.PutUint32(data, uint32(word))
	default:
		binary.NativeEndian.PutUint64(data, word)
	}
	return nil
}

// fits reports whether an int can be stored in so many bytes.
func fits(i *big.Int, size int, signed bool) bool {
	bits := uint(8 * size)
	if !signed {
		return i.Sign() >= 0 && i.BitLen() <= int(bits)
	}
	limit := new(big.Int).Lsh(big.NewInt(1), bits-1)
	return i.Cmp(limit) < 0 && i.Cmp(new(big.Int).Neg(limit)) >= 0
}

// get is view[key].
func (m *Memoryview) get(thread *starlark.Thread, key starlark.Value) (starlark.Value, error) {
	n, err := m.Len()
	if err != nil {
		return nil, err
	}
	if m.scalar || isTuple(key) {
		at, err := m.place(thread, key, "multi-dimensional slicing is not implemented")
		if at == nil || err != nil {
			return m, err
		}
		return unpackItem(m.format, at), nil
	}
	s, ok := key.(*SliceValue)
	if !ok {
		i, err := viewIndex(thread, key, n)
		if err != nil {
			return nil, err
		}
		return m.Item(i)
	}
	at, err := s.over(thread, n)
	if err != nil {
		return nil, err
	}
	return m.window(at)
}

// window is a view of part of the memory. Its export keeps that of the whole.
func (m *Memoryview) window(at span) (*Memoryview, error) {
	_, _, release, err := GetBuffer(m.base)
	if err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return (&Memoryview{
		base: m.base, data: m.data, readonly: m.readonly, release: release,
		format: m.format, itemsize: m.itemsize, inner: m.inner, scalar: m.scalar,
		start: m.start + at.start*m.stride, length: at.count, stride: m.stride * at.step,
	}).collectable(), nil
}

func viewIndex(thread *starlark.Thread, key starlark.Value, length int) (int, error) {
	if _, err := Index(thread, key); err != nil {
		return 0, TypeError.Errorf("memoryview: invalid slice key")
	}
	return itemIndex(thread, key, length, "memoryview", "index out of bounds on dimension 1")
}

// set is view[key] = x.
func (m *Memoryview) set(thread *starlark.Thread, key, x starlark.Value) error {
	n, err := m.Len()
	if err != nil {
		return err
	}
	if m.readonly {
		return TypeError.Errorf("cannot modify read-only memory")
	}
	if m.scalar || isTuple(key) {
		at, err := m.place(thread, key, oneDimension)
		if err != nil {
			return err
		}
		if at == nil {
			at = m.data[m.start : m.start+m.itemsize]
		}
		return packItem(thread, m.format, at, x)
	}
	s, ok := key.(*SliceValue)
	if ok && m.inner != nil {
		return NotImplementedError.Errorf(oneDimension)
	}
	if !ok {
		i, err := viewIndex(thread, key, n)
		if err != nil {
			return err
		}
		if m.inner != nil {
			return NotImplementedError.Errorf("sub-views are not implemented")
		}
		m.mu.Lock()
		defer m.mu.Unlock()
		at := m.start + i*m.stride
		return packItem(thread, m.format, m.data[at:at+m.itemsize], x)
	}
	at, err := s.over(thread, n)
	if err != nil {
		return err
	}
	with, err := bytesOf(x)
	if err != nil {
		return err
	}
	if len(with) != at.count*m.itemsize {
		return ValueError.Errorf("memoryview assignment: lvalue and rvalue have different structures")
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for i := range at.count {
		to := m.start + (at.start+i*at.step)*m.stride
		copy(m.data[to:to+m.itemsize], with[i*m.itemsize:])
	}
	return nil
}

package pyval

import (
	"runtime"
	"sync"

	"go.starlark.net/starlark"
)

// A Memoryview is Python's memoryview: a window on another value's memory. Slices
// share the memory. Only the first dimension can have gaps, since it is the one
// that a slice takes from; the others are as cast has made them.
type Memoryview struct {
	mu       sync.Mutex
	base     starlark.Value // .obj
	data     []byte         // of the whole exporter
	start    int            // byte offset of the first item
	length   int            // items, or rows where there are further dimensions
	stride   int            // bytes between them
	inner    []int          // the lengths of the further dimensions
	scalar   bool           // there is one item and no dimension
	format   byte           // struct's code of an item
	itemsize int
	readonly bool
	release  func()
	released bool
	exports  int
}

var _ Buffer = (*Memoryview)(nil)

// NewMemoryview is calling memoryview: a view of any bytes-like value.
func NewMemoryview(v starlark.Value) (*Memoryview, error) {
	if !isBytesLike(v) {
		return nil, TypeError.Errorf("memoryview: a bytes-like object is required, not '%s'", TypeName(v))
	}
	data, readonly, release, err := RequestBuffer(nil, v, FullBuffer)
	if err != nil {
		return nil, err
	}
	m := (&Memoryview{base: v, data: data, length: len(data), stride: 1, format: 'B', itemsize: 1, readonly: readonly, release: release}).collectable()
	if inner, ok := v.(*Memoryview); ok {
		m.base = inner.base
		m.format, m.itemsize, m.length, m.stride = inner.format, inner.itemsize, inner.length, inner.row()
		m.inner, m.scalar = inner.inner, inner.scalar
	}
	return m, nil
}

// collectable sees to it that the view's hold on the exporter ends with the view, as
// it does in Python when nobody has the view any more.
func (m *Memoryview) collectable() *Memoryview {
	runtime.AddCleanup(m, func(release func()) { release() }, m.release)
	return m
}

func (m *Memoryview) check() error {
	if m.released {
		return ValueError.Errorf("operation forbidden on released memoryview object")
	}
	return nil
}

// PyBuffer shares the memory; a view with gaps has none to share.
func (m *Memoryview) PyBuffer() ([]byte, bool, func(), error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.check(); err != nil {
		return nil, false, nil, err
	}
	if !m.contiguous() {
		return nil, false, nil, BufferError.Errorf("memoryview: underlying buffer is not C-contiguous")
	}
	m.exports++
	release := sync.OnceFunc(func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.exports--
	})
	end := m.start + m.length*m.row()
	return m.data[m.start:end:end], m.readonly, release, nil
}

// Bytes copies the items' memory, in order.
func (m *Memoryview) Bytes() ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.check(); err != nil {
		return nil, err
	}
	return m.copyOut(), nil
}

func (m *Memoryview) copyOut() []byte {
	row := m.row()
	out := make([]byte, 0, m.length*row)
	for i := range m.length {
		at := m.start + i*m.stride
		out = append(out, m.data[at:at+row]...)
	}
	return out
}

// Release ends the view and its hold on the exporter. It raises BufferError
// while somebody holds a buffer of the view itself.
func (m *Memoryview) Release() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.released {
		return nil
	}
	if m.exports > 0 {
		return BufferError.Errorf("memoryview has %d exported buffer%s", m.exports, plural(m.exports))
	}
	m.released = true
	m.release()
	return nil
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}

func (m *Memoryview) String() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.released {
		return "<released memory at " + address(m) + ">"
	}
	return "<memory at " + address(m) + ">"
}

// Type is Python's name.
func (m *Memoryview) Type() string { return "memoryview" }

// Freeze does nothing: a view belongs to its exporter.
func (m *Memoryview) Freeze() {}

// Truth is false for an empty view.
func (m *Memoryview) Truth() starlark.Bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.length > 0
}

// Hash is that of the bytes, for a view of something that cannot change.
func (m *Memoryview) Hash() (uint32, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.check(); err != nil {
		return 0, err
	}
	if !m.readonly {
		return 0, ValueError.Errorf("cannot hash writable memoryview object")
	}
	return starlark.Bytes(m.copyOut()).Hash()
}

// Len is how many items, or rows, there are; 1 where there is no dimension.
func (m *Memoryview) Len() (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.length, m.check()
}

// Item is the item at an index that is in range.
func (m *Memoryview) Item(i int) (starlark.Value, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.check(); err != nil {
		return nil, err
	}
	if m.scalar {
		return nil, TypeError.Errorf("invalid indexing of 0-dim memory")
	}
	if m.inner != nil {
		return nil, NotImplementedError.Errorf("multi-dimensional sub-views are not implemented")
	}
	if i >= m.length {
		return nil, IndexError.Errorf("index out of bounds on dimension 1")
	}
	at := m.start + i*m.stride
	return unpackItem(m.format, m.data[at:at+m.itemsize]), nil
}

// PyClass is memoryview.
func (m *Memoryview) PyClass() *Class { return MemoryviewType }

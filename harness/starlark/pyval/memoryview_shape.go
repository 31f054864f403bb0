package pyval

import (
	"math/bits"

	"go.starlark.net/starlark"
)

// oneDimension is what assignments say of a slice where there are more dimensions.
const oneDimension = "memoryview slice assignments are currently restricted to ndim = 1"

// maxDimensions is how many a buffer may have.
const maxDimensions = 64

// row is how many bytes one step of the first dimension spans.
func (m *Memoryview) row() int {
	size := m.itemsize
	for _, n := range m.inner {
		size *= n
	}
	return size
}

func (m *Memoryview) shape() []int {
	if m.scalar {
		return nil
	}
	return append([]int{m.length}, m.inner...)
}

func (m *Memoryview) strides() []int {
	if m.scalar {
		return nil
	}
	strides := []int{m.stride}
	size := m.row()
	for _, n := range m.inner {
		size /= n
		strides = append(strides, size)
	}
	return strides
}

// fortran reports whether the items also lie in the order in which the first index
// changes fastest.
func (m *Memoryview) fortran() bool {
	long := 0
	for _, n := range m.shape() {
		if n > 1 {
			long++
		}
	}
	return m.contiguous() && long < 2
}

// reshape gives a view of one dimension, which had others before the cast, those of
// a list or tuple.
func (m *Memoryview) reshape(thread *starlark.Thread, before int, shape starlark.Value) error {
	var items []starlark.Value
	switch s := shape.(type) {
	case *starlark.List:
		items = listItems(s)
	case starlark.Tuple:
		items = s
	default:
		return TypeError.Errorf("shape must be a list or a tuple")
	}
	switch {
	case len(items) > maxDimensions:
		return ValueError.Errorf("memoryview: number of dimensions must not exceed %d", maxDimensions)
	case before != 1 && len(items) != 1:
		return TypeError.Errorf("memoryview: cast must be 1D -> ND or ND -> 1D")
	}
	lengths := make([]int, len(items))
	size := m.itemsize
	for i, item := range items {
		n, err := shapeLength(thread, item)
		if err != nil {
			return err
		}
		high, low := bits.Mul64(uint64(size), uint64(n))
		if high != 0 || low>>63 != 0 {
			return ValueError.Errorf("memoryview.cast(): product(shape) > SSIZE_MAX")
		}
		lengths[i], size = n, int(low)
	}
	if size != m.length*m.itemsize {
		return TypeError.Errorf("memoryview: product(shape) * itemsize != buffer size")
	}
	if len(lengths) == 0 {
		m.scalar = true
		return nil
	}
	m.length, m.stride = lengths[0], size/lengths[0]
	if len(lengths) > 1 {
		m.inner = lengths[1:]
	}
	return nil
}

func shapeLength(thread *starlark.Thread, item starlark.Value) (int, error) {
	if !isInt(item) {
		return 0, TypeError.Errorf("memoryview.cast(): elements of shape must be integers")
	}
	n, err := smallIndex(thread, item)
	if err != nil {
		return 0, err
	}
	if n <= 0 {
		return 0, ValueError.Errorf("memoryview.cast(): elements of shape must be integers > 0")
	}
	return n, nil
}

// isInt reports whether v is an int or of a class that derives from it.
func isInt(v starlark.Value) bool { return IsInstance(v, IntType) }

func isTuple(v starlark.Value) bool {
	_, ok := v.(starlark.Tuple)
	return ok
}

// place is the memory of the item that a key of one index for each dimension names.
// It is nil for the whole of a view without dimensions, which Ellipsis stands for.
func (m *Memoryview) place(thread *starlark.Thread, key starlark.Value, slices string) ([]byte, error) {
	indexes, isTuple := key.(starlark.Tuple)
	shape, strides := m.shape(), m.strides()
	switch {
	case m.scalar && TypeOf(key) == EllipsisType:
		return nil, nil
	case m.scalar && (!isTuple || len(indexes) > 0):
		return nil, TypeError.Errorf("invalid indexing of 0-dim memory")
	}
	numbers, all := 0, 0
	for _, index := range indexes {
		if _, ok := index.(*SliceValue); ok {
			all++
		} else if _, err := Index(thread, index); err == nil {
			numbers++
		}
	}
	switch {
	case numbers < len(indexes) && all == len(indexes):
		return nil, NotImplementedError.Errorf("%s", slices)
	case numbers < len(indexes):
		return nil, TypeError.Errorf("memoryview: invalid slice key")
	case numbers < len(shape):
		return nil, NotImplementedError.Errorf("sub-views are not implemented")
	case numbers > len(shape):
		return nil, TypeError.Errorf("cannot index %d-dimension view with %d-element tuple", len(shape), numbers)
	}
	at := m.start
	for i, index := range indexes {
		n, err := smallIndex(thread, index)
		if err != nil {
			return nil, err
		}
		if n < 0 {
			n += shape[i]
		}
		if n < 0 || n >= shape[i] {
			return nil, IndexError.Errorf("index out of bounds on dimension %d", i+1)
		}
		at += n * strides[i]
	}
	return m.data[at : at+m.itemsize], nil
}

// toList is tolist: lists in lists, one level for each dimension.
func (m *Memoryview) toList() (starlark.Value, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.check(); err != nil {
		return nil, err
	}
	shape, strides := m.shape(), m.strides()
	var level func(depth, at int) starlark.Value
	level = func(depth, at int) starlark.Value {
		if depth == len(shape) {
			return unpackItem(m.format, m.data[at:at+m.itemsize])
		}
		items := make([]starlark.Value, shape[depth])
		for i := range items {
			items[i] = level(depth+1, at+i*strides[depth])
		}
		return starlark.NewList(items)
	}
	return level(0, m.start), nil
}

func intTuple(numbers []int) starlark.Tuple {
	tuple := make(starlark.Tuple, len(numbers))
	for i, n := range numbers {
		tuple[i] = starlark.MakeInt(n)
	}
	return tuple
}

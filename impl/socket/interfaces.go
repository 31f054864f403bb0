package socket

import (
	"github.com/pyparity/pyparity/impl/internal/resolve"
)

// An Interface is a network interface: Python's pair (index, name).
type Interface struct {
	Index int
	Name  string
}

// IfNameIndex is Python's socket.if_nameindex (socket_if_nameindex): all
// interfaces, in the kernel's order.
func IfNameIndex() ([]Interface, error) {
	found, err := resolve.IfNameIndex()
	if err != nil {
		return nil, osError(err)
	}
	list := make([]Interface, len(found))
	for i, link := range found {
		list[i] = Interface{Index: int(link.Index), Name: link.Name}
	}
	return list, nil
}

// IfNameToIndex is Python's socket.if_nametoindex (socket_if_nametoindex). It
// fails with OSError, whose errno is ENODEV for a name that no interface has;
// Python has no errno there before 3.14.
func IfNameToIndex(name string) (int, error) {
	if err := checkPath(name); err != nil {
		return 0, err
	}
	index, err := resolve.IfNameToIndex(name)
	return int(index), osError(err)
}

// IfIndexToName is Python's socket.if_indextoname (socket_if_indextoname). It
// fails with OSError, whose errno is ENXIO for an index that no interface has.
func IfIndexToName(index uint32) (string, error) {
	name, err := resolve.IfIndexToName(index)
	return name, osError(err)
}

package pysocket

import (
	"math"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/impl/socket"
)

// interfaces is the table of the functions for network interfaces.
func (m *module) interfaces() []pycall.Method {
	takes := pycall.OneArg
	if !m.python.AtLeast(3, 13) {
		takes = pycall.VarArgs
	}
	return []pycall.Method{
		{Name: "if_nameindex", Takes: pycall.NoArgs, Func: ifNameIndex},
		{Name: "if_nametoindex", Takes: takes, Func: ifNameToIndex},
		{Name: "if_indextoname", Takes: pycall.OneArg, Func: ifIndexToName},
	}
}

// ifNameIndex is Python's socket.if_nameindex (socket_if_nameindex).
func ifNameIndex(*pycall.Call) (starlark.Value, error) {
	found, err := socket.IfNameIndex()
	if err != nil {
		return nil, err
	}
	list := make([]starlark.Value, len(found))
	for i, link := range found {
		name, err := fsDecode(link.Name)
		if err != nil {
			return nil, err
		}
		list[i] = starlark.Tuple{starlark.MakeInt(link.Index), name}
	}
	return starlark.NewList(list), nil
}

// ifNameToIndex is Python's socket.if_nametoindex (socket_if_nametoindex), whose
// error has an errno since 3.14.
func ifNameToIndex(c *pycall.Call) (starlark.Value, error) {
	var name string
	if err := c.ParseTuple("O&:if_nametoindex", pycall.FSConverter(&name)); err != nil {
		return nil, err
	}
	index, err := socket.IfNameToIndex(name)
	if err != nil && !c.Python.AtLeast(3, 14) {
		err = pyerr.OSError.New("no interface with this name")
	}
	return starlark.MakeInt(index), err
}

// ifIndexToName is Python's socket.if_indextoname (socket_if_indextoname).
func ifIndexToName(c *pycall.Call) (starlark.Value, error) {
	index, err := indexArgument(c)
	if err != nil {
		return nil, err
	}
	name, err := socket.IfIndexToName(index)
	if err != nil {
		return nil, err
	}
	return fsDecode(name)
}

// indexArgument is the index of an interface. Before 3.13 the high bits of a C
// long are lost.
func indexArgument(c *pycall.Call) (uint32, error) {
	v := c.Args[0]
	if c.Python.AtLeast(3, 14) {
		return c.AsUnsignedInt(v)
	}
	if !pyval.IsInstance(v, pyval.IntType) {
		return 0, pyval.TypeError.Errorf("an integer is required")
	}
	index, err := c.AsUnsignedLong(v)
	switch {
	case err != nil:
		return 0, err
	case index > math.MaxUint32 && c.Python.AtLeast(3, 13):
		return 0, pyval.OverflowError.Errorf("index is too large")
	case index == math.MaxUint64:
		// C code takes the largest number for an error that was raised.
		return 0, pyval.SystemError.Errorf("<built-in function if_indextoname> returned NULL without setting an %s", raised(c))
	}
	return uint32(index), nil
}

// raised is what the interpreter calls that which a function must set when it
// returns nothing.
func raised(c *pycall.Call) string {
	if c.Python.AtLeast(3, 11) {
		return "exception"
	}
	return "error"
}

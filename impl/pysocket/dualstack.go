package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
)

// hasDualstackIPv6 is Python's socket.has_dualstack_ipv6.
func (m *module) hasDualstackIPv6() pycall.Definition {
	return pycall.Def("has_dualstack_ipv6", "", func(*pycall.Call) (starlark.Value, error) {
		has, err := m.impl.HasDualStackIPv6()
		return starlark.Bool(has), err
	})
}

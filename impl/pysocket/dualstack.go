package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
)

// hasDualstackIPv6 is Python's socket.has_dualstack_ipv6.
func (m *module) hasDualstackIPv6() pycall.Definition {
	return pycall.Def("has_dualstack_ipv6", "", func(c *pycall.Call) (starlark.Value, error) {
		if known, err := isTrue(c, m.global("has_ipv6")); err != nil || !known {
			return starlark.False, err
		}
		has, err := m.impl.HasDualStackIPv6()
		return starlark.Bool(has), err
	})
}

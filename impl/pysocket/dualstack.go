package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// hasDualstackIPv6 is Python's socket.has_dualstack_ipv6: the port's own function,
// unless a program has replaced what that stands on.
func (m *module) hasDualstackIPv6() pycall.Definition {
	return pycall.Def("has_dualstack_ipv6", "", func(c *pycall.Call) (starlark.Value, error) {
		if known, err := isTrue(c, m.global("has_ipv6")); err != nil || !known {
			return starlark.False, err
		}
		if m.own("socket", "AF_INET6", "SOCK_STREAM", "IPPROTO_IPV6", "IPV6_V6ONLY", "error") &&
			m.ownMethods("__init__", "__enter__", "__exit__", "close", "setsockopt", "getsockopt") {
			has, err := m.impl.HasDualStackIPv6()
			return starlark.Bool(has), err
		}
		v, err := m.dualStackReplaced(c)
		if m.caught(err) {
			return starlark.False, nil
		}
		return v, err
	})
}

// dualStackReplaced makes a socket of whatever class the name stands for, and asks
// it. Since 3.14 it looks whether the option was really cleared.
func (m *module) dualStackReplaced(c *pycall.Call) (v starlark.Value, err error) {
	made, err := m.callGlobal(c, "socket", m.global("AF_INET6"), m.global("SOCK_STREAM"))
	if err != nil {
		return nil, err
	}
	if has, err := pyval.HasAttr(c.Thread, made, "__enter__"); err != nil || !has {
		return nil, orElse(err, noContextManager(c, made))
	}
	sock, err := callMethod(c, made, "__enter__")
	if err != nil {
		return nil, err
	}
	level, option := m.global("IPPROTO_IPV6"), m.global("IPV6_V6ONLY")
	v = starlark.True
	if _, err = callMethod(c, sock, "setsockopt", level, option, starlark.MakeInt(0)); err == nil && m.python.AtLeast(3, 14) {
		if v, err = callMethod(c, sock, "getsockopt", level, option); err == nil {
			v = starlark.Bool(pyval.Equal(v, starlark.MakeInt(0)))
		}
	}
	_, closing := callMethod(c, made, "__exit__", starlark.None, starlark.None, starlark.None)
	return v, orElse(closing, err)
}

func noContextManager(c *pycall.Call, v starlark.Value) error {
	if !c.Python.AtLeast(3, 11) {
		return pyval.AttributeError.Errorf("__enter__")
	}
	missed := ""
	if c.Python.AtLeast(3, 14) {
		missed = " (missed __exit__ method)"
	}
	return pyval.TypeError.Errorf("'%s' object does not support the context manager protocol%s", pyval.TypeName(v), missed)
}

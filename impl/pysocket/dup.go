package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/pyref/base/unix"
)

func (m *module) dupDefs() []pycall.Definition {
	return []pycall.Definition{
		pycall.Def("dup", "self", m.dup),
		pycall.Def("get_inheritable", "self", getInheritable),
		pycall.Def("set_inheritable", "self, inheritable", setInheritable),
	}
}

// dup is Python's socket.dup. The duplicate is of the object's own class.
func (m *module) dup(c *pycall.Call) (starlark.Value, error) {
	o := own(c.Args[0], "fileno", "family", "type", "proto", "gettimeout", "settimeout", "__init__", "__new__")
	if o == nil || !m.own("dup") {
		return m.dupOver(c, c.Args[0])
	}
	sock, err := o.sock.Dup()
	if err != nil {
		return nil, err
	}
	return m.instance(o.class, sock), nil
}

// getInheritable is Python's socket.get_inheritable.
func getInheritable(c *pycall.Call) (starlark.Value, error) {
	o := own(c.Args[0], "fileno")
	if o == nil {
		fd, err := descriptorNumber(c, c.Args[0])
		if err != nil {
			return nil, err
		}
		flags, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0)
		if err != nil {
			return nil, osError(err)
		}
		return starlark.Bool(flags&unix.FD_CLOEXEC == 0), nil
	}
	inheritable, err := o.sock.GetInheritable()
	return starlark.Bool(inheritable), err
}

// setInheritable is Python's socket.set_inheritable, whose argument goes to
// os.set_inheritable.
func setInheritable(c *pycall.Call) (starlark.Value, error) {
	if o := own(c.Args[0], "fileno"); o != nil {
		inheritable, err := c.ClinicInt(c.Args[1])
		if err != nil {
			return nil, err
		}
		return starlark.None, o.sock.SetInheritable(inheritable != 0)
	}
	fd, err := descriptorNumber(c, c.Args[0])
	if err != nil {
		return nil, err
	}
	inheritable, err := c.ClinicInt(c.Args[1])
	if err != nil {
		return nil, err
	}
	flags := 0
	if inheritable == 0 {
		flags = unix.FD_CLOEXEC
	}
	if _, err := unix.FcntlInt(uintptr(fd), unix.F_SETFD, flags); err != nil {
		return nil, osError(err)
	}
	return starlark.None, nil
}

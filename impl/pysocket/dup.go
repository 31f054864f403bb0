package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
)

func (m *module) dupDefs() []pycall.Definition {
	return []pycall.Definition{
		pycall.Def("dup", "self", dup),
		pycall.Def("get_inheritable", "self", getInheritable),
		pycall.Def("set_inheritable", "self, inheritable", setInheritable),
	}
}

// dup is Python's socket.dup. The duplicate is of the object's own class.
func dup(c *pycall.Call) (starlark.Value, error) {
	o, err := anySelf(c, "fileno")
	if err != nil {
		return nil, err
	}
	sock, err := o.sock.Dup()
	if err != nil {
		return nil, err
	}
	if o.class.Initialises() {
		timeout := o.sock.GetTimeout()
		v, err := o.m.remake(c, o.class, sock)
		if err != nil {
			return nil, err
		}
		_, err = callMethod(c, v, "settimeout", seconds(timeout))
		return v, err
	}
	return o.m.instance(o.class, sock), nil
}

// getInheritable is Python's socket.get_inheritable.
func getInheritable(c *pycall.Call) (starlark.Value, error) {
	o, err := anySelf(c, "fileno")
	if err != nil {
		return nil, err
	}
	inheritable, err := o.sock.GetInheritable()
	return starlark.Bool(inheritable), err
}

// setInheritable is Python's socket.set_inheritable, whose argument goes to
// os.set_inheritable.
func setInheritable(c *pycall.Call) (starlark.Value, error) {
	o, err := anySelf(c, "fileno")
	if err != nil {
		return nil, err
	}
	inheritable, err := c.ClinicInt(c.Args[1])
	if err != nil {
		return nil, err
	}
	return starlark.None, o.sock.SetInheritable(inheritable != 0)
}

package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// overrides reports whether Python code put something of its own in the place of one
// of the attributes: in a class that it derived, in the object, or of what the
// attribute is made with. What Python's
// socket.py does in Python code it does with those, and what C code does it does not.
func (o *object) overrides(names ...string) bool {
	for _, name := range names {
		if (name == "family" || name == "type") && o.python() && !o.m.own(converter) {
			return true
		}
		if o.class.Made && o.dict.Get(name) != nil || !nativeIn(o.class, name) {
			return true
		}
	}
	return false
}

// blocking is whether gettimeout() of the object is not 0.
func (o *object) blocking(c *pycall.Call) (bool, error) {
	if !o.overrides("gettimeout") {
		return o.sock.GetBlocking(), nil
	}
	timeout, err := callMethod(c, o, "gettimeout")
	return err != nil || !pyval.Equal(timeout, starlark.MakeInt(0)), err
}

// descriptorNumber is fileno() of the object.
func (o *object) descriptorNumber(c *pycall.Call) (int, error) {
	v, err := callMethod(c, o, "fileno")
	if err != nil {
		return 0, err
	}
	return c.ClinicInt(v)
}

// made makes an object of a class out of a descriptor, with what the attributes of
// another one say.
func made(c *pycall.Call, class, like, fd starlark.Value) (starlark.Value, error) {
	args := make(starlark.Tuple, 3)
	for i, name := range []string{"family", "type", "proto"} {
		v, err := pyval.GetAttr(c.Thread, like, name)
		if err != nil {
			return nil, err
		}
		args[i] = v
	}
	return pyval.Call(c.Thread, class, args, []starlark.Tuple{{starlark.String("fileno"), fd}})
}

// acceptOver is Python's socket.accept, where a part of it is overridden.
func acceptOver(c *pycall.Call, o *object) (starlark.Value, error) {
	accepted, err := callMethod(c, o, "_accept")
	if err != nil {
		return nil, err
	}
	fd, from, err := unpackPair(c, accepted)
	if err != nil {
		return nil, err
	}
	sock, err := made(c, o.m.global("socket"), o, fd)
	if err != nil {
		return nil, err
	}
	byDefault, err := o.m.callGlobal(c, "getdefaulttimeout")
	if err != nil {
		return nil, err
	}
	if byDefault == starlark.None {
		timeout, err := callMethod(c, o, "gettimeout")
		if err != nil {
			return nil, err
		}
		if yes, err := pyval.Truth(c.Thread, timeout); err != nil || yes {
			if err == nil {
				_, err = callMethod(c, sock, "setblocking", starlark.True)
			}
			if err != nil {
				return nil, err
			}
		}
	}
	return starlark.Tuple{sock, from}, nil
}

// dupOver is Python's socket.dup, where a part of it is overridden.
func dupOver(c *pycall.Call, o *object) (starlark.Value, error) {
	number, err := callMethod(c, o, "fileno")
	if err != nil {
		return nil, err
	}
	fd, err := o.m.callGlobal(c, "dup", number)
	if err != nil {
		return nil, err
	}
	sock, err := made(c, o.class, o, fd)
	if err != nil {
		return nil, err
	}
	timeout, err := callMethod(c, o, "gettimeout")
	if err == nil {
		_, err = callMethod(c, sock, "settimeout", timeout)
	}
	return sock, err
}

// releaseOver is Python's socket._decref_socketios, where what it calls is
// overridden.
func releaseOver(o *object, call func(name string) error) error {
	if n := o.sock.OpenFiles(); n > 0 {
		o.sock.SetOpenFiles(n - 1)
	}
	if o.sock.Closed() {
		return call("close")
	}
	return nil
}

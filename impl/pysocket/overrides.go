package pysocket

import (
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// overrides reports whether Python code put something of its own in the place of one
// of the attributes: in a class that it derived, in the object, or of what the
// attribute is made with. What Python's
// socket.py does in Python code it does with those, and what C code does it does not.
func (o *object) overrides(names ...string) bool {
	if o.class.Made && !nativeIn(o.class, "__getattribute__") {
		return true
	}
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

// overridden reports whether an attribute is not this module's own: v is no object of
// it, or Python code put something else there.
func overridden(v starlark.Value, name string) bool {
	o, ok := v.(*object)
	return !ok || !o.python() && o.lookup(name) == nil || o.overrides(name)
}

// own returns the object that a method of Python code is called on, if what the method
// uses of it is this module's own. Such a method takes anything as its self: with any
// other it goes from attribute to attribute, as Python code does, for which own is nil.
func own(self starlark.Value, names ...string) *object {
	for _, name := range names {
		if overridden(self, name) {
			return nil
		}
	}
	return self.(*object)
}

// blocking is whether gettimeout() is not 0.
func blocking(c *pycall.Call, self starlark.Value) (bool, error) {
	if o := own(self, "gettimeout"); o != nil {
		return o.sock.GetBlocking(), nil
	}
	timeout, err := callMethod(c, self, "gettimeout")
	return err != nil || !pyval.Equal(timeout, starlark.MakeInt(0)), err
}

// descriptorNumber is fileno().
func descriptorNumber(c *pycall.Call, self starlark.Value) (int, error) {
	v, err := callMethod(c, self, "fileno")
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
func (m *module) acceptOver(c *pycall.Call, self starlark.Value) (starlark.Value, error) {
	accepted, err := callMethod(c, self, "_accept")
	if err != nil {
		return nil, err
	}
	fd, from, err := unpackPair(c, accepted)
	if err != nil {
		return nil, err
	}
	sock, err := made(c, m.global("socket"), self, fd)
	if err != nil {
		return nil, err
	}
	byDefault, err := m.callGlobal(c, "getdefaulttimeout")
	if err != nil {
		return nil, err
	}
	if byDefault == starlark.None {
		timeout, err := callMethod(c, self, "gettimeout")
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
func (m *module) dupOver(c *pycall.Call, self starlark.Value) (starlark.Value, error) {
	number, err := callMethod(c, self, "fileno")
	if err != nil {
		return nil, err
	}
	fd, err := m.callGlobal(c, "dup", number)
	if err != nil {
		return nil, err
	}
	class, err := pyval.GetAttr(c.Thread, self, "__class__")
	if err != nil {
		return nil, err
	}
	sock, err := made(c, class, self, fd)
	if err != nil {
		return nil, err
	}
	timeout, err := callMethod(c, self, "gettimeout")
	if err == nil {
		_, err = callMethod(c, sock, "settimeout", timeout)
	}
	return sock, err
}

// releaseOver is Python's socket._decref_socketios, where a part of it is overridden.
func releaseOver(thread *starlark.Thread, self starlark.Value) error {
	refs, err := pyval.GetAttr(thread, self, "_io_refs")
	if err != nil {
		return err
	}
	switch some, err := pyval.Greater(thread, refs, starlark.MakeInt(0)); {
	case err != nil:
		return err
	case some:
		if err := addTo(thread, self, "_io_refs", -1); err != nil {
			return err
		}
	}
	closed, err := pyval.GetAttr(thread, self, "_closed")
	if err != nil {
		return err
	}
	if yes, err := pyval.Truth(thread, closed); err != nil || !yes {
		return err
	}
	_, err = ask(thread, self, "close")
	return err
}

// addTo is self.name += n.
func addTo(thread *starlark.Thread, self starlark.Value, name string, n int) error {
	old, err := pyval.GetAttr(thread, self, name)
	if err != nil {
		return err
	}
	op := syntax.PLUS
	if n < 0 {
		op, n = syntax.MINUS, -n
	}
	v, err := pyval.InPlace(thread, op, old, starlark.MakeInt(n))
	if err != nil {
		return err
	}
	return pyval.SetAttr(thread, self, name, v)
}

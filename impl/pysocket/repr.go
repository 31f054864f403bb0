package pysocket

import (
	"fmt"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/socket"
)

func (m *module) reprDefs() []pycall.Definition {
	return []pycall.Definition{
		pycall.Def("__repr__", "self", func(c *pycall.Call) (starlark.Value, error) {
			o, err := anySelf(c, "fileno")
			if err != nil {
				return nil, err
			}
			return starlark.String(o.text()), nil
		}),
	}
}

// String is Python's repr: socket.__repr__, or for the C class sock_repr.
func (o *object) String() string {
	if s := o.sock; !o.python() {
		return fmt.Sprintf("<socket object, fd=%d, family=%d, type=%d, proto=%d>", s.Fileno(), s.Family(), s.Type(), s.Proto())
	}
	return o.text()
}

// text is socket.__repr__, which an object of the C class can be given to, too.
func (o *object) text() string {
	closed := ""
	if o.python() && o.sock.Closed() {
		closed = " [closed]"
	}
	text := fmt.Sprintf("<%s%s fd=%d, family=%s, type=%s, proto=%s", o.class.Qualified(), closed, o.sock.Fileno(),
		o.shown("family"), o.shown("type"), o.shown("proto"))
	if closed == "" {
		text += o.end("laddr", o.sock.GetSockName) + o.end("raddr", o.sock.GetPeerName)
	}
	return text + ">"
}

// shown is an attribute in the repr, which a derived class may have overridden.
func (o *object) shown(name string) string {
	v, err := o.Attr(name)
	if err != nil {
		return ""
	}
	return pyval.Str(v)
}

// end is an end of the connection in the repr; one that is not there is left
// out.
func (o *object) end(label string, get func() (socket.Addr, error)) string {
	addr, err := get()
	if err != nil {
		return ""
	}
	v, err := addressValue(o.m.python, addr)
	if err != nil || !bool(v.Truth()) {
		return ""
	}
	return ", " + label + "=" + pyval.Str(v)
}

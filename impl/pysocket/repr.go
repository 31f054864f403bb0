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
		pycall.Def("__repr__", "self", onSelf("fileno", func(o *object) (starlark.Value, error) {
			return starlark.String(o.String()), nil
		})),
	}
}

// String is Python's repr: socket.__repr__, or for the C class sock_repr.
func (o *object) String() string {
	s := o.sock
	if o.class == o.m.rawClass {
		return fmt.Sprintf("<socket object, fd=%d, family=%d, type=%d, proto=%d>", s.Fileno(), s.Family(), s.Type(), s.Proto())
	}
	closed := ""
	if s.Closed() {
		closed = " [closed]"
	}
	text := fmt.Sprintf("<%s%s fd=%d, family=%s, type=%s, proto=%d", o.class.Qualified(), closed, s.Fileno(),
		pyval.Str(o.m.addressFamily.Member(int64(s.Family()))), pyval.Str(o.m.socketKind.Member(int64(s.Type()))), s.Proto())
	if closed == "" {
		text += o.end("laddr", s.GetSockName) + o.end("raddr", s.GetPeerName)
	}
	return text + ">"
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

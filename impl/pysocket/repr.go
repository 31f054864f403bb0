package pysocket

import (
	"fmt"
	"strings"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

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
			if o.overrides(shownAttributes...) {
				text, err := o.textOver(c.Thread)
				return starlark.String(text), err
			}
			return starlark.String(o.text()), nil
		}),
	}
}

// String is Python's repr: socket.__repr__, or for the C class sock_repr.
func (o *object) String() string {
	if !o.python() {
		return o.rawText()
	}
	return o.text()
}

// rawText is sock_repr.
func (o *object) rawText() string {
	s := o.sock
	return fmt.Sprintf("<socket object, fd=%d, family=%d, type=%d, proto=%d>", s.Fileno(), s.Family(), s.Type(), s.Proto())
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

// shownAttributes are what socket.__repr__ asks the object for.
var shownAttributes = []string{"_closed", "fileno", "family", "type", "proto", "getsockname", "getpeername"}

// PyRepr is Python's repr, which what a derived class overrides can keep from being
// made.
func (o *object) PyRepr(thread *starlark.Thread) (string, error) {
	if !o.python() || !o.overrides(shownAttributes...) {
		return o.String(), nil
	}
	return o.textOver(thread)
}

// textOver is socket.__repr__, where something that it shows is overridden.
func (o *object) textOver(thread *starlark.Thread) (string, error) {
	closed := false
	if v, err := pyval.GetAttr(thread, o, "_closed"); err == nil {
		closed = bool(v.Truth())
	}
	mark := ""
	if closed {
		mark = " [closed]"
	}
	fd, err := o.ask(thread, "fileno")
	if err != nil {
		return "", err
	}
	shown := starlark.Tuple{starlark.String(o.class.Module), starlark.String(o.class.Short), starlark.String(mark), fd}
	for _, name := range []string{"family", "type", "proto"} {
		v, err := pyval.GetAttr(thread, o, name)
		if err != nil {
			return "", err
		}
		shown = append(shown, v)
	}
	v, err := pyval.Binary(thread, syntax.PERCENT, starlark.String("<%s.%s%s fd=%i, family=%s, type=%s, proto=%i"), shown)
	if err != nil {
		return "", err
	}
	if closed {
		return string(v.(starlark.String)) + ">", nil
	}
	var text strings.Builder
	text.WriteString(string(v.(starlark.String)))
	for _, end := range []struct{ label, name string }{{"laddr", "getsockname"}, {"raddr", "getpeername"}} {
		addr, err := o.ask(thread, end.name)
		if e, ok := pyval.AsException(err); ok && o.leftOut(e) {
			continue
		}
		if err != nil {
			return "", err
		}
		switch yes, err := pyval.Truth(thread, addr); {
		case err != nil:
			return "", err
		case yes:
			text.WriteString(", " + end.label + "=" + pyval.Str(addr))
		}
	}
	text.WriteString(">")
	return text.String(), nil
}

// leftOut reports whether an address is left out of the repr where asking for it
// fails like that.
func (o *object) leftOut(e *pyval.Exception) bool {
	return e.Class.Subclass(pyval.OSError) || e.Class.Subclass(pyval.AttributeError) && o.m.python.AtLeast(3, 10)
}

// ask calls a method of the object.
func (o *object) ask(thread *starlark.Thread, name string) (starlark.Value, error) {
	f, err := pyval.GetAttr(thread, o, name)
	if err != nil {
		return nil, err
	}
	return pyval.Call(thread, pyval.AsMethod(f), nil, nil)
}

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
			if o := own(c.Args[0], shownAttributes...); o != nil {
				return starlark.String(o.text()), nil
			}
			text, err := m.textOver(c.Thread, c.Args[0])
			return starlark.String(text), err
		}),
	}
}

// String is Python's repr: socket.__repr__, or for the C class sock_repr.
func (o *object) String() string {
	switch {
	case !o.python():
		return o.rawText()
	case !o.class.Made || own(o, shownAttributes...) != nil:
		return o.text()
	}
	v, err := o.m.evaluator()(pyval.NewFunction("repr", "", func(thread *starlark.Thread, _ []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
		text, err := o.m.textOver(thread, o)
		return starlark.String(text), err
	}), nil)
	if text, ok := v.(starlark.String); ok && err == nil {
		return string(text)
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
	return o.m.textOver(thread, o)
}

// textOver is socket.__repr__, where something that it shows is overridden.
func (m *module) textOver(thread *starlark.Thread, self starlark.Value) (string, error) {
	closed, err := markedClosed(thread, self)
	if err != nil {
		return "", err
	}
	mark := ""
	if closed {
		mark = " [closed]"
	}
	class, err := pyval.GetAttr(thread, self, "__class__")
	if err != nil {
		return "", err
	}
	var shown starlark.Tuple
	for _, name := range []string{"__module__", "__qualname__"} {
		v, err := pyval.GetAttr(thread, class, name)
		if err != nil {
			return "", err
		}
		shown = append(shown, v)
	}
	fd, err := ask(thread, self, "fileno")
	if err != nil {
		return "", err
	}
	shown = append(shown, starlark.String(mark), fd)
	for _, name := range []string{"family", "type", "proto"} {
		v, err := pyval.GetAttr(thread, self, name)
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
		addr, err := ask(thread, self, end.name)
		if e, ok := pyval.AsException(err); ok && m.leftOut(e) {
			continue
		}
		if err != nil {
			return "", err
		}
		switch yes, err := pyval.Truth(thread, addr); {
		case err != nil:
			return "", err
		case yes:
			shown, err := pyval.StrIn(thread, addr)
			if err != nil {
				return "", err
			}
			text.WriteString(", " + end.label + "=" + shown)
		}
	}
	text.WriteString(">")
	return text.String(), nil
}

// leftOut reports whether an address is left out of the repr where asking for it
// fails like that.
func (m *module) leftOut(e *pyval.Exception) bool {
	return e.Class.Subclass(pyval.OSError) || e.Class.Subclass(pyval.AttributeError) && m.python.AtLeast(3, 10)
}

// markedClosed is getattr(self, "_closed", False).
func markedClosed(thread *starlark.Thread, self starlark.Value) (bool, error) {
	v, err := pyval.GetAttr(thread, self, "_closed")
	if e, ok := pyval.AsException(err); ok && e.Class.Subclass(pyval.AttributeError) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return pyval.Truth(thread, v)
}

// ask calls a method.
func ask(thread *starlark.Thread, self starlark.Value, name string, args ...starlark.Value) (starlark.Value, error) {
	f, err := pyval.GetAttr(thread, self, name)
	if err != nil {
		return nil, err
	}
	return pyval.Call(thread, pyval.AsMethod(f), args, nil)
}

package pyval

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/pyparity/pyparity/harness/trace"
	"github.com/pyparity/pyparity/pyref/base/codecs"
)

// Repr is Python's repr(v).
func Repr(v starlark.Value) string {
	w := &reprWriter{}
	w.write(v)
	if w.err != nil { // too deep
		return plainRepr(v)
	}
	return w.String()
}

// Str is Python's str(v).
func Str(v starlark.Value) string {
	if text, ok := ownText(v, "__str__"); ok {
		return text
	}
	switch v := v.(type) {
	case starlark.String:
		return string(v)
	case *Exception:
		return v.Text()
	case interface{ PyStr() string }:
		return v.PyStr()
	case *Derived:
		if _, text := v.Of.(starlark.String); text || v.class.made("__repr__") == nil {
			return Str(v.Of)
		}
	}
	return Repr(v)
}

// A reprWriter writes the repr of a value and of what is in it.
type reprWriter struct {
	strings.Builder
	// thread takes the exceptions of the steps' code. Without one, what raises is shown
	// as object shows it.
	thread *starlark.Thread
	path   []starlark.Value // the containers that it is in, to end at one that holds itself
	err    error
}

// write writes nothing more after an error.
func (w *reprWriter) write(v starlark.Value) {
	if w.err != nil {
		return
	}
	if text, ok := w.own(v); ok || w.err != nil {
		w.WriteString(text)
		return
	}
	switch v := v.(type) {
	case nil:
		w.WriteString("<NULL>")
	case starlark.Float:
		w.WriteString(trace.FloatRepr(float64(v)))
	case starlark.String:
		w.WriteString(codecs.Repr(string(v)))
	case starlark.Bytes:
		w.WriteString(codecs.ReprBytes(string(v), false))
	case *starlarkstruct.Module:
		fmt.Fprintf(w, "<module '%s'>", v.Name)
	case *starlark.Function:
		fmt.Fprintf(w, "<function %s at %s>", functionName(v), address(v))
	case *starlark.Builtin:
		fmt.Fprintf(w, "<built-in function %s>", v.Name())
	case starlark.Tuple, *starlark.List, *starlark.Dict, *starlark.Set, *Frozenset, *View, *Method, *Exception, *Derived:
		w.deeper(func() { w.composite(v) })
	default:
		w.deeper(func() { w.object(v) })
	}
}

func (w *reprWriter) deeper(f func()) {
	err := Nested(w.thread, "getting the repr of an object", func() error {
		f()
		return w.err
	})
	if w.err == nil {
		w.err = err
	}
}

// own is what Python code says of the value.
func (w *reprWriter) own(v starlark.Value) (text string, ok bool) {
	if w.thread == nil {
		return ownText(v, "__repr__")
	}
	f := ownTextMethod(v, "__repr__")
	if f == nil {
		return "", false
	}
	text, w.err = textFrom(w.thread, f, "__repr__", v)
	return text, true
}

// composite is a value that others are shown in.
func (w *reprWriter) composite(v starlark.Value) {
	switch v := v.(type) {
	case starlark.Tuple:
		w.WriteByte('(')
		w.items(v)
		if len(v) == 1 {
			w.WriteByte(',')
		}
		w.WriteByte(')')
	case *starlark.List:
		w.holding(v, "[...]", func() { w.between("[", listItems(v), "]") })
	case *starlark.Dict:
		w.holding(v, "{...}", func() { w.dict(v) })
	case *starlark.Set:
		if v.Len() == 0 {
			w.WriteString("set()")
			return
		}
		w.between("{", setItems(v), "}")
	case *Frozenset:
		w.WriteString("frozenset(")
		if v.Len() > 0 {
			w.write(v.set)
		}
		w.WriteByte(')')
	case *View:
		w.holding(v, "...", func() { w.view(v) })
	case *Method:
		fmt.Fprintf(w, "<bound method %s of ", v.Name())
		w.write(v.Self)
		w.WriteByte('>')
	case *Exception:
		w.WriteString(v.Class.Short)
		if len(v.Args) == 1 {
			w.between("(", v.Args, ")")
			return
		}
		w.write(v.Args)
	case *Derived:
		w.write(v.Of)
	}
}

func (w *reprWriter) object(v starlark.Value) {
	if shown, ok := v.(shownInThread); ok && w.thread != nil {
		var text string
		text, w.err = shown.PyRepr(w.thread)
		w.WriteString(text)
		return
	}
	w.WriteString(v.String())
}

// shownInThread is a value whose repr may call the steps' code.
type shownInThread interface {
	PyRepr(thread *starlark.Thread) (string, error)
}

func (w *reprWriter) holding(v starlark.Value, again string, f func()) {
	if slices.Contains(w.path, v) {
		w.WriteString(again)
		return
	}
	w.path = append(w.path, v)
	f()
	w.path = w.path[:len(w.path)-1]
}

func (w *reprWriter) between(before string, items []starlark.Value, after string) {
	w.WriteString(before)
	w.items(items)
	w.WriteString(after)
}

func (w *reprWriter) items(items []starlark.Value) {
	for i, item := range items {
		if i > 0 {
			w.WriteString(", ")
		}
		w.write(item)
	}
}

func (w *reprWriter) dict(d *starlark.Dict) {
	w.WriteByte('{')
	for i, item := range d.Items() {
		if i > 0 {
			w.WriteString(", ")
		}
		w.write(item[0])
		w.WriteString(": ")
		w.write(item[1])
	}
	w.WriteByte('}')
}

func (w *reprWriter) view(v *View) {
	if v.class == mappingProxyType {
		w.WriteString("mappingproxy(")
		w.write(v.dict)
	} else {
		w.WriteString(v.class.Short + "(")
		w.write(starlark.NewList(v.items()))
	}
	w.WriteByte(')')
}

// functionName is __name__ of a function; Starlark calls every lambda "lambda".
func functionName(f *starlark.Function) string {
	if f.Name() == "lambda" {
		return "<lambda>"
	}
	return f.Name()
}

// address is what Python shows as the place of an object in memory.
func address(v any) string { return fmt.Sprintf("%#x", reflect.ValueOf(v).Pointer()) }

func hashPointer(v any) uint32 {
	p := reflect.ValueOf(v).Pointer()
	return uint32(p>>4) ^ uint32(uint64(p)>>32)
}

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
	var b strings.Builder
	writeRepr(&b, v, nil)
	return b.String()
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

// writeRepr keeps the path of containers that it is in, to end at one that
// holds itself.
func writeRepr(b *strings.Builder, v starlark.Value, path []starlark.Value) {
	if text, ok := ownText(v, "__repr__"); ok {
		b.WriteString(text)
		return
	}
	switch v := v.(type) {
	case nil:
		b.WriteString("<NULL>")
	case starlark.Float:
		b.WriteString(trace.FloatRepr(float64(v)))
	case starlark.String:
		b.WriteString(codecs.Repr(string(v)))
	case starlark.Bytes:
		b.WriteString(codecs.ReprBytes(string(v), false))
	case starlark.Tuple:
		b.WriteByte('(')
		writeItems(b, v, path)
		if len(v) == 1 {
			b.WriteByte(',')
		}
		b.WriteByte(')')
	case *starlark.List:
		if within(path, v) {
			b.WriteString("[...]")
			return
		}
		b.WriteByte('[')
		writeItems(b, listItems(v), append(path, v))
		b.WriteByte(']')
	case *starlark.Dict:
		if within(path, v) {
			b.WriteString("{...}")
			return
		}
		writeDict(b, v, append(path, v))
	case *starlark.Set:
		if v.Len() == 0 {
			b.WriteString("set()")
			return
		}
		b.WriteByte('{')
		writeItems(b, setItems(v), path)
		b.WriteByte('}')
	case *Frozenset:
		b.WriteString("frozenset(")
		if v.Len() > 0 {
			writeRepr(b, v.set, path)
		}
		b.WriteByte(')')
	case *starlarkstruct.Module:
		fmt.Fprintf(b, "<module '%s'>", v.Name)
	case *starlark.Function:
		fmt.Fprintf(b, "<function %s at %s>", functionName(v), address(v))
	case *starlark.Builtin:
		fmt.Fprintf(b, "<built-in function %s>", v.Name())
	default:
		b.WriteString(v.String())
	}
}

func within(path []starlark.Value, v starlark.Value) bool { return slices.Contains(path, v) }

func writeItems(b *strings.Builder, items []starlark.Value, path []starlark.Value) {
	for i, item := range items {
		if i > 0 {
			b.WriteString(", ")
		}
		writeRepr(b, item, path)
	}
}

func writeDict(b *strings.Builder, d *starlark.Dict, path []starlark.Value) {
	b.WriteByte('{')
	for i, item := range d.Items() {
		if i > 0 {
			b.WriteString(", ")
		}
		writeRepr(b, item[0], path)
		b.WriteString(": ")
		writeRepr(b, item[1], path)
	}
	b.WriteByte('}')
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

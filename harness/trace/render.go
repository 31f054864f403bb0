package trace

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Render writes a value as Python's repr would, as far as an observation knows
// it: an exception as the call that builds it, an object as its class, its
// number and its public state, long text or bytes as length and digest. A
// contract's variables are ⟨1⟩, ⟨2⟩, …, inside the quotes where they stand for
// a part of a text.
//
// The text is for people and for the list of known differences; nothing parses
// it back.
func Render(v Value) string {
	var b strings.Builder
	render(&b, v)
	return b.String()
}

// RenderException writes an exception as the call that builds it:
// ConnectionRefusedError(111, 'Connection refused').
func RenderException(e Exception) string {
	var b strings.Builder
	renderException(&b, e)
	return b.String()
}

// RenderVar is how a contract's variable is shown.
func RenderVar(number int) string { return fmt.Sprintf("⟨%d⟩", number) }

func render(b *strings.Builder, v Value) {
	switch v.Kind {
	case None:
		b.WriteString("None")
	case Bool, Int, Float:
		b.WriteString(v.Text)
	case Str, Bytes, Bytearray, Memoryview:
		renderText(b, v.Kind, []Value{v})
	case Pattern:
		renderText(b, v.Of, v.Items)
	case Digest:
		unit := "B"
		if v.Of == Str {
			unit = "characters"
		}
		fmt.Fprintf(b, "<%s of %d %s, sha256 %s…>", v.Of, v.Len, unit, v.Text[:min(8, len(v.Text))])
	case Tuple, List, Set, Frozenset, Dict:
		renderItems(b, v)
	case Enum:
		renderEnum(b, v)
	case Object:
		renderObject(b, v)
	case Class:
		fmt.Fprintf(b, "<class '%s'>", v.Text)
	case Callable, Module:
		fmt.Fprintf(b, "<%s '%s'>", v.Kind, v.Text)
	case Raised:
		if v.Exception != nil {
			renderException(b, *v.Exception)
		}
	case Var:
		b.WriteString(RenderVar(v.ID))
	default:
		fmt.Fprintf(b, "<a value of unknown kind '%s'>", v.Kind)
	}
}

func renderItems(b *strings.Builder, v Value) {
	opening, closing := "(", ")"
	switch v.Kind {
	case List:
		opening, closing = "[", "]"
	case Set, Dict:
		opening, closing = "{", "}"
	case Frozenset:
		opening, closing = "frozenset({", "})"
	}
	switch {
	case v.Kind == Set && len(v.Items) == 0:
		opening, closing = "set(", ")"
	case v.Kind == Frozenset && len(v.Items) == 0:
		opening, closing = "frozenset(", ")"
	case v.Kind == Tuple && len(v.Items) == 1:
		closing = ",)"
	}
	b.WriteString(opening)
	for i, item := range v.Items {
		switch {
		case i == 0:
		case v.Kind == Dict && i%2 == 1:
			b.WriteString(": ")
		default:
			b.WriteString(", ")
		}
		render(b, item)
	}
	b.WriteString(closing)
}

func renderEnum(b *strings.Builder, v Value) {
	class := v.Class[strings.LastIndexByte(v.Class, '.')+1:]
	b.WriteString("<" + class)
	if v.Text != "" {
		b.WriteString("." + v.Text)
	}
	b.WriteString(": ")
	for _, item := range v.Items {
		render(b, item)
	}
	b.WriteString(">")
}

func renderObject(b *strings.Builder, v Value) {
	fmt.Fprintf(b, "<%s #%d", v.Class, v.ID)
	for _, f := range v.State {
		b.WriteString(" " + f.Name + "=")
		render(b, f.Value)
	}
	b.WriteString(">")
}

func renderException(b *strings.Builder, e Exception) {
	b.WriteString(e.Class)
	b.WriteByte('(')
	for i, arg := range e.Args {
		if i > 0 {
			b.WriteString(", ")
		}
		render(b, arg)
	}
	b.WriteByte(')')
}

// renderText writes a literal of the kind, made of constant and variable parts.
// Like Python it quotes with ' unless the text holds a ' and no ".
func renderText(b *strings.Builder, kind Kind, parts []Value) {
	single, double := false, false
	for _, p := range parts {
		if p.Kind != Var {
			single = single || strings.Contains(p.Text, "'")
			double = double || strings.Contains(p.Text, `"`)
		}
	}
	quote := byte('\'')
	if single && !double {
		quote = '"'
	}
	opening, closing := "", ""
	switch kind {
	case Bytes:
		opening = "b"
	case Bytearray, Memoryview:
		opening, closing = string(kind)+"(b", ")"
	}
	b.WriteString(opening)
	b.WriteByte(quote)
	for _, p := range parts {
		switch {
		case p.Kind == Var:
			b.WriteString(RenderVar(p.ID))
		case kind == Str:
			escapeText(b, p.Text, quote)
		default:
			escapeBytes(b, p.Text, quote)
		}
	}
	b.WriteByte(quote)
	b.WriteString(closing)
}

// escapeASCII writes what text and bytes escape alike, and reports whether c
// was such a character.
func escapeASCII(b *strings.Builder, c rune, quote byte) bool {
	switch {
	case c == rune(quote) || c == '\\':
		b.WriteByte('\\')
		b.WriteByte(byte(c))
	case c == '\n':
		b.WriteString(`\n`)
	case c == '\r':
		b.WriteString(`\r`)
	case c == '\t':
		b.WriteString(`\t`)
	case c < ' ' || c == 0x7f:
		fmt.Fprintf(b, `\x%02x`, c)
	case c < 0x7f:
		b.WriteByte(byte(c))
	default:
		return false
	}
	return true
}

func escapeBytes(b *strings.Builder, s string, quote byte) {
	for i := range len(s) {
		if !escapeASCII(b, rune(s[i]), quote) {
			fmt.Fprintf(b, `\x%02x`, s[i])
		}
	}
}

func escapeText(b *strings.Builder, s string, quote byte) {
	for len(s) > 0 {
		size := codePointSize(s)
		r, _ := utf8.DecodeRuneInString(s)
		switch {
		case size == 3 && isSurrogate(s):
			fmt.Fprintf(b, `\u%04x`, 0xd000|rune(s[1]&0x3f)<<6|rune(s[2]&0x3f))
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(b, `\x%02x`, s[0])
		case escapeASCII(b, r, quote):
		case unicode.IsPrint(r):
			b.WriteRune(r)
		case r <= 0xff:
			fmt.Fprintf(b, `\x%02x`, r)
		case r <= 0xffff:
			fmt.Fprintf(b, `\u%04x`, r)
		default:
			fmt.Fprintf(b, `\U%08x`, r)
		}
		s = s[size:]
	}
}

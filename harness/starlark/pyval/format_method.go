package pyval

import (
	"strconv"
	"strings"

	"go.starlark.net/starlark"
)

// formatMethod is str.format.
func formatMethod(thread *starlark.Thread, template string, args starlark.Tuple, kwargs []starlark.Tuple) (string, error) {
	f := &formatter{thread: thread, args: args, kwargs: kwargs}
	return f.expand(template, 2)
}

type formatter struct {
	thread *starlark.Thread
	args   starlark.Tuple
	kwargs []starlark.Tuple
	next   int  // automatic numbering
	manual bool // fields are numbered by hand
	// mapping is what format_map takes fields from; nil: they are arguments.
	mapping starlark.Value
}

// expand replaces the fields of a template; depth bounds fields within
// specifications.
func (f *formatter) expand(template string, depth int) (string, error) {
	if depth == 0 {
		return "", ValueError.Errorf("Max string recursion exceeded")
	}
	var b strings.Builder
	for template != "" {
		at := strings.IndexAny(template, "{}")
		if at < 0 {
			b.WriteString(template)
			break
		}
		b.WriteString(template[:at])
		brace := template[at]
		template = template[at+1:]
		if template != "" && template[0] == brace {
			b.WriteByte(brace)
			template = template[1:]
			continue
		}
		if brace == '}' {
			return "", ValueError.Errorf("Single '}' encountered in format string")
		}
		if template == "" {
			return "", ValueError.Errorf("Single '{' encountered in format string")
		}
		field, rest, err := cutField(template)
		if err != nil {
			return "", err
		}
		text, err := f.field(field, depth)
		if err != nil {
			return "", err
		}
		b.WriteString(text)
		template = rest
	}
	return b.String(), nil
}

// cutField takes everything up to the brace that closes the field.
func cutField(s string) (field, rest string, err error) {
	open := 1
	for i := range len(s) {
		switch s[i] {
		case '{':
			open++
		case '}':
			if open--; open == 0 {
				return s[:i], s[i+1:], nil
			}
		}
	}
	return "", "", ValueError.Errorf("expected '}' before end of string")
}

func (f *formatter) field(field string, depth int) (string, error) {
	name, spec, _ := strings.Cut(field, ":")
	name, conversion, converted := strings.Cut(name, "!")
	value, err := f.lookup(name)
	if err != nil {
		return "", err
	}
	if converted {
		switch conversion {
		case "r":
			text, err := ReprIn(f.thread, value)
			if err != nil {
				return "", err
			}
			value = starlark.String(text)
		case "s":
			text, err := StrIn(f.thread, value)
			if err != nil {
				return "", err
			}
			value = starlark.String(text)
		case "a":
			value = starlark.String(ASCII(value))
		default:
			return "", ValueError.Errorf("Unknown conversion specifier %s", conversion)
		}
	}
	if strings.Contains(spec, "{") {
		if spec, err = f.expand(spec, depth-1); err != nil {
			return "", err
		}
	}
	return Format(f.thread, value, spec)
}

// lookup finds the value of a field name such as "0.family" or "x[1]".
func (f *formatter) lookup(name string) (starlark.Value, error) {
	first, path := name, ""
	if at := strings.IndexAny(name, ".["); at >= 0 {
		first, path = name[:at], name[at:]
	}
	value, err := f.argument(first)
	if err != nil {
		return nil, err
	}
	for path != "" {
		if path[0] == '.' {
			attr := path[1:]
			path = ""
			if end := strings.IndexAny(attr, ".["); end >= 0 {
				attr, path = attr[:end], attr[end:]
			}
			if value, err = GetAttr(f.thread, value, attr); err != nil {
				return nil, err
			}
			continue
		}
		key, rest, closed := strings.Cut(path[1:], "]")
		if !closed {
			return nil, ValueError.Errorf("Missing ']' in format string")
		}
		var index starlark.Value = starlark.String(key)
		if n, err := strconv.Atoi(key); err == nil {
			index = starlark.MakeInt(n)
		}
		if value, err = GetItem(f.thread, value, index); err != nil {
			return nil, err
		}
		path = rest
	}
	return value, nil
}

func (f *formatter) argument(name string) (starlark.Value, error) {
	n, err := strconv.Atoi(name)
	switch {
	case f.mapping != nil && (name == "" || err == nil):
		return nil, ValueError.Errorf("Format string contains positional fields")
	case f.mapping != nil:
		return GetItem(f.thread, f.mapping, starlark.String(name))
	case name == "":
		if f.manual {
			return nil, ValueError.Errorf("cannot switch from manual field specification to automatic field numbering")
		}
		n = f.next
		f.next++
	case err == nil:
		if f.next > 0 {
			return nil, ValueError.Errorf("cannot switch from automatic field numbering to manual field specification")
		}
		f.manual = true
	default:
		for _, kw := range f.kwargs {
			if string(kw[0].(starlark.String)) == name {
				return kw[1], nil
			}
		}
		return nil, NewException(KeyError, starlark.String(name))
	}
	if n >= len(f.args) {
		return nil, IndexError.Errorf("Replacement index %d out of range for positional args tuple", n)
	}
	return f.args[n], nil
}

// ASCII is Python's ascii(v): repr with everything else escaped.
func ASCII(v starlark.Value) string {
	var b strings.Builder
	for _, r := range codePoints(Repr(v)) {
		if r < 0x80 {
			b.WriteRune(r)
		} else {
			b.WriteString(escapedRune(r))
		}
	}
	return b.String()
}

package audit

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

type alterations = map[string]func(starlark.Value) starlark.Value

// builtinKinds are Python's own.
var builtinKinds = map[string]Kind{
	"any": {},
	"int": {
		Result:   alterations{"one more": oneMore, "as a float": asFloat},
		Argument: alterations{"one more": oneMore, "a float is truncated": truncated, "a str is read": readInt},
	},
	"flags": {Argument: alterations{
		"ignored": func(v starlark.Value) starlark.Value {
			if _, err := starlark.AsInt32(pyvalInt(v)); err != nil {
				return v
			}
			return starlark.MakeInt(0)
		},
		"a float is truncated": truncated,
	}},
	"bool": {
		Result: alterations{
			"the opposite": func(v starlark.Value) starlark.Value {
				if b, ok := v.(starlark.Bool); ok {
					return !b
				}
				return v
			},
			"as an int": func(v starlark.Value) starlark.Value {
				if b, ok := v.(starlark.Bool); ok {
					return boolInt(b)
				}
				return v
			},
		},
		Argument: alterations{"the opposite": func(v starlark.Value) starlark.Value { return !v.Truth() }},
	},
	"float": {
		Result:   alterations{"one more": oneMore, "as an int": truncated},
		Argument: alterations{"one more": oneMore, "a str is read": readInt},
	},
	"bytes": {
		Result: alterations{
			"without its last byte": shorter,
			"with a byte changed":   changed,
			"one byte longer": func(v starlark.Value) starlark.Value {
				if b, ok := v.(starlark.Bytes); ok {
					return b + "\x00"
				}
				return v
			},
			"as a bytearray": func(v starlark.Value) starlark.Value {
				if b, ok := v.(starlark.Bytes); ok {
					return pyval.NewBytearray([]byte(b))
				}
				return v
			},
		},
		Argument: alterations{
			"without its last byte": shorter,
			"a str is encoded":      encoded,
			"a bytearray is taken for empty": func(v starlark.Value) starlark.Value {
				if _, ok := v.(*pyval.Bytearray); ok {
					return starlark.Bytes("")
				}
				return v
			},
			"a memoryview is taken for empty": func(v starlark.Value) starlark.Value {
				if _, ok := v.(*pyval.Memoryview); ok {
					return starlark.Bytes("")
				}
				return v
			},
		},
	},
	"buffer": {Argument: alterations{
		"bytes are taken for a bytearray": func(v starlark.Value) starlark.Value {
			if b, ok := v.(starlark.Bytes); ok {
				return pyval.NewBytearray([]byte(b))
			}
			return v
		},
	}},
	"str": {
		Result: alterations{
			"without its last character": shorter,
			"as bytes":                   encoded,
		},
		Argument: alterations{
			"without its last character": shorter,
			"bytes are decoded": func(v starlark.Value) starlark.Value {
				if b, ok := v.(starlark.Bytes); ok {
					return starlark.String(b)
				}
				return v
			},
		},
	},
}

// pyvalInt is the int that an int, a bool or a member of an enum is.
func pyvalInt(v starlark.Value) starlark.Value {
	switch v := v.(type) {
	case *pyval.Enum:
		return v.Int()
	case starlark.Bool:
		return boolInt(v)
	}
	return v
}

func boolInt(b starlark.Bool) starlark.Int {
	if b {
		return starlark.MakeInt(1)
	}
	return starlark.MakeInt(0)
}

func oneMore(v starlark.Value) starlark.Value {
	switch v := pyvalInt(v).(type) {
	case starlark.Int:
		return v.Add(starlark.MakeInt(1))
	case starlark.Float:
		return v + 1
	}
	return v
}

func asFloat(v starlark.Value) starlark.Value {
	if i, ok := pyvalInt(v).(starlark.Int); ok {
		return i.Float()
	}
	return v
}

func truncated(v starlark.Value) starlark.Value {
	if f, ok := v.(starlark.Float); ok {
		if i, err := starlark.NumberToInt(f); err == nil {
			return i
		}
	}
	return v
}

// readInt takes a str for a number.
func readInt(v starlark.Value) starlark.Value {
	if s, ok := v.(starlark.String); ok {
		return starlark.MakeInt(len(s))
	}
	return v
}

func shorter(v starlark.Value) starlark.Value {
	switch v := v.(type) {
	case starlark.Bytes:
		if len(v) > 0 {
			return v[:len(v)-1]
		}
	case starlark.String:
		if len(v) > 0 {
			return v[:len(v)-1]
		}
	}
	return v
}

func changed(v starlark.Value) starlark.Value {
	if b, ok := v.(starlark.Bytes); ok && len(b) > 0 {
		return starlark.Bytes([]byte{b[0] ^ 1}) + b[1:]
	}
	return v
}

func encoded(v starlark.Value) starlark.Value {
	if s, ok := v.(starlark.String); ok {
		return starlark.Bytes(s)
	}
	return v
}
